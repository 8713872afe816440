namespace NewsMonitor.Digests;

/// <summary>A digest laid out and worded, from which the subject and both parts are written, so that they say the same. All text is clean.</summary>
/// <param name="Lead">The headline that the subject carries; null in a digest without stories.</param>
/// <param name="LeadTopic">Null in a digest without stories.</param>
/// <param name="Numbers">"3 stories · 5 outlets · 2 topics".</param>
public sealed record DigestView(
    DigestWords Words, string When, string Numbers, string Times, string Preheader,
    string? Lead, string? LeadTopic, int StoryCount, int TopicCount,
    IReadOnlyList<TopicView> Topics, string YouGetThis, string? Unsubscribe, string EditionId);

/// <param name="Brief">Beyond the bound of stories told in full: as links, so that nothing is missed.</param>
/// <param name="Elsewhere">Stories of this topic that are told under another one.</param>
public sealed record TopicView(
    string Title, string Count, IReadOnlyList<StoryView> Confirmed, IReadOnlyList<StoryView> Possible,
    IReadOnlyList<LineView> Brief, IReadOnlyList<LineView> Elsewhere);

/// <param name="Url">Null when the address may not be linked.</param>
/// <param name="Language">A BCP 47 tag, null when the story's is none.</param>
public sealed record StoryView(
    MarkedText Headline, string? Url, string? Language, bool IsRightToLeft, OutletView Outlet,
    IReadOnlyList<ReasonView> Reasons, IReadOnlyList<OutletView> Also, string AlsoLabel, string? AlsoMore)
{
    /// <summary>Says of a story that was told before why it is told again; null of a new one.</summary>
    public string? Correction { get; init; }
}

/// <summary>Why a story is here: what one rule found.</summary>
/// <param name="Heading">Names the topic where it is not the section's own; null otherwise.</param>
public sealed record ReasonView(
    string? Heading, IReadOnlyList<RuleView> Rules, IReadOnlyList<MarkedText> Quotes, string? More);

public sealed record RuleView(string Rule, string Where, IReadOnlyList<string> Words);

public sealed record OutletView(string Name, string? Url, string Time)
{
    public string Dir => TextDirection.IsRightToLeft(Name, otherwise: false) ? "rtl" : "ltr";
}

/// <summary>A story in one line.</summary>
/// <param name="Note">The topic that tells it, or null.</param>
public sealed record LineView(
    string Headline, string? Url, string? Language, bool IsRightToLeft, OutletView Outlet, bool Possible, string? Note);
