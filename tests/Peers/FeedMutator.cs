using System.Text;

namespace NewsMonitor.Tests.Peers;

/// <summary>Feeds damaged at random, by structure and by byte: the same seed makes the same inputs everywhere.</summary>
internal sealed class FeedMutator(int seed)
{
    private static readonly string[] Tokens =
    [
        "<", ">", "</", "/>", "&", "&amp;", "&#0;", "&#x110000;", "&#55296;", "&nbsp;", "&c;", "<![CDATA[", "]]>", "<!--", "-->", "<!DOCTYPE x [", "<!ENTITY a \"&b;&b;\">",
        "]>", "<item>", "</item>", "<entry>", "</entry>", "<channel>", "</channel>", "<title>", "</title>", "<link>", "<link href=", "<guid>", "<description>", "</rss>", "<rss",
        "<feed xmlns=\"http://www.w3.org/2005/Atom\">", "<rdf:RDF", "<html>", "<base href=", "\"", "'", "=", "<a:b c:d='e'", "xmlns=\"\"", "xmlns:xml=\"x\"", "xmlns:a=\"\"",
        "xml:base=\"//\"", "xml:base=\"http://[\"", "type=\"xhtml\"", "mode=\"base64\"", "<x:y:z/>", "<:a/>", "<?", "?>", "<?xml version=\"1.0\" encoding=\"utf-16\"?>",
        "{", "}", "[", "]", ",", ":", "\"items\":[", "\\u", "\\uD800", "\0", "\uFEFF", "\uD800", "\uDC00", "\uFFFF", "\u0092", "\u202E", "\u0085", "\r", "ط§ظ„", "Ø§Ù„",
        "<pubDate>99999999999999999999</pubDate>", "<ttl>-1</ttl>", "<script>", "</script>", "<style>", "<textarea>", "<svg>", "<p", "<table><td>",
    ];

    private static readonly string?[] Charsets = [null, null, null, "utf-8", "windows-1256", "iso-8859-6", "utf-16", "utf-32", "iso-8859-1", "gb2312", "nonsense", "utf-7", "ibm864"];

    private readonly Random random = new(seed);

    static FeedMutator() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The next input: bytes, and what a server says of their encoding.</summary>
    public (byte[] Bytes, string? Charset) Next()
    {
        var text = new StringBuilder(FeedSeeds.All[random.Next(FeedSeeds.All.Count)]);
        for (var change = random.Next(9); change > 0; change--)
            Change(text);

        var bytes = Encode(text.ToString());
        for (var flip = random.Next(4) == 0 ? random.Next(1, 20) : 0; flip > 0 && bytes.Length > 0; flip--)
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));

        if (random.Next(12) == 0)
            bytes = bytes[..random.Next(bytes.Length + 1)];

        return (bytes, Charsets[random.Next(Charsets.Length)]);
    }

    private void Change(StringBuilder text)
    {
        var at = random.Next(text.Length + 1);
        switch (random.Next(11))
        {
            case 0 or 1 or 2:
                text.Insert(at, Tokens[random.Next(Tokens.Length)]);
                break;
            case 3:
                text.Remove(at, Math.Min(random.Next(80), text.Length - at));
                break;
            case 4:
                text.Insert(at, text.ToString(0, Math.Min(text.Length, random.Next(600))));
                break;
            case 5:
                Swap(text);
                break;
            case 6:
                text.Insert(at, Run());
                break;
            case 7:
                Element(text, keep: random.Next(2) == 0);
                break;
            case 8:
                text.Length = at;
                break;
            case 9:
                Replace(text);
                break;
            default:
                text.Insert(at, Tokens[random.Next(Tokens.Length)] + Tokens[random.Next(Tokens.Length)] + Tokens[random.Next(Tokens.Length)]);
                break;
        }
    }

    /// <summary>Much of one thing: what costs squares in careless code.</summary>
    private string Run() => random.Next(10) switch
    {
        0 => Many("<", 2_000),
        1 => Many("&", 2_000),
        2 => Many("<b>", 1_000),
        3 => $"<x {Many("a=\"1\" ", 300)}>",
        4 => $"<x a=\"{Many("y", 5_000)}\">",
        5 => Many("<a b=\"<a c\" ", 300),
        6 => Many("<![CDATA[", 300),
        7 => Many("<p><table><td>", 300),
        8 => Many("[", 500),
        _ => Many(Tokens[random.Next(Tokens.Length)], 300),
    };

    private string Many(string part, int most) => new StringBuilder().Insert(0, part, random.Next(1, most)).ToString();

    private void Swap(StringBuilder text)
    {
        int from = random.Next(text.Length + 1), length = Math.Min(random.Next(200), text.Length - from);
        var part = text.ToString(from, length);
        text.Remove(from, length).Insert(random.Next(text.Length + 1), part);
    }

    /// <summary>Doubles or drops from one tag to another, so that elements stand where none belong.</summary>
    private void Element(StringBuilder text, bool keep)
    {
        var whole = text.ToString();
        var from = whole.IndexOf('<', random.Next(whole.Length + 1));
        var to = from < 0 ? -1 : whole.IndexOf('>', Math.Min(whole.Length, from + random.Next(300)));
        if (to < 0)
            return;

        if (keep)
            text.Insert(to + 1, whole[from..(to + 1)]);
        else
            text.Remove(from, to + 1 - from);
    }

    private void Replace(StringBuilder text)
    {
        var (old, now) = random.Next(6) switch
        {
            0 => ("</item>", ""),
            1 => ("<![CDATA[", ""),
            2 => ("\"", random.Next(2) == 0 ? "'" : ""),
            3 => ("xmlns", "x"),
            4 => ("\n", "\0"),
            _ => ("&", "&amp;"),
        };
        text.Replace(old, now);
    }

    private byte[] Encode(string text) => random.Next(8) switch
    {
        0 => Encoding.Unicode.GetBytes(text),
        1 => [.. Encoding.BigEndianUnicode.GetPreamble(), .. Encoding.BigEndianUnicode.GetBytes(text)],
        2 => Encoding.GetEncoding(1256).GetBytes(text),
        3 => Encoding.GetEncoding("iso-8859-6").GetBytes(text),
        4 => [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(text)],
        _ => Encoding.UTF8.GetBytes(text),
    };
}
