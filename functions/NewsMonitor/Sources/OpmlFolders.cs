using System.Xml.Linq;

namespace NewsMonitor.Sources;

/// <summary>Puts outlines of one list into the folders of the same names of another, so that any reader finds them as they were.</summary>
internal sealed class OpmlFolders(XElement body)
{
    private readonly Dictionary<XElement, Dictionary<string, XElement>> _groups = [];

    /// <summary>Adds a copy of each outline of a source.</summary>
    public void Add(OpmlEntry entry)
    {
        foreach (var outline in entry.Outlines.DistinctBy(Path))
        {
            // Each copy says it all: which one is read first depends on the folders that are there already.
            var copy = new XElement(body.Name.Namespace + "outline", Kept(entry.Outlines[0]));
            OpmlOutline.Set(copy, "category", OpmlOutline.Value(outline, "category"));
            Append(Folder(outline), copy);
            OpmlOutline.Set(
                copy,
                Opml.Settings + "enabled",
                !entry.Source.Enabled ? "false" : OpmlOutline.IsOffOtherwise(copy) ? "true" : null);
        }
    }

    /// <summary>Adds an element on a line of its own.</summary>
    public static void Append(XElement parent, XElement element)
    {
        var depth = parent.Ancestors().Count();
        if (parent.LastNode is XText { Value: var end } space && string.IsNullOrWhiteSpace(end))
            space.Remove();

        parent.Add(new XText("\n" + new string(' ', 2 * (depth + 1))), element, new XText("\n" + new string(' ', 2 * depth)));
    }

    /// <summary>The groups that an outline stands in, from the outermost; a feed that holds others is no group.</summary>
    private static IEnumerable<XElement> Groups(XElement outline) =>
        outline.Ancestors().Where(OpmlEntries.IsGroup).Reverse();

    private static string Path(XElement outline) => string.Concat(Groups(outline).Select(OpmlEntries.Segment));

    private XElement Folder(XElement outline)
    {
        var here = body;
        foreach (var group in Groups(outline))
        {
            var segment = OpmlEntries.Segment(group);
            if (segment.Length == 0)
                continue;

            var groups = Inside(here);
            if (!groups.TryGetValue(segment, out var there))
            {
                there = new XElement(body.Name.Namespace + "outline", Kept(group));
                Append(here, there);
                groups[segment] = there;
            }

            here = there;
        }

        return here;
    }

    private Dictionary<string, XElement> Inside(XElement parent)
    {
        if (_groups.TryGetValue(parent, out var groups))
            return groups;

        groups = new Dictionary<string, XElement>(StringComparer.Ordinal);
        foreach (var group in parent.Elements().Where(OpmlEntries.IsGroup))
            groups.TryAdd(OpmlEntries.Segment(group), group);

        return _groups[parent] = groups;
    }

    private static IEnumerable<XAttribute> Kept(XElement outline) =>
        outline.Attributes().Where(a => !a.IsNamespaceDeclaration && a.Name != "isComment");
}
