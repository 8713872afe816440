using Microsoft.Extensions.Options;
using NewsMonitor.Digests.Mail;
using NewsMonitor.Hits;
using NewsMonitor.Topics;

namespace NewsMonitor.Digests;

/// <summary>Puts together what an edition tells its reader, and the mail that carries it.</summary>
public sealed class DigestBuilder(
    StoryStore stories, TopicCatalog topics, DigestRenderer renderer, IOptions<DigestOptions> options, IOptions<MailOptions> mailOptions,
    TimeProvider time)
{
    /// <summary>Whether a subscriber asked to be told of a story: its topic, with enough strength.</summary>
    public static bool IsFor(Subscriber subscriber, Story story) => story.Topics.Any(topic => IsFor(subscriber, topic));

    public async Task<Mail.Mail> BuildAsync(Subscriber subscriber, Edition edition, CancellationToken cancel)
    {
        var told = new List<Story>();
        var corrected = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, path) in edition.Stories.Select(name => (name, Told.PathOf(name))).DistinctBy(named => named.Item2))
        {
            // What was joined to another story since is told as part of that.
            if (await stories.FollowAsync(path, cancel) is not ({ } at, { } story) || told.Exists(other => other.Id == story.Id))
                continue;
            told.Add(story with { Topics = [.. story.Topics.Where(topic => IsFor(subscriber, topic))] });
            if (Told.IsCorrection(name))
                corrected.Add(story.Id);
        }

        var zone = TimeZoneInfo.FindSystemTimeZoneById(subscriber.TimeZone);
        var unsubscribe = UnsubscribeAddress(subscriber);
        var digest = await DigestAsync(edition.Id, subscriber.Language, zone, told, unsubscribe, cancel) with { Corrected = corrected };
        return new Mail.Mail(
            edition.Id, $"{edition.Id}@{mailOptions.Value.Domain}", subscriber.Address, await renderer.RenderAsync(digest), subscriber.Language,
            unsubscribe, TimeZoneInfo.ConvertTime(time.GetUtcNow(), zone));
    }

    /// <summary>A digest of any stories, for an edition or a preview.</summary>
    public async Task<Digest> DigestAsync(
        string editionId, string language, TimeZoneInfo zone, IReadOnlyList<Story> told, Uri? unsubscribe, CancellationToken cancel)
    {
        var known = (await topics.ReadAsync(cancel)).Topics;
        var shown = known.Where(topic => told.Any(story => story.Topics.Any(match => match.Topic == topic.Id)))
            .Select(topic => new DigestTopic(topic.Id, topic.TitleIn(language)))
            .ToList();
        // A topic that has left the file since is still told, by its id.
        var gone = told.SelectMany(story => story.Topics.Select(match => match.Topic)).Distinct().Where(id => known.All(topic => topic.Id != id));
        shown.AddRange(gone.Select(id => new DigestTopic(id, id)));
        return new Digest(editionId, language, zone, time.GetUtcNow(), shown, told, unsubscribe);
    }

    private static bool IsFor(Subscriber subscriber, TopicMatch topic) =>
        (subscriber.Topics.Count == 0 || subscriber.Topics.Contains(topic.Topic)) && topic.Strength >= subscriber.MinimumStrength;

    private Uri? UnsubscribeAddress(Subscriber subscriber) =>
        options.Value.PublicUrl is { Length: > 0 } url ? new Uri($"{url.TrimEnd('/')}/unsubscribe/{subscriber.Id}/{subscriber.Token}") : null;
}
