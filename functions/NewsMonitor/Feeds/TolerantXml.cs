using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace NewsMonitor.Feeds;

/// <summary>
/// Reads what no XML parser accepts: HTML entities, bare ampersands and angle brackets, undeclared prefixes, unquoted attributes, tags that
/// do not match, junk around the document, an end that is missing. What it builds is always well-formed; what it changed is told. An item
/// that the document breaks off in is left out: taken half, it would be known by the time the whole of it arrives.
/// </summary>
internal sealed class TolerantXml
{
    private const int LongestVainTag = 500;

    private static readonly string TooDeep = $"elements nested more than {XmlText.MaximumDepth} deep were dropped, their text was not";

    private static readonly string[] Void = ["br", "hr", "img", "input", "wbr", "meta"];

    private readonly string text;
    private readonly FeedProblems problems;
    private readonly Stack<(string Name, XElement Element)> open = new();
    private readonly XElement root;
    private readonly StringBuilder pending = new();
    private int position;
    private int elements;
    private int nextClose = -1;
    private int nextCDataEnd = -1;
    private bool ended;

    private TolerantXml(string text, int start, FeedProblems problems)
    {
        this.text = text;
        this.problems = problems;
        var tag = TolerantTag.Read(text, start, out _) ?? TolerantTag.Bare(text, start);
        position = tag.End;
        root = TolerantNames.Build(tag, null, null, XNamespace.None, problems);
        open.Push((tag.Name, root));
        ended = tag.Closed;
    }

    /// <param name="start">Where the root element begins.</param>
    public static XDocument Read(string text, int start, FeedProblems problems)
    {
        var reader = new TolerantXml(text, start, problems);
        reader.Run();
        reader.Finish();
        return new XDocument(reader.root);
    }

    private void Run()
    {
        while (position < text.Length)
        {
            var next = text.IndexOf('<', position);
            if (next < 0)
            {
                Append(position, text.Length);
                break;
            }

            Append(position, next);
            position = next;
            if (!Step())
                break;

            if (elements > XmlText.MaximumElements)
            {
                problems.Add($"only the first {XmlText.MaximumElements} elements were read");
                ended = true;
                break;
            }
        }
    }

    /// <summary>Reads one thing that begins with an angle bracket; false when the document breaks off inside it.</summary>
    private bool Step()
    {
        var rest = text.AsSpan(position);
        if (rest.StartsWith("<![CDATA[", StringComparison.OrdinalIgnoreCase))
            return CData();

        if (rest.StartsWith("<!--", StringComparison.Ordinal))
            return SkipTo("-->", position + 4);

        if (rest.StartsWith("<?", StringComparison.Ordinal))
            return SkipTo(">", position + 2);

        if (rest.StartsWith("<!", StringComparison.Ordinal))
        {
            position = Close() is var close and >= 0 ? close + 1 : text.Length;
            return true;
        }

        if (rest.StartsWith("</", StringComparison.Ordinal))
            return EndTag();

        if (rest.Length > 1 && (XmlConvert.IsStartNCNameChar(rest[1]) || rest[1] == '_'))
        {
            if (TolerantTag.Read(text, position, out var stopped) is { } tag)
            {
                position = tag.End;
                StartTag(tag);
                return true;
            }

            // What was read so far in vain is not read again from each bracket inside it.
            if (stopped - position > LongestVainTag)
            {
                problems.Add("a tag that never ends was read as text");
                Append(position, stopped);
                position = stopped;
                return true;
            }

            if (Close() < 0)
            {
                position = text.Length;
                return false;
            }
        }

        problems.Add("an angle bracket that begins no tag was read as text");
        pending.Append('<');
        position++;
        return true;
    }

    private bool CData()
    {
        var from = position + "<![CDATA[".Length;
        if (nextCDataEnd < from && nextCDataEnd < text.Length)
            nextCDataEnd = text.IndexOf("]]>", from, StringComparison.Ordinal) is var found and >= 0 ? found : int.MaxValue;

        var end = nextCDataEnd == int.MaxValue ? -1 : nextCDataEnd;
        var another = text.IndexOf("<![CDATA[", from, StringComparison.OrdinalIgnoreCase);
        if (end >= 0 && (another < 0 || end < another))
        {
            pending.Append(text, from, end - from);
            position = end + 3;
            return true;
        }

        // Never closed: it ends where its element does.
        end = text.IndexOf($"</{open.Peek().Name}", from, StringComparison.OrdinalIgnoreCase);
        if (end < 0)
        {
            position = text.Length;
            return false;
        }

        problems.Add("a CDATA section that was not closed was ended with its element");
        pending.Append(text, from, end - from);
        position = end;
        return true;
    }

