using System.Globalization;
using System.Xml.Linq;

namespace NewsMonitor.Sources;

/// <summary>A source and the outlines that name it: one for each folder that it stands in.</summary>
internal sealed record OpmlEntry(Source Source, IReadOnlyList<XElement> Outlines);

/// <summary>Reads the outlines of a list.</summary>
/// <param name="name">The file, as people know it.</param>
internal sealed class OpmlEntries(string name, ICollection<string> problems)
{
    private const int MaximumDepth = 32;

    private readonly List<Found> _entries = [];
    private readonly Dictionary<string, Found> _seen = new(StringComparer.Ordinal);

    /// <summary>All sources below an element, in document order.</summary>
    public static IReadOnlyList<OpmlEntry> Read(XElement body, string name, ICollection<string> problems)
    {
        var reading = new OpmlEntries(name, problems);
        reading.Walk(body, "", disabled: false, depth: 0);
        return [.. reading._entries.Select(e => new OpmlEntry(e.Source, e.Outlines))];
    }

    private void Walk(XElement parent, string path, bool disabled, int depth)
    {
        foreach (var outline in parent.Elements(parent.Name.Namespace + "outline"))
        {
            // OPML: a commented outline is not to be used, nor are those inside it.
            var off = disabled || OpmlOutline.IsCommented(outline);
            var address = OpmlOutline.Value(outline, "xmlUrl");
            var inside = path;
            if (address.Length > 0)
            {
                Take(outline, address, path, off);
            }
            else if (outline.HasElements)
            {
                inside = $"{path}/{OpmlOutline.Title(outline).Replace('/', '-').Replace(',', ' ')}";
            }
            else if (OpmlOutline.Value(outline, "type") is "rss" or "atom" || OpmlOutline.Value(outline, "htmlUrl").Length > 0)
            {
                Complain(outline, $"the outline '{SafeText.Line(OpmlOutline.Title(outline), 60)}' has no xmlUrl; give it the feed's address");
            }

            if (depth < MaximumDepth)
            {
                Walk(outline, inside, off, depth + 1);
            }
            else if (outline.HasElements)
            {
                Complain(outline, $"outlines are nested more than {MaximumDepth} deep; those further in are not read");
            }
        }
    }

    private void Take(XElement outline, string written, string path, bool off)
    {
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

        _seen[key] = first = new Found(OpmlOutline.Read(outline, address, path, off, what => Complain(outline, what)), [outline], [path]);
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
