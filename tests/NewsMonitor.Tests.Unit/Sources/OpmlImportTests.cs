using System.Text;
using System.Xml.Linq;
using CsCheck;
using NewsMonitor.Sources;

namespace NewsMonitor.Tests.Unit.Sources;

/// <summary>Lists in the shapes that feed readers export.</summary>
public sealed class OpmlImportTests
{
    private const string Miniflux = """
        <?xml version="1.0" encoding="UTF-8"?>
        <opml version="2.0" xmlns:miniflux="https://miniflux.app/opml">
            <head>
                <title>Miniflux</title>
                <dateCreated>Mon, 23 Nov 2026 10:00:00 UTC</dateCreated>
            </head>
            <body>
                <outline text="أخبار العراق">
                    <outline title="وكالة الرافدين" text="وكالة الرافدين" xmlUrl="https://rafidain.example/feed/" htmlUrl="https://rafidain.example/" description="أخبار &amp; تحليلات" miniflux:crawler="true" miniflux:keeplistRules="العراق|بغداد" type="rss"></outline>
                    <outline title="صوت دجلة" text="صوت دجلة" xmlUrl="http://dijla.example/rss?cat=1&amp;lang=ar" htmlUrl="http://dijla.example/" miniflux:disabled="true" type="rss"></outline>
                </outline>
            </body>
        </opml>
        """;

    private const string FreshRss = """
        <?xml version="1.0" encoding="UTF-8"?>
        <opml xmlns:frss="https://freshrss.org/opml" version="2.0">
          <head>
            <title>FreshRSS</title>
            <dateCreated>Mon, 23 Nov 2026 10:00:00 +0000</dateCreated>
          </head>
          <body>
            <outline text="صحف">
              <outline text="جريدة النخيل" type="rss" xmlUrl="https://nakheel.example/rss.xml" htmlUrl="https://nakheel.example/" description="يومية" frss:cssFullContent="article .body" frss:filtersActionRead="intitle:رياضة&#10;intitle:طقس"/>
              <outline text="كشط" type="HTML+XPath" xmlUrl="https://scraped.example/news" frss:xPathItem="//article" frss:xPathItemTitle="descendant::h2"/>
              <outline text="واجهة" type="JSON+DotNotation" xmlUrl="https://api.example/items" frss:jsonItem="data.items"/>
              <outline text="جيسون" type="JSONFeed" xmlUrl="https://json.example/feed.json"/>
            </outline>
            <outline text="قائمة بعيدة" frss:opmlUrl="https://lists.example/iraq.opml"/>
            <outline text="بلا فئة" type="rss" xmlUrl="https://alone.example/feed"/>
          </body>
        </opml>
        """;

    private const string Feedly = """
        <?xml version="1.0" encoding="UTF-8"?>

        <opml version="1.0">
            <head>
                <title>Huda subscriptions in feedly Cloud</title>
            </head>
            <body>
                <outline text="أمن" title="أمن">
                    <outline type="rss" text="نشرة المنصور" title="نشرة المنصور" xmlUrl="http://mansour.example/rss" htmlUrl="http://mansour.example"/>
                    <outline type="rss" text="الكرخ &amp;amp; الرصافة" title="الكرخ &amp;amp; الرصافة" xmlUrl="https://karkh.example/feed"/>
                </outline>
                <outline text="Must Read" title="Must Read">
                    <outline type="rss" text="نشرة المنصور" title="نشرة المنصور" xmlUrl="https://mansour.example/rss" htmlUrl="http://mansour.example"/>
                </outline>
            </body>
        </opml>
        """;

