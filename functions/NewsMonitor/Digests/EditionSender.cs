using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NewsMonitor.Digests.Mail;
using NewsMonitor.Hits;
using NewsMonitor.Storage;

namespace NewsMonitor.Digests;

/// <summary>
/// Makes a subscriber's next edition and sends it once. In order: the edition is created with its stories (who comes second finds it);
/// it is sent by its ledger; and last, the log counts it. A process that dies before sending leaves an edition that is sent later with the
/// same stories.
/// </summary>
public sealed class EditionSender(
    SubscriberStore subscribers, StoryStore stories, DigestBuilder builder, MailSenders senders, IBlobStore blobs, TimeProvider time,
    Journal journal, IOptions<MailOptions> mailOptions, ILogger<EditionSender> logger)
{
    public const string Queue = "monitor-digests";

    private readonly EditionLedger _ledger = new(blobs, time, journal, mailOptions);

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

        var made = edition;
        var sent = made.IsOver ? made
            : await _ledger.SendAsync(path, made, senders.For(subscriber), () => builder.BuildAsync(subscriber, made, cancel), cancel);
        if (sent is { IsOver: true })
            await CountAsync(subscriber, number, sent, cancel);
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
}
