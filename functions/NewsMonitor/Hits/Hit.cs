using System.Text.Json.Serialization;
using NewsMonitor.Articles;
using NewsMonitor.Topics;

namespace NewsMonitor.Hits;

/// <summary>The evidence: one article that matched, as <c>hits/yyyy/MM/dd/&lt;id&gt;.json</c>. What was found once is kept for good.</summary>
/// <param name="Schema">Of this document; readers refuse what is newer than they know.</param>
/// <param name="Id">The article's id.</param>
/// <param name="Found">When a poll found it; of a backfilled one, when it was published.</param>
/// <param name="TopicsVersion">SHA-256 of the topics file that matched, lower-case hexadecimal.</param>
/// <param name="Topics">What the latest topics that were run over it find; empty when that is nothing any more.</param>
public sealed record Hit(
    int Schema, string Id, DateTimeOffset Found, string TopicsVersion, IReadOnlyList<TopicMatch> Topics, Article Article)
{
    public const int CurrentSchema = 1;

    /// <summary>When a backfill stored it; null for what a poll found. Nobody is told of a backfilled hit: it is old news.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? Backfilled { get; init; }

    /// <summary>What stood in <see cref="Topics"/> before a backfill changed it, oldest first; null when none did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<EarlierMatch>? Earlier { get; init; }

    /// <summary>False when no topic matches any more: kept as evidence, and no longer shown as news.</summary>
    [JsonIgnore]
    public bool IsCurrent => Topics.Count > 0;

    /// <summary>The hit as it was first stored. That is what others are told, however late, and however often.</summary>
    [JsonIgnore]
    public Hit AsFirstStored =>
        Earlier is [var first, ..] ? this with { TopicsVersion = first.TopicsVersion, Topics = first.Topics, Earlier = null } : this;
}

/// <summary>What a hit said before other topics were run over it.</summary>
/// <param name="Until">When the next took its place.</param>
public sealed record EarlierMatch(string TopicsVersion, IReadOnlyList<TopicMatch> Topics, DateTimeOffset Until);
