using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NewsMonitor.Digests.Mail;
using NewsMonitor.Hits;
using NewsMonitor.Http;
using NewsMonitor.Storage;

namespace NewsMonitor.Digests;

public sealed record DigestSent(string EditionId, int Stories, string Sender, string Detail) : Happening;

public sealed record DigestNotSent(string EditionId, string Problem) : Happening
{
    public override bool IsTrouble => true;
}

/// <summary>
/// Makes a subscriber's next edition and sends it once. In order: the edition is created with its stories (who comes second finds it);
/// it is marked as sending; the mail goes out; the outcome is written; and last, the log counts it. A process that dies before sending
/// leaves an edition that is sent later with the same stories; one that dies while sending leaves an unknown outcome, which is repeated
/// only where a repeat makes no second mail.
/// </summary>
public sealed class EditionSender(
    SubscriberStore subscribers, StoryStore stories, DigestBuilder builder, MailSenders senders, IBlobStore blobs, TimeProvider time,
    Journal journal, IOptions<MailOptions> mailOptions, ILogger<EditionSender> logger)
{
    public const string Queue = "monitor-digests";

    private static readonly TimeSpan[] Pauses =
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(6)];

    /// <summary>Longer than any sender takes, or another would hold the mail for lost while it is on its way.</summary>
    private readonly TimeSpan _lease = TimeSpan.FromSeconds(Math.Max(300, mailOptions.Value.TimeoutSeconds + 60));

    public async Task RunAsync(DigestMessage message, CancellationToken cancel)
    {
        if (await subscribers.ReadAsync(message.Subscriber, cancel) is not { Status: SubscriberStatus.Active } subscriber)
            return;
        var log = (await blobs.ReadDocumentAsync<EditionLog>(EditionLog.PathOf(subscriber.Id), cancel))?.Value;
        var number = (log?.Editions ?? 0) + 1;
        var path = Edition.PathOf(subscriber.Id, number);

        // An edition that was begun is finished first, whatever is due now.
        var edition = (await blobs.ReadDocumentAsync<Edition>(path, cancel))?.Value;
        if (edition is null)
        {
            if (!EditionSchedule.IsDue(subscriber, log, time.GetUtcNow()))
                return;
            edition = await MakeAsync(subscriber, log, number, cancel);
            if (edition is null)
                return;
        }

        if (!edition.IsOver)
            edition = await SendAsync(subscriber, path, edition, cancel);
        if (edition is { IsOver: true })
            await CountAsync(subscriber, number, edition, cancel);
    }

    /// <summary>Null when there is nothing to tell.</summary>
    private async Task<Edition?> MakeAsync(Subscriber subscriber, EditionLog? log, int number, CancellationToken cancel)
    {
        var wanted = await new RecentStories(stories, logger).UntoldAsync(subscriber, log, cancel);
        var now = time.GetUtcNow();
        if (wanted.Count == 0)
        {
            await blobs.ChangeDocumentAsync<EditionLog>(
                EditionLog.PathOf(subscriber.Id),
                old => (old?.Editions ?? 0) == number - 1 ? Logged(old, number - 1, now, []) : null,
                cancel);
            return null;
        }

        var made = new Edition(
            Edition.CurrentSchema, Edition.IdOf(subscriber.Id, number), now, wanted, EditionStatus.Waiting, null, 0, null, null, null);
        return await blobs.ChangeDocumentAsync<Edition>(
            Edition.PathOf(subscriber.Id, number), old => old is null ? made : null, cancel);
    }

    /// <summary>The edition as it stands after one try; null when another has it in hand or it is not yet time.</summary>
    private async Task<Edition?> SendAsync(Subscriber subscriber, string path, Edition edition, CancellationToken cancel)
    {
        if (edition.Until > time.GetUtcNow())
            return edition;
        // Made before the edition is marked as sending: what fails here must not look like a mail that may have left.
        var mail = await builder.BuildAsync(subscriber, edition, cancel);
        var sender = senders.For(subscriber);
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
            ? new DigestSent(settled.Id, settled.Stories.Count, sender.Name, outcome.Detail)
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

    private Task CountAsync(Subscriber subscriber, int number, Edition edition, CancellationToken cancel) =>
        blobs.ChangeDocumentAsync<EditionLog>(
            EditionLog.PathOf(subscriber.Id),
            old => (old?.Editions ?? 0) >= number ? null : Logged(old, number, edition.Made, edition.Stories),
            cancel);

    /// <summary>What lies further back than any look is forgotten.</summary>
    private static EditionLog Logged(EditionLog? old, int editions, DateTimeOffset at, IReadOnlyList<string> told)
    {
        var horizon = DateOnly.FromDateTime(at.UtcDateTime - RecentStories.Overlap - TimeSpan.FromDays(1));
        IEnumerable<string> recent = (old?.Told ?? []).Where(path => DatedPath.DayOf(path) >= horizon);
        return new EditionLog(EditionLog.CurrentSchema, editions, at, [.. recent.Concat(told).Distinct(StringComparer.Ordinal)]);
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
