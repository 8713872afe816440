namespace NewsMonitor.Feeds;

/// <summary>What a feed document said, whatever its format.</summary>
/// <param name="Format">For people and for <c>feed --json</c>: "RSS 2.0", "RSS 1.0", "Atom 1.0", "JSON Feed 1.1", …; empty when it is no feed.</param>
/// <param name="Problems">What was wrong and what was done about it, one line each; never a reason to lose the other items.</param>
public sealed record Feed(
    string Format, string Title, string? Language, IReadOnlyList<FeedItem> Items, IReadOnlyList<string> Problems)
{
    /// <summary>What the bytes were read as.</summary>
    public string Encoding { get; init; } = "";

    /// <summary>False for a web page, another kind of XML, an empty body: the problems say which.</summary>
    public bool IsFeed => Format.Length > 0;

    /// <summary>How often it asks to be fetched; null when it says nothing of that.</summary>
    public FeedPace? Pace { get; init; }
}

/// <summary>One entry of a feed, as published. Summary and content are HTML or text; nothing here is safe to print.</summary>
/// <param name="Id">guid or atom:id, null when the feed gives none.</param>
/// <param name="Link">Absolute where the feed or its address allows it.</param>
/// <param name="Published">Null when absent or unreadable, never "now".</param>
public sealed record FeedItem(
    string? Id, string Title, string? Link, DateTimeOffset? Published, DateTimeOffset? Updated, string? Author, string Summary, string Content);
