using System.Xml.Linq;
using static NewsMonitor.Feeds.FeedElements;

namespace NewsMonitor.Feeds;

/// <summary>What one item of RSS or entry of Atom says, from its own children: those of what it quotes (source, image) are not its own.</summary>
internal static class XmlItem
{
    public static FeedItem Read(XElement item, Uri? document, FeedReading reading)
    {
        var isAtom = string.Equals(item.Name.LocalName, "entry", StringComparison.OrdinalIgnoreCase);
        var guid = Id(item, isAtom, document);
        var (summary, content) = Texts(item);
        string?[] published =
        [
            .. Dates(item, Core, "pubDate", "published", "issued"), .. Dates(item, DcTerms, "issued"), .. Dates(item, Dc, "date"),
            .. Dates(item, DcTerms, "created"), .. Dates(item, Core, "created", "date"), .. Dates(item, DcTerms, "date"),
        ];
        string?[] updated =
        [
            .. Dates(item, Core, "updated", "modified"), .. Dates(item, DcTerms, "modified"), .. Dates(item, Core, "lastBuildDate"),
            Attribute(item, "lastmod"), .. Dates(item, Dc, "date"),
        ];
        return new FeedItem(
            guid,
            FeedReading.Title(Markup(item, Core, "title") ?? Text(item, Dc, "title") ?? InMedia(item, "title")),
            Link(item, isAtom, guid, document),
            reading.Date(published.Concat(updated)),
            reading.Date(updated),
            Empty(FeedReading.OneLine(Author(item))),
            Mojibake.Field(summary),
            Mojibake.Field(content));
    }

    /// <summary>Of several dates of one name the last counts: what was appended later.</summary>
    private static IEnumerable<string> Dates(XElement item, string family, params ReadOnlySpan<string> names)
    {
        var found = new List<string>();
        foreach (var name in names)
            found.AddRange(Children(item, family, name).Select(e => e.Value.Trim()).Where(v => v.Length > 0).Take(10).Reverse());

        return found;
    }

    private static string? Id(XElement item, bool isAtom, Uri? document)
    {
        var element = Children(item, Core, "guid").Concat(Children(item, Core, "id")).FirstOrDefault(e => e.Value.Trim().Length > 0);
        if (element is null)
            return Attribute(item, "about");

        // A path is an address, not a name: the same path of another site is another article.
        var id = element.Value.Trim();
        return id.StartsWith('/') && (isAtom || IsPermalink(item)) ? Resolve(element, id, document) : id;
    }

    private static (string Summary, string Content) Texts(XElement item)
    {
        // Some write both: the first is the summary, another is the text.
        var told = item.Elements()
            .Where(e => (e.Name.Namespace == item.Name.Namespace || IsCore(e.Name.Namespace))
                && e.Name.LocalName.ToUpperInvariant() is "DESCRIPTION" or "SUMMARY" or "TAGLINE" or "ABSTRACT")
            .Select(Markup).Where(m => m.Length > 0).Take(2).ToArray();
        return (
            told.FirstOrDefault() ?? Markup(item, Dc, "description") ?? Markup(item, DcTerms, "abstract") ?? InMedia(item, "description")
                ?? Markup(item, Itunes, "summary") ?? Markup(item, Itunes, "subtitle") ?? "",
            Markup(item, Content, "encoded") ?? Markup(item, Core, "content") ?? Body(item) ?? Markup(item, Core, "fullitem")
                ?? Markup(item, Core, "fulltext") ?? told.ElementAtOrDefault(1) ?? "");
    }

    /// <summary>Media RSS puts a text beside or around what it describes.</summary>
    private static string? InMedia(XElement item, string local) =>
        Markup(item, Media, local) ?? Children(item, Media, "group").Concat(Children(item, Media, "content"))
            .Select(e => Markup(e, Media, local) ?? Children(e, Media, "content").Select(c => Markup(c, Media, local)).FirstOrDefault(m => m is not null))
            .FirstOrDefault(m => m is not null);

    private static string? Link(XElement item, bool isAtom, string? guid, Uri? document)
    {
        var links = Children(item, Core, "link").Where(IsAlternate).ToList();
        var alternates = links.Where(l => l.Attribute("href") is not null).ToList();
        var alternate = alternates.FirstOrDefault(l => l.Attribute("type") is not { } type || type.Value.Contains("html", StringComparison.OrdinalIgnoreCase))
            ?? alternates.FirstOrDefault();
        var plain = links.FirstOrDefault(l => l.Attribute("href") is null && l.Value.Trim().Length > 0);
        if (isAtom && alternate is not null)
            return Resolve(alternate, alternate.Attribute("href")!.Value, document);

        if (plain is not null)
            return Resolve(plain, plain.Value, document);

        if (alternate is not null)
            return Resolve(alternate, alternate.Attribute("href")!.Value, document);

        // A permalink guid is an address; an RSS 1.0 item is named by its own; a CDF item carries it.
        return !isAtom && guid is not null && IsPermalink(item) && Web(guid) is not null ? guid
            : Attribute(item, "href") is { } href ? Resolve(item, href, document)
            : Children(item, FeedBurner, "origLink").Select(l => Web(l.Value)?.AbsoluteUri).FirstOrDefault(l => l is not null);
    }

    private static bool IsAlternate(XElement link) =>
        string.Equals(link.Attribute("rel")?.Value.Trim() ?? "alternate", "alternate", StringComparison.OrdinalIgnoreCase);

    private static bool IsPermalink(XElement item) =>
        !string.Equals(
            Children(item, Core, "guid").FirstOrDefault() is { } guid ? Attribute(guid, "isPermaLink") : null, "false", StringComparison.OrdinalIgnoreCase);

    private static string? Author(XElement item) =>
        Children(item, Core, "author")
            .Select(a => Text(a, Core, "name") ?? Text(a, Core, "email") ?? (a.HasElements ? null : a.Value.Trim()))
            .FirstOrDefault(a => !string.IsNullOrEmpty(a))
        ?? Text(item, Dc, "creator") ?? Text(item, Dc, "author") ?? Text(item, Itunes, "author");

    private static string? Body(XElement item) =>
        item.Elements().Where(e => e.Name is { LocalName: "body" or "div", NamespaceName: "http://www.w3.org/1999/xhtml" })
            .Select(Markup).FirstOrDefault(m => m.Length > 0)
        ?? Markup(item, Core, "body");

    private static string? Attribute(XElement element, string local) =>
        Empty(element.Attributes().FirstOrDefault(a => string.Equals(a.Name.LocalName, local, StringComparison.OrdinalIgnoreCase))?.Value);

    private static string? Empty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
