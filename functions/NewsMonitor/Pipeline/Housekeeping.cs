using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NewsMonitor.Hits;
using NewsMonitor.Hits.Index;
using NewsMonitor.Sources;
using NewsMonitor.Storage;

namespace NewsMonitor.Pipeline;

/// <summary>What a run has done, or would do: paths by what became of them.</summary>
public sealed record HousekeepingReport(
    IReadOnlyList<string> Sources, IReadOnlyList<string> Expired, IReadOnlyList<string> Deliveries, IReadOnlyList<string> Compacted, IReadOnlyList<string> Lapsed,
    IReadOnlyList<string> Problems);

/// <summary>
/// The daily tidying: hits that are older than is kept go, with all that is about them; poll state of sources that left the list; state that has lapsed;
/// and the index is put together. Each part does what it can though another fails, and a run that is cut short is gone on with by the next.
/// </summary>
public sealed class Housekeeping(
    IBlobStore blobs, SourceCatalog sources, Retention retention, IndexUpkeep index, TimeProvider time, IOptions<PipelineOptions> options,
    IOptions<HitOptions> hitOptions, ILogger<Housekeeping> logger)
{
    private const string Deliveries = "deliveries/";

    /// <summary>What stories were found by before they were recognised by likeness.</summary>
    private const string StoryKeys = "state/story-keys/";

    /// <summary>As the daily function does it.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var report = await RunAsync(write: true, cancel);
        foreach (var problem in report.Problems)
            logger.LogError("Housekeeping: {Problem}", problem);
    }

    public async Task<HousekeepingReport> RunAsync(bool write, CancellationToken cancel)
    {
        var problems = new List<string>();
        var expired = await TryAsync(() => retention.RunAsync(write, cancel));
        return new HousekeepingReport(
            await TryAsync(() => WithoutUnlistedAsync(write, cancel)),
            expired,
            // When hits do not go, because the clock seems wrong, neither does what is about them.
            problems.Count == 0 ? await TryAsync(() => RemoveDeliveriesAsync(write, cancel)) : [],
            await TryAsync(() => index.CompactAsync(write, cancel)),
            [.. await TryAsync(() => index.ForgetAsync(write, cancel)), .. await TryAsync(() => RemoveAsync(StoryKeys, _ => true, write, cancel))],
            problems);

        async Task<IReadOnlyList<string>> TryAsync(Func<Task<IReadOnlyList<string>>> part)
        {
            try
            {
                return await part();
            }
            catch (Exception e) when (e is MonitorException or StorageException)
            {
                problems.Add(e.Message);
                return [];
            }
        }
    }

    private async Task<IReadOnlyList<string>> RemoveDeliveriesAsync(bool write, CancellationToken cancel)
    {
        var days = hitOptions.Value.KeepDays;
        var before = DateOnly.FromDateTime(time.GetUtcNow().AddDays(-days).UtcDateTime);
        return days == 0 ? [] : await RemoveAsync(Deliveries, path => DatedPath.DayOf(path) < before, write, cancel);
    }

    private async Task<IReadOnlyList<string>> RemoveAsync(string prefix, Func<string, bool> isOver, bool write, CancellationToken cancel)
    {
        var removed = await blobs.ListAsync(prefix, cancel).Where(isOver).ToListAsync(cancel);
        foreach (var path in write ? removed : [])
            await blobs.DeleteAsync(path, cancel);
        return removed;
    }

    private async Task<IReadOnlyList<string>> WithoutUnlistedAsync(bool write, CancellationToken cancel)
    {
        var listed = (await sources.ReadAsync(cancel)).Sources.Select(source => source.Id).ToHashSet(StringComparer.Ordinal);
        var gone = new SortedSet<string>(StringComparer.Ordinal);
        for (var shard = 0; shard < options.Value.Shards; shard++)
        {
            await blobs.ChangeDocumentAsync<ShardState>(
                ShardState.PathOf(shard, options.Value.Shards),
                old =>
                {
                    gone.UnionWith(old is null ? [] : old.Sources.Keys.Where(id => !listed.Contains(id)));
                    return old is null || !write ? null : Without(old, listed);
                },
                cancel);
        }

        return [.. gone];
    }

    private static ShardState? Without(ShardState state, HashSet<string> listed)
    {
        var gone = state.Sources.Keys.Where(id => !listed.Contains(id)).ToList();
        if (gone.Count == 0)
            return null;
        var kept = new SortedDictionary<string, SourceState>(state.Sources, StringComparer.Ordinal);
        gone.ForEach(id => kept.Remove(id));
        return state with { Sources = kept };
    }
}
