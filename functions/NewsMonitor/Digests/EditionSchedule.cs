using Microsoft.Extensions.Logging;
using NewsMonitor.Hits;
using NewsMonitor.Storage;

namespace NewsMonitor.Digests;

/// <summary>Make and send what is due to one subscriber.</summary>
public sealed record DigestMessage(string Subscriber);

/// <summary>Finds who is due for an edition, and queues one message each.</summary>
public sealed class EditionSchedule(
    SubscriberStore subscribers, StoryStore stories, IBlobStore blobs, IWorkQueues queues, TimeProvider time, ILogger<EditionSchedule> logger)
{
    /// <summary>An instant subscriber without news has the log brought up to date this often, so that the look back stays short.</summary>
    private static readonly TimeSpan LongestQuiet = TimeSpan.FromDays(1);

    public async Task EnqueueAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var recent = new RecentStories(stories, logger);
        foreach (var subscriber in await subscribers.ListAsync(cancel))
        {
            try
            {
                var log = (await blobs.ReadDocumentAsync<EditionLog>(EditionLog.PathOf(subscriber.Id), cancel))?.Value;
                if (subscriber.Status == SubscriberStatus.Active && IsDue(subscriber, log, now) && await HasCauseAsync(subscriber, log, now, recent, cancel))
                    await queues.SendDocumentAsync(EditionSender.Queue, new DigestMessage(subscriber.Id), TimeSpan.Zero, cancel);
            }
            catch (Exception e) when (e is MonitorException or TimeZoneNotFoundException or InvalidTimeZoneException)
            {
                // One unreadable document must not keep the others waiting.
                logger.LogError("Subscriber {Subscriber} gets no digest: {Problem}", subscriber.Id, e.Message);
            }
        }
    }

    /// <summary>Whether the subscriber's latest appointed time has come and was not yet dealt with.</summary>
    public static bool IsDue(Subscriber subscriber, EditionLog? log, DateTimeOffset now)
    {
        var last = log?.LastEdition ?? subscriber.Added;
        return subscriber.Cadence switch
        {
            Cadence.Instant => true,
            Cadence.Hourly => Floor(now) > last,
            _ => Appointment(subscriber, now) > last,
        };
    }

    /// <summary>The instant ones are due all the time; they are asked for when there is something to tell.</summary>
    private static async Task<bool> HasCauseAsync(
        Subscriber subscriber, EditionLog? log, DateTimeOffset now, RecentStories recent, CancellationToken cancel) =>
        subscriber.Cadence != Cadence.Instant
        || now - (log?.LastEdition ?? subscriber.Added) > LongestQuiet
        || (await recent.UntoldAsync(subscriber, log, cancel)).Count > 0;

    private static DateTimeOffset Floor(DateTimeOffset now) => new(now.Ticks - (now.Ticks % TimeSpan.TicksPerHour), TimeSpan.Zero);

    /// <summary>The latest daily or weekly time that is not in the future, on the subscriber's own clock.</summary>
    private static DateTimeOffset Appointment(Subscriber subscriber, DateTimeOffset now)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(subscriber.TimeZone);
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        while (true)
        {
            var wanted = subscriber.Cadence == Cadence.Daily || day.DayOfWeek == subscriber.On;
            if (wanted && ToUtc(day.ToDateTime(subscriber.At), zone) is var moment && moment <= now)
                return moment;
            day = day.AddDays(-1);
        }
    }

    /// <summary>A time that the clocks skip is taken an hour later; of one they show twice, the first.</summary>
    private static DateTimeOffset ToUtc(DateTime local, TimeZoneInfo zone)
    {
        if (zone.IsInvalidTime(local))
            local = local.AddHours(1);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset);
    }
}
