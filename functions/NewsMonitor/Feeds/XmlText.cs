using System.Buffers;
using System.Text;
using System.Xml;

namespace NewsMonitor.Feeds;

/// <summary>What must be settled before any XML parser sees a document.</summary>
internal static class XmlText
{
    /// <summary>No honest feed nests deeper; XHTML content included.</summary>
    public const int MaximumDepth = 100;

    public const int MaximumAttributes = 64;

    public const int MaximumElements = 250_000;

    private const int CrowdedTag = 1_000;

    /// <summary>DEL and U+FEFF are legal, but FeedReader drops them later, and could so make markup of what was none.</summary>
    private static readonly SearchValues<char> Suspect = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Where(c => c is not ('\t' or '\n' or '\r')).Select(c => (char)c), '\u007F', '\uFEFF', '\uFFFE', '\uFFFF']);

    /// <summary>Drops the characters that XML does not allow, and makes lone surrogates U+FFFD.</summary>
    public static string Clean(string text, FeedProblems problems)
    {
        var dirty = text.AsSpan().ContainsAny(Suspect);
        var torn = HasLoneSurrogate(text);
        if (!dirty && !torn)
            return text;

        var clean = new StringBuilder(text.Length);
        var controls = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (Suspect.Contains(c))
            {
                controls += c is '\uFEFF' ? 0 : 1;
            }
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                clean.Append(c).Append(text[++i]);
            else
                clean.Append(char.IsSurrogate(c) ? '\uFFFD' : c);
        }

        if (controls > 0)
            problems.Add(controls == 1 ? "a control character was dropped" : $"{controls} control characters were dropped");

        return clean.ToString();
    }

    /// <summary>
    /// True when the document may be given to a parser as it is: well-formed, without a document type, not too deep.
    /// <paramref name="items"/> counts the elements that look like items.
    /// </summary>
    public static bool IsSound(string xml, out int items)
    {
        items = 0;
        if (HasCrowdedTag(xml))
            return false;

        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
        };
        try
        {
            using var reader = XmlReader.Create(new StringReader(xml), settings);
            var inside = int.MaxValue;
            var elements = 0;
            while (reader.Read())
            {
                if (reader.NodeType is not XmlNodeType.Element)
                    continue;

                if (++elements > MaximumElements || reader.Depth > MaximumDepth || reader.AttributeCount > MaximumAttributes)
                    return false;

                if (reader.Depth <= inside && FeedElements.IsItem(reader.LocalName))
                {
                    items++;
                    inside = reader.Depth;
                }
            }

            return true;
        }
        catch (XmlException)
        {
            return false;
        }
    }

    /// <summary>XmlReader reads all attributes of an element before it can be asked how many there are, in more than their number's time.</summary>
    private static bool HasCrowdedTag(ReadOnlySpan<char> xml)
    {
        while (!xml.IsEmpty)
        {
            var end = xml.IndexOf('>');
            var part = end < 0 ? xml : xml[..end];
            if (part.Length > CrowdedTag && part.Count('=') > CrowdedTag)
                return true;

            xml = end < 0 ? [] : xml[(end + 1)..];
        }

        return false;
    }

    private static bool HasLoneSurrogate(string text)
    {
        var rest = text.AsSpan();
        for (int at; (at = rest.IndexOfAnyInRange('\uD800', '\uDFFF')) >= 0;)
        {
            if (!char.IsHighSurrogate(rest[at]) || at + 1 >= rest.Length || !char.IsLowSurrogate(rest[at + 1]))
                return true;

            rest = rest[(at + 2)..];
        }

        return false;
    }
}
