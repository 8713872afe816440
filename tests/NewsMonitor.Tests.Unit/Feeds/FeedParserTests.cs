using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using NewsMonitor.Feeds;

namespace NewsMonitor.Tests.Unit.Feeds;

public sealed class FeedParserTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Rss_2_is_read_with_its_extensions()
    {
        var feed = Parse("""
            <?xml version="1.0" encoding="utf-8"?>
            <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
            <channel><title>وكالة
              أنباء</title><link>https://a.example/</link><language>ar</language>
            <item><media:title>not this</media:title><title>خبر &amp; تحليل</title><link> /news/1 </link><guid isPermaLink="false">id-1</guid>
              <pubDate>Mon, 23 Nov 2026 10:00:00 +0300</pubDate><dc:creator>كاتب</dc:creator>
              <description>ملخص</description><content:encoded><![CDATA[<p>متن &amp;lt;</p>]]></content:encoded></item>
            </channel></rss>
            """, "https://feeds.example/rss");

        Assert.Equal(("RSS 2.0", "وكالة أنباء", "ar"), (feed.Format, feed.Title, feed.Language));
        Assert.Empty(feed.Problems);
        Assert.Equal(
            new FeedItem("id-1", "خبر & تحليل", "https://feeds.example/news/1", At("2026-11-23T07:00:00Z"), null, "كاتب", "ملخص", "<p>متن &amp;lt;</p>"),
            Assert.Single(feed.Items));
    }

    [Fact]
    public void Atom_1_is_read_with_fallbacks_bases_and_xhtml()
    {
        var feed = Parse("""
            <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ar" xml:base="https://a.example/ar/"><title>t</title>
            <entry xml:base="2026/"><title type="html">&lt;b&gt;خبر&lt;/b&gt;</title><id>tag:1</id><updated>2026-11-23T07:00:00Z</updated>
              <link rel="self" href="self"/><link rel="alternate" type="application/json" href="json"/><link href="one.html"/>
              <author><name>كاتب</name><email>x@y</email></author>
              <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>أولى</p><p>ثانية &lt; ثالثة</p></div></content></entry>
            </feed>
            """);

        Assert.Equal(("Atom 1.0", "ar"), (feed.Format, feed.Language));
        var item = Assert.Single(feed.Items);
        Assert.Equal(("https://a.example/ar/2026/one.html", "كاتب"), (item.Link, item.Author));
        Assert.Equal((At("2026-11-23T07:00:00Z"), At("2026-11-23T07:00:00Z")), (item.Published, item.Updated));
        Assert.Equal("<p>أولى</p><p>ثانية &lt; ثالثة</p>", item.Content);
    }

    [Theory]
    [InlineData("RSS 0.90", "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://my.netscape.com/rdf/simple/0.9/\"><channel><title>c</title></channel><item><title>t</title><link>https://a.example/1</link></item></rdf:RDF>")]
    [InlineData("RSS 0.91", "<!DOCTYPE rss PUBLIC \"-//Netscape Communications//DTD RSS 0.91//EN\" \"http://my.netscape.com/publish/formats/rss-0.91.dtd\"><rss version=\"0.91\"><channel><title>c</title><item><title>t</title><link>https://a.example/1</link></item></channel></rss>")]
    [InlineData("RSS 0.92", "<rss version=\"0.92\"><channel><title>c</title><item><title>t</title><link>https://a.example/1</link></item></channel></rss>")]
    [InlineData("RSS 1.0", "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\"><channel rdf:about=\"x\"><title>c</title></channel><item rdf:about=\"https://a.example/1\"><title>t</title><link>https://a.example/1</link></item></rdf:RDF>")]
    [InlineData("RSS", "<rss><channel><title>c</title><item><title>t</title><link>https://a.example/1</link></item></channel></rss>")]
    [InlineData("RSS 2.0", "<rss version=\"2.0\"><channel><title>c</title></channel><item><title>t</title><guid>https://a.example/1</guid></item></rss>")]
    [InlineData("RSS 2.0", "<RSS VERSION=\"2.0\"><CHANNEL><TITLE>c</TITLE><ITEM><TITLE>t</TITLE><LINK>https://a.example/1</LINK></ITEM></CHANNEL></RSS>")]
    [InlineData("RSS 2.0", "<rss version=\"2.0\" xmlns=\"http://backend.userland.com/rss2\"><channel><title>c</title><item><title>t</title><link>https://a.example/1</link></item></channel></rss>")]
    [InlineData("Atom 0.3", "<feed version=\"0.3\" xmlns=\"http://purl.org/atom/ns#\"><title>c</title><entry><title>t</title><link rel=\"alternate\" href=\"https://a.example/1\"/></entry></feed>")]
    [InlineData("Atom 1.0", "<a:feed xmlns:a=\"http://www.w3.org/2005/Atom\"><a:title>c</a:title><a:entry><a:title>t</a:title><a:link href=\"https://a.example/1\"/></a:entry></a:feed>")]
    [InlineData("JSON Feed 1.1", "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"c\",\"items\":[{\"id\":7,\"title\":\"t\",\"url\":\"https://a.example/1\"}]}")]
    public void Every_format_is_known(string format, string document)
    {
        var feed = Parse(document);
        Assert.Equal((format, "c"), (feed.Format, feed.Title));
        Assert.Equal(("t", "https://a.example/1"), (Assert.Single(feed.Items).Title, feed.Items[0].Link));
        Assert.Empty(feed.Problems);
    }

    [Fact]
    public void Json_feed_is_read_and_kept_up_to_where_it_breaks_off()
    {
        const string whole = """
            {"version":"https://jsonfeed.org/version/1.1","title":"c","language":"ar","home_page_url":"https://a.example/",
             "items":[{"id":"1","url":"/1","content_text":"نص","date_published":"2026-11-23T10:00:00+03:00","authors":[{"name":"كاتب"}]},
                      {"id":"2","url":"https://a.example/2","content_html":"<p>x</p>","summary":"s"}, 5, {"id":"3","title":"cut
            """;
        var feed = Parse(whole);
        Assert.Equal(["https://a.example/1", "https://a.example/2"], feed.Items.Select(i => i.Link));
        Assert.Equal((At("2026-11-23T07:00:00Z"), "كاتب", "نص"), (feed.Items[0].Published, feed.Items[0].Author, feed.Items[0].Content));
        Assert.Equal(2, feed.Problems.Count);
        Assert.Contains(feed.Problems, p => p.StartsWith("the JSON breaks off or is damaged after 3", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<title>a&nbsp;b &mdash; c</title>", "a\u00A0b — c", "HTML entity")]
    [InlineData("<title>قال & أضاف</title>", "قال & أضاف", "bare ampersand")]
    [InlineData("<title>AT&T; x</title>", "AT&T; x", "bare ampersand")]
    [InlineData("<title>a\u0001b\u0000c</title>", "abc", "2 control characters")]
    [InlineData("<title>a&#x1;b&#150;c</title>", "ab–c", null)]
    [InlineData("<title>3 < 5</title>", "3 < 5", "angle bracket")]
    [InlineData("<title><![CDATA[خبر</title>", "خبر", "CDATA")]
    [InlineData("<title>t</title><odd:x>y</odd:x>", "t", "prefix that was not declared")]
    [InlineData("<title>t</title><description><p>one<br>two</description>", "t", "not closed")]
    [InlineData("<title>t</title></b></i>", "t", "end tag without")]
    [InlineData("<title>t</title><enclosure url=x.mp3 length>", "t", "without quotes")]
    [InlineData("<title>t</title><enclosure url=\"a\" url=\"b\"/>", "t", null)]
    public void A_usual_fault_is_mended_and_told(string inside, string title, string? problem)
    {
        var feed = Parse($"<rss version=\"2.0\"><channel><title>c</title><item>{inside}<link>https://a.example/1</link></item><item><title>next</title></item></channel></rss>");
        Assert.Equal([title, "next"], feed.Items.Select(i => i.Title));
        Assert.Equal("https://a.example/1", feed.Items[0].Link);
        if (problem is not null)
            Assert.Contains(feed.Problems, p => p.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void A_vocabulary_nobody_knows_is_not_the_feeds_own()
    {
        var item = Assert.Single(Parse("<rss version=\"2.0\" xmlns:g=\"http://base.google.com/ns/1.0\"><channel><item><g:title>no</g:title><g:id>no</g:id><g:link>no</g:link><title>t</title></item></channel></rss>").Items);
        Assert.Equal(("t", null, null), (item.Title, item.Id, item.Link));
    }

    [Fact]
    public void Undeclared_usual_prefixes_mean_what_they_usually_do()
    {
        var item = Assert.Single(Parse("<rss version=\"2.0\"><channel><item><title>t</title><dc:creator>كاتب</dc:creator><dc:date>2026-11-23T07:00:00Z</dc:date><content:encoded>متن</content:encoded></item></channel></rss>").Items);
        Assert.Equal(("كاتب", "متن", At("2026-11-23T07:00:00Z")), (item.Author, item.Content, item.Published));
    }

    [Theory]
    [InlineData("<br />\n<b>Warning</b>: mysql_connect() in <b>/x.php</b><br />\n<?xml version=\"1.0\"?>", "")]
    [InlineData("\n\n  <?xml version=\"1.0\"?>", "")]
    [InlineData("", "<script>track()</script>")]
    [InlineData("", "</rss>\n<!-- cached -->\0\0")]
    public void Junk_around_a_feed_does_not_hide_it(string before, string after) =>
        Assert.Equal("t", Assert.Single(Parse($"{before}<rss version=\"2.0\"><channel><item><title>t</title></item></channel></rss>{after}").Items).Title);

    [Theory]
    [InlineData("<item><title>3</title><description>half of", 2)]
    [InlineData("<item><title>3</tit", 2)]
    [InlineData("<item", 2)]
    [InlineData("<item><title>3</title><description><![CDATA[half", 2)]
    [InlineData("<item><title>3</title></item>", 3)]
    public void A_feed_that_breaks_off_keeps_its_complete_items_only(string end, int items)
    {
        var feed = Parse($"<rss version=\"2.0\"><channel><item><title>1</title></item><item><title>2</title></item>{end}");
        Assert.Equal(items, feed.Items.Count);
        Assert.Contains(feed.Problems, p => p.Contains("breaks off", StringComparison.Ordinal));
    }

    [Fact]
    public void A_forgotten_end_tag_of_an_item_loses_no_item() =>
        Assert.Equal(["1", "2", "3"], Parse("<rss version=\"2.0\"><channel><item><title>1</title><item><title>2</title></item><item><title>3</title></channel></rss>").Items.Select(i => i.Title));

    [Fact]
    public void Dates_that_cannot_be_read_are_null_and_those_to_come_are_now()
    {
        var feed = Parse("<rss version=\"2.0\"><channel><item><title>1</title><pubDate>soon</pubDate></item><item><title>2</title><pubDate>Tue, 24 Nov 2026 12:00:00 GMT</pubDate></item><item><title>3</title><pubDate>؟</pubDate></item></channel></rss>");
        Assert.Equal([null, Now, null], feed.Items.Select(i => i.Published));
        Assert.Equal(["a date could not be read and was left out (2 times), first: 'soon'", "a date in the future was set to now: 'Tue, 24 Nov 2026 12:00:00 GMT'"], feed.Problems);
    }

    [Fact]
    public void A_date_without_offset_is_read_in_the_sources_zone()
    {
        var bytes = Encoding.UTF8.GetBytes("<rss version=\"2.0\"><channel><item><title>1</title><pubDate>2026-11-23 10:00</pubDate></item></channel></rss>");
        Assert.Equal(At("2026-11-23T07:00:00Z"), FeedParser.Parse(bytes, null, null, CountryZones.Of("IQ"), new FakeTimeProvider(Now)).Items[0].Published);
    }

    [Fact]
    public void A_web_page_is_told_as_such_with_the_feeds_it_names()
    {
        var feed = Parse("""
            <!DOCTYPE html><html><head><base href="/ar/"><title>x</title>
            <link rel="alternate" type="application/rss+xml" title="أخبار" href="feed.xml"><link rel=alternate hreflang=en href="/en">
            <LINK REL="Alternate" TYPE="application/atom+xml" HREF="https://b.example/atom"></head><body>hello & bye</body></html>
            """, "https://a.example/x");
        Assert.False(feed.IsFeed);
        Assert.Equal(["this is a web page, not a feed; it names these feeds: https://a.example/ar/feed.xml (أخبار); https://b.example/atom"], feed.Problems);
    }

    [Theory]
    [InlineData("", "the document is empty")]
    [InlineData("just text", "neither XML nor JSON")]
    [InlineData("<urlset><url/></urlset>", "its root is <urlset>")]
    [InlineData("{\"error\":\"x\"}", "JSON, but not a feed")]
    [InlineData("[1,2]", "JSON, but not a feed")]
    [InlineData("<html><body>no feeds</body></html>", "it names none")]
    public void What_is_no_feed_says_so(string document, string problem)
    {
        var feed = Parse(document);
        Assert.False(feed.IsFeed);
        Assert.Contains(feed.Problems, p => p.Contains(problem, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">]>")]
    [InlineData("<!DOCTYPE rss [<!ENTITY c SYSTEM \"file:///etc/passwd\">]>")]
    [InlineData("<!-- -\uFEFF-> <!DOCTYPE rss [<!ENTITY c SYSTEM \"file:///etc/passwd\">]> -->")]
    public void Document_types_are_never_processed(string type)
    {
        var feed = Parse($"{type}<rss version=\"2.0\"><channel><item><title>&c;</title></item></channel></rss>");
        Assert.Equal("&c;", Assert.Single(feed.Items).Title);
    }

    public static TheoryData<string, string> Heavy() => new()
    {
        { "nesting", "<rss version=\"2.0\"><channel><item><title>t</title><description>" + Repeat("<b>", 300_000) },
        { "angles", "<rss version=\"2.0\"><channel>" + Repeat("<a", 500_000) + ">" },
        { "attributes", "<rss version=\"2.0\"><channel><item " + Repeat("a=\"1\" ", 200_000) + "><title>t</title></item></channel></rss>" },
        { "distinct attributes", "<rss version=\"2.0\"><channel><item " + string.Concat(Enumerable.Range(0, 200_000).Select(i => $"a{i}=\"1\" ")) + "><title>t</title></item></channel></rss>" },
        { "vain tags", "<rss version=\"2.0\"><channel>" + Repeat("<a b=\"<a c\" ", 200_000) + "<" },
        { "bases", $"<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:base=\"http://a.example/{Repeat("a/", 50_000)}\">{Repeat("<entry xml:base=\"b/\"><link href=\"c\"/>", 5_000)}</feed>" },
        { "json items", "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[" + Repeat("{},", 500_000) + "{}]}" },
        { "cdata", "<rss version=\"2.0\"><channel>" + Repeat("<title><![CDATA[</title>", 50_000) },
        { "declarations", "<rss version=\"2.0\"><channel>" + Repeat("<!\"'[", 200_000) + ">" },
        { "ampersands", "<rss version=\"2.0\"><channel><item><title>" + Repeat("&", 1_000_000) + "</title></item></channel></rss>" },
        { "prefixes", "<rss version=\"2.0\"><channel>" + string.Concat(Enumerable.Range(0, 50_000).Select(i => $"<p{i}:a/>")) },
        { "quotes", "<rss version=\"2.0\"><channel>" + Repeat("<a b=\"", 200_000) },
        { "brackets", Repeat("<", 1_000_000) },
        { "json", "{\"items\":" + Repeat("[", 500_000) },
        { "types", Repeat("<!DOCTYPE rss [\"", 100_000) },
        { "items", "<rss version=\"2.0\"><channel>" + Repeat("<item><title>t</title>", 50_000) },
        { "html", "<html>" + Repeat("<link rel=alternate type=application/rss+xml href=x>", 50_000) },
    };

    [Theory]
    [MemberData(nameof(Heavy), DisableDiscoveryEnumeration = true)]
    public void Hostile_size_costs_time_in_proportion(string name, string document)
    {
        // Not a benchmark: the squares that this guards against take minutes.
        var clock = Stopwatch.StartNew();
        var feed = Parse(document);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"{name} took {clock.Elapsed}");
        Assert.NotEmpty(feed.Problems);
    }

    [Fact]
    public void The_shipped_sample_is_read_without_a_problem()
    {
        var feed = FeedParser.Parse(Shipped.Read("sample-feed.xml").ToMemory(), null, null, TimeZoneInfo.Utc, new FakeTimeProvider(Now));
        Assert.Empty(feed.Problems);
        Assert.Equal(("RSS 2.0", "ar", 6), (feed.Format, feed.Language, feed.Items.Count));
        Assert.Contains("عيّنة", feed.Title, StringComparison.Ordinal);
        Assert.Contains("بإعادة نشر المتبقي من القوات القتالية خارج العراق", feed.Items[0].Content, StringComparison.Ordinal);
        Assert.All(feed.Items, i => Assert.True(i is { Id: not null, Link: not null, Published: not null }));
    }

    private static Feed Parse(string document, string? address = null) =>
        FeedParser.Parse(Encoding.UTF8.GetBytes(document), null, address is null ? null : new Uri(address), TimeZoneInfo.Utc, new FakeTimeProvider(Now));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static string Repeat(string part, int times) => new StringBuilder(part.Length * times).Insert(0, part, times).ToString();
}
