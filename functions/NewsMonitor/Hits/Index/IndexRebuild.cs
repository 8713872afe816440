using Microsoft.Extensions.Logging;
using NewsMonitor.Hits.Likeness;
using NewsMonitor.Storage;

namespace NewsMonitor.Hits.Index;

/// <summary>What a rebuild found.</summary>
/// <param name="Missing">Hits that the index lacked.</param>
/// <param name="Extra">Rows of hits that are not there.</param>
/// <param name="Different">Rows that say something else than their hit.</param>
/// <param name="Unplaced">Hits that are in no story.</param>
/// <param name="Problems">Blobs that cannot be read, with their paths.</param>
public sealed record RebuildReport(int Hits, int Missing, int Extra, int Different, IReadOnlyList<KeptHit> Unplaced, IReadOnlyList<string> Problems);

/// <summary>
/// Makes the index and what hits are grouped by anew from the hits and stories themselves. May run beside a monitor: each part is replaced only if it is
/// unchanged since its hits were listed, and the log's lines stay.
/// </summary>
public sealed class IndexRebuild(IBlobStore blobs, HitStore hits, HitLog log, HitIndex index, TimeProvider time, ILogger<IndexRebuild> logger)
{
    private const int MostTries = 5;

    /// <summary>Where there is no log: the hits of the last month, so that their copies are recognised. Older ones are left to the command.</summary>
    public async Task BeginAsync(CancellationToken cancel)
    {
        var today = Today();
        var report = await RunAsync(today.AddDays(-HitLog.LikenessDays), today.AddDays(1), write: true, cancel);
        if (report.Hits > 0)
            logger.LogWarning("The index was made anew from {Hits} hits of the last month; `monitor hits reindex` adds all older ones.", report.Hits);
    }

    /// <summary>Over all hits. Without <paramref name="write"/> only says what differs.</summary>
    public async Task<RebuildReport> RunAsync(bool write, CancellationToken cancel) =>
        await RunAsync(new DateOnly(1990, 1, 1), Today().AddYears(1), write, cancel);

    private async Task<RebuildReport> RunAsync(DateOnly first, DateOnly last, bool write, CancellationToken cancel)
    {
        for (var tries = 1; ; tries++)
        {
            var before = await log.ReadAsync(cancel);
            var run = new Run(await StoriesAsync(first, cancel));
            await foreach (var path in blobs.ListAsync($"{HitStore.Folder}/", cancel))
            {
                if (DatedPath.DayOf(path) is not { } day)
                    run.Problems.Add($"{blobs.Locate(path)} is not the path of a hit");
                else if (day >= first && day <= last)
                    run.Days.Add(day);
            }

            // Days that only the index knows have rows of hits that are gone.
            foreach (var part in await index.PartsAsync(first, last, cancel))
                run.Days.UnionWith((await index.RowsAsync(part.Path, cancel)).Select(row => row.Day).Where(day => day >= first && day <= last));
            var inLog = before is null ? [] : log.Entries(before).Select(entry => entry.Row).OfType<HitRow>().ToList();
            foreach (var day in run.Days)
                await OfDayAsync(day, run, inLog, write, cancel);
            if (write)
                await RemoveOthersAsync(first, last, cancel);
            if (!write || await TryBeginAnewAsync(before, run, cancel))
                return new RebuildReport(run.Hits, run.Missing, run.Extra, run.Different, run.Unplaced, run.Problems);
            if (tries == MostTries)
                throw new MonitorException("The log was merged by others each time that the index was made; run it again when less is going on.");
        }
    }

    private async Task OfDayAsync(DateOnly day, Run run, IReadOnlyList<HitRow> inLog, bool write, CancellationToken cancel)
    {
        for (var tries = 1; tries <= MostTries; tries++)
        {
            var path = IndexPath.Of(day);
            var stored = await blobs.ReadAsync(path, cancel);
            var had = (await index.PartsAsync(day, day, cancel)).ToList();
            var rowsHad = new List<HitRow>(inLog.Where(row => row.Day == day));
            foreach (var part in had)
                rowsHad.AddRange((part.Path == path && stored is not null ? index.Rows(path, stored.Content) : await index.RowsAsync(part.Path, cancel)).Where(row => row.Day == day));
            var rows = new List<HitRow>();
            await foreach (var hitPath in hits.ListAsync(day, day, cancel))
            {
                if (await ReadAsync(hitPath, run, cancel) is not { } hit)
                    continue;
                if (run.Stories.TryGetValue(hit.Id, out var story))
                    rows.Add(run.Remember(hit, story, time.GetUtcNow()));
                else if (run.Unplaced.All(kept => kept.Path != hitPath))
                    run.Unplaced.Add(new KeptHit(hitPath, hit, IsNew: false));
            }

            if (rows.Count == 0)
            {
                run.Compare(rows, rowsHad);
                if (write && stored is not null)
                    await blobs.DeleteAsync(path, cancel);
                return;
            }

            var content = Lines.Join([IndexPath.Header, .. rows.OrderBy(row => row.Found).ThenBy(row => row.Id, StringComparer.Ordinal).Select(Lines.Of)]);
            if (!write || (stored is null ? await blobs.CreateAsync(path, content, cancel) : await blobs.ReplaceAsync(path, content, stored.ETag, cancel)))
            {
                run.Compare(rows, rowsHad);
                return;
            }
        }

        run.Problems.Add($"{blobs.Locate(IndexPath.Of(day))} is being changed by others all the time");
    }

