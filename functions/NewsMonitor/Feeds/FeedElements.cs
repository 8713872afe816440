using System.Buffers;
using System.Net;
using System.Text;
using System.Xml.Linq;

namespace NewsMonitor.Feeds;

/// <summary>Finding one's way in feed XML: families of namespaces, the children that mean something, content as HTML.</summary>
internal static class FeedElements
{
    // Families of namespaces, by the part of their names that survives how people misspell them.
    public const string Dc = "purl.org/dc/elements";
    public const string DcTerms = "purl.org/dc/terms";
    public const string Content = "rss/1.0/modules/content";
    public const string Media = "search.yahoo.com/mrss";
    public const string Itunes = "itunes";
    public const string FeedBurner = "rssnamespace.org/feedburner";

    /// <summary>Longer ones are left as they are: no server would take them, and resolving them costs their length each time.</summary>
    private const int MaximumAddress = 2_000;

    /// <summary>RSS of any version, Atom, no namespace, or that of the element around.</summary>
    public const string Core = "";

    private static readonly string[] CoreParts =
    [
        "www.w3.org/2005/Atom", "purl.org/atom/", "purl.org/net/rss1.1", "my.netscape.com/", "channel.netscape.com/", "backend.userland.com/",
        "blogs.law.harvard.edu/tech/rss", "cyber.law.harvard.edu/rss", "www.rssboard.org/", "purl.org/rss/2.0",
    ];

    private static readonly SearchValues<char> SchemeCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+.-");

    private static readonly Dictionary<string, string> Usual = new(StringComparer.OrdinalIgnoreCase)
    {
        ["dc"] = "http://purl.org/dc/elements/1.1/",
        ["dcterms"] = "http://purl.org/dc/terms/",
        ["content"] = "http://purl.org/rss/1.0/modules/content/",
        ["media"] = "http://search.yahoo.com/mrss/",
        ["itunes"] = "http://www.itunes.com/dtds/podcast-1.0.dtd",
        ["atom"] = "http://www.w3.org/2005/Atom",
        ["rdf"] = "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        ["rss"] = "http://purl.org/rss/1.0/",
        ["sy"] = "http://purl.org/rss/1.0/modules/syndication/",
        ["slash"] = "http://purl.org/rss/1.0/modules/slash/",
        ["wfw"] = "http://wellformedweb.org/CommentAPI/",
        ["xhtml"] = "http://www.w3.org/1999/xhtml",
        ["georss"] = "http://www.georss.org/georss",
        ["feedburner"] = "http://rssnamespace.org/feedburner/ext/1.0",
    };

    public static string? UsualNamespace(string prefix) => Usual.GetValueOrDefault(prefix);

