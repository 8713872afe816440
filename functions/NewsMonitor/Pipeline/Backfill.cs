using System.Globalization;
using System.Runtime.CompilerServices;
using NewsMonitor.Articles;
using NewsMonitor.Hits;
using NewsMonitor.Sources;
using NewsMonitor.Topics;

namespace NewsMonitor.Pipeline;

/// <summary>What other topics make of one article.</summary>
/// <param name="Where">The stored hit, or the file and line, that was read.</param>
/// <param name="Article">Null when it could not be read.</param>
/// <param name="IsNew">True when it has no hit yet.</param>
/// <param name="IsCurrent">True when a topic matches.</param>
/// <param name="Changes">Against what is stored; empty when that stays as it is.</param>
/// <param name="Problem">What is wrong with it, null when nothing is.</param>
public sealed record Rematch(string Where, Article? Article, bool IsNew, bool IsCurrent, IReadOnlyList<TopicChange> Changes, string? Problem)
{
    public static Rematch None(string where, Article article) => new(where, article, IsNew: false, IsCurrent: false, [], null);

    public static Rematch Failed(string where, Article? article, string problem) => new(where, article, IsNew: false, IsCurrent: false, [], problem);
}

/// <summary>
/// Runs topics over what was found before, or was never polled. For each article, in this order: the hit, new or revised, and the story of a
/// new one. Each step recognises its own work, so that a run that was cut short is gone on with by the next. Nobody is told of anything.
/// </summary>
public sealed class Backfill(HitStore hits, StoryStore stories, TimeProvider time)
{
    /// <summary>
    /// Over the stored hits of some UTC days. The text that is matched is the one that is stored: there is no other. Cancelling ends it
    /// after the hit in hand.
    /// </summary>
    public async IAsyncEnumerable<Rematch> OverHitsAsync(
        TopicRules topics, DateOnly first, DateOnly last, bool write, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var path in hits.ListAsync(first, last, CancellationToken.None))
        {
            if (cancel.IsCancellationRequested)
                yield break;
            yield return await SafelyAsync(path, null, () => OfStoredAsync(path, topics, write));
        }
    }

    /// <summary>
    /// Over the articles of an archive. Remembers the ids of all hits and of the articles that matched, and nothing of the others.
    /// Cancelling ends it after the article in hand.
    /// </summary>
    public async IAsyncEnumerable<Rematch> OverArchiveAsync(
        TopicRules topics, IAsyncEnumerable<ArchiveLine> lines, bool write, [EnumeratorCancellation] CancellationToken cancel)
    {
        var stored = new HashSet<UInt128>();
        await foreach (var id in hits.ListIdsAsync(CancellationToken.None))
            stored.Add(Short(id));
        var done = new HashSet<UInt128>();
        await foreach (var line in lines)
        {
            if (cancel.IsCancellationRequested)
                yield break;
            if (line.Article is null)
            {
                yield return Rematch.Failed(line.Where, null, line.Problem!);
                continue;
            }

            var matches = topics.Match(line.Article.Title, line.Article.Text);
            var id = Short(line.Article.Id);
            var isWanted = (matches.Count > 0 || stored.Contains(id)) && !done.Contains(id);
            var rematch = isWanted
                ? await SafelyAsync(line.Where, line.Article, () => OfArchivedAsync(line, matches, topics, write))
                : Rematch.None(line.Where, line.Article);
            // A line that says too little must not keep a better one of the same article from being read.
            if (isWanted && rematch.Problem is null)
                done.Add(id);
            yield return rematch;
        }
    }

    private async Task<Rematch> OfArchivedAsync(ArchiveLine line, IReadOnlyList<TopicMatch> matches, TopicRules topics, bool write)
    {
        var article = line.Article!;
        if (await hits.FindAsync(article.Id, CancellationToken.None) is { } stored)
            return await OfStoredAsync(stored.Path, topics, write) with { Where = line.Where };
        if (matches.Count == 0)
            return Rematch.None(line.Where, article);
        if (line.Problem is { } problem)
            return Rematch.Failed(line.Where, article, $"matches {string.Join(", ", matches.Select(match => match.Topic))}, but {problem}");

        if (write)
        {
            var now = time.GetUtcNow();
            var found = article.Published < now ? article.Published.Value : now;
            var hit = new Hit(Hit.CurrentSchema, article.Id, found.ToUniversalTime(), topics.Version, matches, article) { Backfilled = now };
            var kept = await hits.KeepAsync(hit, CancellationToken.None);
            // A poll was quicker: its hit is news, which it tells by itself.
            if (kept.Hit.Backfilled is null)
                return await OfStoredAsync(kept.Path, topics, write) with { Where = line.Where };
            await stories.JoinAsync([kept], CancellationToken.None);
        }

        return new Rematch(line.Where, article, IsNew: true, IsCurrent: true, TopicChange.Between([], matches), null);
    }

    private async Task<Rematch> OfStoredAsync(string path, TopicRules topics, bool write)
    {
        var hit = await hits.ReadLatestAsync(path, CancellationToken.None) ?? throw new MonitorException("is gone");
        if (hit.Article.Kept == TextKept.Excerpt)
            throw new MonitorException("only an excerpt of it is kept, in which topics would miss what they found in the whole; left as it is");
        var matches = topics.Match(hit.Article.Title, hit.Article.Text);
        var changes = TopicChange.Between(hit.Topics, matches);
        if (write)
        {
            if (changes.Count > 0)
                hit = await hits.ReviseAsync(path, RevisionReason.Topics, latest => Changed(latest, matches, topics.Version), CancellationToken.None);
            // Also of a run that was cut short before the index knew.
            if (hit.Backfilled is not null || hit.Number > 1)
                await stories.JoinAsync([new KeptHit(path, hit, IsNew: false)], CancellationToken.None);
        }

        return new Rematch(path, hit.Article, IsNew: false, matches.Count > 0, changes, null);
    }

    private static Hit? Changed(Hit latest, IReadOnlyList<TopicMatch> matches, string topicsVersion) =>
        TopicChange.Between(latest.Topics, matches).Count > 0 ? latest with { TopicsVersion = topicsVersion, Topics = matches } : null;

    /// <summary>A document that cannot be read is told, and the others are gone on with.</summary>
    private static async Task<Rematch> SafelyAsync(string where, Article? article, Func<Task<Rematch>> work)
    {
        try
        {
            return await work();
        }
        catch (MonitorException e)
        {
            return Rematch.Failed(where, article, e.Message);
        }
    }

    /// <summary>Ids have 128 bits; what is no id is nobody's.</summary>
    private static UInt128 Short(string id) =>
        UInt128.TryParse(id, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
