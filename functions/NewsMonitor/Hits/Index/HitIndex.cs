using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using NewsMonitor.Storage;

namespace NewsMonitor.Hits.Index;

/// <summary>
/// Finds hits without reading them: in the log, and in as few parts of the index as the wanted days are in, the latest first, until the page is full.
/// </summary>
public sealed class HitIndex(IBlobStore blobs, HitLog log, ILogger<HitIndex> logger)
{
    private const int MostTries = 50;

    public async Task<HitPage> FindAsync(HitQuery query, CancellationToken cancel)
    {
        var words = WordSet.Query(query.Words);
        var parts = await PartsAsync(query.First, query.After is { } after && Day(after.Found) < query.Last ? Day(after.Found) : query.Last, cancel);
        var rows = new Dictionary<string, (HitRow Row, bool IsWanted)>(StringComparer.Ordinal);
        List<HitRow> found;
        Add(await LogRowsAsync(cancel));
        for (var next = 0; ; next++)
        {
            // Nothing that was not read yet is newer than this.
            var unread = next < parts.Count ? parts.Skip(next).Max(part => part.Last) : DateOnly.MinValue;
            found = [.. rows.Values.Where(entry => entry.IsWanted && entry.Row.Day > unread).Select(entry => entry.Row)];
            if (next == parts.Count || found.Count > query.Size)
                break;
            Add(await RowsAsync(parts[next].Path, cancel));
        }

        var page = found.OrderByDescending(row => row.Found).ThenBy(row => row.Id, StringComparer.Ordinal).Take(query.Size).ToList();
        return new HitPage(page, found.Count > query.Size ? HitCursor.Of(page[^1]) : null);

        void Add(IEnumerable<HitRow> more)
        {
            foreach (var row in more)
            {
                if (!rows.TryGetValue(row.Id, out var other) || row.Number > other.Row.Number)
                    rows[row.Id] = (row, query.Wants(row, words));
            }
        }
    }

    /// <summary>All hits of a query, page after page.</summary>
    public async IAsyncEnumerable<HitRow> AllAsync(HitQuery query, [EnumeratorCancellation] CancellationToken cancel)
    {
        for (HitQuery? next = query with { Size = 5000 }; next is not null;)
        {
            var page = await FindAsync(next, cancel);
            foreach (var row in page.Rows)
                yield return row;
            next = page.Next is null ? null : next with { After = page.Next };
        }
    }

    /// <summary>The row of one hit; null when the index has none.</summary>
    public async Task<HitRow?> RowAsync(string id, DateOnly day, CancellationToken cancel)
    {
        var page = await FindAsync(new HitQuery(day, day) { Ids = [id], All = true, Size = 1 }, cancel);
        return page.Rows is [var row] ? row : null;
    }

    /// <summary>The parts of the index that have hits of some days, the latest first.</summary>
    internal async Task<IReadOnlyList<IndexPart>> PartsAsync(DateOnly first, DateOnly last, CancellationToken cancel)
    {
        var parts = new List<IndexPart>();
        await foreach (var path in blobs.ListAsync($"{IndexPath.Folder}/", cancel))
        {
            if (IndexPath.DaysOf(path) is not { } days)
                logger.LogWarning("{Path} is not a part of the index; it is left alone.", blobs.Locate(path));
            else if (days.First <= last && days.Last >= first)
                parts.Add(new IndexPart(path, days.First, days.Last));
        }

        return [.. parts.OrderByDescending(part => part.Last).ThenByDescending(part => part.First)];
    }

    /// <summary>Takes hits out of a part, which goes with its last.</summary>
    internal async Task RemoveRowsAsync(string path, IReadOnlySet<string> ids, CancellationToken cancel)
    {
        for (var tries = 1; await blobs.ReadAsync(path, cancel) is { } blob; tries++)
        {
            var left = Lines.Split(blob.Content.ToMemory())
                .Where(line => !(Lines.TryRead<HitRow>(line, out var row, out _) && row.Id is not null && ids.Contains(row.Id))).ToList();
            // Nobody adds to so old a part but a backfill, whose rows `hits reindex` would bring back.
            if (left.Count <= 1 ? await blobs.DeleteAsync(path, cancel) : await blobs.ReplaceAsync(path, Lines.Join(left), blob.ETag, cancel))
                return;
            if (tries == MostTries)
                throw new MonitorException($"{blobs.Locate(path)} is being changed by others all the time; gave up after {MostTries} tries.");
        }
    }

    /// <summary>The rows of a part; what is torn is logged and passed over.</summary>
    internal async Task<IReadOnlyList<HitRow>> RowsAsync(string path, CancellationToken cancel) =>
        await blobs.ReadAsync(path, cancel) is { } blob ? Rows(path, blob.Content) : [];

    internal IReadOnlyList<HitRow> Rows(string path, BinaryData content)
    {
        var lines = Lines.Split(content.ToMemory());
        if (lines.Count > 0 && Lines.TryRead<IndexHeader>(lines[0], out var header, out _) && header.Schema > IndexPath.CurrentSchema)
            throw new MonitorException($"{blobs.Locate(path)} was written by a newer version (schema {header.Schema}); update this one.");
        var rows = new List<HitRow>(lines.Count);
        for (var i = 1; i < lines.Count; i++)
        {
            if (Lines.TryRead<HitRow>(lines[i], out var row, out var problem) && row is { Id: not null, Topics: not null, Words: not null })
                rows.Add(row);
            else
                logger.LogError("{Path}:{Line} is not a hit of the index ({Problem}) and is passed over; `monitor hits reindex` makes it anew.", blobs.Locate(path), i + 1, problem);
        }

        return rows;
    }

    private async Task<IEnumerable<HitRow>> LogRowsAsync(CancellationToken cancel) =>
        await log.ReadAsync(cancel) is { } page ? log.Entries(page).Select(entry => entry.Row).OfType<HitRow>() : [];

    private static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);
}

/// <summary>A blob of the index, and the UTC days that it is about.</summary>
internal sealed record IndexPart(string Path, DateOnly First, DateOnly Last);
