namespace NewsMonitor.Topics;

/// <summary>A text that a topic, or one rule of it, should or should not find.</summary>
/// <param name="Rule">Null when any rule of the topic will do.</param>
/// <param name="Strength">The strength that is expected; null when either will do.</param>
/// <param name="Known">Why it is wrong today, when that is known and accepted.</param>
/// <param name="Place">File, line and column, for messages.</param>
public sealed record Example(
    string Topic, string? Rule, bool ShouldMatch, string Title, string Text, Strength? Strength, string? Known, string Place);

/// <summary>What came of an example.</summary>
/// <param name="Found">The strength that was found; null when nothing was.</param>
/// <param name="Mentions">What the topic, or the rule, found.</param>
public sealed record TriedExample(Example Example, Strength? Found, IReadOnlyList<Mention> Mentions)
{
    public bool IsRight => Example.ShouldMatch ? Found is not null && (Example.Strength ?? Found) == Found : Found is null;
}
