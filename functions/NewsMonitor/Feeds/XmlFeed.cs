using System.Xml.Linq;
using static NewsMonitor.Feeds.FeedElements;
using Reader = CodeHollow.FeedReader.FeedReader;

namespace NewsMonitor.Feeds;

/// <summary>
/// RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0. FeedReader splits a document into items; what an item says is read here from its element,
/// because FeedReader knows no fallbacks, reads dates in the host's zone, decodes content twice and fuses XHTML into one word.
/// </summary>
internal static class XmlFeed
{
    /// <param name="xml">Well-formed, without a document type.</param>
    /// <param name="expected">How many items there are by their element names.</param>
    public static Feed Read(string xml, int expected, FeedReading reading)
    {
        var (channel, items) = Split(xml);
        if (channel?.Document?.Root is not { } root || items.Count < expected)
        {
            // FeedReader looks for unprefixed names in one place; items elsewhere are found by their names.
            return Read(XDocument.Parse(xml), reading);
        }

        return Build(root, channel, items, reading);
    }

    /// <summary>What had to be mended goes the same way; where FeedReader cannot follow, by the names of elements.</summary>
    public static Feed Read(XDocument document, FeedReading reading)
    {
        var root = document.Root!;
        var items = new List<XElement>();
        Collect(root);
        var channel = root.DescendantsAndSelf().FirstOrDefault(e => Is(e, "channel") && (IsCore(e.Name.Namespace) || e.Name.Namespace == root.Name.Namespace)) ?? root;
        return Build(root, channel, items, reading);

        void Collect(XElement parent)
        {
            foreach (var element in parent.Elements())
            {
                if (IsItem(element.Name.LocalName))
                    items.Add(element);
                else
                    Collect(element);
            }
        }
    }

    private static (XElement? Channel, IReadOnlyList<XElement> Items) Split(string xml)
    {
        try
        {
            var feed = Reader.ReadFromString(xml);
            return (feed.SpecificFeed.Element, [.. feed.Items.Select(i => i.SpecificItem.Element).OfType<XElement>()]);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // It throws whatever its code meets: no version, no channel, no prefix. The names of elements still tell.
            return (null, []);
        }
    }

    private static Feed Build(XElement root, XElement channel, IReadOnlyList<XElement> elements, FeedReading reading)
    {
        var format = Format(root);
        if (format.Length == 0)
        {
            reading.Problems.Add($"this is not a feed: its root is <{SafeText.Line(root.Name.LocalName, 40)}>");
            return reading.NoFeed();
        }

        // A file has no address of its own; the site it names stands in for it.
        var document = reading.Address ?? Web(Text(channel, Core, "link"));
        var items = new List<FeedItem>(elements.Count);
        foreach (var element in elements)
        {
            try
            {
                items.Add(Item(element, document, reading));
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                reading.Problems.Add("an item could not be read and was left out", e.Message);
            }
        }

        if (items.Count == 0 && elements.Count == 0)
            reading.Problems.Add("the feed has no items");

        var title = FeedReading.OneLine(Markup(channel, Core, "title") ?? Text(channel, Dc, "title"));
        var language = Text(channel, Core, "language") ?? Text(channel, Dc, "language") ?? root.Attribute(XNamespace.Xml + "lang")?.Value;
        return new Feed(format, title, string.IsNullOrWhiteSpace(language) ? null : language.Trim(), items, reading.Problems.Lines())
        {
            Pace = FeedPace.Of(channel),
        };
    }