    /// <summary>An item of RSS or an entry of Atom, by the name alone (with or without prefix).</summary>
    public static bool IsItem(string name)
    {
        var local = name.AsSpan(name.LastIndexOf(':') + 1);
        return local.Equals("item", StringComparison.OrdinalIgnoreCase) || local.Equals("entry", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The feed's own vocabulary; a namespace that nobody knows is none of it, whatever its elements are called.</summary>
    public static bool IsCore(XNamespace space) =>
        space == XNamespace.None || space.NamespaceName.TrimEnd('/') is "http://purl.org/rss/1.0" or "https://purl.org/rss/1.0"
        || CoreParts.Any(part => space.NamespaceName.Contains(part, StringComparison.OrdinalIgnoreCase));

    /// <summary>Children of one name and family, in document order.</summary>
    public static IEnumerable<XElement> Children(XElement parent, string family, string local) =>
        parent.Elements().Where(e =>
            string.Equals(e.Name.LocalName, local, StringComparison.OrdinalIgnoreCase)
            && (family.Length == 0
                ? e.Name.Namespace == parent.Name.Namespace || IsCore(e.Name.Namespace)
                : e.Name.NamespaceName.Contains(family, StringComparison.OrdinalIgnoreCase)));

    /// <summary>The first that has a text; null when none has.</summary>
    public static string? Text(XElement parent, string family, string local) =>
        Children(parent, family, local).Select(e => e.Value.Trim()).FirstOrDefault(v => v.Length > 0);

    /// <summary>The first that has content, with markup that was written as XML kept as HTML; null when none has.</summary>
    public static string? Markup(XElement parent, string family, string local) =>
        Children(parent, family, local).Select(Markup).FirstOrDefault(v => v.Length > 0);

    /// <summary>Plain text as HTML that says the same; left alone where it is that already.</summary>
    public static string Html(string plain) => plain.Contains('<', StringComparison.Ordinal) ? Escaped(plain) : plain;

    public static string Markup(XElement element)
    {
        if (!element.HasElements)
        {
            return element.Attribute("mode")?.Value == "base64" || element.Attribute("type")?.Value == "application/octet-stream"
                ? Base64(element.Value) : element.Value.Trim();
        }

        // The div that Atom demands around XHTML is not part of it (RFC 4287, 3.1.1.3).
        var content = element.Attribute("type")?.Value == "xhtml" && element.Elements().ToList() is [{ Name.LocalName: "div" } div] ? div : element;
        var html = new StringBuilder();
        foreach (var node in content.Nodes())
            Write(node, html);

        return html.ToString().Trim();
    }

    /// <summary>An address as its element and those around it resolve it (xml:base), then the document's.</summary>
    public static string? Resolve(XElement element, string? address, Uri? document)
    {
        var origin = document;
        foreach (var part in element.AncestorsAndSelf().Reverse().Select(e => e.Attribute(XNamespace.Xml + "base")?.Value.Trim()))
        {
            if (part is { Length: > 0 and <= MaximumAddress })
                origin = WebAddress.TryRead(part, origin, out var step) ? step : Web(part) ?? origin;
        }

        return Resolve(address, origin);
    }

    /// <summary>An absolute address stays exactly as written; a relative one without an origin does too.</summary>
    public static string? Resolve(string? address, Uri? origin)
    {
        var text = address?.Trim();
        return string.IsNullOrEmpty(text) ? null
            : text.Length > MaximumAddress || HasScheme(text) || origin is null || !WebAddress.TryRead(text, origin, out var joined) ? text
            : joined.AbsoluteUri;
    }

    public static Uri? Web(string? address) => WebAddress.TryRead(address, null, out var url) ? url : null;

    /// <summary>Past a declaration such as a document type, its internal subset included.</summary>
    public static int SkipDeclaration(string text, int at)
    {
        var depth = 0;
        var quote = '\0';
        for (var i = at + 2; i < text.Length; i++)
        {
            var c = text[i];
            if (quote != '\0')
            {
                quote = c == quote ? '\0' : quote;
            }
            else if (c is '"' or '\'')
            {
                quote = c;
            }
            else if (c == '[')
            {
                depth++;
            }
            else if (c == ']')
            {
                depth--;
            }
            else if (c == '>' && depth <= 0)
            {
                return i + 1;
            }
        }

        // Unbalanced quotes or brackets: the first angle bracket ends it.
        var end = text.IndexOf('>', at);
        return end < 0 ? text.Length : end + 1;
    }

    private static bool HasScheme(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 1 && text.AsSpan(0, colon).IndexOfAnyExcept(SchemeCharacters) < 0;
    }

    private static string Base64(string value)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(value.Trim()));
        }
        catch (FormatException)
        {
            return value.Trim();
        }
    }

    /// <summary>Not HtmlEncode: it would make numbers of half of Latin-1 and nothing of the rest.</summary>
    private static string Escaped(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    private static void Write(XNode node, StringBuilder html)
    {
        if (node is XText text)
        {
            html.Append(Escaped(text.Value));
        }
        else if (node is XElement element)
        {
            html.Append('<').Append(element.Name.LocalName);
            foreach (var attribute in element.Attributes().Where(a => !a.IsNamespaceDeclaration && a.Name.Namespace == XNamespace.None))
                html.Append(' ').Append(attribute.Name.LocalName).Append("=\"").Append(WebUtility.HtmlEncode(attribute.Value)).Append('"');

            html.Append('>');
            if (element.IsEmpty && element.Name.LocalName is "br" or "img" or "hr" or "wbr" or "input")
                return;

            foreach (var child in element.Nodes())
                Write(child, html);

            html.Append("</").Append(element.Name.LocalName).Append('>');
        }
    }
}
