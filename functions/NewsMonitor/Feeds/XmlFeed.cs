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
        var (channel, items) = expected > FeedReading.MaximumItems ? (null, []) : Split(xml);
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
        var items = new List<FeedItem>();
        if (elements.Count > FeedReading.MaximumItems)
            reading.Problems.Add($"only the first {FeedReading.MaximumItems} items are read");

        foreach (var element in elements.Take(FeedReading.MaximumItems))
        {
            try
            {
                items.Add(XmlItem.Read(element, document, reading));
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                reading.Problems.Add("an item could not be read and was left out", e.Message);
            }
        }

        if (items.Count == 0 && elements.Count == 0)
            reading.Problems.Add("the feed has no items");

        var title = FeedReading.Title(Markup(channel, Core, "title") ?? Text(channel, Dc, "title"));
        var language = Text(channel, Core, "language") ?? Text(channel, Dc, "language") ?? root.Attribute(XNamespace.Xml + "lang")?.Value;
        return new Feed(format, title, string.IsNullOrWhiteSpace(language) ? null : language.Trim(), items, reading.Problems.Lines())
        {
            Pace = FeedPace.Of(channel),
        };
    }

    private static string Format(XElement root)
    {
        var space = root.Name.NamespaceName;
        if (Is(root, "rss"))
        {
            var version = root.Attributes().FirstOrDefault(a => string.Equals(a.Name.LocalName, "version", StringComparison.OrdinalIgnoreCase))?.Value.Trim();
            return version is { Length: > 0 and < 10 } && version.All(c => char.IsAsciiDigit(c) || c == '.') ? $"RSS {version}" : "RSS";
        }

        if (Is(root, "rdf"))
            return root.Elements().Select(e => e.Name.NamespaceName).Concat(root.Attributes().Where(a => a.IsNamespaceDeclaration).Select(a => a.Value))
                .Any(n => n.Contains("/rdf/simple/0.9", StringComparison.Ordinal)) ? "RSS 0.90" : "RSS 1.0";

        return Is(root, "feed")
            ? space.Contains("purl.org/atom", StringComparison.Ordinal) || root.Attribute("version")?.Value == "0.3" ? "Atom 0.3" : "Atom 1.0"
            : Is(root, "channel") ? "RSS" : "";
    }

    private static bool Is(XElement element, string local) => string.Equals(element.Name.LocalName, local, StringComparison.OrdinalIgnoreCase);
}
