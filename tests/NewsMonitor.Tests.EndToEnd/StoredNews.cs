using System.Text.Json;
using MimeKit;
using NewsMonitor.Storage;
using NewsMonitor.Tests.Peers;

namespace NewsMonitor.Tests.EndToEnd;

/// <summary>What monitors have stored, sent and posted, read as a stranger reads it, against what was published.</summary>
/// <param name="published">The addresses of each story.</param>
internal sealed class StoredNews(Stores stores, LocalSite receiver, IReadOnlyList<IReadOnlyList<string>> published)
{
    /// <summary>One line for each thing that is not as it must be.</summary>
    public async Task<IReadOnlyList<string>> WrongAsync(CancellationToken cancel)
    {
        var wrong = new List<string>();
        var hits = await ReadAsync("hits/", path => path.Split('/') is [_, _, _, _, var name] && name.Count(letter => letter == '.') == 1, cancel);
        Compare("hits of", published.SelectMany(story => story), hits.Select(hit => UrlOf(hit.Document)), wrong);
        var addressOf = hits.DistinctBy(hit => IdOf(hit.Document)).ToDictionary(hit => IdOf(hit.Document), hit => UrlOf(hit.Document));
        Posted(addressOf, wrong);

        var stories = (await ReadAsync("stories/", _ => true, cancel)).ToDictionary(story => story.Path, story => story.Document);
        Compare("stories of", published.Select(story => Joined(story)), Whole(stories).Select(story => Joined(SourcesOf(story.Value).Select(AddressOf))), wrong);
        await ToldAsync(stories, wrong, cancel);
        foreach (var queue in (string[])["monitor-polls-poison", "monitor-webhooks", "monitor-webhooks-poison", "monitor-digests", "monitor-digests-poison"])
        {
            if (await stores.Queues.CountAsync(queue, cancel) is > 0 and var messages)
                wrong.Add($"{messages} messages on {queue}");
        }

        return wrong;

        string AddressOf(string hit) => addressOf.GetValueOrDefault(hit) ?? $"unknown hit {hit}";
    }

    /// <summary>Each hit once at least, and never with another body.</summary>
    private void Posted(Dictionary<string, string> addressOf, List<string> wrong)
    {
        var posts = receiver.Requests.ToLookup(request => request.Headers["webhook-id"], request => Convert.ToHexString(request.Body));
        Compare("webhooks of", addressOf.Keys.Select(hit => $"hit-{hit}"), posts.Select(post => post.Key.Split('.')[0]), wrong);
        wrong.AddRange(posts.Where(post => post.Distinct(StringComparer.Ordinal).Count() > 1).Select(post => $"webhook {post.Key} with several bodies"));
    }

    /// <summary>Each story in one edition of each subscriber, and each edition in one mail.</summary>
    private async Task ToldAsync(Dictionary<string, JsonElement> stories, List<string> wrong, CancellationToken cancel)
    {
        var subscribers = (await ReadAsync("subscribers/", _ => true, cancel)).Select(subscriber => IdOf(subscriber.Document)).ToList();
        if (subscribers.Count != 2)
            wrong.Add($"{subscribers.Count} subscribers");
        var editions = await ReadAsync("digests/", path => !path.EndsWith("/log.json", StringComparison.Ordinal), cancel);
        foreach (var subscriber in subscribers)
        {
            var told = editions.Where(edition => edition.Path.StartsWith($"digests/{subscriber}/", StringComparison.Ordinal))
                .SelectMany(edition => edition.Document.GetProperty("stories").EnumerateArray().Select(story => WholeOf(stories, story.GetString()!)));
            Compare($"stories told to {subscriber}:", Whole(stories).Keys, told, wrong);
        }

        wrong.AddRange(editions.Where(edition => edition.Document.GetProperty("status").GetString() != "sent")
            .Select(edition => $"{edition.Path} is {edition.Document.GetProperty("status").GetString()}"));
        var mails = new List<string>();
        await foreach (var path in stores.Blobs.ListAsync("outbox/", cancel))
        {
            using var mail = await MimeMessage.LoadAsync((await stores.Blobs.ReadAsync(path, cancel))!.Content.ToStream(), cancel);
            mails.Add((mail.MessageId ?? "").Split('@')[0]);
        }

        Compare("mails of", editions.Select(edition => IdOf(edition.Document)), mails.Distinct(StringComparer.Ordinal), wrong);
    }

    private static Dictionary<string, JsonElement> Whole(Dictionary<string, JsonElement> stories) =>
        stories.Where(story => IntoOf(story.Value) is null).ToDictionary();

    private static string WholeOf(Dictionary<string, JsonElement> stories, string path)
    {
        for (var steps = 0; steps < 10 && stories.TryGetValue(path, out var story) && IntoOf(story) is { } next; steps++)
            path = next;
        return path;
    }

    private static string IdOf(JsonElement document) => document.GetProperty("id").GetString()!;

    private static string UrlOf(JsonElement hit) => hit.GetProperty("article").GetProperty("url").GetString()!;

    private static string? IntoOf(JsonElement story) => story.TryGetProperty("into", out var into) ? into.GetString() : null;

    private static IEnumerable<string> SourcesOf(JsonElement story) =>
        story.GetProperty("sources").EnumerateArray().Select(source => source.GetProperty("hitId").GetString()!);

    private static string Joined(IEnumerable<string> addresses) => string.Join(" + ", addresses.Order(StringComparer.Ordinal));

    /// <summary>What is not there once.</summary>
    private static void Compare(string what, IEnumerable<string> expected, IEnumerable<string> found, List<string> wrong)
    {
        var counts = found.CountBy(one => one).ToDictionary();
        foreach (var one in expected)
        {
            var count = counts.Remove(one, out var times) ? times : 0;
            if (count != 1)
                wrong.Add($"{count} {what} {one}");
        }

        wrong.AddRange(counts.Select(one => $"{one.Value} {what} {one.Key}, which nobody expects"));
    }

    private async Task<List<(string Path, JsonElement Document)>> ReadAsync(string prefix, Func<string, bool> isWanted, CancellationToken cancel)
    {
        var all = new List<(string, JsonElement)>();
        await foreach (var path in stores.Blobs.ListAsync(prefix, cancel))
        {
            if (isWanted(path))
                all.Add((path, JsonElement.Parse((await stores.Blobs.ReadAsync(path, cancel))!.Content)));
        }

        return all;
    }
}
