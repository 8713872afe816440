using System.Net;
using System.Net.Sockets;
using System.Text;

namespace NewsMonitor.Tests.Peers;

/// <summary>
/// A server of HTTP/1.0 on a free port of 127.0.0.1, as simple receivers are: it answers each request and closes the connection without
/// having said that it would. Whoever uses the connection again loses what was sent on it.
/// </summary>
internal sealed class ClosingServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly string _answer;
    private int _requests;

    public ClosingServer(string status)
    {
        _answer = $"HTTP/1.0 {status}\r\n\r\n";
        _listener.Start(backlog: 512);
        _ = AcceptAsync();
    }

    public string Address => $"http://{_listener.LocalEndpoint}";

    public int Requests => Volatile.Read(ref _requests);

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Disposed.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var closing = client;
        var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
        var length = 0;
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
        {
            if (line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
                length = int.Parse(line.AsSpan(15), System.Globalization.CultureInfo.InvariantCulture);
        }

        await reader.ReadBlockAsync(new char[length]);
        Interlocked.Increment(ref _requests);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(_answer));
    }
}
