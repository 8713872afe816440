using Microsoft.Extensions.Logging;

namespace NewsMonitor.Digests.Mail;

/// <summary>Writes down what became of a mail, for people, without what must not be written down.</summary>
internal static class Outcomes
{
    private const int DetailLength = 300;

    /// <summary>A server's answer often quotes the address, or what we sent: both are taken out before anybody reads it.</summary>
    public static SendOutcome Outcome(
        this Mail mail, ILogger log, SendResult result, string detail, TimeSpan? retryAfter = null, string secret = "")
    {
        var clean = SafeText.Line(detail, 2000);
        if (mail.To.Length > 0)
            clean = clean.Replace(mail.To, SafeText.Masked(mail.To), StringComparison.OrdinalIgnoreCase);
        if (secret.Length > 0)
            clean = clean.Replace(secret, "…", StringComparison.Ordinal);

        var outcome = new SendOutcome(result, SafeText.Shorten(clean, DetailLength), retryAfter);
        var level = result is SendResult.Accepted ? LogLevel.Information : LogLevel.Warning;
        log.Log(level, "Edition {Edition} to {Address}: {Result}. {Detail}", mail.EditionId, SafeText.Masked(mail.To), result, outcome.Detail);
        return outcome;
    }
}
