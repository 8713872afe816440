using NewsMonitor.Articles;
using NewsMonitor.Feeds;
using NewsMonitor.Storage;

namespace NewsMonitor.Pipeline;

/// <summary>What the monitor remembers of the sources of one shard: one document for all of them.</summary>
public sealed record ShardState(int Schema, DateTimeOffset LastPoll, SortedDictionary<string, SourceState> Sources)
{
    public const int CurrentSchema = 2;

    public static string PathOf(int shard, int of) => $"state/polls/{shard:d4}-of-{of:d4}.json";

    public static ShardState Empty => new(CurrentSchema, DateTimeOffset.MinValue, []);

    /// <summary>
    /// Adds what one poll learned. Somebody else may have polled meanwhile: for each source the later poll stands, and of the items
    /// both have seen nothing is forgotten.
    /// </summary>
    public ShardState With(DateTimeOffset polled, IEnumerable<KeyValuePair<string, SourceState>> learned)
    {
        var merged = new SortedDictionary<string, SourceState>(Sources, StringComparer.Ordinal);
        foreach (var (id, state) in learned)
        {
            if (!merged.TryGetValue(id, out var other))
            {
                merged[id] = state;
                continue;
            }

            var (earlier, later) = other.LastPoll > state.LastPoll ? (state, other) : (other, state);
            merged[id] = later with { Known = KnownItems.Merge(earlier.Known, later.Known) };
        }

        return this with { Schema = CurrentSchema, LastPoll = polled > LastPoll ? polled : LastPoll, Sources = merged };
    }
}

/// <summary>What is known of one source. All times are UTC.</summary>
public sealed record SourceState
{
    public static SourceState New { get; } = new();

    /// <summary>When it was last asked.</summary>
    public DateTimeOffset LastPoll { get; init; }

    /// <summary>When it is asked next, and why then.</summary>
    public PollPlan? Plan { get; init; }

    /// <summary>As the server sent it; with <see cref="LastModified"/> it makes the next GET conditional.</summary>
    public string? ETag { get; init; }

    public string? LastModified { get; init; }

    /// <summary>SHA-256 of the latest body: servers without validators send the same bytes again.</summary>
    public string? ContentHash { get; init; }

    /// <summary>Where the source's address has moved for good.</summary>
    public string? Moved { get; init; }

    /// <summary>What the feed says of how often it wants to be fetched.</summary>
    public FeedPace? Pace { get; init; }

    /// <summary>Items a day, by the dates of the latest document, or by what came between polls.</summary>
    public double? PerDay { get; init; }

    /// <summary>The longest that this source has been seen to publish nothing, slowly forgotten.</summary>
    public TimeSpan? LongestGap { get; init; }

    /// <summary>When it last answered 200 with a feed, or 304.</summary>
    public DateTimeOffset? LastSuccess { get; init; }

    /// <summary>When it last had an item we did not know; of the first poll: the date of the newest item.</summary>
    public DateTimeOffset? LastNews { get; init; }

    /// <summary>One line: why the latest poll failed or what was wrong with the document, and what to do.</summary>
    public string? Problem { get; init; }

    /// <summary>Since when there is a problem, the same or another.</summary>
    public DateTimeOffset? ProblemSince { get; init; }

    /// <summary>When the first of the failures in a row was.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Failures in a row.</summary>
    public int Failures { get; init; }

    /// <summary>Silent or failing for so long that people are told; null when it is neither.</summary>
    public SourceAlarm? Alarm { get; init; }

    /// <summary>How many items the latest document had.</summary>
    public int Items { get; init; }

    /// <summary>Fingerprints of known items, as <see cref="KnownItems"/> packs them.</summary>
    public string? Known { get; init; }

    /// <summary>New items whose page is still to be read.</summary>
    public IReadOnlyList<PendingPage>? Pending { get; init; }
}

/// <summary>Reads the state of all shards, for people.</summary>
public static class PollStates
{
    public static async Task<IReadOnlyList<ShardState>> ReadAllAsync(IBlobStore blobs, int shards, CancellationToken cancel)
    {
        var states = new List<ShardState>();
        for (var shard = 0; shard < shards; shard++)
        {
            if (await blobs.ReadDocumentAsync<ShardState>(ShardState.PathOf(shard, shards), cancel) is { } state)
                states.Add(state.Value);
        }

        return states;
    }
}
