using System.Text.Json.Serialization;
using NewsMonitor.Articles;
using NewsMonitor.Topics;

namespace NewsMonitor.Hits.Index;

/// <summary>What lists show of a hit, and what it is found by: one line of the index. A later revision of the hit takes its place.</summary>
/// <param name="Story">Path of the story that it joined.</param>
/// <param name="Words">What <see cref="WordSet"/> keeps of its title and text.</param>
/// <param name="Number">Of the hit's revision; 1 for the first.</param>
public sealed record HitRow(
    string Id, DateTimeOffset Found, string Story, string Title, string? Url, string Source, string SourceTitle, string Language,
    DateTimeOffset? Published, IReadOnlyList<RowTopic> Topics, string Words, int Number = 1)
{
    /// <summary>As in the hit: null for what a poll found.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? Backfilled { get; init; }

    /// <summary>False when no topic matches any more.</summary>
    [JsonIgnore]
    public bool IsCurrent => Topics.Count > 0;

    /// <summary>Where the hit lies, as it was first stored.</summary>
    [JsonIgnore]
    public string Path => DatedPath.Of(HitStore.Folder, Found, Id);

    [JsonIgnore]
    public DateOnly Day => DateOnly.FromDateTime(Found.UtcDateTime);

    /// <param name="whole">The article as it was read; in an excerpt fewer words are found.</param>
    public static HitRow Of(Hit hit, string story, Article? whole = null) => new(
        hit.Id, hit.Found, story, SafeText.Line(hit.Article.Title, 300), hit.Article.Url, hit.Article.SourceId, SafeText.Line(hit.Article.SourceTitle, 100),
        hit.Article.Language, hit.Article.Published, [.. hit.Topics.Select(topic => new RowTopic(topic.Topic, topic.Strength, topic.Score))],
        WordSet.Of(hit.Article.Title, (whole ?? hit.Article).Text), hit.Number)
    {
        Backfilled = hit.Backfilled,
    };
}

public sealed record RowTopic(string Topic, Strength Strength, double Score);
