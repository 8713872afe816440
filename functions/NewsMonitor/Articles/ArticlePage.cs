using NewsMonitor.Feeds;

namespace NewsMonitor.Articles;

/// <summary>What the page of an article says. Nothing here is safe to print.</summary>
/// <param name="Title">One line; null when the page has none.</param>
/// <param name="Text">Plain text, a line a block; empty when there is none that is the article's.</param>
/// <param name="CanonicalAddress">The page's own address as the page gives it, in canonical form; null unless it is of the same site.</param>
/// <param name="Published">In UTC; null when the page does not say, or says so only to people.</param>
/// <param name="Problem">Why there is no text, in one line for people; null when there is one.</param>
public sealed record PageText(string? Title, string Text, string? CanonicalAddress, DateTimeOffset? Published, string? Problem);

/// <summary>The bytes of a web page to the text of its article. Throws nothing, fetches nothing, and is bounded in time and memory.</summary>
public static class ArticlePage
{
    /// <summary>What is beyond is not read: of real pages nearly all have a tenth.</summary>
    public const int MaximumBytes = 3_000_000;

    /// <param name="bytes">As fetched.</param>
    /// <param name="charset">Of the HTTP header, if any.</param>
    /// <param name="address">Where the page was found, after redirects.</param>
    /// <param name="zone">In which a date without an offset is read; UTC unless given.</param>
    public static PageText Read(ReadOnlyMemory<byte> bytes, string? charset, Uri address, TimeZoneInfo? zone = null)
    {
        var start = bytes.Span[..Math.Min(bytes.Length, MaximumBytes)];
        if (PageProblems.OfBytes(start) is { } other)
            return new PageText(null, "", null, null, other);

        var html = FeedText.Decode(start, charset).Text;
        var head = new PageHead(address);
        var body = PageTree.Read(html, head);
        var title = head.Title;
        var data = LinkedData.Read(head.Data, [title, head.WindowTitle]);
        var all = new PageOutline(body.Letters, body.Linked, body.Prose);
        PageCleaning.Clean(body, title);
        var text = PageArticle.Text(body, title, data, address);
        text = text.Length <= HtmlText.MaximumText ? text : text[..HtmlText.MaximumText];
        var problem = PageProblems.Of(text, title, html, all, head.Kind);
        return new PageText(
            title.Length > 0 ? title : null,
            problem is null ? text : "",
            head.CanonicalAddress(),
            head.Published(data?.Published, zone ?? TimeZoneInfo.Utc),
            problem);
    }
}
