using Microsoft.Extensions.Options;
using NewsMonitor.Hits.Index;
using NewsMonitor.Storage;

namespace NewsMonitor.Hits;

/// <summary>
/// Removes hits that are older than is kept, oldest first: their revisions, their claims and themselves, stories that are left without hits, and at last
/// their rows of the index, by which a run that was cut short is gone on with.
/// </summary>
public sealed class Retention(IBlobStore blobs, HitStore hits, HitIndex index, IOptions<HitOptions> options, TimeProvider time)
{
    /// <summary>In one run; the next goes on.</summary>
    private const int MostHits = 20_000;

    /// <returns>Paths of the hits and stories that are removed, or would be.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(bool write, CancellationToken cancel)
    {
        var removed = new List<string>();
        var now = time.GetUtcNow();
        var before = now.AddDays(-options.Value.KeepDays);
        if (options.Value.KeepDays == 0)
            return removed;
        var parts = (await index.PartsAsync(DateOnly.MinValue, DateOnly.FromDateTime(before.UtcDateTime), cancel)).Reverse().ToList();
        if (parts.Count == 0)
            return removed;
        await RefuseWrongClockAsync(now, cancel);
        foreach (var part in parts)
        {
            var rows = (await index.RowsAsync(part.Path, cancel)).GroupBy(row => row.Id, StringComparer.Ordinal).Select(group => group.MaxBy(row => row.Number)!)
                .Where(row => (row.Backfilled ?? row.Found) < before).Take(MostHits - removed.Count).ToList();
            foreach (var row in rows)
            {
                removed.Add(row.Path);
                if (write)
                    await hits.RemoveAsync(row.Path, row.Id, row.Number, cancel);
            }

            foreach (var story in rows.Select(row => row.Story).Distinct(StringComparer.Ordinal))
                await RemoveStoryAsync(story, write, removed, cancel);
            if (write && rows.Count > 0)
                await index.RemoveRowsAsync(part.Path, rows.Select(row => row.Id).ToHashSet(StringComparer.Ordinal), cancel);
            if (removed.Count >= MostHits)
                break;
        }

        return removed;
    }

    /// <summary>When the newest hit is half as old as hits may be, it is the clock that is wrong, or a monitor that has stood still: nothing is urgent then.</summary>
    private async Task RefuseWrongClockAsync(DateTimeOffset now, CancellationToken cancel)
    {
        var days = options.Value.KeepDays;
        var recent = new HitQuery(DateOnly.FromDateTime(now.AddDays(-days / 2).UtcDateTime), DateOnly.FromDateTime(now.AddDays(1).UtcDateTime)) { All = true, Size = 1 };
        if ((await index.FindAsync(recent, cancel)).Rows.Count == 0)
        {
            throw new MonitorException(
                $"No hit was found in the last {days / 2} days, so that the clock may be wrong ({now:u}): nothing that is older than Hits:KeepDays is removed. Set Hits:KeepDays to 0 to keep everything.");
        }
    }

    /// <summary>A story goes when all its hits do, and with it the notes that lead to it.</summary>
    private async Task RemoveStoryAsync(string path, bool write, List<string> removed, CancellationToken cancel)
    {
        if ((await blobs.ReadDocumentAsync<Story>(path, cancel))?.Value is not { IsNote: false } story)
            return;
        foreach (var hit in story.Sources.Select(source => DatedPath.Of(HitStore.Folder, source.Found, source.HitId)))
        {
            // Without writing, what would be removed is still there.
            if ((write || !removed.Contains(hit)) && await blobs.ReadAsync(hit, cancel) is not null)
                return;
        }

        foreach (var gone in (story.Merged ?? []).Append(path))
        {
            removed.Add(gone);
            if (write)
                await blobs.DeleteAsync(gone, cancel);
        }
    }
}
