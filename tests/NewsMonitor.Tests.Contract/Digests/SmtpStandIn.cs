using System.Net;
using System.Net.Sockets;
using System.Text;

namespace NewsMonitor.Tests.Contract.Digests;

/// <summary>A server that speaks enough SMTP for one client at a time. Replies can be set by command; null hangs up, "" stays silent.</summary>
internal sealed class SmtpStandIn : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public SmtpStandIn(params (string Command, string? Reply)[] replies)
    {
        foreach (var (command, reply) in replies)
            Replies[command] = reply;
        _listener.Start();
        _running = RunAsync();
    }

    /// <summary>"GREETING", a command word, or "TEXT" for the answer after the mail's text.</summary>
    private Dictionary<string, string?> Replies { get; } = new(StringComparer.Ordinal)
    {
        ["GREETING"] = "220 stand-in ESMTP",
        ["EHLO"] = "250-stand-in\r\n250-SIZE 10000000\r\n250 AUTH PLAIN",
        ["AUTH"] = "235 2.7.0 welcome",
        ["MAIL"] = "250 2.1.0 ok",
        ["RCPT"] = "250 2.1.5 ok",
        ["DATA"] = "354 go on",
        ["TEXT"] = "250 2.0.0 queued as 42",
        ["RSET"] = "250 ok",
        ["QUIT"] = "221 bye",
    };

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public List<string> Commands { get; } = [];

    public TaskCompletionSource<string> Text { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                try
                {
                    await TalkAsync(client);
                }
                catch (IOException)
                {
                }
            }
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or InvalidOperationException)
        {
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.Latin1);
        if (!await ReplyAsync(stream, "GREETING"))
            return;

        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            Commands.Add(line);
            var command = line.Split(' ')[0].ToUpperInvariant();
            if (!await ReplyAsync(stream, command))
                return;

            if (command is "DATA" && Replies["DATA"]!.StartsWith('3'))
            {
                var text = new StringBuilder();
                while (await reader.ReadLineAsync(_stop.Token) is { } part && part != ".")
                    text.Append(part.StartsWith('.') ? part[1..] : part).Append("\r\n");
                Text.TrySetResult(text.ToString());
                if (!await ReplyAsync(stream, "TEXT"))
                    return;
            }

            if (command is "QUIT")
                return;
        }
    }

    private async Task<bool> ReplyAsync(NetworkStream stream, string command)
    {
        if (Replies.GetValueOrDefault(command, "500 what?") is not { } reply)
            return false;
        if (reply.Length > 0)
            await stream.WriteAsync(Encoding.ASCII.GetBytes(reply + "\r\n"), _stop.Token);
        return true;
    }
}
