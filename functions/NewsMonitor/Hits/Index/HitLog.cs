using Microsoft.Extensions.Logging;
using NewsMonitor.Storage;

namespace NewsMonitor.Hits.Index;

/// <summary>The first line of the log.</summary>
/// <param name="Epoch">Another one after the index was rebuilt: nothing that was remembered of it counts any more.</param>
/// <param name="Generation">One more each time the log was merged and begun anew.</param>
/// <param name="Likeness">Of each day's file in <c>state/likeness/&lt;epoch&gt;/</c>, how many lines count.</param>
public sealed record LogHeader(int Schema, string Epoch, int Generation, SortedDictionary<string, int> Likeness)
{
    public const int CurrentSchema = 1;
}

/// <summary>The log as it was read.</summary>
/// <param name="Lines">Without the header; what is torn among them is kept.</param>
public sealed record LogPage(LogHeader Header, IReadOnlyList<ReadOnlyMemory<byte>> Lines, string ETag);

/// <summary>
/// <c>state/index/log.ndjson</c>: where every hit is written down in one order, by replacing it only if it is unchanged. So whoever adds a hit has seen
/// all that were added before, in whatever process, and decides its story by them. A log that is full is merged: its rows into
/// <c>index/yyyy/MM/dd.ndjson</c>, what its hits are grouped by into <c>state/likeness</c>; and last, a new one begins that says how much of those counts.
/// A merge that is cut short is done again by whoever comes next, with the same result.
/// </summary>
public sealed class HitLog(IBlobStore blobs, TimeProvider time, ILogger<HitLog> logger)
{
    public const string Path = "state/index/log.ndjson";
    public const string LikenessFolder = "state/likeness";

    /// <summary>Days of likeness that count.</summary>
    public const int LikenessDays = 31;

    /// <summary>Hits of so many days have a part of the index for each day; older ones are added to that of their month.</summary>
    public const int OwnPartDays = 8;

    /// <summary>
    /// A day with more hits than this has them in several pieces, so that what a merge reads and writes does not grow with the day; they are put together
    /// when it is over.
    /// </summary>
    public const int MostInPiece = 2000;

    /// <summary>Lines of a log that is full: it is read and written whole with each new hit.</summary>
    public const int Most = 96;

    private const int MostTries = 50;

    /// <summary>Null when there is none, or what stands there is not one; <see cref="LogPage.Header"/> is then made by a rebuild.</summary>
    public async Task<LogPage?> ReadAsync(CancellationToken cancel)
    {
        if (await blobs.ReadAsync(Path, cancel) is not { } blob)
            return null;
        var lines = Lines.Split(blob.Content.ToMemory());
        string? problem = "it is empty";
        if (lines.Count > 0 && Lines.TryRead<LogHeader>(lines[0], out var header, out problem) && header is { Epoch: not null, Likeness: not null })
        {
            return header.Schema <= LogHeader.CurrentSchema
                ? new LogPage(header, lines[1..], blob.ETag)
                : throw new MonitorException($"{blobs.Locate(Path)} was written by a newer version (schema {header.Schema}); update this one.");
        }

        var aside = $"state/index/broken-{time.GetUtcNow():yyyyMMdd'T'HHmmss}.ndjson";
        await blobs.CreateAsync(aside, blob.Content, cancel);
        await blobs.DeleteAsync(Path, cancel);
        logger.LogError("{Log} has no header that can be read ({Problem}); it was moved to {Aside}, and is made anew from the hits.", blobs.Locate(Path), problem, aside);
        return null;
    }

    /// <summary>What can be read of some lines, in their order; what cannot is logged with its place.</summary>
    /// <param name="first">The number of the first line, for people.</param>
    public IEnumerable<LogEntry> Entries(IEnumerable<ReadOnlyMemory<byte>> lines, string path, int first)
    {
        foreach (var line in lines)
        {
            if (Lines.TryRead<LogEntry>(line, out var entry, out var problem) && (entry.Hit ?? entry.Joined ?? (object?)entry.Split) is not null)
                yield return entry;
            else
                logger.LogError("{Path}:{Line} is not what it should be ({Problem}) and is passed over; `monitor hits reindex` makes it anew.", blobs.Locate(path), first, problem);
            first++;
        }
    }

    public IEnumerable<LogEntry> Entries(LogPage page, int from = 0) => Entries(page.Lines.Skip(from), Path, from + 2);

    /// <summary>False when another was quicker, or when our own answer was lost: read it again.</summary>
    public Task<bool> TryAppendAsync(LogPage page, IEnumerable<LogEntry> entries, CancellationToken cancel) =>
        TryWriteAsync(page.Header, page.Lines.Concat(entries.Select(Lines.Of)), page.ETag, cancel);

