using System.Text.Json.Serialization;
using NewsMonitor.Storage;
using NewsMonitor.Topics;

namespace NewsMonitor.Hits;

/// <summary>
/// Joins hits into stories. Each key of a hit (<see cref="StoryKeys"/>) points to a story in <c>state/story-keys</c>; the first hit
/// creates the pointer, later ones follow it. Doing it again changes nothing. Backfilled hits make stories of their own, of the time when
/// they were published and in a folder of their own, where nobody looks who tells people what is new.
/// </summary>
public sealed class StoryStore(IBlobStore blobs, TimeProvider time)
{
    private const string Folder = "state/story-keys/";
    private const string News = "stories";
    private const string OldNews = "stories/backfilled";

    /// <summary>After this long the same words are news again.</summary>
    private static readonly TimeSpan KeyLife = TimeSpan.FromDays(7);

    /// <summary>A pointer this old whose story was never written is taken over, so that the story gets a path of today.</summary>
    private static readonly TimeSpan ClaimLife = TimeSpan.FromDays(1);

    /// <summary>Adds the hit to its story, new or known, and returns the story's path.</summary>
    public async Task<string> JoinAsync(Hit hit, CancellationToken cancel)
    {
        var (now, stories) = hit.Backfilled is null ? (time.GetUtcNow(), News) : (hit.Found, OldNews);
        var keys = StoryKeys.Of(hit);
        if (await FindOwnAsync(hit, keys[^1], cancel) is { } own)
            return own;
        var wanted = new Pointer(await FollowAsync(keys, now, cancel) ?? DatedPath.Of(stories, now, hit.Id), now, hit.Backfilled);
        foreach (var key in keys)
        {
            // Whoever made a pointer meanwhile is followed, and the keys before it with him.
            var pointer = await blobs.ChangeDocumentAsync<Pointer>(
                PathOf(key), old => old is null || Apart(now, old) > KeyLife ? wanted : null, cancel);
            if (pointer!.Story != wanted.Story && await IsAliveAsync(pointer, now, cancel))
                wanted = pointer;
        }

        foreach (var key in keys)
            await blobs.ChangeDocumentAsync<Pointer>(PathOf(key), old => old?.Story == wanted.Story ? null : wanted, cancel);

        await blobs.ChangeDocumentAsync<Story>(wanted.Story, old => With(old, hit, wanted.Story, now), cancel);
        return wanted.Story;
    }

    public async Task<Story?> ReadAsync(string path, CancellationToken cancel)
    {
        var story = (await blobs.ReadDocumentAsync<Story>(path, cancel))?.Value;
        if (story is { Schema: > Story.CurrentSchema })
            throw new MonitorException($"{blobs.Locate(path)} was written by a newer version (schema {story.Schema}); update this one.");
        return story;
    }

    /// <summary>Paths of the stories first seen on a UTC day or later, oldest first.</summary>
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

    /// <summary>Removes the pointers that have lapsed. That of an article itself stays, as its hit and its story do.</summary>
    public async Task PruneKeysAsync(CancellationToken cancel)
    {
        foreach (var kind in StoryKeys.Lapsing)
        {
            await foreach (var path in blobs.ListAsync($"{Folder}{kind}", cancel))
            {
                if (await blobs.ReadDocumentAsync<Pointer>(path, cancel) is { Value: var pointer } && time.GetUtcNow() - (pointer.Backfilled ?? pointer.At) > KeyLife)
                    await blobs.DeleteAsync(path, cancel);
            }
        }
    }

    /// <summary>
    /// The story that holds the hit already, however long ago it joined: an old article that is read again must neither make a second
    /// story nor lend its old one to new articles with the same words.
    /// </summary>
    private async Task<string?> FindOwnAsync(Hit hit, string ownKey, CancellationToken cancel) =>
        await blobs.ReadDocumentAsync<Pointer>(PathOf(ownKey), cancel) is { Value.Story: var path }
        && await ReadAsync(path, cancel) is { } story
        && story.Sources.Any(source => source.HitId == hit.Id)
            ? path
            : null;

    private async Task<string?> FollowAsync(IReadOnlyList<string> keys, DateTimeOffset now, CancellationToken cancel)
    {
        foreach (var key in keys)
        {
            if (await blobs.ReadDocumentAsync<Pointer>(PathOf(key), cancel) is { Value: var pointer } && await IsAliveAsync(pointer, now, cancel))
                return pointer.Story;
        }

        return null;
    }

    private async Task<bool> IsAliveAsync(Pointer pointer, DateTimeOffset now, CancellationToken cancel) =>
        Apart(now, pointer) <= ClaimLife || (Apart(now, pointer) <= KeyLife && await blobs.ReadAsync(pointer.Story, cancel) is not null);

    /// <summary>Either way: archives are not always read in the order of their dates.</summary>
    private static TimeSpan Apart(DateTimeOffset now, Pointer pointer) => (now - pointer.At).Duration();

    private static Story? With(Story? story, Hit hit, string path, DateTimeOffset now)
    {
        var source = new StorySource(
            hit.Id, hit.Article.SourceId, hit.Article.SourceTitle, hit.Article.Title, hit.Article.Url, hit.Article.Published, hit.Found);
        if (story is null)
            return new Story(Story.CurrentSchema, DatedPath.IdOf(path), now, hit.Article.Title, hit.Article.Language, hit.Topics, [source]);
        return story.Sources.Any(s => s.HitId == hit.Id)
            ? null
            : story with { Sources = [.. story.Sources, source], Topics = Union(story.Topics, hit.Topics) };
    }

    /// <summary>What the story has, and what a fuller copy adds: a topic, or a topic confirmed that was only possible.</summary>
    private static List<TopicMatch> Union(IReadOnlyList<TopicMatch> had, IReadOnlyList<TopicMatch> more)
    {
        var union = had.Select(topic => more.FirstOrDefault(m => m.Topic == topic.Topic && m.Strength > topic.Strength) ?? topic).ToList();
        union.AddRange(more.Where(m => had.All(topic => topic.Topic != m.Topic)));
        return union;
    }

    private static string PathOf(string key) => $"{Folder}{key[..3]}/{key}.json";

    /// <param name="At">When it was made; by a backfilled hit, when that was published.</param>
    private sealed record Pointer(
        string Story, DateTimeOffset At, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? Backfilled = null);
}
