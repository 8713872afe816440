using NewsMonitor.Topics;

namespace NewsMonitor.Hits;

public enum ChangeKind
{
    /// <summary>The topic was not found before.</summary>
    Added,

    /// <summary>The topic is not found any more.</summary>
    Lost,

    /// <summary>Found both times, with another strength or score, or by other mentions.</summary>
    Changed,
}

/// <summary>How two matches of one article differ in one topic.</summary>
/// <param name="Before">Null when the topic was added.</param>
/// <param name="After">Null when it was lost.</param>
public sealed record TopicChange(string Topic, TopicMatch? Before, TopicMatch? After)
{
    /// <summary>Sums of weights that were added in another order.</summary>
    private const double ScoreNoise = 1e-9;

    public ChangeKind Kind => Before is null ? ChangeKind.Added : After is null ? ChangeKind.Lost : ChangeKind.Changed;

    public IEnumerable<Mention> LostMentions => Without(Before, After);

    public IEnumerable<Mention> AddedMentions => Without(After, Before);

    /// <summary>Empty when both say the same; the words that explain a mention may differ.</summary>
    public static IReadOnlyList<TopicChange> Between(IReadOnlyList<TopicMatch> before, IReadOnlyList<TopicMatch> after)
    {
        var lost = before.Where(match => Of(after, match.Topic) is null).Select(match => new TopicChange(match.Topic, match, null));
        var others = after.Select(match => new TopicChange(match.Topic, Of(before, match.Topic), match)).Where(change => !change.IsNone);
        return [.. others, .. lost];
    }

    private bool IsNone =>
        Before is not null && After is not null
        && Before.Strength == After.Strength && Math.Abs(Before.Score - After.Score) < ScoreNoise
        && !LostMentions.Any() && !AddedMentions.Any();

    private static TopicMatch? Of(IReadOnlyList<TopicMatch> matches, string topic) => matches.FirstOrDefault(match => match.Topic == topic);

    private static IEnumerable<Mention> Without(TopicMatch? match, TopicMatch? other) =>
        (match?.Mentions ?? []).Where(mention => other is null || !other.Mentions.Any(known => IsSame(mention, known)));

    private static bool IsSame(Mention one, Mention other) =>
        one.Rule == other.Rule && one.Field == other.Field && one.Start == other.Start && one.End == other.End
        // Hits that were stored before it was kept do not say how sure a mention is.
        && (one.Strength is null || other.Strength is null || one.Strength == other.Strength);
}
