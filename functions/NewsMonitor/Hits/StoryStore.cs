using System.Security.Cryptography;
using System.Text;
using NewsMonitor.Hits.Index;
using NewsMonitor.Storage;

namespace NewsMonitor.Hits;

/// <summary>
/// The stories. In this order: <see cref="StoryIndex"/> decides which story a hit is in, for good; then the documents are written that say so. Doing it
/// again changes nothing, and completes what was cut short. Backfilled hits make stories of their own, of the time when they were published and in a
/// folder of their own, where nobody looks who tells people what is new.
/// </summary>
public sealed class StoryStore(IBlobStore blobs, HitStore hits, StoryIndex index, TimeProvider time)
{
    public const string News = "stories";
    public const string OldNews = "stories/backfilled";

    /// <summary>Notes that lead to notes; more is a mistake.</summary>
    private const int MostNotes = 50;

    /// <summary>Adds hits, as they stand, to their stories, new or known, and returns the stories' paths.</summary>
    public async Task<IReadOnlyList<string>> JoinAsync(IReadOnlyList<KeptHit> kept, CancellationToken cancel)
    {
        if (kept.Count == 0)
            return [];
        var paths = new List<string>(kept.Count);
        foreach (var decided in await index.PlaceAsync(kept, cancel))
        {
            var path = decided.Story.Path;
            foreach (var merged in decided.Merged.Where(story => story != decided.Story))
                await MergeAsync(merged.Path, path, cancel);
            paths.Add(await AddAsync(path, decided.Hit, cancel));
        }

        return paths;
    }

    public async Task<Story?> ReadAsync(string path, CancellationToken cancel) =>
        Known(path, (await blobs.ReadDocumentAsync<Story>(path, cancel))?.Value);

    /// <summary>A story by its path, or what its note leads to; null when there is none.</summary>
    public async Task<(string Path, Story Story)?> FollowAsync(string path, CancellationToken cancel)
    {
        for (var notes = 0; notes < MostNotes; notes++)
        {
            if (await ReadAsync(path, cancel) is not { } story)
                return null;
            if (story.Into is null)
                return (path, story);
            path = story.Into;
        }

        throw new MonitorException($"{blobs.Locate(path)} leads in a circle; write the right story's path into its \"into\", or take that out.");
    }

    /// <summary>Paths of the stories first seen on a UTC day or later, oldest first; notes are among them.</summary>
    public async Task<IReadOnlyList<string>> ListSinceAsync(DateOnly first, CancellationToken cancel)
    {
        var paths = new List<string>();
        var today = time.GetUtcNow();
        for (var month = new DateTimeOffset(first.Year, first.Month, 1, 0, 0, 0, TimeSpan.Zero); month <= today; month = month.AddMonths(1))
        {
            await foreach (var path in blobs.ListAsync(DatedPath.Month(News, month), cancel))
            {
                if (DatedPath.DayOf(path) >= first)
                    paths.Add(path);
            }
        }

        return paths;
    }

    /// <summary>An operator says that two stories are one; the younger becomes a note. Returns the path of the other.</summary>
    public async Task<string> JoinAsync(string one, string other, CancellationToken cancel)
    {
        var (first, second) = (await NeededAsync(one, cancel), await NeededAsync(other, cancel));
        if (first.Path == second.Path)
            return first.Path;
        if (first.Path.StartsWith(OldNews, StringComparison.Ordinal) != second.Path.StartsWith(OldNews, StringComparison.Ordinal))
            throw new MonitorException("One of them is of backfilled hits, which are old news: such stories are not joined with others.");
        var isFirst = (first.Story.FirstSeen, first.Path).CompareTo((second.Story.FirstSeen, second.Path)) <= 0;
        var (into, from) = isFirst ? (first.Path, second.Path) : (second.Path, first.Path);
        await index.SayAsync(
            memory => StoryRef.Of(into) is { } a && StoryRef.Of(from) is { } b && memory.Root(a) == memory.Root(b)
                ? null
                : new LogEntry { Joined = new StoriesJoined(into, from, time.GetUtcNow()) },
            cancel);
        await MergeAsync(from, into, cancel);
        return into;
    }

