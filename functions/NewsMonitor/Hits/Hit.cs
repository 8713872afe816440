using System.Text.Json.Serialization;
using NewsMonitor.Articles;
using NewsMonitor.Topics;

namespace NewsMonitor.Hits;

/// <summary>
/// The evidence: one article that matched, as <c>hits/yyyy/MM/dd/&lt;id&gt;.json</c>, written once. What became of it later is in its
/// revisions, <c>revisions/yyyy/MM/dd/&lt;id&gt;-0002.json</c> and so on, each as whole as the first.
/// </summary>
/// <param name="Schema">Of this document; readers refuse what is newer than they know.</param>
/// <param name="Id">The article's id.</param>
/// <param name="Found">When a poll found it; of a backfilled one, when it was published. The same in all revisions.</param>
/// <param name="TopicsVersion">SHA-256 of the topics file that matched, lower-case hexadecimal.</param>
/// <param name="Topics">What those topics find; empty, in a revision, when that is nothing any more.</param>
public sealed record Hit(
    int Schema, string Id, DateTimeOffset Found, string TopicsVersion, IReadOnlyList<TopicMatch> Topics, Article Article)
{
    /// <summary>1 had no revisions: a backfill changed the hit itself, and kept in <see cref="Earlier"/> what had stood there.</summary>
    public const int CurrentSchema = 2;

    /// <summary>When a backfill stored it; null for what a poll found. Nobody is told of a backfilled hit: it is old news.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? Backfilled { get; init; }

    /// <summary>Null for the hit as it was first stored.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Revision? Revision { get; init; }

    /// <summary>Of schema 1 only: what stood in <see cref="Topics"/> before a backfill changed it, oldest first.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<EarlierMatch>? Earlier { get; init; }

    /// <summary>False when no topic matches any more: kept as evidence, and no longer shown as news.</summary>
    [JsonIgnore]
    public bool IsCurrent => Topics.Count > 0;

    /// <summary>1 for the first.</summary>
    [JsonIgnore]
    public int Number => Revision?.Number ?? 1;

    /// <summary>The hit as it was first stored. That is what others are told, however late, and however often.</summary>
    [JsonIgnore]
    public Hit AsFirstStored =>
        Earlier is [var first, ..] ? this with { TopicsVersion = first.TopicsVersion, Topics = first.Topics, Earlier = null } : this;
}

/// <summary>Why and when a hit came to be stored anew.</summary>
/// <param name="Number">2 for the first that is one.</param>
/// <param name="Of">Path of the hit.</param>
/// <param name="ChangesMentions">Whether it mentions something else than the one before: other rules, or other sentences.</param>
public sealed record Revision(int Number, string Of, RevisionReason Reason, DateTimeOffset At, bool ChangesMentions);

[JsonConverter(typeof(JsonStringEnumConverter<RevisionReason>))]
public enum RevisionReason
{
    /// <summary>The outlet changed the article.</summary>
    [JsonStringEnumMemberName("correction")]
    Correction,

    /// <summary>A backfill ran other topics over it.</summary>
    [JsonStringEnumMemberName("topics")]
    Topics,
}

/// <summary>What a hit of schema 1 said before other topics were run over it.</summary>
/// <param name="Until">When the next took its place.</param>
public sealed record EarlierMatch(string TopicsVersion, IReadOnlyList<TopicMatch> Topics, DateTimeOffset Until);
