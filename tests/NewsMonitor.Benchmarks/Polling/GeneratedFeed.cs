using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;

namespace NewsMonitor.Benchmarks.Polling;

/// <summary>A document to serve, made once.</summary>
public sealed record GeneratedFeed(string ContentType, byte[] Bytes, byte[] Zipped, string Hash, DateTimeOffset Changed)
{
    private static readonly XNamespace s_atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace s_content = "http://purl.org/rss/1.0/modules/content/";
    private static readonly XNamespace s_dublinCore = "http://purl.org/dc/elements/1.1/";

    static GeneratedFeed() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>
    /// Of twenty feeds one is in windows-1256 and one is Atom, the others are RSS 2.0 as WordPress writes it; in one item of four the text is in
    /// content:encoded. No text is so short that its page would be fetched.
    /// </summary>
    public static GeneratedFeed Create(GeneratedNews news, int number, int items, DateTimeOffset now)
    {
        var random = new Random(number);
        var articles = Enumerable.Range(0, items).Select(item =>
        {
            var (title, sentences) = news.Write((number * items) + item, random.Next(700, 1500));
            return new Item(
                title, sentences, new Uri($"https://outlet{number}.example/news/{1_000_000 + (number * items) + item}"),
                now.AddMinutes(-(item * 40) - random.Next(40)), HasContent: random.Next(4) == 0);
        }).ToList();

        bool isAtom = number % 20 == 1;
        var encoding = number % 20 == 2 ? Encoding.GetEncoding(1256) : new UTF8Encoding(false);
        var document = isAtom ? Atom(number, articles) : Rss(number, articles);
        byte[] bytes = encoding.GetBytes($"<?xml version=\"1.0\" encoding=\"{encoding.WebName}\"?>\n{document}");
        var changed = articles.Count == 0 ? now : articles.Max(article => article.Published);
        return new(
            isAtom ? "application/atom+xml" : encoding is UTF8Encoding ? "application/rss+xml; charset=UTF-8" : "text/xml",
            bytes, Zip(bytes), Convert.ToHexStringLower(SHA256.HashData(bytes), 0, 8),
            // Last-Modified has whole seconds.
            DateTimeOffset.FromUnixTimeSeconds(changed.ToUnixTimeSeconds()));
    }

    private static XElement Rss(int number, List<Item> items) => new(
        "rss",
        new XAttribute("version", "2.0"),
        new XAttribute(XNamespace.Xmlns + "content", s_content), new XAttribute(XNamespace.Xmlns + "dc", s_dublinCore),
        new XElement(
            "channel",
            new XElement("title", $"صحيفة الاختبار {number}"),
            new XElement("link", $"https://outlet{number}.example/"),
            new XElement("description", "أخبار مولدة للقياس"),
            new XElement("language", "ar"),
            items.Select(item => new XElement(
                "item",
                new XElement("title", item.Title),
                new XElement("link", item.Link),
                new XElement(s_dublinCore + "creator", new XCData("هيئة التحرير")),
                new XElement("pubDate", item.Published.ToString("r", CultureInfo.InvariantCulture)),
                new XElement("category", new XCData("أخبار")),
                new XElement("guid", new XAttribute("isPermaLink", "false"), $"https://outlet{number}.example/?p={item.Link.Segments[^1]}"),
                new XElement("description", new XCData(item.HasContent ? $"<p>{item.Sentences[0]}</p>" : item.Html)),
                item.HasContent ? new XElement(s_content + "encoded", new XCData(item.Html)) : null))));

    private static XElement Atom(int number, List<Item> items) => new(
        s_atom + "feed",
        new XAttribute(XNamespace.Xml + "lang", "ar"),
        new XElement(s_atom + "title", $"صحيفة الاختبار {number}"),
        new XElement(s_atom + "id", $"https://outlet{number}.example/"),
        new XElement(s_atom + "updated", Date(items.Count == 0 ? DateTimeOffset.UnixEpoch : items[0].Published)),
        items.Select(item => new XElement(
            s_atom + "entry",
            new XElement(s_atom + "title", item.Title),
            new XElement(s_atom + "link", new XAttribute("href", item.Link)),
            new XElement(s_atom + "id", item.Link),
            new XElement(s_atom + "updated", Date(item.Published)),
            new XElement(s_atom + "content", new XAttribute("type", "html"), item.Html))));

    private static string Date(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static byte[] Zip(byte[] bytes)
    {
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.Fastest))
            zip.Write(bytes);
        return zipped.ToArray();
    }

    private sealed record Item(string Title, IReadOnlyList<string> Sentences, Uri Link, DateTimeOffset Published, bool HasContent)
    {
        public string Html { get; } =
            $"<p><img src=\"{Link}.jpg\" width=\"640\" height=\"360\" alt=\"\" /></p>\n"
            + string.Concat(Sentences.Chunk(3).Select(part => $"<p>{string.Join(' ', part).Replace("&", "&amp;", StringComparison.Ordinal)}</p>\n"))
            + $"<p><a href=\"{Link}\">اقرأ المزيد</a></p>";
    }
}
