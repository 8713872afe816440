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
    public const int CurrentSchema = 1;
}

/// <summary>One outlet's version of a story.</summary>
public sealed record StorySource(
    string HitId, string SourceId, string SourceTitle, string Title, string? Url, DateTimeOffset? Published, DateTimeOffset Found);
