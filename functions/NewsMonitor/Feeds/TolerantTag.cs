using System.Xml;

namespace NewsMonitor.Feeds;

/// <summary>A start tag as it stands, however it is written.</summary>
/// <param name="Closed">Written with a slash at its end.</param>
/// <param name="End">The position after it.</param>
/// <param name="IsRough">An attribute had no quotes or no value, came twice, or was one of too many.</param>
internal sealed record TolerantTag(
    string Name, IReadOnlyList<(string Name, string Value)> Attributes, bool Closed, int End, bool IsRough = false)
{
    /// <summary>No attribute of an honest feed is longer: a quote that is never closed must not swallow the document.</summary>
    private const int MaximumValue = 20_000;

    private static readonly List<(string Name, string Value)> None = [];

    /// <summary>Null when this is no tag: text, or a tag that never ends.</summary>
    /// <param name="at">How far it was read.</param>
    public static TolerantTag? Read(string text, int start, out int at)
    {
        at = start + 1;
        var name = ReadName(text, ref at);
        if (name.Length == 0)
            return null;

        List<(string Name, string Value)>? attributes = null;
        var rough = false;
        while (true)
        {
            while (at < text.Length && (char.IsWhiteSpace(text[at]) || text[at] is '"' or '\'' or ','))
                at++;

            if (at >= text.Length || text[at] == '<')
                return null;

            if (text[at] == '>')
                return new TolerantTag(name, attributes ?? None, false, at + 1, rough);

            if (text[at] == '/')
            {
                at++;
                if (at < text.Length && text[at] == '>')
                    return new TolerantTag(name, attributes ?? None, true, at + 1, rough);

                continue;
            }

            var attribute = ReadName(text, ref at);
            if (attribute.Length == 0)
            {
                rough = true;
                at++;
                continue;
            }

            var value = ReadValue(text, ref at, ref rough);
            attributes ??= [];
            if (attributes.Count < XmlText.MaximumAttributes && attributes.TrueForAll(a => a.Name != attribute))
                attributes.Add((attribute, value));
            else
                rough = true;
        }
    }

    /// <summary>Just the name, where the rest cannot be read.</summary>
    public static TolerantTag Bare(string text, int start)
    {
        var at = start + 1;
        var name = ReadName(text, ref at);
        return new TolerantTag(name, [], false, at, true);
    }

    private static string ReadValue(string text, ref int at, ref bool rough)
    {
        var mark = at;
        while (at < text.Length && char.IsWhiteSpace(text[at]))
            at++;

        if (at >= text.Length || text[at] != '=')
        {
            at = mark;
            rough = true;
            return "";
        }

        at++;
        while (at < text.Length && char.IsWhiteSpace(text[at]))
            at++;

        if (at < text.Length && text[at] is '"' or '\'')
        {
            var end = text.IndexOf(text[at], at + 1, Math.Min(MaximumValue, text.Length - at - 1));
            if (end >= 0)
            {
                var value = text[(at + 1)..end];
                at = end + 1;
                return value;
            }

            at++;
        }

        rough = true;
        var from = at;
        while (at < text.Length && !char.IsWhiteSpace(text[at]) && text[at] is not ('>' or '<'))
            at++;

        return text[from..at].TrimEnd('/', '"', '\'');
    }

    private static string ReadName(string text, ref int at)
    {
        var from = at;
        while (at < text.Length && (XmlConvert.IsNCNameChar(text[at]) || text[at] == ':'))
            at++;

        return text[from..at];
    }
}
