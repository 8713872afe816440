using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using NewsMonitor.Articles;
using NewsMonitor.Storage;

namespace NewsMonitor.Hits;

/// <summary>
/// Keeps each hit once. First a claim by article id (<c>state/articles</c>) fixes the day, hence the path; then the hit is created
/// there. Whoever comes second, or again after a crash, finds the claim, tries the same path and gets the hit that is stored. A backfill
/// leaves an article to the poll that has claimed it.
/// </summary>
public sealed class HitStore(IBlobStore blobs, TimeProvider time)
{
    public const string Folder = "hits";
    public const string RevisionFolder = "revisions";

    /// <summary>An outlet that changes an article more often than this changes something that is none of the news.</summary>
    public const int MostRevisions = 20;

    /// <summary>A claim this old whose hit was never written is moved to today, where readers of recent days look.</summary>
    private static readonly TimeSpan ClaimLife = TimeSpan.FromDays(1);

    /// <summary>Stores the hit unless its article has one; returns the one that is stored.</summary>
    public async Task<KeptHit> KeepAsync(Hit hit, CancellationToken cancel)
    {
        var path = await ClaimAsync(hit, cancel);
        if (await CreateAsync(path, hit, cancel))
            return new KeptHit(path, hit, IsNew: true);
        var stored = await ReadAsync(path, cancel)
            ?? throw new MonitorException($"{blobs.Locate(path)} vanished while it was being written.");
        return new KeptHit(path, stored, IsNew: false);
    }

    /// <summary>The hit as it was first stored.</summary>
    public async Task<Hit?> ReadAsync(string path, CancellationToken cancel) =>
        Known(path, (await blobs.ReadDocumentAsync<Hit>(path, cancel))?.Value);

    /// <summary>The hit as it stands after its revisions.</summary>
    public async Task<Hit?> ReadLatestAsync(string path, CancellationToken cancel)
    {
        var latest = await ReadAsync(path, cancel);
        while (latest is not null && await ReadAsync(RevisionPath(path, latest.Number + 1), cancel) is { } next)
            latest = next;
        return latest;
    }

    /// <summary>The hit and all that became of it, oldest first.</summary>
    public async Task<IReadOnlyList<Hit>> ReadAllAsync(string path, CancellationToken cancel)
    {
        var all = new List<Hit>();
        for (var next = await ReadAsync(path, cancel); next is not null; next = await ReadAsync(RevisionPath(path, all[^1].Number + 1), cancel))
            all.Add(next);
        return all;
    }

    /// <summary>The hit of an article as it stands, by its id; null when there is none.</summary>
    public async Task<KeptHit?> FindAsync(string id, CancellationToken cancel) =>
        id.Length > 2 && BlobPath.IsValid(ClaimPathOf(id)) && await blobs.ReadDocumentAsync<Claim>(ClaimPathOf(id), cancel) is { } claim
        && await ReadLatestAsync(claim.Value.Hit, cancel) is { } hit
            ? new KeptHit(claim.Value.Hit, hit, IsNew: false)
            : null;

    /// <summary>
    /// Writes what has changed beside what is stored, as the next revision. <paramref name="change"/> gets the latest, may run several times, and
    /// returns null when that says it already. Returns the hit as it stands afterwards.
    /// </summary>
    public async Task<Hit> ReviseAsync(string path, RevisionReason reason, Func<Hit, Hit?> change, CancellationToken cancel)
    {
        for (var tries = 1; ; tries++)
        {
            if (tries > MostRevisions * 2)
                throw new MonitorException($"{blobs.Locate(path)}: its revisions are being written by others all the time; gave up.");
            var latest = await ReadLatestAsync(path, cancel) ?? throw new MonitorException($"{blobs.Locate(path)} is gone.");
            if (latest.Number > MostRevisions || change(latest) is not { } changed)
                return latest;
            var revision = changed with
            {
                Schema = Hit.CurrentSchema,
                Earlier = null,
                Revision = new Revision(latest.Number + 1, path, reason, time.GetUtcNow(), Mentions.Differ(latest.Topics, changed.Topics)),
            };
            if (await CreateAsync(RevisionPath(path, latest.Number + 1), revision, cancel))
                return revision;
        }
    }

    /// <summary>Removes a hit and all that is kept of it; the article may become a hit again, if a feed still has it.</summary>
    /// <param name="last">Its latest revision.</param>
    public async Task RemoveAsync(string path, string id, int last, CancellationToken cancel)
    {
        for (var number = last; number > 1; number--)
            await blobs.DeleteAsync(PathOf(path, number), cancel);
        await blobs.DeleteAsync(ClaimPathOf(id), cancel);
        await blobs.DeleteAsync(path, cancel);
    }

