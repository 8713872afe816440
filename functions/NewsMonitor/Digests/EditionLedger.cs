using Microsoft.Extensions.Options;
using NewsMonitor.Digests.Mail;
using NewsMonitor.Http;
using NewsMonitor.Storage;

namespace NewsMonitor.Digests;

/// <param name="Notes">Of an edition for the operators.</param>
public sealed record DigestSent(string EditionId, int Stories, string Sender, string Detail, int Notes = 0) : Happening;

public sealed record DigestNotSent(string EditionId, string Problem) : Happening
{
    public override bool IsTrouble => true;
}

/// <summary>
/// Sends an edition that is stored, once. In order: it is marked as being sent; the mail goes out; the outcome is written. A process that
/// dies while sending leaves an unknown outcome, which is repeated only where a repeat makes no second mail.
/// </summary>
public sealed class EditionLedger(IBlobStore blobs, TimeProvider time, Journal journal, IOptions<MailOptions> mailOptions)
{
    private static readonly TimeSpan[] Pauses =
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(6)];

    /// <summary>Longer than any sender takes, or another would hold the mail for lost while it is on its way.</summary>
    private readonly TimeSpan _lease = TimeSpan.FromSeconds(Math.Max(300, mailOptions.Value.TimeoutSeconds + 60));

    /// <summary>The edition as it stands after one try; null when another has it in hand or it is not yet time.</summary>
    /// <param name="build">Makes the mail of the edition.</param>
    public async Task<Edition?> SendAsync(string path, Edition edition, IMailSender sender, Func<Task<Mail.Mail>> build, CancellationToken cancel)
    {
        if (edition.Until > time.GetUtcNow())
            return edition;
        // Made before the edition is marked as sending: what fails here must not look like a mail that may have left.
        var mail = await build();
        if (await TakeAsync(path, sender, cancel) is not { } taken)
            return (await blobs.ReadDocumentAsync<Edition>(path, cancel))?.Value;

        var outcome = await HandOverAsync(sender, mail, path, taken, cancel);
        var now = time.GetUtcNow();
        var settled = outcome.Result switch
        {
            SendResult.Accepted => taken with { Status = EditionStatus.Sent, Until = null, Detail = outcome.Detail },
            SendResult.Unknown when !sender.Repeatable => taken with { Status = EditionStatus.Unknown, Until = null, Detail = outcome.Detail },
            _ => taken with { Status = EditionStatus.Waiting, Until = now + PauseAfter(taken.Tries, outcome), Detail = outcome.Detail },
        };
        await blobs.ChangeDocumentAsync<Edition>(path, _ => settled, CancellationToken.None);
        journal.Write(settled.Status == EditionStatus.Sent
            ? new DigestSent(settled.Id, settled.Stories.Select(Told.PathOf).Distinct().Count(), sender.Name, outcome.Detail, settled.Notes?.Count ?? 0)
            : new DigestNotSent(settled.Id, Explain(settled)));
        return settled;
    }

    /// <summary>A sender that is cancelled has sent nothing: the edition is given back, so that another may send it.</summary>
    private async Task<SendOutcome> HandOverAsync(IMailSender sender, Mail.Mail mail, string path, Edition taken, CancellationToken cancel)
    {
        try
        {
            return await sender.SendAsync(mail, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            await blobs.ChangeDocumentAsync<Edition>(
                path,
                old => old is { Status: EditionStatus.Sending } && old.Taker == taken.Taker
                    ? old with { Status = EditionStatus.Waiting, Until = null, Detail = "stopped before it was sent" }
                    : null,
                CancellationToken.None);
            throw;
        }
    }

    /// <summary>Marks the edition as being sent by us; null when it is not ours to send now.</summary>
    private async Task<Edition?> TakeAsync(string path, IMailSender sender, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var stored = await blobs.ReadDocumentAsync<Edition>(path, cancel);
        if (stored is null || stored.Value.IsOver || stored.Value.Until > now)
            return null;
        if (stored.Value.Status == EditionStatus.Sending && !sender.Repeatable)
        {
            // Whoever had it died while sending.
            var unknown = stored.Value with { Status = EditionStatus.Unknown, Until = null, Detail = "the process that sent it died meanwhile" };
            if (await blobs.ReplaceDocumentAsync(path, unknown, stored.ETag, cancel))
                journal.Write(new DigestNotSent(unknown.Id, Explain(unknown)));
            return null;
        }

        var taken = stored.Value with
        {
            Status = EditionStatus.Sending,
            Until = now + _lease,
            Tries = stored.Value.Tries + 1,
            Taker = Guid.NewGuid().ToString("n"),
            Sender = sender.Name,
        };
        if (await blobs.ReplaceDocumentAsync(path, taken, stored.ETag, cancel))
            return taken;
        // False may also mean that our write was carried out and its answer lost.
        return (await blobs.ReadDocumentAsync<Edition>(path, cancel))?.Value.Taker == taken.Taker ? taken : null;
    }

    private static TimeSpan PauseAfter(int tries, SendOutcome outcome) =>
        // A refusal has its reason in a setting or an address; nobody is helped by asking every minute.
        outcome.Result == SendResult.Refused ? Pauses[^1]
        : RetryAfter.Bounded(outcome.RetryAfter) is { } asked && asked > Pauses[0] ? asked
        : Pauses[Math.Min(tries, Pauses.Length) - 1];

    private static string Explain(Edition edition) => edition.Status == EditionStatus.Unknown
        ? $"outcome unknown, not repeated: {edition.Detail}"
        : $"not sent, next try after {edition.Until:u}: {edition.Detail}";
}
