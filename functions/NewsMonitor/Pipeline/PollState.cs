using NewsMonitor.Storage;

namespace NewsMonitor.Pipeline;

/// <summary>What the monitor remembers of the sources of one shard: one document for all of them.</summary>
public sealed record ShardState(int Schema, DateTimeOffset LastPoll, SortedDictionary<string, SourceState> Sources)
{
    public const int CurrentSchema = 1;

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
            merged[id] = later with { Seen = SeenItems.Merge(earlier.Seen, later.Seen) };
        }

        return this with { LastPoll = polled > LastPoll ? polled : LastPoll, Sources = merged };
    }
}

/// <param name="ETag">As the server sent it; with <paramref name="LastModified"/> it makes the next GET conditional.</param>
/// <param name="ContentHash">SHA-256 of the latest body: servers without validators send the same bytes again.</param>
/// <param name="LastSuccess">When it last answered 200 or 304.</param>
/// <param name="LastNews">When it last had an item we did not know.</param>
/// <param name="Problem">One line: why the latest poll failed or what was wrong with the document.</param>
/// <param name="FailingSince">When the first of the failures in a row was.</param>
/// <param name="NotBefore">The server asked to be left alone until then.</param>
/// <param name="Items">How many items the latest document had.</param>
/// <param name="Seen">Fingerprints of known items, oldest first.</param>
public sealed record SourceState(
    DateTimeOffset LastPoll,
    string? ETag,
    string? LastModified,
    string? ContentHash,
    DateTimeOffset? LastSuccess,
    DateTimeOffset? LastNews,
    string? Problem,
    DateTimeOffset? FailingSince,
    DateTimeOffset? NotBefore,
    int Items,
    IReadOnlyList<string> Seen)
{
    public static SourceState New { get; } = new(DateTimeOffset.MinValue, null, null, null, null, null, null, null, null, 0, []);
}

/// <summary>The items a source is known to have published, as fingerprints, bounded.</summary>
public static class SeenItems
{
    /// <summary>Kept beyond what the latest document holds, so that an item that comes back after a while is still known.</summary>
    private const int Most = 2000;

    /// <summary>64 bits of the article's id: among two thousand a chance meeting is a matter of one in 10^13.</summary>
    public static string Fingerprint(string articleId) => articleId[..16];

    public static IReadOnlyList<string> Merge(IReadOnlyList<string> older, IReadOnlyList<string> newer)
    {
        if (older.Count == 0 || newer.Count == 0)
            return older.Count == 0 ? newer : older;
        // What was seen again moves to the end, so that trimming takes what has been gone longest.
        var again = newer.ToHashSet(StringComparer.Ordinal);
        List<string> merged = [.. older.Where(fingerprint => !again.Contains(fingerprint)), .. newer];
        return merged.Count <= Math.Max(Most, newer.Count) ? merged : merged[^Math.Max(Most, newer.Count)..];
    }
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
