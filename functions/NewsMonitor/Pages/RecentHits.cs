using Microsoft.Extensions.Logging;
using NewsMonitor.Hits;
using NewsMonitor.Storage;

namespace NewsMonitor.Pages;

/// <summary>The hits of the last days that still match, newest first, bounded: what a page or a list shows.</summary>
public sealed class RecentHits(HitStore hits, ILogger<RecentHits> logger)
{
    private const int Days = 7;
    private const int Most = 100;

    /// <summary>Read at most, to choose from: within a day paths say nothing of the time.</summary>
    private const int MostRead = 1000;

    public async Task<IReadOnlyList<KeptHit>> ReadAsync(CancellationToken cancel)
    {
        var recent = new List<KeptHit>();
        DateOnly? day = null;
        foreach (var path in (await hits.ListAsync(Days, cancel)).Take(MostRead))
        {
            // Days come latest first: once there are enough, a further day has nothing newer.
            if (DatedPath.DayOf(path) != day && recent.Count >= Most)
                break;
            day = DatedPath.DayOf(path);
            if (await hits.ReadAsync(path, cancel).OrSkippedAsync(logger) is { IsCurrent: true } hit)
                recent.Add(new KeptHit(path, hit, IsNew: false));
        }

        return [.. recent.OrderByDescending(kept => kept.Hit.Found).ThenBy(kept => kept.Path, StringComparer.Ordinal).Take(Most)];
    }
}