    /// <summary>Paths of the hits of some UTC days, the earliest day first.</summary>
    public IAsyncEnumerable<string> ListAsync(DateOnly first, DateOnly last, CancellationToken cancel) =>
        ListAsync(Folder, first, last, cancel);

    /// <summary>The ids of all hits.</summary>
    public async IAsyncEnumerable<string> ListIdsAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var path in blobs.ListAsync($"{Folder}/", cancel))
            yield return DatedPath.IdOf(path);
    }

    /// <summary>Where a hit lies, or a revision of it: by the hit's own day.</summary>
    public static string PathOf(string path, int number) => number == 1 ? path : RevisionPath(path, number);

    private static string RevisionPath(string path, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{RevisionFolder}{path[Folder.Length..^".json".Length]}-{number:d4}.json");

    private async IAsyncEnumerable<string> ListAsync(
        string folder, DateOnly first, DateOnly last, [EnumeratorCancellation] CancellationToken cancel)
    {
        for (var month = new DateOnly(first.Year, first.Month, 1); month <= last; month = month.AddMonths(1))
        {
            // A single day is asked for by itself: a month may be long.
            var from = first == last ? first : month;
            var at = from.ToDateTime(default, DateTimeKind.Utc);
            await foreach (var path in blobs.ListAsync(first == last ? DatedPath.Day(folder, at) : DatedPath.Month(folder, at), cancel))
            {
                if (DatedPath.DayOf(path) is { } day && day >= first && day <= last)
                    yield return path;
            }
        }
    }

    private Task<bool> CreateAsync(string path, Hit hit, CancellationToken cancel) => blobs.CreateDocumentAsync(
        path, hit, cancel,
        new BlobLabels(
            [.. hit.Topics.OrderByDescending(topic => topic.Score).Select(topic => topic.Topic)], hit.Article.SourceId, DateOnly.FromDateTime(hit.Found.UtcDateTime)));

    private async Task<string> ClaimAsync(Hit hit, CancellationToken cancel)
    {
        var claimPath = ClaimPathOf(hit.Id);
        var now = hit.Backfilled ?? hit.Found;
        var wanted = new Claim(DatedPath.Of(Folder, hit.Found, hit.Id), now, hit.Backfilled is null ? null : true);
        if (await blobs.CreateDocumentAsync(claimPath, wanted, cancel))
            return wanted.Hit;
        var claim = await blobs.ReadDocumentAsync<Claim>(claimPath, cancel)
            ?? throw new MonitorException($"{blobs.Locate(claimPath)} vanished while it was being written.");
        var isOld = now - claim.Value.At > ClaimLife;
        // A backfill that filled in for a poll would make its news old.
        var isOfPoll = hit.Backfilled is not null && claim.Value.Backfill is null;
        if (!(isOld || isOfPoll) || await blobs.ReadAsync(claim.Value.Hit, cancel) is not null)
            return claim.Value.Hit;
        if (!isOld)
            throw new MonitorException("a poll is storing this article, or died while it did; left to the next poll");
        if (await blobs.ReplaceDocumentAsync(claimPath, wanted, claim.ETag, cancel))
            return wanted.Hit;
        return (await blobs.ReadDocumentAsync<Claim>(claimPath, cancel))!.Value.Hit;
    }

    private Hit? Known(string path, Hit? hit) => hit is not { Schema: > Hit.CurrentSchema }
        ? hit
        : throw new MonitorException($"{blobs.Locate(path)} was written by a newer version (schema {hit.Schema}); update this one.");

    private static string ClaimPathOf(string id) => $"state/articles/{id[..2]}/{id}.json";

    /// <param name="At">When it was claimed.</param>
    /// <param name="Backfill">True when it was a backfill that did, else null.</param>
    private sealed record Claim(
        string Hit, DateTimeOffset At, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Backfill = null, int Schema = 1);
}

/// <param name="Path">Of the hit as it was first stored.</param>
/// <param name="IsNew">False when it was stored before, by us or by another.</param>
public sealed record KeptHit(string Path, Hit Hit, bool IsNew)
{
    /// <summary>The whole article, for recognising and finding it, where the hit has an excerpt.</summary>
    public Article? Whole { get; init; }

    internal Article ToFind => Whole ?? Hit.Article;
}
