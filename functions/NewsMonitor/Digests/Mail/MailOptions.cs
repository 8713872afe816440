using System.ComponentModel.DataAnnotations;

namespace NewsMonitor.Digests.Mail;

/// <summary>How digests leave; section "Mail" of the settings. The default writes <c>.eml</c> files and needs nothing.</summary>
public sealed class MailOptions : IValidatableObject
{
    public const string Section = "Mail";

    /// <summary>The reserved domain (RFC 2606) of a monitor that never mails anybody.</summary>
    private const string NobodysDomain = "newsmonitor.invalid";

    /// <summary>outbox, smtp or sendgrid.</summary>
    public string Sender { get; set; } = "outbox";

    /// <summary>Address that digests come from; needed for smtp and sendgrid.</summary>
    public string From { get; set; } = $"monitor@{NobodysDomain}";

    public string FromName { get; set; } = "NewsMonitor";

    /// <summary>Domain of the List-Id header; empty means that of From.</summary>
    public string ListIdDomain { get; set; } = "";

    /// <summary>Address that is told of sources that fail or fall silent, and recover; empty: nobody is mailed, `status` and the page tell it.</summary>
    public string Operator { get; set; } = "";

    /// <summary>ar or en.</summary>
    public string OperatorLanguage { get; set; } = "ar";

    /// <summary>Seconds that one mail may take, from connecting to the answer.</summary>
    public int TimeoutSeconds { get; set; } = 60;

    public SmtpOptions Smtp { get; set; } = new();

    public SendGridOptions SendGrid { get; set; } = new();

    /// <summary>What stands after the @ of From: for Message-ID and List-Id.</summary>
    public string Domain => ListIdDomain.Length > 0 ? ListIdDomain : From[(From.LastIndexOf('@') + 1)..];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var sender = Sender.ToLowerInvariant();
        if (sender is not ("outbox" or "smtp" or "sendgrid"))
            yield return Wrong(nameof(Sender), $"is '{SafeText.Line(Sender, 40)}'; it must be outbox, smtp or sendgrid.");

        if (!MimeMessages.TryAddress(From, out _))
            yield return Wrong(nameof(From), "must be one email address, such as monitor@example.org.");
        else if (sender is "smtp" or "sendgrid" && From.EndsWith("@" + NobodysDomain, StringComparison.OrdinalIgnoreCase))
            yield return Wrong(nameof(From), $"must be set to an address of yours when Mail:Sender is {sender}.");

        if (Operator.Length > 0 && !MimeMessages.TryAddress(Operator, out _))
            yield return Wrong(nameof(Operator), "must be one email address, such as desk@example.org, or empty.");
        if (OperatorLanguage is not ("ar" or "en"))
            yield return Wrong(nameof(OperatorLanguage), "must be ar or en.");
        if (FromName.AsSpan().ContainsAny("\r\n"))
            yield return Wrong(nameof(FromName), "must be one line.");
        if (ListIdDomain.Length > 0 && Uri.CheckHostName(ListIdDomain) is not UriHostNameType.Dns)
            yield return Wrong(nameof(ListIdDomain), "must be a domain name, such as news.example.org, or empty for that of Mail:From.");
        if (TimeoutSeconds is < 1 or > 600)
            yield return Wrong(nameof(TimeoutSeconds), "must be whole seconds from 1 to 600.");

        foreach (var (setting, problem) in sender switch { "smtp" => Smtp.Problems(), "sendgrid" => SendGrid.Problems(), _ => [] })
            yield return Wrong(setting, problem);
    }

    private static ValidationResult Wrong(string setting, string problem) => new($"{Section}:{setting} {problem}", [setting]);
}

/// <summary>Settings under Mail:Smtp.</summary>
public sealed class SmtpOptions
{
    public string Host { get; set; } = "";

    /// <summary>0 means the usual port: 587 with starttls, 465 with tls, 25 with none.</summary>
    public int Port { get; set; }

    /// <summary>starttls, tls (from the first byte) or none. Never falls back to less than it says.</summary>
    public string Security { get; set; } = "starttls";

    /// <summary>Empty when the server wants no log-in.</summary>
    public string User { get; set; } = "";

    public string Password { get; set; } = "";

    internal IEnumerable<(string Setting, string Problem)> Problems()
    {
        if (Uri.CheckHostName(Host) is UriHostNameType.Unknown)
            yield return ("Smtp:Host", "must be the name of the mail server, such as smtp.example.org, when Mail:Sender is smtp.");
        if (Port is < 0 or > 65535)
            yield return ("Smtp:Port", "must be a port from 1 to 65535, or 0 for the usual one.");
        if (Security.ToLowerInvariant() is not ("starttls" or "tls" or "none"))
            yield return ("Smtp:Security", "must be starttls, tls or none.");
        if (User.Length > 0 && Password.Length == 0)
            yield return ("Smtp:Password", "is missing; Mail:Smtp:User is set.");
        if (User.Length > 0 && string.Equals(Security, "none", StringComparison.OrdinalIgnoreCase) && !LocalHosts.Includes(Host))
            yield return ("Smtp:Security", "must be starttls or tls when Mail:Smtp:User is set: a password must not cross a network in clear.");
    }
}

/// <summary>Settings under Mail:SendGrid.</summary>
public sealed class SendGridOptions
{
    public string Key { get; set; } = "";

    /// <summary>The EU region is https://api.eu.sendgrid.com.</summary>
    public string Endpoint { get; set; } = "https://api.sendgrid.com";

    /// <summary>True: SendGrid checks every mail and delivers none.</summary>
    public bool Sandbox { get; set; }

    internal IEnumerable<(string Setting, string Problem)> Problems()
    {
        if (Key.Length == 0 || !Key.All(letter => letter is > ' ' and < '\u007f'))
            yield return ("SendGrid:Key", "must be an API key with the Mail Send permission when Mail:Sender is sendgrid.");
        if (!Uri.TryCreate(Endpoint, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http"))
            yield return ("SendGrid:Endpoint", "must be an https address, such as https://api.sendgrid.com.");
        else if (uri.Scheme is "http" && !LocalHosts.Includes(uri.Host))
            yield return ("SendGrid:Endpoint", "must begin with https: the key must not cross a network in clear.");
    }
}

/// <summary>The names of this machine, where a plain connection crosses no network.</summary>
internal static class LocalHosts
{
    public static bool Includes(string host) => host is "localhost" or "127.0.0.1" or "::1" or "[::1]";
}
