using NewsMonitor.Storage;

namespace NewsMonitor.Hits.Index;

/// <summary>
/// Keeps the index in few parts, and what hits are grouped by to its month: days that nobody adds to any more are put together by month, and what the log
/// does not count any more is removed.
/// </summary>
public sealed class IndexUpkeep(IBlobStore blobs, HitIndex index, HitLog log, TimeProvider time)
{
    /// <summary>A month that would be larger stays in days.</summary>
    private const int LargestMonth = 32_000_000;

    /// <summary>Two days more than hits are added to: clocks differ.</summary>
    private const int YoungDays = HitLog.OwnPartDays + 2;

    /// <summary>Returns the parts that are put together with others, or would be.</summary>
    public async Task<IReadOnlyList<string>> CompactAsync(bool write, CancellationToken cancel)
    {
        var done = new List<string>();
        // Pieces are written on their day only; the day before may still be somebody's.
        foreach (var piece in (await index.PartsAsync(DateOnly.MinValue, Today().AddDays(-2), cancel)).Where(part => part.First == part.Last && part.Path != IndexPath.Of(part.First)))
        {
            var lines = await blobs.ReadAsync(piece.Path, cancel) is { } blob ? Lines.Split(blob.Content.ToMemory()).Skip(1).ToList() : [];
            if (await TryAddAsync(IndexPath.Of(piece.First), lines, int.MaxValue, write, cancel))
                await RemoveAsync(piece.Path);
        }

        var before = Today().AddDays(-YoungDays);
        var days = (await index.PartsAsync(DateOnly.MinValue, before, cancel)).Where(part => part.First == part.Last && part.Last < before);
        foreach (var month in days.GroupBy(part => IndexPath.OfMonth(part.First), StringComparer.Ordinal))
        {
            var lines = new List<ReadOnlyMemory<byte>>();
            foreach (var day in month.OrderBy(part => part.First))
                lines.AddRange(await blobs.ReadAsync(day.Path, cancel) is { } blob ? Lines.Split(blob.Content.ToMemory()).Skip(1) : []);
            if (!await TryAddAsync(month.Key, lines, LargestMonth, write, cancel))
                continue;
            foreach (var day in month)
                await RemoveAsync(day.Path);
        }

        return done;

        async Task RemoveAsync(string path)
        {
            done.Add(path);
            if (write)
                await blobs.DeleteAsync(path, cancel);
        }
    }

    /// <summary>Removes what hits were grouped by before the last month, or before the index was rebuilt.</summary>
    public async Task<IReadOnlyList<string>> ForgetAsync(bool write, CancellationToken cancel)
    {
        var done = new List<string>();
        if (await log.ReadAsync(cancel) is not { } page)
            return done;
        var oldest = IndexPath.Name(Today().AddDays(-HitLog.LikenessDays));
        await foreach (var path in blobs.ListAsync($"{HitLog.LikenessFolder}/", cancel))
        {
            var day = Path.GetFileNameWithoutExtension(path);
            // One of today may be that of a rebuild that is under way.
            var isCounted = path == HitLog.LikenessPath(page.Header.Epoch, day) ? string.CompareOrdinal(day, oldest) >= 0 : day.StartsWith(IndexPath.Name(Today()), StringComparison.Ordinal);
            if (isCounted)
                continue;
            done.Add(path);
            if (write)
                await blobs.DeleteAsync(path, cancel);
        }

        return done;
    }

    private async Task<bool> TryAddAsync(string path, List<ReadOnlyMemory<byte>> lines, int largest, bool write, CancellationToken cancel)
    {
        var stored = await blobs.ReadAsync(path, cancel);
        var had = stored is null ? [IndexPath.Header] : Lines.Split(stored.Content.ToMemory());
        var all = Lines.Union(had, lines);
        if (all.Sum(line => (long)line.Length + 1) > largest)
            return false;
        var content = Lines.Join(all);
        return !write || (stored is null ? await blobs.CreateAsync(path, content, cancel) : await blobs.ReplaceAsync(path, content, stored.ETag, cancel));
    }

    private DateOnly Today() => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
}
