using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using MimeKit;
using NewsMonitor.Digests.Mail;

namespace NewsMonitor.Tests.Contract.Digests;

public sealed class SmtpSenderTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly LogLines<SmtpSender> _log = new();

    [Fact]
    public async Task A_server_gets_the_whole_mail_for_one_recipient()
    {
        await using var server = new SmtpStandIn();
        var outcome = await Sender(server).SendAsync(TestMail.Make(), TestContext.Current.CancellationToken);

        Assert.Equal(SendResult.Accepted, outcome.Result);
        Assert.Contains("queued as 42", outcome.Detail, StringComparison.Ordinal);
        Assert.Equal($"RCPT TO:<{TestMail.To}>", Assert.Single(server.Commands, command => command.StartsWith("RCPT", StringComparison.Ordinal)));
        using var stream = new MemoryStream(Encoding.Latin1.GetBytes(await server.Text.Task));
        using var message = await MimeMessage.LoadAsync(stream, TestContext.Current.CancellationToken);
        Assert.Equal(TestMail.Make().Content.Text, message.TextBody!.ReplaceLineEndings("\n"));
        Assert.Equal(TestMail.Make().MessageId, message.MessageId);
        Assert.Equal("List-Unsubscribe=One-Click", message.Headers["List-Unsubscribe-Post"]);
    }

    [Theory]
    [InlineData("GREETING", "421 4.3.2 busy", SendResult.TryLater)]
    [InlineData("GREETING", "554 5.3.2 not today", SendResult.TryLater)]
    [InlineData("GREETING", null, SendResult.TryLater)]
    [InlineData("GREETING", "HTTP/1.1 400 Bad Request", SendResult.TryLater)]
    [InlineData("EHLO", null, SendResult.TryLater)]
    [InlineData("MAIL", "451 4.3.0 later", SendResult.TryLater)]
    [InlineData("MAIL", "530 5.7.0 log in first", SendResult.TryLater)]
    [InlineData("MAIL", "550 5.7.1 not from you", SendResult.Refused)]
    [InlineData("RCPT", "450 4.2.1 <reader.one@example.org> is busy", SendResult.TryLater)]
    [InlineData("RCPT", "550 5.1.1 <reader.one@example.org> is unknown", SendResult.Refused)]
    [InlineData("RCPT", null, SendResult.TryLater)]
    [InlineData("DATA", "451 4.3.0 later", SendResult.TryLater)]
    [InlineData("DATA", "554 5.5.1 no", SendResult.Refused)]
    [InlineData("DATA", null, SendResult.TryLater)]
    [InlineData("TEXT", "452 4.3.1 no room", SendResult.TryLater)]
    [InlineData("TEXT", "554 5.7.1 looks like spam", SendResult.Refused)]
    [InlineData("TEXT", null, SendResult.Unknown)]
    [InlineData("QUIT", null, SendResult.Accepted)]
    public async Task What_the_server_does_decides(string command, string? reply, SendResult result)
    {
        await using var server = new SmtpStandIn((command, reply));
        var outcome = await Sender(server).SendAsync(TestMail.Make(), TestContext.Current.CancellationToken);

        Assert.Equal(result, outcome.Result);
        TestMail.AssertMasked(outcome.Detail);
        Assert.All(_log.Lines, TestMail.AssertMasked);
        if (reply is ['4' or '5', ..])
            Assert.Contains(reply[4..9], outcome.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_answer_after_the_mail_left_is_unknown()
    {
        await using var server = new SmtpStandIn(("TEXT", ""));
        var sending = Sender(server).SendAsync(TestMail.Make(), TestContext.Current.CancellationToken);
        await server.Text.Task.WaitAsync(TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(SendResult.Unknown, (await sending).Result);
    }

    [Fact]
    public async Task Shutting_down_after_the_mail_left_is_unknown_and_before_it_is_nothing()
    {
        using var shutDown = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        await using (var server = new SmtpStandIn(("TEXT", "")))
        {
            var sending = Sender(server).SendAsync(TestMail.Make(), shutDown.Token);
            await server.Text.Task.WaitAsync(TestContext.Current.CancellationToken);
            await shutDown.CancelAsync();
            Assert.Equal(SendResult.Unknown, (await sending).Result);
        }

        await using var idle = new SmtpStandIn();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Sender(idle).SendAsync(TestMail.Make(), shutDown.Token));
    }

    [Fact]
    public async Task A_closed_port_is_worth_another_try()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        var outcome = await Sender(port).SendAsync(TestMail.Make(), TestContext.Current.CancellationToken);
        Assert.Equal(SendResult.TryLater, outcome.Result);
    }

    [Fact]
    public async Task A_wrong_password_keeps_the_mail_and_names_the_setting()
    {
        await using var server = new SmtpStandIn(("AUTH", "535 5.7.8 wrong"));
        var outcome = await Sender(server.Port, smtp => (smtp.User, smtp.Password) = ("me", "s3cret-pass")).SendAsync(TestMail.Make(), TestContext.Current.CancellationToken);

        Assert.Equal(SendResult.TryLater, outcome.Result);
        Assert.Contains("Mail:Smtp:Password", outcome.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret-pass", outcome.Detail + string.Concat(_log.Lines), StringComparison.Ordinal);
        Assert.DoesNotContain(server.Commands, command => command.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("starttls")]
    [InlineData("tls")]
    public async Task Nothing_is_said_in_clear_when_the_setting_wants_security(string security)
    {
        await using var server = new SmtpStandIn();
        var outcome = await Sender(server.Port, smtp => smtp.Security = security).SendAsync(TestMail.Make(), TestContext.Current.CancellationToken);

        Assert.Equal(SendResult.TryLater, outcome.Result);
        Assert.Contains("Mail:Smtp:Security", outcome.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Commands, command => command.StartsWith("MAIL", StringComparison.Ordinal));
    }

    private SmtpSender Sender(SmtpStandIn server) => Sender(server.Port);

    private SmtpSender Sender(int port, Action<SmtpOptions>? change = null)
    {
        var options = TestMail.Options(mail =>
        {
            (mail.Smtp.Host, mail.Smtp.Port, mail.Smtp.Security) = ("127.0.0.1", port, "none");
            change?.Invoke(mail.Smtp);
        });
        return new(options, new MimeMessages(options), _time, _log);
    }
}
