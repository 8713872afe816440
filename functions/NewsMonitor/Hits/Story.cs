using System.Text.Json.Serialization;
using NewsMonitor.Topics;

namespace NewsMonitor.Hits;

/// <summary>
/// Copies of one text in several outlets, told as one; <c>stories/yyyy/MM/dd/&lt;id&gt;.json</c>. Those of backfilled hits are told to nobody and
/// lie in <c>stories/backfilled</c>.
/// </summary>
/// <param name="Id">The first hit's id; never changes.</param>
/// <param name="Topics">What the lead article (the first) mentions, with sentences, and what fuller copies add.</param>
/// <param name="Sources">The lead first, then in the order found; one entry a hit.</param>
public sealed record Story(
    int Schema, string Id, DateTimeOffset FirstSeen, string Headline, string Language,
    IReadOnlyList<TopicMatch> Topics, IReadOnlyList<StorySource> Sources)
{
    /// <summary>1 knew neither notes nor corrections.</summary>
    public const int CurrentSchema = 2;

    /// <summary>In a forwarding note: path of the story that this one turned out to be, or was joined to. Then the rest is as it was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Into { get; init; }

    /// <summary>Paths of the stories that were joined to this one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Merged { get; init; }

    /// <summary>Paths of the stories that an operator took apart from this one: nothing joins them again.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Apart { get; init; }

    /// <summary>Ids of the hits that an operator took out of it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Left { get; init; }

    /// <summary>Corrections by outlets that changed what is mentioned, oldest first.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<StoryCorrection>? Corrections { get; init; }

    [JsonIgnore]
    public bool IsNote => Into is not null;
}

/// <summary>One outlet's version of a story.</summary>
public sealed record StorySource(
    string HitId, string SourceId, string SourceTitle, string Title, string? Url, DateTimeOffset? Published, DateTimeOffset Found)
{
    /// <summary>Ids of what this version mentions; not known of stories of schema 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Topics { get; init; }
}

/// <param name="Number">Of the hit's revision.</param>
public sealed record StoryCorrection(string HitId, int Number, DateTimeOffset At);
