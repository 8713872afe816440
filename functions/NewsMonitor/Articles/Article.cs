using System.Text.Json.Serialization;
using NewsMonitor.Sources;

namespace NewsMonitor.Articles;

/// <summary>A feed item made readable and recognisable: plain text, and an identity that survives feed edits.</summary>
/// <param name="Id">Same article, same id, whichever feed or instance saw it: 32 hexadecimal digits.</param>
/// <param name="Url">Canonical address, null when the item has no usable link.</param>
/// <param name="Title">Plain text, one line.</param>
/// <param name="Text">Plain text; blocks are separated by newlines.</param>
/// <param name="ContentHash">SHA-256 of the bytes that were fetched, lower-case hexadecimal.</param>
/// <param name="TextFrom">What <paramref name="Text"/> was read from; hits stored before pages were read had it from the feed.</param>
public sealed record Article(
    string Id,
    string? Url,
    string Title,
    string Text,
    string? Author,
    DateTimeOffset? Published,
    DateTimeOffset Fetched,
    string SourceId,
    string SourceTitle,
    string Language,
    string ContentHash,
    ArticleText TextFrom = ArticleText.Feed)
{
    /// <summary>The item's own id (guid, atom:id), as published; null when it has none.</summary>
    public string? ItemId { get; init; }

    /// <summary>How much of the text is in <see cref="Text"/>, by what the source's setting allows to be kept.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public TextKept Kept { get; init; }
}

[JsonConverter(typeof(JsonStringEnumConverter<ArticleText>))]
public enum ArticleText
{
    [JsonStringEnumMemberName("feed")]
    Feed,

    /// <summary>The page at the article's address, with what only the feed said before it.</summary>
    [JsonStringEnumMemberName("page")]
    Page,
}
