using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using MimeKit;
using MimeKit.Text;

namespace NewsMonitor.Digests.Mail;

/// <summary>Builds the message that the outbox and SMTP hand over, and the headers that every sender gives.</summary>
public sealed class MimeMessages(IOptions<MailOptions> options)
{
    private readonly MailOptions _options = options.Value;

    /// <summary>One multipart/alternative, text then HTML, all of it 7-bit.</summary>
    /// <exception cref="MonitorException">The recipient's address is none.</exception>
    public MimeMessage Build(Mail mail)
    {
        var message = new MimeMessage
        {
            Subject = SafeText.Line(mail.Content.Subject, 500),
            Date = mail.Date,
            MessageId = mail.MessageId,
            Body = new MultipartAlternative(Part(TextFormat.Plain, mail.Content.Text), Part(TextFormat.Html, mail.Content.Html))
            {
                // The same edition is the same bytes, whoever writes it again.
                Boundary = "=_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(mail.MessageId)))[..32],
            },
        };
        message.From.Add(Sender);
        message.To.Add(Recipient(mail));
        foreach (var (name, value) in Headers(mail))
            message.Headers.Add(name, value);

        message.Prepare(EncodingConstraint.SevenBit);
        return message;
    }

    public MailboxAddress Sender => new(SafeText.Line(_options.FromName, 100), _options.From);

    /// <exception cref="MonitorException">The address is none.</exception>
    public static MailboxAddress Recipient(Mail mail) => TryAddress(mail.To, out var address)
        ? address
        : throw new MonitorException($"Edition {mail.EditionId}: the subscriber's address is not an email address.");

    /// <summary>What goes beside From, To, Subject, Date and Message-ID.</summary>
    public IEnumerable<(string Name, string Value)> Headers(Mail mail)
    {
        yield return ("List-Id", $"<digest.{_options.Domain}>");
        if (mail.Unsubscribe is { } unsubscribe && CanUnsubscribe(unsubscribe))
        {
            yield return ("List-Unsubscribe", $"<{unsubscribe.AbsoluteUri}>");
            yield return ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }

        yield return ("Auto-Submitted", "auto-generated");
        yield return ("Content-Language", mail.Language);
    }

    /// <summary>One bare address with a domain; no name, no comments, no second one, nothing that could end a header line.</summary>
    public static bool TryAddress(string? text, [NotNullWhen(true)] out MailboxAddress? address)
    {
        address = null;
        if (text is not { Length: > 0 and <= 254 } || text.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter) || letter is '<' or '>' or ',' or ';')
            || !MailboxAddress.TryParse(text, out var parsed) || !string.Equals(parsed.Address, text, StringComparison.Ordinal)
            || text.LastIndexOf('@') is var at && (at < 1 || at == text.Length - 1))
            return false;

        address = parsed;
        return true;
    }

    // RFC 8058 wants https. Plain http is let through to this very machine only, so that one click can be tried out without a certificate.
    private static bool CanUnsubscribe(Uri address) =>
        address.IsAbsoluteUri && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && LocalHosts.Includes(address.Host)));

    private static TextPart Part(TextFormat format, string text)
    {
        var part = new TextPart(format);
        part.SetText(Encoding.UTF8, text);
        return part;
    }
}
