using System.Text.Json.Serialization;

namespace NewsMonitor.Sources;

/// <summary>One thing to poll: an outline of the operator's <c>sources.opml</c>.</summary>
/// <param name="Id">Stable and readable: the host (or file name) and a short hash of the address.</param>
/// <param name="Title">The outlet's name as its readers know it.</param>
/// <param name="Address">An absolute http(s) URL, or the name of a file that lies beside the list.</param>
/// <param name="Language">BCP 47, "ar" unless stated.</param>
/// <param name="Country">ISO 3166-1 alpha-2 in capitals, or empty; decides the zone of dates that state none.</param>
/// <param name="SiteUrl">The outlet's page for people, where known.</param>
/// <param name="Category">OPML 2.0 category paths, as written.</param>
/// <param name="Enabled">False: kept in the list, not polled.</param>
public sealed record Source(
    string Id, string Title, string Address, string Language, string Country, string? SiteUrl, string Category, bool Enabled)
{
    /// <summary>Bounds of the two settings below: a minute to a day.</summary>
    public const int LeastMinutes = 1, MostMinutes = 1440;

    /// <summary>Whether the page behind an item is fetched for its text.</summary>
    public ArticleMode Article { get; init; }

    /// <summary>How much of an article's text may be kept, by the outlet's licence.</summary>
    public TextKept Keep { get; init; }

    /// <summary>At least so many minutes lie between two polls; null: as the settings say.</summary>
    public int? MinimumMinutes { get; init; }

    /// <summary>At most so many minutes lie between two polls; null: as the settings say.</summary>
    public int? MaximumMinutes { get; init; }

    /// <summary>Why it is disabled, for people.</summary>
    public string? Note { get; init; }

    /// <summary>True for a file beside the list, false for something fetched over HTTP.</summary>
    public bool IsFile => !Address.Contains("://", StringComparison.Ordinal);
}

/// <summary>How much of an article's text is kept in its hit.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TextKept>))]
public enum TextKept
{
    [JsonStringEnumMemberName("text")]
    Text,

    /// <summary>The first sentence, and those that mention a topic.</summary>
    [JsonStringEnumMemberName("excerpt")]
    Excerpt,
}

/// <summary>Whether the article page behind an item is fetched.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ArticleMode>))]
public enum ArticleMode
{
    /// <summary>Where the feed gives too little of the text.</summary>
    [JsonStringEnumMemberName("auto")]
    Auto,

    [JsonStringEnumMemberName("always")]
    Always,

    [JsonStringEnumMemberName("never")]
    Never,
}
