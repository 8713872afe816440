using NewsMonitor.Hits.Index;
using NewsMonitor.Hits.Likeness;

namespace NewsMonitor.Hits;

/// <summary>
/// Decides which story each hit is in, once and for all processes: what the log says is brought to memory (a process that has it reads only what is new),
/// the story is decided by it, and the decision is written into the log if that is unchanged; else all of that again. What is in memory saves reading, and
/// nothing rests on it.
/// </summary>
public sealed class StoryIndex(HitLog log, HitIndex index, IndexRebuild rebuild, TimeProvider time) : IDisposable
{
    private const int MostTries = 200;

    /// <summary>Of this process: others are kept out by the log.</summary>
    private readonly SemaphoreSlim _gate = new(1);

    private readonly Dictionary<string, int> _likeness = new(StringComparer.Ordinal);
    private StoryMemory _memory = new();
    private LogHeader? _header;
    private string _etag = "";
    private int _lines;
    private DateOnly _day;

    public void Dispose() => _gate.Dispose();

    /// <summary>Writes new and changed hits into the log; those that are there stay what they are.</summary>
    /// <returns>For each hit its story, and which others it shows to be the same one.</returns>
    internal async Task<IReadOnlyList<Decided>> PlaceAsync(IReadOnlyList<KeptHit> hits, CancellationToken cancel)
    {
        var sketched = hits.Select(kept => (Kept: kept, Sketch: TextSketch.Of(kept.ToFind.Title, kept.ToFind.Text))).ToList();
        // What was found before and is forgotten by now: its row says where it is.
        var rows = new Dictionary<string, HitRow?>(StringComparer.Ordinal);
        return await AppendAsync<IReadOnlyList<Decided>>(
            async () =>
            {
                var entries = new List<LogEntry>();
                var decided = new List<Decided>();
                var added = new List<Decided>();
                foreach (var (kept, sketch) in sketched)
                {
                    var hit = kept.Hit;
                    if (_memory.Of(hit.Id) is null && !kept.IsNew && !rows.ContainsKey(hit.Id))
                        rows[hit.Id] = await index.RowAsync(hit.Id, DateOnly.FromDateTime(hit.Found.UtcDateTime), cancel);
                    var row = rows.GetValueOrDefault(hit.Id);
                    var known = _memory.Of(hit.Id) ?? (row is not null && StoryRef.Of(row.Story) is { } story ? (_memory.Root(story), row.Number) : null);
                    // Who decided it may have died before the documents said so: what it merged is merged again.
                    var decision = known is { } there ? new Decided(hit, sketch, there.Story, _memory.MergedBy(hit.Id))
                        : added.Find(other => other.Hit.Id == hit.Id) ?? _memory.Decide(hit, sketch, added);
                    decided.Add(decision);
                    if (known?.Number >= hit.Number || added.Contains(decision))
                        continue;
                    if (known is null)
                        added.Add(decision);
                    entries.Add(Entry(known is null ? decision : decision with { Merged = [] }, kept));
                }

                return (entries, () => [.. decided.Select(one => one with { Story = _memory.Root(one.Story) })]);
            },
            cancel);
    }

    /// <summary>Writes an operator's word into the log; null when it says what is said already.</summary>
    internal Task SayAsync(Func<StoryMemory, LogEntry?> word, CancellationToken cancel) => AppendAsync(
        () => Task.FromResult<(IReadOnlyList<LogEntry>, Func<bool>)>((word(_memory) is { } entry ? [entry] : [], () => true)), cancel);

    /// <summary>Adds to the log what is decided by what it says; when another has added to it meanwhile, it is decided anew.</summary>
    /// <param name="decide">Lines, and the result once they are written.</param>
    private async Task<T> AppendAsync<T>(Func<Task<(IReadOnlyList<LogEntry> Entries, Func<T> Result)>> decide, CancellationToken cancel)
    {
        await _gate.WaitAsync(cancel);
        try
        {
            for (var tries = 1; ; tries++)
            {
                var page = await RefreshAsync(cancel);
                var (entries, result) = await decide();
                if (entries.Count == 0)
                    return result();
                if (await log.TryAppendAsync(page, entries, cancel))
                {
                    foreach (var entry in entries)
                        _memory.Add(entry);
                    _lines += entries.Count;
                    return result();
                }

                await PauseAsync(tries, cancel);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    private static LogEntry Entry(Decided decided, KeptHit kept) => new()
    {
        Hit = new GroupedHit(
            decided.Hit.Id, decided.Hit.Found, decided.Story.Path, decided.Sketch.Pack(),
            decided.Merged.Count == 0 ? null : [.. decided.Merged.Select(story => story.Path)], decided.Hit.Number),
        Row = HitRow.Of(decided.Hit, decided.Story.Path, kept.ToFind),
    };

    /// <summary>The log as it is, with room in it, and all that it says in memory.</summary>
    private async Task<LogPage> RefreshAsync(CancellationToken cancel)
    {
        for (var tries = 1; ; tries++)
        {
            var page = await log.ReadAsync(cancel);
            if (page is null)
            {
                await rebuild.BeginAsync(cancel);
                continue;
            }

            await RememberAsync(page, cancel);
            if (page.Lines.Count < HitLog.Most)
                return page;
            await log.TryMergeAsync(page, cancel);
            await PauseAsync(tries, cancel);
        }
    }

    private async Task RememberAsync(LogPage page, CancellationToken cancel)
    {
        if (page.ETag == _etag)
            return;
        // Once a day from the start: what is older than a month is forgotten by that.
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        if (_header?.Epoch != page.Header.Epoch || today != _day || page.Header.Generation < _header.Generation)
        {
            (_memory, _header, _lines, _day) = (new StoryMemory(), null, 0, today);
            _likeness.Clear();
        }

        if (_header?.Generation != page.Header.Generation)
        {
            _lines = 0;
            foreach (var (day, lines) in page.Header.Likeness)
            {
                if (_likeness.GetValueOrDefault(day) is var had && had >= lines)
                    continue;
                foreach (var entry in await log.LikenessAsync(page.Header.Epoch, day, had, lines, cancel))
                    _memory.Add(entry);
                _likeness[day] = lines;
            }
        }

        foreach (var entry in log.Entries(page, _lines))
            _memory.Add(entry);
        (_header, _lines, _etag) = (page.Header, page.Lines.Count, page.ETag);
    }

    private static async Task PauseAsync(int tries, CancellationToken cancel)
    {
        if (tries >= MostTries)
            throw new MonitorException($"{HitLog.Path} is being changed by others all the time; gave up after {MostTries} tries.");
        if (tries > 1)
            await Task.Delay(Random.Shared.Next(1, 20 * Math.Min(tries, 10)), cancel);
    }
}