    /// <param name="etag">Null when there must be none yet.</param>
    public Task<bool> TryWriteAsync(LogHeader header, IEnumerable<ReadOnlyMemory<byte>> lines, string? etag, CancellationToken cancel)
    {
        var content = Lines.Join([Lines.Of(header), .. lines]);
        return etag is null ? blobs.CreateAsync(Path, content, cancel) : blobs.ReplaceAsync(Path, content, etag, cancel);
    }

    /// <summary>Empties a full log. False when another has changed it meanwhile: read it again.</summary>
    public async Task<bool> TryMergeAsync(LogPage page, CancellationToken cancel)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var piece = 1;
        while (page.Header.Likeness.GetValueOrDefault(IndexPath.Name(today, piece)) >= MostInPiece)
            piece++;
        var rows = Entries(page).Select(entry => entry.Row).OfType<HitRow>();
        foreach (var part in rows.GroupBy(PartOf, StringComparer.Ordinal))
            await AddRowsAsync(part.Key, [.. part], cancel);

        var name = IndexPath.Name(today, piece);
        var committed = page.Header.Likeness.GetValueOrDefault(name);
        var path = LikenessPath(page.Header.Epoch, name);
        // What cannot be read goes along as it is: it is told whenever it is met, and is not lost.
        var moved = page.Lines.Select(WithoutRow).ToList();
        var stored = await blobs.ReadAsync(path, cancel);
        var had = stored is null ? [] : Lines.Split(stored.Content.ToMemory());
        if (had.Count < committed)
        {
            TellShort(path, had.Count, committed);
            committed = had.Count;
        }

        // Lines beyond are of a merge that was cut short, or is under way: they begin as ours do, unless our view of the log is an old one.
        var begun = had.Skip(committed).ToList();
        var isOurs = begun.Count <= moved.Count && begun.Zip(moved).All(pair => pair.First.Span.SequenceEqual(pair.Second.Span));
        if (!isOurs && (await blobs.ReadAsync(Path, cancel))?.ETag != page.ETag)
            return false;
        if (!isOurs || begun.Count < moved.Count)
        {
            var all = Lines.Join(had.Take(committed).Concat(moved));
            if (!(stored is null ? await blobs.CreateAsync(path, all, cancel) : await blobs.ReplaceAsync(path, all, stored.ETag, cancel)))
                return false;
        }

        var likeness = new SortedDictionary<string, int>(page.Header.Likeness, StringComparer.Ordinal) { [name] = committed + moved.Count };
        var oldest = IndexPath.Name(today.AddDays(-LikenessDays));
        foreach (var lapsed in likeness.Keys.Where(day => string.CompareOrdinal(day, oldest) < 0).ToList())
            likeness.Remove(lapsed);
        return await TryWriteAsync(page.Header with { Generation = page.Header.Generation + 1, Likeness = likeness }, [], page.ETag, cancel);

        string PartOf(HitRow row) => row.Day == today ? IndexPath.Of(today, piece)
            : row.Day < today.AddDays(-OwnPartDays) ? IndexPath.OfMonth(row.Day) : IndexPath.Of(row.Day);
    }

    public static string LikenessPath(string epoch, string day) => $"{LikenessFolder}/{epoch}/{day}.ndjson";

    /// <summary>The lines of a day that count, from one on.</summary>
    public async Task<IEnumerable<LogEntry>> LikenessAsync(string epoch, string day, int from, int to, CancellationToken cancel)
    {
        var path = LikenessPath(epoch, day);
        var lines = await blobs.ReadAsync(path, cancel) is { } blob ? Lines.Split(blob.Content.ToMemory()) : [];
        if (lines.Count < to)
            TellShort(path, lines.Count, to);
        return Entries(lines.Take(to).Skip(from), path, from + 1);
    }

    /// <summary>Adds rows to a part of the index; those that stand there are left alone.</summary>
    private async Task AddRowsAsync(string path, IReadOnlyList<HitRow> rows, CancellationToken cancel)
    {
        for (var tries = 1; ; tries++)
        {
            if (tries > MostTries)
                throw new MonitorException($"{blobs.Locate(path)} is being changed by others all the time; gave up after {MostTries} tries.");
            var stored = await blobs.ReadAsync(path, cancel);
            if (Lines.Append(stored is null ? Lines.Join(IndexPath.Header).ToMemory() : stored.Content.ToMemory(), [.. rows.Select(Lines.Of)]) is not { } content)
                return;
            if (stored is null ? await blobs.CreateAsync(path, content, cancel) : await blobs.ReplaceAsync(path, content, stored.ETag, cancel))
                return;
        }
    }

    private void TellShort(string path, int lines, int committed) => logger.LogError(
        "{Path} has {Lines} lines where there were {Committed}: copies of some hits are not recognised. `monitor hits reindex` mends it.", blobs.Locate(path), lines, committed);

    private static ReadOnlyMemory<byte> WithoutRow(ReadOnlyMemory<byte> line) =>
        Lines.TryRead<LogEntry>(line, out var entry, out _) && entry.Row is not null ? Lines.Of(entry with { Row = null }) : line;
}