    private bool SkipTo(string mark, int from)
    {
        var end = text.IndexOf(mark, from, StringComparison.Ordinal);
        position = end < 0 ? text.Length : end + mark.Length;
        return end >= 0;
    }

    private bool EndTag()
    {
        var end = Close();
        if (end < 0)
        {
            position = text.Length;
            return false;
        }

        var name = text.AsSpan(position + 2, end - position - 2).Trim();
        position = end + 1;
        var depth = 0;
        foreach (var (candidate, _) in open)
        {
            if (name.Equals(candidate, StringComparison.OrdinalIgnoreCase))
                break;

            depth++;
        }

        if (depth == open.Count)
        {
            if (!Void.Contains(name.ToString(), StringComparer.OrdinalIgnoreCase))
                problems.Add("an end tag without its start tag was dropped");

            return true;
        }

        if (depth > 0)
            problems.Add("tags that were not closed were closed");

        Flush();

        // The root stays open: what follows it too early may still be items.
        ended |= depth == open.Count - 1;
        for (var i = 0; i <= depth && open.Count > 1; i++)
            open.Pop();

        return true;
    }

    private void StartTag(TolerantTag tag)
    {
        if (tag.IsRough)
            problems.Add("attributes without quotes, without values or given twice were mended");

        Flush();

        // A new item inside an open one: the end tag was forgotten.
        if (FeedElements.IsItem(tag.Name) && open.Any(o => string.Equals(o.Name, tag.Name, StringComparison.OrdinalIgnoreCase)))
        {
            problems.Add("an item without its end tag was ended where the next begins");
            while (!string.Equals(open.Pop().Name, tag.Name, StringComparison.OrdinalIgnoreCase))
            {
            }
        }

        elements++;
        if (open.Count >= XmlText.MaximumDepth)
        {
            problems.Add(TooDeep);
            return;
        }

        var element = TolerantNames.Build(tag, open.Peek().Element, root, Unprefixed(), problems);
        open.Peek().Element.Add(element);
        if (!tag.Closed && !Void.Contains(tag.Name, StringComparer.OrdinalIgnoreCase) && !IsEmpty(tag))
            open.Push((tag.Name, element));
    }

    /// <summary>An Atom link or an enclosure written without its slash, as in HTML.</summary>
    private bool IsEmpty(TolerantTag tag)
    {
        if (!tag.Name.Equals("enclosure", StringComparison.OrdinalIgnoreCase)
            && !(tag.Name.EndsWith("link", StringComparison.OrdinalIgnoreCase) && tag.Attributes.Any(a => a.Name == "href")))
        {
            return false;
        }

        var next = text.IndexOf('<', tag.End);
        return next >= 0 && !text.AsSpan(next).StartsWith("</" + tag.Name, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The unprefixed namespace is inherited from the nearest ancestor that was written without a prefix.</summary>
    private XNamespace Unprefixed() =>
        open.FirstOrDefault(o => !o.Name.Contains(':', StringComparison.Ordinal)).Element?.Name.Namespace ?? XNamespace.None;

    private void Append(int from, int to)
    {
        if (to > from)
            pending.Append(XmlEntities.Decode(text[from..to], problems));
    }

    private void Flush()
    {
        if (pending.Length > 0)
        {
            open.Peek().Element.Add(new XText(pending.ToString()));
            pending.Clear();
        }
    }

    /// <summary>The next closing angle bracket; looked for once, however often it is asked for.</summary>
    private int Close()
    {
        if (nextClose < position && nextClose < text.Length)
            nextClose = text.IndexOf('>', position) is var found and >= 0 ? found : int.MaxValue;

        return nextClose == int.MaxValue ? -1 : nextClose;
    }

    private void Finish()
    {
        Flush();
        foreach (var (name, element) in open)
        {
            if (FeedElements.IsItem(name) && element.Parent is not null)
            {
                element.Remove();
                problems.Add("the document breaks off inside an item, which is left for the next poll");
                return;
            }
        }

        if (!ended)
            problems.Add("the document breaks off before its end; its complete items were kept");
    }
}
