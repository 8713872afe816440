using System.ComponentModel.DataAnnotations;
using NewsMonitor.Digests.Mail;

namespace NewsMonitor.Tests.Unit.Digests;

public sealed class MailOptionsTests
{
    [Fact]
    public void The_defaults_need_nothing() => Assert.Empty(Problems(new MailOptions()));

    public static TheoryData<string, Action<MailOptions>> Wrong => new()
    {
        { "Mail:Sender", mail => mail.Sender = "pigeon" },
        { "Mail:From", mail => mail.From = "nobody" },
        { "Mail:From", mail => mail.From = "a@example.org\r\nBcc: b@example.org" },
        { "Mail:From", mail => Smtp(mail).From = new MailOptions().From },
        { "Mail:FromName", mail => mail.FromName = "a\r\nb" },
        { "Mail:ListIdDomain", mail => mail.ListIdDomain = "not a domain" },
        { "Mail:TimeoutSeconds", mail => mail.TimeoutSeconds = 0 },
        { "Mail:TimeoutSeconds", mail => mail.TimeoutSeconds = 601 },
        { "Mail:Smtp:Host", mail => Smtp(mail).Smtp.Host = "" },
        { "Mail:Smtp:Port", mail => Smtp(mail).Smtp.Port = 70000 },
        { "Mail:Smtp:Security", mail => Smtp(mail).Smtp.Security = "maybe" },
        { "Mail:Smtp:Password", mail => Smtp(mail).Smtp.User = "me" },
        { "Mail:Smtp:Security", mail => (Smtp(mail).Smtp.User, mail.Smtp.Password, mail.Smtp.Security) = ("me", "x", "none") },
        { "Mail:SendGrid:Key", mail => SendGrid(mail).SendGrid.Key = "" },
        { "Mail:SendGrid:Key", mail => SendGrid(mail).SendGrid.Key = "SG.x\r\ny" },
        { "Mail:SendGrid:Endpoint", mail => SendGrid(mail).SendGrid.Endpoint = "api.sendgrid.com" },
        { "Mail:SendGrid:Endpoint", mail => SendGrid(mail).SendGrid.Endpoint = "http://api.sendgrid.com" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_wrong_is_named(string setting, Action<MailOptions> change)
    {
        var options = new MailOptions();
        change(options);

        Assert.StartsWith(setting + " ", Assert.Single(Problems(options)), StringComparison.Ordinal);
    }

    [Fact]
    public void Working_settings_pass()
    {
        Assert.Empty(Problems(Smtp(new MailOptions())));
        Assert.Empty(Problems(SendGrid(new MailOptions())));
        Assert.Equal("example.org", Smtp(new MailOptions()).Domain);
    }

    private static MailOptions Smtp(MailOptions mail)
    {
        (mail.Sender, mail.From, mail.Smtp.Host) = ("smtp", "monitor@example.org", "smtp.example.org");
        return mail;
    }

    private static MailOptions SendGrid(MailOptions mail)
    {
        (mail.Sender, mail.From, mail.SendGrid.Key) = ("SendGrid", "monitor@example.org", "SG.x");
        return mail;
    }

    private static List<string?> Problems(MailOptions options)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        return [.. results.Select(result => result.ErrorMessage)];
    }
}