    private static FeedItem Item(XElement item, Uri? document, FeedReading reading)
    {
        var isAtom = Is(item, "entry");
        var guid = Text(item, Core, "guid") ?? Text(item, Core, "id") ?? Empty(item.Attributes().FirstOrDefault(a => a.Name.LocalName == "about")?.Value);
        var published = new[]
        {
            Text(item, Core, "pubDate"), Text(item, Core, "published"), Text(item, Core, "issued"), Text(item, DcTerms, "issued"),
            Text(item, Dc, "date"), Text(item, DcTerms, "created"), Text(item, Core, "created"), Text(item, Core, "date"),
            Text(item, DcTerms, "date"),
        };
        var updated = new[]
        {
            Text(item, Core, "updated"), Text(item, Core, "modified"), Text(item, DcTerms, "modified"), Text(item, Core, "lastBuildDate"),
        };
        return new FeedItem(
            guid,
            FeedReading.OneLine(Markup(item, Core, "title") ?? Text(item, Dc, "title") ?? Text(item, Media, "title")),
            Link(item, isAtom, guid, document),
            reading.Date(published.Concat(updated)),
            updated.Any(u => u is not null) ? reading.Date(updated) : null,
            Empty(FeedReading.OneLine(Author(item))),
            Markup(item, Core, "description") ?? Markup(item, Core, "summary") ?? Markup(item, Core, "tagline")
                ?? Markup(item, Dc, "description") ?? Markup(item, Media, "description") ?? Markup(item, Itunes, "summary") ?? "",
            Markup(item, Content, "encoded") ?? Markup(item, Core, "content") ?? Body(item) ?? Markup(item, Core, "fulltext") ?? "");
    }

    private static string? Link(XElement item, bool isAtom, string? guid, Uri? document)
    {
        var alternates = Children(item, Core, "link")
            .Where(l => l.Attribute("href") is not null && (l.Attribute("rel")?.Value.Trim().ToUpperInvariant() ?? "ALTERNATE") == "ALTERNATE")
            .ToList();
        var alternate = alternates.FirstOrDefault(l => l.Attribute("type") is not { } type || type.Value.Contains("html", StringComparison.OrdinalIgnoreCase))
            ?? alternates.FirstOrDefault();
        var plain = Children(item, Core, "link").FirstOrDefault(l => l.Attribute("href") is null && l.Value.Trim().Length > 0);
        if (isAtom && alternate is not null)
            return Resolve(alternate, alternate.Attribute("href")!.Value, document);

        if (plain is not null)
            return Resolve(plain, plain.Value, document);

        if (alternate is not null)
            return Resolve(alternate, alternate.Attribute("href")!.Value, document);

        // A permalink guid is an address; an RSS 1.0 item is named by its own.
        var permalink = Children(item, Core, "guid").FirstOrDefault()?.Attributes()
            .FirstOrDefault(a => string.Equals(a.Name.LocalName, "isPermaLink", StringComparison.OrdinalIgnoreCase))?.Value;
        return !isAtom && guid is not null && !string.Equals(permalink?.Trim(), "false", StringComparison.OrdinalIgnoreCase)
            && Web(guid) is not null ? guid : null;
    }

    private static string? Author(XElement item) =>
        Children(item, Core, "author")
            .Select(a => Text(a, Core, "name") ?? Text(a, Core, "email") ?? (a.HasElements ? null : a.Value.Trim()))
            .FirstOrDefault(a => !string.IsNullOrEmpty(a))
        ?? Text(item, Dc, "creator") ?? Text(item, Dc, "author") ?? Text(item, Itunes, "author");

    private static string? Body(XElement item) =>
        item.Elements().Where(e => e.Name is { LocalName: "body" or "div", NamespaceName: "http://www.w3.org/1999/xhtml" })
            .Select(Markup).FirstOrDefault(m => m.Length > 0);

    private static string Format(XElement root)
    {
        var space = root.Name.NamespaceName;
        if (Is(root, "rss"))
        {
            var version = root.Attributes().FirstOrDefault(a => string.Equals(a.Name.LocalName, "version", StringComparison.OrdinalIgnoreCase))?.Value.Trim();
            return version is { Length: > 0 and < 10 } && version.All(c => char.IsAsciiDigit(c) || c == '.') ? $"RSS {version}" : "RSS";
        }

        if (Is(root, "rdf"))
            return root.Elements().Any(e => e.Name.NamespaceName.Contains("/rdf/simple/0.9", StringComparison.Ordinal)) ? "RSS 0.90" : "RSS 1.0";

        return Is(root, "feed")
            ? space.Contains("purl.org/atom", StringComparison.Ordinal) || root.Attribute("version")?.Value == "0.3" ? "Atom 0.3" : "Atom 1.0"
            : Is(root, "channel") ? "RSS" : "";
    }

    private static bool Is(XElement element, string local) => string.Equals(element.Name.LocalName, local, StringComparison.OrdinalIgnoreCase);

    private static string? Empty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
