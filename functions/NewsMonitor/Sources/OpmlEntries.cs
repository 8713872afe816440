using System.Globalization;
using System.Xml.Linq;

namespace NewsMonitor.Sources;

/// <summary>A source and the outlines that name it: one for each folder that it stands in.</summary>
internal sealed record OpmlEntry(Source Source, IReadOnlyList<XElement> Outlines);

/// <summary>Reads the outlines of a list.</summary>
/// <param name="name">The file, as people know it.</param>
internal sealed class OpmlEntries(string name, ICollection<string> problems)
{
    /// <summary>Namespace of the attributes that FreshRSS exports.</summary>
    public static readonly XNamespace FreshRss = "https://freshrss.org/opml";

    private const int MaximumDepth = 32;

    /// <summary>What FreshRSS makes items of by rules of its owner; its JSONFeed is a feed.</summary>
    private static readonly string[] NoFeeds =
        ["HTML+XPath", "XML+XPath", "JSON+DotNotation", "JSON+DotPath", "HTML+XPath+JSON+DotNotation"];

    private readonly List<Found> _entries = [];
    private readonly Dictionary<string, Found> _seen = new(StringComparer.Ordinal);

    /// <summary>All sources below an element, in document order.</summary>
    public static IReadOnlyList<OpmlEntry> Read(XElement body, string name, ICollection<string> problems)
    {
        var reading = new OpmlEntries(name, problems);
        reading.Walk(body, "", depth: 0);
        return [.. reading._entries.Select(e => new OpmlEntry(e.Source, e.Outlines))];
    }

    /// <summary>An outline without an address holds others, as a category.</summary>
    public static bool IsGroup(XElement outline) => outline.Name.LocalName == "outline" && OpmlOutline.Value(outline, "xmlUrl").Length == 0;

    /// <summary>What a group adds to the category of those inside it.</summary>
    public static string Segment(XElement group) =>
        OpmlOutline.Title(group) is { Length: > 0 } title ? "/" + title.Replace('/', '-').Replace(',', ' ').Trim() : "";

    private void Walk(XElement parent, string path, int depth)
    {
        foreach (var outline in parent.Elements(parent.Name.Namespace + "outline"))
        {
            var address = OpmlOutline.Value(outline, "xmlUrl");
            var inside = path;
            if (address.Length > 0)
            {
                Take(outline, address, path);
            }
            else if (outline.HasElements)
            {
                inside = path + Segment(outline);
            }
            else if (OpmlOutline.Value(outline, "type") is "rss" or "atom" || OpmlOutline.Value(outline, "htmlUrl").Length > 0)
            {
                Complain(outline, $"the outline '{SafeText.Line(OpmlOutline.Title(outline), 60)}' has no xmlUrl; give it the feed's address");
            }

            if (OpmlOutline.Value(outline, FreshRss + "opmlUrl") is { Length: > 0 } list)
                Complain(outline, $"this group is filled from another list, {SafeText.Line(list, 200)}, which is not read; import that one too");

            if (depth < MaximumDepth)
            {
                Walk(outline, inside, depth + 1);
            }
            else if (outline.HasElements)
            {
                Complain(outline, $"outlines are nested more than {MaximumDepth} deep; those further in are not read");
            }
        }
    }

    private void Take(XElement outline, string written, string path)
    {
        if (OpmlOutline.Value(outline, "type") is var type && NoFeeds.Any(kind => string.Equals(kind, type, StringComparison.OrdinalIgnoreCase)))
        {
            Complain(outline, $"{SourceAddress.Shown(written)} is no feed but a page to be scraped ({SafeText.Line(type, 40)}); look for its feed with `monitor feed`");
            return;
        }

        if (SourceAddress.Normalize(written) is not { } address)
        {
            Complain(outline, $"'{SafeText.Line(written, 100)}' is not an address to poll; write {SourceAddress.Accepted}");
            return;
        }

        var key = SourceAddress.Canonical(address);
        if (_seen.TryGetValue(key, out var first))
        {
            Again(outline, address, path, first);
            return;
        }

        _seen[key] = first = new Found(OpmlOutline.Read(outline, address, path, what => Complain(outline, what)), [outline], [path]);
        _entries.Add(first);
    }

    /// <summary>Readers that have folders repeat a feed in each of its own; anything else is a mistake.</summary>
    private void Again(XElement outline, string address, string path, Found first)
    {
        first.Outlines.Add(outline);
        if (!first.Paths.Add(path))
        {
            Complain(outline, $"{SourceAddress.Shown(address)} stands on line {OpmlOutline.Line(first.Outlines[0])} already; this second outline is not used");
            return;
        }

        first.Source = first.Source with { Category = OpmlOutline.Join(first.Source.Category, path, OpmlOutline.Value(outline, "category")) };
    }

    private void Complain(XElement outline, string what) =>
        problems.Add(string.Create(CultureInfo.InvariantCulture, $"{name}, line {OpmlOutline.Line(outline)}: {what}."));

    private sealed class Found(Source source, List<XElement> outlines, HashSet<string> paths)
    {
        public Source Source { get; set; } = source;

        public List<XElement> Outlines { get; } = outlines;

        public HashSet<string> Paths { get; } = paths;
    }
}