    [Fact]
    public void A_miniflux_export_keeps_its_groups_what_is_disabled_and_what_is_crawled()
    {
        var (mine, sources, problems) = Import(Miniflux);
        Assert.Empty(problems);
        Assert.Equal(
            [
                ("وكالة الرافدين", "https://rafidain.example/feed/", "/أخبار العراق", true, ArticleMode.Always),
                ("صوت دجلة", "http://dijla.example/rss?cat=1&lang=ar", "/أخبار العراق", false, ArticleMode.Auto),
            ],
            sources.Select(s => (s.Title, s.Address, s.Category, s.Enabled, s.Article)));

        // Other readers know groups, not categories; and their owner's rules are not ours to lose.
        var body = XDocument.Parse(mine.Write().ToString()).Root!.Element("body")!;
        Assert.Equal("أخبار العراق", Assert.Single(body.Elements("outline")).Attribute("text")!.Value);
        Assert.Contains("miniflux:keeplistRules=\"العراق|بغداد\"", mine.Write().ToString(), StringComparison.Ordinal);

        Assert.True(mine.SetEnabled(sources[1].Id, true));
        Assert.True(mine.Read().Sources[1].Enabled);
    }

    [Fact]
    public void A_FreshRSS_export_gives_its_feeds_and_tells_what_is_scraped_or_elsewhere()
    {
        var (mine, sources, problems) = Import(FreshRss);
        Assert.Equal(
            [("جريدة النخيل", "/صحف", ArticleMode.Always), ("جيسون", "/صحف", ArticleMode.Auto), ("بلا فئة", "", ArticleMode.Auto)],
            sources.Select(s => (s.Title, s.Category, s.Article)));
        Assert.Equal(3, problems.Count);
        Assert.StartsWith("export.opml, line 10: https://scraped.example/news is no feed but a page to be scraped (HTML+XPath)", problems[0], StringComparison.Ordinal);
        Assert.StartsWith("export.opml, line 11: ", problems[1], StringComparison.Ordinal);
        Assert.Contains("https://lists.example/iraq.opml", problems[2], StringComparison.Ordinal);
        Assert.Contains("frss:filtersActionRead=\"intitle:رياضة&#xA;intitle:طقس\"", mine.Write().ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_Feedly_export_with_a_feed_in_two_groups_is_one_source_of_two_categories()
    {
        var (mine, sources, problems) = Import(Feedly);
        Assert.Empty(problems);
        Assert.Equal(
            [("نشرة المنصور", "http://mansour.example/rss", "/أمن,/Must Read"), ("الكرخ & الرصافة", "https://karkh.example/feed", "/أمن")],
            sources.Select(s => (s.Title, s.Address, s.Category)));

        Assert.True(mine.Remove(sources[0].Id));
        Assert.Equal("الكرخ & الرصافة", Assert.Single(mine.Read().Sources).Title);
    }

    /// <summary>Google Reader (and those that took after it), NetNewsWire, Inoreader and old desktop readers.</summary>
    [Theory]
    [InlineData("<outline title=\"عراق\" text=\"عراق\"><outline text=\"أ\" title=\"أ\" type=\"rss\" xmlUrl=\"https://a.example/rss\" htmlUrl=\"https://a.example/\"/></outline>")]
    [InlineData("<outline text=\"عراق\" title=\"عراق\"><outline text=\"أ\" title=\"أ\" description=\"\" type=\"rss\" version=\"RSS\" htmlUrl=\"https://a.example/\" xmlUrl=\"https://a.example/rss\"/></outline>")]
    [InlineData("<outline text=\"عراق\" title=\"عراق\"><outline text=\"أ\" title=\"أ\" type=\"rss\" xmlUrl=\"https://a.example/rss\" htmlUrl=\"https://a.example/\"></outline></outline>")]
    [InlineData("<outline title=\"عراق\"><outline title=\"أ\" xmlURL=\"feed:https://a.example/rss\" htmlURL=\"https://a.example/\" language=\"unknown\"/></outline>")]
    [InlineData("<outline text=\"\"><outline text=\"عراق\"><outline text=\"&lt;&amp;#1571;&gt;\" xmlUrl=\" https://a.example/rss \" htmlUrl=\"https://a.example/\"/></outline></outline>", "<أ>")]
    [InlineData("<!-- <outline text=\"x\" xmlUrl=\"https://x.example/\"/> --><outline text=\"عراق\"><outline text=\"أ\" xmlUrl=\"https://a.example/rss\" htmlUrl=\"https://a.example/\"/><outline type=\"link\" text=\"x\" url=\"https://x.example/\"/></outline>")]
    public void Other_readers_exports_are_read_too(string outlines, string title = "أ")
    {
        var (_, sources, problems) = Import($"<opml version=\"1.1\"><head/><body>{outlines}</body></opml>");
        Assert.Empty(problems);
        var source = Assert.Single(sources);
        Assert.Equal(
            (title, "https://a.example/rss", "/عراق", "https://a.example/", "ar"), (source.Title, source.Address, source.Category, source.SiteUrl, source.Language));
    }

    [Theory]
    [InlineData("utf-8", "utf-8", false)]
    [InlineData("utf-8", "windows-1252", false)]
    [InlineData("utf-8", "no-such-code", false)]
    [InlineData("windows-1256", "windows-1256", false)]
    [InlineData("windows-1256", "utf-8", true)]
    [InlineData("utf-16", "utf-8", false)]
    [InlineData("utf-8+mark", "windows-1256", false)]
    public void Bytes_go_before_their_label(string actual, string label, bool told)
    {
        var text = $"\n<?xml version=\"1.0\" encoding=\"{label}\"?>\n<opml version=\"2.0\"><body><outline text=\"العراق\" xmlUrl=\"https://a.example/\"/><outline type=\"rss\" text=\"b\"/></body></opml>";
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var encoding = actual switch { "utf-8" => new UTF8Encoding(false), "utf-8+mark" => new UTF8Encoding(true), _ => Encoding.GetEncoding(actual) };
        var list = Opml.ParseExport(BinaryData.FromBytes([.. encoding.GetPreamble(), .. encoding.GetBytes(text)]), "export.opml").Read();
        Assert.Equal("العراق", Assert.Single(list.Sources).Title);
        Assert.Equal(told ? 2 : 1, list.Problems.Count);
        Assert.StartsWith("export.opml, line 3: ", list.Problems[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_quite_XML_is_mended_and_told()
    {
        var (mine, sources, problems) = Import(
            "<opml version=\"1.0\"><head><title>a&nbsp;b</title></head><body>\n<outline text=\"S&S&#1;&eacute; &amp; &x;\u0003\" xmlUrl=\"https://a.example/?a=1&b=2&amp;c=3\"/></body></opml>");
        Assert.Equal(("S&Sé & &x;", "https://a.example/?a=1&b=2&c=3"), (sources[0].Title, sources[0].Address));
        Assert.StartsWith("export.opml, line 1: this is not well-formed XML", Assert.Single(problems), StringComparison.Ordinal);
        Assert.Equal(sources, Opml.Parse(mine.Write(), "again").Read().Sources);

        Assert.Throws<MonitorException>(() => Opml.ParseExport(BinaryData.FromString("<opml><body><outline text=\"a\"></body></opml>"), "export.opml"));
    }

    [Fact]
    public void A_list_that_gives_OPML_a_namespace_is_read_and_added_to()
    {
        var mine = Opml.Parse(BinaryData.FromString("<opml xmlns=\"http://opml.org/spec2\" version=\"2.0\"><body><outline text=\"a\" xmlUrl=\"https://a.example/\"/></body></opml>"), "l");
        Assert.Equal(2, mine.Import(Opml.ParseExport(BinaryData.FromString(Miniflux), "m"), []).Count);
        Assert.Equal(3, Opml.Parse(mine.Write(), "l").Read().Sources.Count);
    }

    [Fact]
    public void Groups_of_one_name_are_joined_and_a_source_stays_on_in_a_group_that_is_off()
    {
        var mine = Opml.Parse(
            BinaryData.FromString("<opml version=\"2.0\"><body><outline text=\"أمن\" isComment=\"true\"><outline text=\"a\" xmlUrl=\"https://a.example/\"/></outline></body></opml>"), "l");
        mine.Import(Opml.ParseExport(BinaryData.FromString(Feedly), "f"), []);
        var sources = mine.Read().Sources;
        Assert.Equal([("a", false), ("نشرة المنصور", true), ("الكرخ & الرصافة", true)], sources.Select(s => (s.Title, s.Enabled)));
        Assert.Equal(2, XDocument.Parse(mine.Write().ToString()).Root!.Element("body")!.Elements().Count());
    }

    [Fact]
    public void What_comes_in_goes_out_and_comes_in_again_is_the_same() =>
        Lists.Sample(
            list =>
            {
                var (first, sources, _) = Import(list);
                var (second, again, problems) = Import(first.Write().ToString());
                Assert.Empty(problems);
                Assert.Equal(Opml.ParseExport(BinaryData.FromString(list), "l").Read().Sources.Select(Comparable).Order(), sources.Select(Comparable).Order());
                Assert.Equal(sources.Select(Comparable).Order(), again.Select(Comparable).Order());
                Assert.Equal(Foreign(first), Foreign(second));

                // And a second import of the same finds nothing new.
                Assert.Empty(first.Import(Opml.ParseExport(BinaryData.FromString(list), "export.opml"), []));
            },
            iter: 500);

    private static readonly Gen<string> Words =
        Gen.OneOf("العراق", "أخبار & تحليل", "a/b", "a,b", "\"س\" <ص>", "  x ", "", "&amp;", "سطر\nثانٍ", "😀", "&#1571;");

    private static readonly Gen<XElement> Feeds =
        Gen.Select(Words, Gen.Int[0, 12], Gen.OneOf("http", "https"), Words, Gen.Int[0, 9], Gen.Bool, (title, host, scheme, more, kind, off) =>
        {
            XNamespace other = "urn:other";
            var outline = new XElement("outline", new XAttribute("text", title), new XAttribute("xmlUrl", $"{scheme}://h{host}.example/?q={kind % 2}&x"));
            outline.SetAttributeValue("category", kind == 1 ? $"/{more}" : null);
            outline.SetAttributeValue(other + "rule", kind == 2 ? more : null);
            outline.SetAttributeValue(Opml.Settings + "article", kind == 3 ? "never" : null);
            outline.SetAttributeValue(Opml.Settings + "maximumMinutes", kind == 4 ? "30" : null);
            outline.SetAttributeValue("isComment", kind == 5 ? "true" : null);
            outline.SetAttributeValue(Opml.Settings + "enabled", off ? "false" : null);
            outline.SetAttributeValue(Opml.Settings + "note", kind == 6 && off ? more : null);
            return outline;
        });

    private static readonly Gen<XElement> Outlines = Gen.Recursive<XElement>((depth, inner) =>
        depth > 3 ? Feeds : Gen.Frequency(
            (3, Feeds),
            (2, Gen.Select(Words, inner.Array[0, 4], Gen.Int[0, 9], (title, inside, off) =>
                new XElement("outline", new XAttribute("text", title), off == 0 ? new XAttribute("isComment", "true") : null, inside)))));

    private static readonly Gen<string> Lists = Outlines.Array[0, 8].Select(outlines =>
        new XElement("opml", new XAttribute("version", "2.0"), new XElement("body", outlines)).ToString());

    private static string Comparable(Source source) =>
        (source with { Category = string.Join(',', source.Category.Split(',').Order(StringComparer.Ordinal)) }).ToString();

    private static IEnumerable<string> Foreign(Opml list) =>
        XDocument.Parse(list.Write().ToString()).Descendants().Attributes()
            .Where(a => a.Name.NamespaceName == "urn:other").Select(a => a.Value).Order(StringComparer.Ordinal);

    private static (Opml Mine, IReadOnlyList<Source> Sources, IReadOnlyList<string> Problems) Import(string export)
    {
        var mine = Opml.Empty("mine");
        var problems = new List<string>();
        mine.Import(Opml.ParseExport(BinaryData.FromString(export), "export.opml"), problems);
        var list = Opml.Parse(mine.Write(), "mine.opml").Read();
        Assert.Empty(list.Problems);
        return (Opml.Parse(mine.Write(), "mine.opml"), list.Sources, problems);
    }
}
