using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace NewsMonitor.Digests.Mail;

/// <summary>Hands mail to an SMTP server, one connection a mail: digests are few, and a connection kept open is one that breaks unseen.</summary>
public sealed class SmtpSender(IOptions<MailOptions> options, MimeMessages messages, TimeProvider time, ILogger<SmtpSender> log) : IMailSender
{
    private readonly MailOptions _options = options.Value;

    public string Name => "smtp";

    public bool Repeatable => false;

    public async Task<SendOutcome> SendAsync(Mail mail, CancellationToken cancel)
    {
        var departure = new Departure();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(_options.TimeoutSeconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, deadline.Token);
        try
        {
            using var message = messages.Build(mail);
            using var client = new SmtpClient();
            await ConnectAsync(client, either.Token);
            departure.Connected = true;
            var answer = await client.SendAsync(message, either.Token, departure);
            await LeaveAsync(client, either.Token);
            return mail.Outcome(log, SendResult.Accepted, $"{_options.Smtp.Host}: {answer}");
        }
        catch (MonitorException wrong)
        {
            return mail.Outcome(log, SendResult.Refused, wrong.Message);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested && !departure.Begun)
        {
            throw;
        }
        catch (Exception failed) when (IsOfServerOrNetwork(failed))
        {
            return Failed(mail, failed, departure);
        }
    }

    private async Task ConnectAsync(SmtpClient client, CancellationToken cancel)
    {
        var smtp = _options.Smtp;
        var (security, usualPort) = smtp.Security.ToLowerInvariant() switch
        {
            "tls" => (SecureSocketOptions.SslOnConnect, 465),
            "none" => (SecureSocketOptions.None, 25),
            _ => (SecureSocketOptions.StartTls, 587),
        };
        await client.ConnectAsync(smtp.Host, smtp.Port == 0 ? usualPort : smtp.Port, security, cancel);
        if (smtp.User.Length > 0)
            await client.AuthenticateAsync(smtp.User, smtp.Password, cancel);
    }

    /// <summary>The mail is taken; that the goodbye fails changes nothing.</summary>
    private static async Task LeaveAsync(SmtpClient client, CancellationToken cancel)
    {
        try
        {
            await client.DisconnectAsync(quit: true, cancel);
        }
        catch (Exception failed) when (failed is OperationCanceledException || IsOfServerOrNetwork(failed))
        {
        }
    }

    private static bool IsOfServerOrNetwork(Exception failed) => failed
        is CommandException or ProtocolException or AuthenticationException or SslHandshakeException or ServiceNotAuthenticatedException
        or ServiceNotConnectedException or IOException or SocketException or OperationCanceledException or TimeoutException
        or NotSupportedException;

    private SendOutcome Failed(Mail mail, Exception failed, Departure departure)
    {
        var answer = failed is SmtpCommandException command ? $"{(int)command.StatusCode} {failed.Message}" : failed.Message;
        var (result, detail) = failed switch
        {
            // An answer about the mail is an answer, before its text or after it. One to the connection is not about the mail.
            SmtpCommandException { StatusCode: >= (SmtpStatusCode)500 } when departure.Connected => (SendResult.Refused, answer),
            SmtpCommandException => (SendResult.TryLater, answer),
            _ when departure.Begun => (SendResult.Unknown, $"no answer after the mail had left ({answer})"),

            // Wrong credentials or a missing capability say nothing about the mail: it waits until the setting is mended.
            AuthenticationException or ServiceNotAuthenticatedException =>
                (SendResult.TryLater, $"the log-in failed; see Mail:Smtp:User and Mail:Smtp:Password ({answer})"),
            SslHandshakeException =>
                (SendResult.TryLater, "no secure connection, as the certificate or the protocol does not fit; see Mail:Smtp:Security and Mail:Smtp:Port"),
            NotSupportedException => (SendResult.TryLater, $"the server lacks what Mail:Smtp:Security or Mail:Smtp:User asks for ({answer})"),
            OperationCanceledException => (SendResult.TryLater, $"no answer within {_options.TimeoutSeconds} s"),
            _ => (SendResult.TryLater, answer),
        };
        return mail.Outcome(log, result, $"{_options.Smtp.Host}: {detail}");
    }

    /// <summary>MailKit reports progress as it writes the text of the message, which the server asked for with 354.</summary>
    private sealed class Departure : ITransferProgress
    {
        /// <summary>Greeted and logged in.</summary>
        public bool Connected { get; set; }

        public bool Begun { get; private set; }

        public void Report(long bytesTransferred, long totalSize) => Begun = true;

        public void Report(long bytesTransferred) => Begun = true;
    }
}
