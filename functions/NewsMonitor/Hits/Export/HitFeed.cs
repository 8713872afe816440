using System.Globalization;
using System.Net;
using System.Xml;

namespace NewsMonitor.Hits.Export;

/// <summary>RSS 2.0. An item's guid is the hit's id: readers know it again, however often it is exported.</summary>
/// <param name="link">Of the page that the hits are shown at; null when there is none.</param>
public sealed class HitFeed(TextWriter output, Uri? link, DateTimeOffset now) : IHitFormat
{
    private const string DublinCore = "http://purl.org/dc/elements/1.1/";

    /// <summary>A channel must have a link, to whatever: the name of what this is leads nowhere.</summary>
    private const string NoLink = "urn:newsmonitor:hits";

    private readonly XmlWriter _xml = XmlWriter.Create(
        output, new XmlWriterSettings { Async = true, Indent = true, NewLineChars = "\n", CloseOutput = false });

    public async Task BeginAsync()
    {
        await _xml.WriteStartDocumentAsync();
        await _xml.WriteStartElementAsync(null, "rss", null);
        await _xml.WriteAttributeStringAsync(null, "version", null, "2.0");
        await _xml.WriteAttributeStringAsync("xmlns", "dc", null, DublinCore);
        await _xml.WriteStartElementAsync(null, "channel", null);
        await WriteAsync("title", "NewsMonitor");
        await WriteAsync("link", link?.AbsoluteUri ?? NoLink);
        await WriteAsync("description", "Articles that mention a topic, newest first.");
        await WriteAsync("lastBuildDate", Time(now));
        await WriteAsync("generator", "NewsMonitor");
    }

    public async Task AddAsync(Hit hit, string story)
    {
        var article = hit.Article;
        await _xml.WriteStartElementAsync(null, "item", null);
        // Some readers take a title for HTML, others for text: neither shall find markup in it.
        await WriteAsync("title", SafeText.Line(article.Title, 500).Replace("<", "&lt;", StringComparison.Ordinal));
        if (SafeText.Link(article.Url) is { } address)
            await WriteAsync("link", address);
        await _xml.WriteStartElementAsync(null, "guid", null);
        await _xml.WriteAttributeStringAsync(null, "isPermaLink", null, "false");
        await _xml.WriteStringAsync(SafeText.Line(hit.Id));
        await _xml.WriteEndElementAsync();
        await WriteAsync("pubDate", Time(article.Published ?? hit.Found));
        foreach (var topic in hit.Topics)
            await WriteAsync("category", SafeText.Line(topic.Topic));
        // Of descriptions all readers agree that they are HTML.
        await WriteAsync("description", string.Concat(HitSentences.Of(hit).Select(sentence => $"<p dir=\"auto\">{WebUtility.HtmlEncode(sentence)}</p>")));
        await WriteAsync("source", SafeText.Line(article.SourceTitle), DublinCore);
        if (SafeText.Line(article.Language) is { Length: > 0 } language)
            await WriteAsync("language", language, DublinCore);
        await _xml.WriteEndElementAsync();
    }

    public async Task EndAsync()
    {
        await _xml.WriteEndDocumentAsync();
        await _xml.FlushAsync();
        await output.WriteAsync('\n');
        await output.FlushAsync();
    }

    public ValueTask DisposeAsync() => _xml.DisposeAsync();

    private Task WriteAsync(string name, string text, string? space = null) =>
        _xml.WriteElementStringAsync(space is null ? null : "dc", name, space, text);

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("R", CultureInfo.InvariantCulture);
}
