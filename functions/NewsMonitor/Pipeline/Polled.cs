namespace NewsMonitor.Pipeline;

/// <summary>One source was polled, or left alone.</summary>
/// <param name="Problem">Null when all went well, else one line for people.</param>
public sealed record SourcePolled(string SourceId, string Title, PollResult Result, int Items, int NewItems, int Hits, string? Problem) : Happening
{
    public override bool IsTrouble => Result == PollResult.Failed;
}

public enum PollResult
{
    /// <summary>New bytes were read.</summary>
    Read,

    /// <summary>304, or the same bytes as last time.</summary>
    Unchanged,

    /// <summary>Nothing was read; the problem says why.</summary>
    Failed,

    /// <summary>Not asked: the source wants to be left alone for a while.</summary>
    Waiting,
}

/// <summary>A new hit is stored.</summary>
public sealed record HitKept(string Path, string Title, IReadOnlyList<string> Topics) : Happening;

/// <summary>An outlet has changed an article that is a hit; the new version is stored beside the first.</summary>
/// <param name="ChangesMentions">Whether readers are told: what is mentioned is another.</param>
public sealed record HitCorrected(string Path, string Title, bool ChangesMentions) : Happening;

/// <summary>The site has ended a source, which is now disabled in the list.</summary>
public sealed record SourceDisabled(string SourceId, string Title, string Why) : Happening
{
    public override bool IsTrouble => true;
}

/// <summary>A source has been failing or silent for too long.</summary>
/// <param name="Problem">What the latest poll said, if anything.</param>
public sealed record SourceAlarmed(string SourceId, string Title, SourceAlarm Alarm, string? Problem) : Happening
{
    public override bool IsTrouble => true;
}

/// <summary>It works and publishes again.</summary>
public sealed record SourceRecovered(string SourceId, string Title, SourceAlarm Over) : Happening;

/// <summary>Poll the enabled sources of one shard out of so many.</summary>
/// <param name="Now">True: whether they are due or not.</param>
public sealed record PollMessage(int Shard, int Of, bool Now = false);

/// <summary>The queues of the system.</summary>
public static class Queues
{
    public const string Polls = "monitor-polls";

    public static IReadOnlyList<string> All { get; } = [Polls, Webhooks.WebhookDelivery.Queue, Digests.EditionSender.Queue];

    /// <summary>Where the hosts put what failed too often.</summary>
    public static string PoisonOf(string queue) => $"{queue}-poison";
}
