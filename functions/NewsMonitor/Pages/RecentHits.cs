using Microsoft.Extensions.Logging;
using NewsMonitor.Hits;
using NewsMonitor.Hits.Index;
using NewsMonitor.Storage;

namespace NewsMonitor.Pages;

/// <summary>Hits with all their evidence, newest first, a page at a time: the index says which, and only those are read.</summary>
public sealed class RecentHits(HitIndex index, HitStore hits, TimeProvider time, ILogger<RecentHits> logger)
{
    public const int UsualSize = 25;
    public const int LargestSize = 100;

    private const int Days = 7;

    /// <summary>Those of the last days.</summary>
    public async Task<HitsPage> ReadAsync(int size, HitCursor? after, CancellationToken cancel)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        // A clock that is ahead of ours has dated some tomorrow.
        var page = await index.FindAsync(
            new HitQuery(today.AddDays(1 - Days), today.AddDays(1)) { Size = Math.Clamp(size, 1, LargestSize), After = after }, cancel);
        var read = new List<KeptHit>();
        foreach (var row in page.Rows)
        {
            if (await hits.ReadAsync(HitStore.PathOf(row.Path, row.Number), cancel).OrSkippedAsync(logger) is { } hit)
                read.Add(new KeptHit(row.Path, hit, IsNew: false));
        }

        return new HitsPage(read, page.Next);
    }
}

/// <param name="Next">For the next page; null on the last.</param>
public sealed record HitsPage(IReadOnlyList<KeptHit> Hits, HitCursor? Next);