    private async Task<Hit?> ReadAsync(string path, Run run, CancellationToken cancel)
    {
        try
        {
            return await hits.ReadLatestAsync(path, cancel);
        }
        catch (MonitorException e)
        {
            run.Problems.Add(e.Message);
            return null;
        }
    }

    /// <summary>Months, and pieces of days: each day now stands by itself.</summary>
    private async Task RemoveOthersAsync(DateOnly first, DateOnly last, CancellationToken cancel)
    {
        foreach (var part in await index.PartsAsync(first, last, cancel))
        {
            if (part.Path != IndexPath.Of(part.First) && part.First >= first && part.Last <= last)
                await blobs.DeleteAsync(part.Path, cancel);
        }
    }

    /// <summary>False when the log was merged meanwhile: what was moved by that may be missing here.</summary>
    private async Task<bool> TryBeginAnewAsync(LogPage? before, Run run, CancellationToken cancel)
    {
        var epoch = Guid.NewGuid().ToString("n");
        var today = IndexPath.Name(Today());
        var lines = run.Grouped.OrderBy(entry => entry.Hit!.Found).Concat(run.Apart).Select(Lines.Of).ToList();
        if (lines.Count > 0)
            await blobs.CreateAsync(HitLog.LikenessPath(epoch, today), Lines.Join(lines), cancel);
        var header = new LogHeader(LogHeader.CurrentSchema, epoch, 0, lines.Count == 0 ? [] : new() { [today] = lines.Count });
        while (true)
        {
            var now = await log.ReadAsync(cancel);
            if (now?.Header.Epoch != before?.Header.Epoch || now?.Header.Generation != before?.Header.Generation)
                return before is null && now is not null;
            if (await log.TryWriteAsync(header, now?.Lines ?? [], now?.ETag, cancel))
                return true;
        }
    }

    /// <summary>Which story each hit is in, by the stories' documents.</summary>
    private async Task<Membership> StoriesAsync(DateOnly first, CancellationToken cancel)
    {
        var membership = new Membership();
        // A hit may have joined a story that is a month older.
        var since = first.AddDays(-Math.Min(HitLog.LikenessDays, first.DayNumber));
        await foreach (var path in blobs.ListAsync($"{StoryStore.News}/", cancel))
        {
            if (DatedPath.DayOf(path) is not { } day || (day < since && !path.StartsWith(StoryStore.OldNews, StringComparison.Ordinal)))
                continue;
            try
            {
                if (await blobs.ReadDocumentAsync<Story>(path, cancel) is { Value: var story })
                    membership.Add(path, story);
            }
            catch (MonitorException e)
            {
                membership.Problems.Add(e.Message);
            }
        }

        return membership;
    }

    private DateOnly Today() => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    private sealed class Membership
    {
        public Dictionary<string, string> Stories { get; } = new(StringComparer.Ordinal);

        public List<LogEntry> Apart { get; } = [];

        public List<string> Problems { get; } = [];

        public void Add(string path, Story story)
        {
            if (story.IsNote)
                return;
            foreach (var source in story.Sources)
                Stories[source.HitId] = path;
            Apart.AddRange((story.Apart ?? []).Select(other => new LogEntry { Split = new StorySplit(path, other, [], story.FirstSeen) }));
        }
    }

    private sealed class Run(Membership membership)
    {
        public SortedSet<DateOnly> Days { get; } = [];

        public IReadOnlyDictionary<string, string> Stories => membership.Stories;

        public List<LogEntry> Grouped { get; } = [];

        public IReadOnlyList<LogEntry> Apart => membership.Apart;

        public List<KeptHit> Unplaced { get; } = [];

        public List<string> Problems { get; } = [.. membership.Problems];

        public int Hits { get; private set; }

        public int Missing { get; private set; }

        public int Extra { get; private set; }

        public int Different { get; private set; }

        public HitRow Remember(Hit hit, string story, DateTimeOffset now)
        {
            if (now - (hit.Backfilled ?? hit.Found) < TimeSpan.FromDays(HitLog.LikenessDays))
            {
                var sketch = TextSketch.Of(hit.Article.Title, hit.Article.Text).Pack();
                Grouped.Add(new LogEntry { Hit = new GroupedHit(hit.Id, hit.Found, story, sketch, null, hit.Number) });
            }

            return HitRow.Of(hit, story);
        }

        public void Compare(IReadOnlyList<HitRow> rows, IEnumerable<HitRow> had)
        {
            Hits += rows.Count;
            var latest = had.GroupBy(row => row.Id, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.MaxBy(row => row.Number)!, StringComparer.Ordinal);
            foreach (var row in rows)
            {
                if (!latest.Remove(row.Id, out var other))
                    Missing++;
                // By which name a story is known may have changed since.
                else if (!Lines.Of(row with { Story = "" }).Span.SequenceEqual(Lines.Of(other with { Story = "" }).Span))
                    Different++;
            }

            Extra += latest.Count;
        }
    }
}
