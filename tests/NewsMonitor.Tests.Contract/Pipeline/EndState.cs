using Microsoft.Extensions.Logging.Abstractions;
using NewsMonitor.Digests;
using NewsMonitor.Hits.Index;
using NewsMonitor.Webhooks;

namespace NewsMonitor.Tests.Contract.Pipeline;

/// <summary>
/// What a monitor has stored and told, in words that do not depend on times or on who was first; and what must not be, whoever was.
/// </summary>
internal static class EndState
{
    public static async Task<IReadOnlyList<string>> ReadAsync(SmallMonitor monitor)
    {
        var facts = new List<string>();
        var hits = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var path in monitor.Blobs.ListAsync("hits/", default))
        {
            // What lies beside a hit (revisions of it) is not another one.
            if (Id(path) is { } id && hits.Add(id))
                facts.Add($"hit {id}");
        }

        var editions = (await monitor.ReadAllAsync<Edition>("digests/", path => !path.EndsWith("/log.json", StringComparison.Ordinal))).ToList();
        facts.AddRange(Stories(hits, (await monitor.ReadAllAsync<StoredStory>("stories/")).ToDictionary(), [.. editions.SelectMany(edition => edition.Document.Stories)]));
        facts.AddRange(await IndexAsync(monitor, hits));
        foreach (var (path, edition) in editions.Where(edition => edition.Document.Status != EditionStatus.Sent))
            facts.Add($"edition {path} is {edition.Status}");
        var outbox = 0;
        await foreach (var path in monitor.Blobs.ListAsync("outbox/", default))
            outbox++;
        if (outbox != editions.Count)
            facts.Add($"{editions.Count} editions, {outbox} mails");

        foreach (var (path, delivery) in await monitor.ReadAllAsync<Delivery>("deliveries/"))
            facts.Add($"delivery {Path.GetFileNameWithoutExtension(path)} is {delivery.Status}");
        foreach (var post in monitor.Posts)
            facts.Add($"webhook {post.Key[..36]} with {post.Distinct(StringComparer.Ordinal).Count()} body");
        if (await monitor.CountMessagesAsync() is > 0 and var messages)
            facts.Add($"{messages} messages left");
        facts.Sort(StringComparer.Ordinal);
        return facts;
    }

    /// <summary>
    /// What is wrong with an end state whatever the feeds had: each hit is in one story that was told once and has one delivered webhook, and
    /// nothing else is to be said.
    /// </summary>
    public static IReadOnlyList<string> Wrong(IReadOnlyList<string> facts)
    {
        var right = Hits(facts).SelectMany(hit => new[] { $"hit {hit}", $"webhook hit-{hit} with 1 body", $"delivery {hit} is Delivered" }).ToHashSet(StringComparer.Ordinal);
        var others = facts.Where(fact => !right.Contains(fact) && !(fact.StartsWith("story ", StringComparison.Ordinal) && fact.EndsWith(", told 1 times", StringComparison.Ordinal)));
        return [.. right.Except(facts).Select(fact => "- " + fact), .. others.Select(fact => "+ " + fact)];
    }

    /// <summary>The ids of the hits that are stored.</summary>
    public static IEnumerable<string> Hits(IReadOnlyList<string> facts) =>
        facts.Select(fact => fact.Split(' ')).Where(words => words is ["hit", _]).Select(words => words[1]);

    /// <summary>Each hit is found once, and nothing else is.</summary>
    private static async Task<IEnumerable<string>> IndexAsync(SmallMonitor monitor, HashSet<string> hits)
    {
        var index = new HitIndex(monitor.Blobs, new HitLog(monitor.Blobs, monitor.Time, NullLogger<HitLog>.Instance), NullLogger<HitIndex>.Instance);
        var found = await index.AllAsync(new HitQuery(new DateOnly(2000, 1, 1), new DateOnly(2100, 1, 1)) { All = true }, default).Select(row => row.Id).ToListAsync();
        return found.Except(hits).Select(id => $"the index has hit {id}, which is not stored")
            .Concat(hits.Except(found).Select(id => $"the index lacks hit {id}"))
            .Concat(found.CountBy(id => id).Where(count => count.Value > 1).Select(count => $"the index has hit {count.Key} {count.Value} times"));
    }

    private static IEnumerable<string> Stories(HashSet<string> hits, Dictionary<string, StoredStory> stories, IReadOnlyList<string> told)
    {
        // A reader who was told a story and then the one it was joined to was told twice.
        var toldAs = told.Select(path => Whole(stories, path)).CountBy(path => path).ToDictionary();
        foreach (var (path, story) in stories.Where(story => story.Value.Into is null))
        {
            var sources = string.Join('+', story.Sources.Select(source => source.HitId).Order(StringComparer.Ordinal));
            yield return $"story {sources}, told {toldAs.GetValueOrDefault(path)} times";
            if (story.Id != Path.GetFileNameWithoutExtension(path))
                yield return $"{path} calls itself {story.Id}";
            if (story.Headline != story.Sources[0].Title)
                yield return $"{path} has another headline than its lead";
            foreach (var twice in story.Sources.CountBy(source => source.HitId).Where(count => count.Value > 1))
                yield return $"{path} has hit {twice.Key} {twice.Value} times";
            foreach (var source in story.Sources.Where(source => !hits.Contains(source.HitId)))
                yield return $"{path} has hit {source.HitId}, which is not stored";
        }

        foreach (var (path, note) in stories.Where(story => story.Value.Into is not null))
        {
            if (!stories.TryGetValue(Whole(stories, path), out var whole) || whole.Into is not null)
                yield return $"{path} leads to {note.Into} and to no story";
        }

        foreach (var hit in hits)
        {
            var homes = stories.Count(story => story.Value.Into is null && story.Value.Sources.Any(source => source.HitId == hit));
            if (homes != 1)
                yield return $"hit {hit} is in {homes} stories";
        }
    }

    /// <summary>Where a story's forwarding notes lead.</summary>
    private static string Whole(Dictionary<string, StoredStory> stories, string path)
    {
        for (var steps = 0; steps < 10 && stories.GetValueOrDefault(path)?.Into is { } next; steps++)
            path = next;
        return path;
    }

    /// <summary>The id in <c>hits/yyyy/MM/dd/id.json</c>, null of another path.</summary>
    private static string? Id(string path) =>
        path.Split('/') is [_, _, _, _, var name] && name.IndexOf('.', StringComparison.Ordinal) == name.Length - ".json".Length ? name[..^".json".Length] : null;

    /// <summary>What is compared of a story.</summary>
    private sealed record StoredStory(string Id, string Headline, IReadOnlyList<StoredSource> Sources, string? Into);

    private sealed record StoredSource(string HitId, string Title);
}