    /// <summary>An operator says that some hits of a story are another one. Returns the path of that.</summary>
    public async Task<string> SplitAsync(string path, IReadOnlyList<string> ids, CancellationToken cancel)
    {
        var (from, story) = await NeededAsync(path, cancel);
        var into = DatedPath.Of(
            from.StartsWith(OldNews, StringComparison.Ordinal) ? OldNews : News, story.FirstSeen, Convert.ToHexStringLower(SHA256.HashData(
                Encoding.UTF8.GetBytes($"{story.Id}\n{string.Join('\n', ids.Order(StringComparer.Ordinal))}")), 0, 16));
        var isDone = story.Apart?.Contains(into) == true;
        var unknown = ids.Where(id => !isDone && story.Sources.All(source => source.HitId != id)).ToList();
        if (unknown.Count > 0)
            throw new MonitorException($"{string.Join(", ", unknown.Select(id => SafeText.Line(id, 40)))} is not in this story; `stories show` lists its hits.");
        var stay = story.Sources.Where(source => !ids.Contains(source.HitId)).Select(source => source.HitId).ToList();
        if (stay.Count == 0)
            throw new MonitorException("At least one hit must stay in the story.");

        await index.SayAsync(
            memory => memory.IsApart(memory.Root(StoryRef.Of(from)!.Value), memory.Root(StoryRef.Of(into)!.Value))
                ? null
                : new LogEntry { Split = new StorySplit(from, into, ids, time.GetUtcNow()) },
            cancel);
        var taken = StoryChange.New(into, [.. await ReadHitsAsync(ids, cancel)]) with { Apart = [from] };
        await blobs.ChangeDocumentAsync<Story>(into, old => old is null ? taken : null, cancel);
        var left = await ReadHitsAsync(stay, cancel);
        await blobs.ChangeDocumentAsync<Story>(from, old => old is null ? null : StoryChange.Without(old, ids, into, left), cancel);
        return into;
    }

    private async Task<(string Path, Story Story)> NeededAsync(string path, CancellationToken cancel) =>
        await FollowAsync(path, cancel) ?? throw new MonitorException($"There is no story at {blobs.Locate(path)}.");

    private async Task<IReadOnlyList<Hit>> ReadHitsAsync(IEnumerable<string> ids, CancellationToken cancel)
    {
        var read = new List<Hit>();
        foreach (var id in ids)
            read.Add((await hits.FindAsync(id, cancel))?.Hit ?? throw new MonitorException($"The hit {SafeText.Line(id, 40)} is gone."));
        return [.. read.OrderBy(hit => hit.Found)];
    }

    /// <returns>The path of the story that has the hit: another than it was when a note stood there.</returns>
    private async Task<string> AddAsync(string path, Hit hit, CancellationToken cancel)
    {
        if (DatedPath.IdOf(path) == hit.Id && hit.Number == 1 && await blobs.CreateDocumentAsync(path, StoryChange.New(path, hit), cancel))
            return path;
        await ChangeAsync(path, (at, old) => old is null ? StoryChange.New(at, hit) : StoryChange.With(old, hit), cancel);
        return path;
    }

    /// <summary>
    /// First the one that stays has all, then the other becomes a note, if nothing has joined that meanwhile; else again. Whoever reads in between finds a
    /// hit twice, and never not at all.
    /// </summary>
    private async Task MergeAsync(string from, string into, CancellationToken cancel)
    {
        while (await blobs.ReadDocumentAsync<Story>(from, cancel) is { } stored && Known(from, stored.Value) is { IsNote: false } story)
        {
            var end = await ChangeAsync(
                into,
                (at, old) => old is null ? story with { Schema = Story.CurrentSchema, Id = DatedPath.IdOf(at), Merged = [.. story.Merged ?? [], from] } : StoryChange.With(old, from, story),
                cancel);
            if (end == from || await blobs.ReplaceDocumentAsync(from, story with { Schema = Story.CurrentSchema, Into = end }, stored.ETag, cancel))
                return;
        }
    }

    /// <summary>Changes the story at a path, or the one that its note leads to.</summary>
    private async Task<string> ChangeAsync(string path, Func<string, Story?, Story?> change, CancellationToken cancel)
    {
        for (var notes = 0; notes < MostNotes; notes++)
        {
            string? note = null;
            var at = path;
            await blobs.ChangeDocumentAsync<Story>(
                at,
                old =>
                {
                    note = Known(at, old)?.Into;
                    return note is null ? change(at, old) : null;
                },
                cancel);
            if (note is null)
                return at;
            path = note;
        }

        throw new MonitorException($"{blobs.Locate(path)} leads in a circle; write the right story's path into its \"into\", or take that out.");
    }

    private Story? Known(string path, Story? story) => story is not { Schema: > Story.CurrentSchema }
        ? story
        : throw new MonitorException($"{blobs.Locate(path)} was written by a newer version (schema {story.Schema}); update this one.");
}
