using System.Text;
using Microsoft.Extensions.Time.Testing;
using NewsMonitor.Feeds;

namespace NewsMonitor.Tests.Unit.Feeds;

/// <summary>What one item says, where feeds say it in more than one way.</summary>
public sealed class FeedItemTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("<link>https://a.example/1</link>", "https://a.example/1")]
    [InlineData("<atom:link rel='self' href='https://a.example/rss'/><link>https://a.example/1</link>", "https://a.example/1")]
    [InlineData("<itunes:link>https://no.example/</itunes:link><media:link href='https://no.example/'/><link>https://a.example/1</link>", "https://a.example/1")]
    [InlineData("<link rel='enclosure'>https://no.example/</link><link rel='alternate'>https://a.example/1</link>", "https://a.example/1")]
    [InlineData("<link><![CDATA[ /1 ]]></link>", "https://a.example/1")]
    [InlineData("<link/><guid>https://a.example/1</guid>", "https://a.example/1")]
    [InlineData("<guid isPermaLink='FALSE'>https://a.example/1</guid>", null)]
    [InlineData("<guid>/news/1</guid>", "https://a.example/news/1")]
    [InlineData("<guid>12345</guid>", null)]
    [InlineData("<feedburner:origLink>https://a.example/1</feedburner:origLink>", "https://a.example/1")]
    [InlineData("<feedburner:origLink>javascript:x</feedburner:origLink>", null)]
    [InlineData("<link xml:base='/ar/'>1</link>", "https://a.example/ar/1")]
    public void The_link_is_the_articles_own(string inside, string? link) => Assert.Equal(link, Item(inside).Link);

    [Theory]
    [InlineData("<guid>/news/1</guid>", "https://a.example/news/1")]
    [InlineData("<guid isPermaLink='false'>/news/1</guid>", "/news/1")]
    [InlineData("<guid> 12345 </guid>", "12345")]
    [InlineData("<guid/><id>x</id>", "x")]
    public void An_id_stays_as_written_unless_it_is_a_path(string inside, string id) => Assert.Equal(id, Item(inside).Id);

    [Theory]
    [InlineData("<updated>2026-11-20T00:00:00Z</updated><updated>2026-11-21T00:00:00Z</updated>", 21, 21)]
    [InlineData("<pubDate>Fri, 20 Nov 2026 00:00:00 GMT</pubDate><dc:date>2026-11-22T00:00:00Z</dc:date>", 20, 22)]
    [InlineData("<dc:date>2026-11-22T00:00:00Z</dc:date>", 22, 22)]
    [InlineData("<pubDate>غدا</pubDate><dc:date>2026-11-22T00:00:00Z</dc:date>", 22, 22)]
    [InlineData("<pubDate>Fri, 20 Nov 2026 00:00:00 GMT</pubDate>", 20, null)]
    public void Dates_fall_back_and_the_last_of_a_name_counts(string inside, int published, int? updated)
    {
        var item = Item(inside);
        Assert.Equal((published, updated), (item.Published!.Value.Day, item.Updated?.Day));
    }

    [Theory]
    [InlineData("<description>ملخص</description><content:encoded></content:encoded>", "ملخص", "")]
    [InlineData("<description>ملخص</description><content:encoded><![CDATA[ ]]></content:encoded><body>متن</body>", "ملخص", "متن")]
    [InlineData("<description>ملخص</description><summary>متن أطول</summary>", "ملخص", "متن أطول")]
    [InlineData("<fullitem>&lt;p&gt;متن&lt;/p&gt;</fullitem>", "", "<p>متن</p>")]
    [InlineData("<xhtml:body><xhtml:p>أولى</xhtml:p><xhtml:p>ثانية</xhtml:p></xhtml:body>", "", "<p>أولى</p><p>ثانية</p>")]
    [InlineData("<media:description>وصف</media:description>", "وصف", "")]
    [InlineData("<media:group><media:content url='x'><media:description>وصف</media:description></media:content></media:group>", "وصف", "")]
    [InlineData("<itunes:subtitle>وصف</itunes:subtitle>", "وصف", "")]
    [InlineData("<dcterms:abstract>وصف</dcterms:abstract>", "وصف", "")]
    public void Text_is_found_wherever_it_is_written(string inside, string summary, string content)
    {
        var item = Item(inside);
        Assert.Equal((summary, content), (item.Summary, item.Content));
    }

    [Theory]
    [InlineData("<![CDATA[خبر<script>if (a<b) track()</script> عاجل]]>", "خبر عاجل")]
    [InlineData("<![CDATA[خبر<!-- <b>مسودة</b> --> عاجل]]>", "خبر عاجل")]
    [InlineData("<![CDATA[خبر<STYLE>p{}</style>]]>", "خبر")]
    [InlineData("<![CDATA[خبر <b>عاجل</b>]]>", "خبر <b>عاجل</b>")]
    [InlineData("3 &lt; 5", "3 < 5")]
    [InlineData("don&#146;t", "don’t")]
    [InlineData("&#226;&#128;&#166;", "…")]
    public void A_title_is_one_line_without_what_nobody_reads(string written, string title) => Assert.Equal(title, Item($"<title>{written}</title>").Title);

    [Fact]
    public void A_channel_definition_says_things_in_attributes()
    {
        var item = Assert.Single(Parse("<CHANNEL HREF=\"https://a.example/\"><ITEM HREF=\"https://a.example/1\" LASTMOD=\"2026-11-22T10:00:00+03:00\"><TITLE>خبر</TITLE><ABSTRACT>ملخص</ABSTRACT></ITEM></CHANNEL>").Items);
        Assert.Equal(("خبر", "https://a.example/1", "ملخص", 22), (item.Title, item.Link, item.Summary, item.Updated!.Value.Day));
    }

    [Fact]
    public void Base64_and_escaped_markup_are_read_as_atom_means_them()
    {
        var encoded = Convert.ToBase64String("<p>متن</p>"u8);
        var item = Assert.Single(Parse($"<feed version=\"0.3\" xmlns=\"http://purl.org/atom/ns#\"><entry><title mode=\"escaped\" type=\"text/html\">&lt;i&gt;خبر&lt;/i&gt;</title><content mode=\"base64\" type=\"text/html\">{encoded}</content></entry></feed>").Items);
        Assert.Equal(("<i>خبر</i>", "<p>متن</p>"), (item.Title, item.Content));
    }

    [Fact]
    public void Json_items_are_read_as_careless_programs_write_them()
    {
        var feed = Parse("{\r\n// by hand\r\n\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"c\",\"items\":[{\"id\":7,\"title\":\"سطر\nثان\",\"content_text\":\"إذا كان a<b فلا\"},{\"id\":8.5,\"title\":\"مقطوع \\uD83D\"},{\"id\":\"9\",\"title\":\"\\uD83D\\uDE00\"},],}\r\n");
        Assert.Equal([("7", "سطر ثان"), ("8.5", "مقطوع \uFFFD"), ("9", "😀")], feed.Items.Select(i => (i.Id!, i.Title)));
        Assert.Equal("إذا كان a&lt;b فلا", feed.Items[0].Content);
        Assert.Equal(["a line break or tab inside a JSON string was escaped", "half a character in a JSON string was replaced"], feed.Problems);
    }

    [Fact]
    public void Of_more_items_than_any_honest_feed_has_the_first_are_read()
    {
        var feed = Parse("<rss version=\"2.0\"><channel>" + new StringBuilder().Insert(0, "<item><title>t</title></item>", 10_001) + "</channel></rss>");
        Assert.Equal(10_000, feed.Items.Count);
        Assert.Equal(["only the first 10000 items are read"], feed.Problems);
        feed = Parse("{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[" + new StringBuilder().Insert(0, "{\"id\":\"1\"},", 10_001) + "],\"title\":\"بعد\"}");
        Assert.Equal((10_000, "بعد"), (feed.Items.Count, feed.Title));
        Assert.Equal(["only the first 10000 items are read"], feed.Problems);
    }

    private static FeedItem Item(string inside) => Assert.Single(Parse(
        $"""
        <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"
          xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:dcterms="http://purl.org/dc/terms/"
          xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0" xmlns:xhtml="http://www.w3.org/1999/xhtml"><channel><item>{inside}</item></channel></rss>
        """).Items);

    private static Feed Parse(string document) =>
        FeedParser.Parse(Encoding.UTF8.GetBytes(document), null, new Uri("https://a.example/rss"), TimeZoneInfo.Utc, new FakeTimeProvider(Now));
}
