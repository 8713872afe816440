using NewsMonitor.Feeds;

namespace NewsMonitor.Tests.Unit.Feeds;

public sealed class FeedPageTests
{
    private static readonly Uri Page = new("https://news.a.example/ar/index.html");

    [Theory]
    [InlineData("<link rel=\"alternate\" type=\"application/rss+xml\" href=\"/feed/\">", FeedHint.Declared, "https://news.a.example/feed/")]
    [InlineData("<LINK REL='nofollow ALTERNATE' TYPE='application/atom+xml; charset=utf-8' HREF=' feed.xml '/>", FeedHint.Declared, "https://news.a.example/ar/feed.xml")]
    [InlineData("<link rel=feed href=//b.example/x>", FeedHint.Declared, "https://b.example/x")]
    [InlineData("<a rel=alternate type=application/rss+xml href=x.php?a=1&amp;b=2>", FeedHint.Declared, "https://news.a.example/ar/x.php?a=1&b=2")]
    [InlineData("<link rel=alternate type=application/json href=/feed.json>", FeedHint.Declared, "https://news.a.example/feed.json")]
    [InlineData("<base href=https://c.example/z/><base href=https://d.example/><link rel=alternate type=text/xml href=f>", FeedHint.Declared, "https://c.example/z/f")]
    [InlineData("<link rel=EditURI type=application/rsd+xml href=https://news.a.example/blog/xmlrpc.php?rsd>", FeedHint.Linked, "https://news.a.example/blog/feed/")]
    [InlineData("<link rel=https://api.w.org/ href=https://news.a.example/wp-json/>", FeedHint.Linked, "https://news.a.example/feed/")]
    [InlineData("<a href=/ar/rss>", FeedHint.Linked, "https://news.a.example/ar/rss")]
    [InlineData("<a href=/rss-iraq.aspx>", FeedHint.Linked, "https://news.a.example/rss-iraq.aspx")]
    [InlineData("<a href=feed:https://www.a.example/x.rss>", FeedHint.Linked, "https://www.a.example/x.rss")]
    [InlineData("<area href='?feed=rss2'>", FeedHint.Linked, "https://news.a.example/ar/index.html?feed=rss2")]
    [InlineData("<a href=http://feeds.feedburner.com/aexample>", null, null)]
    [InlineData("<a href=http://feeds.feedburner.com/rss/aexample>", FeedHint.Linked, "http://feeds.feedburner.com/rss/aexample")]
    [InlineData("<a href=https://other.example.org/rss>", null, null)]
    [InlineData("<a href=/feedback/>", null, null)]
    [InlineData("<a href=/sitemap.xml>", null, null)]
    [InlineData("<a href=/img/rss.png>", null, null)]
    [InlineData("<link rel=stylesheet href=/rss.css>", null, null)]
    [InlineData("<link rel=alternate hreflang=en href=/en/>", null, null)]
    [InlineData("<link rel=alternate type=application/json href=/wp-json/wp/v2/pages/2>", null, null)]
    [InlineData("<link rel=alternate type=application/rss+xml href=''>", null, null)]
    [InlineData("<script>'<link rel=alternate type=application/rss+xml href=/x>'</script>", null, null)]
    [InlineData("<title><link rel=alternate type=application/rss+xml href=/x></title>", null, null)]
    [InlineData("<!-- <link rel=alternate type=application/rss+xml href=/x> -->", null, null)]
    [InlineData("<a href=javascript:rss>", null, null)]
    public void A_page_names_its_feeds(string html, FeedHint? hint, string? address)
    {
        var found = FeedPage.Candidates($"<html><head>{html}", Page);
        if (hint is null)
            Assert.Empty(found);
        else
            Assert.Equal([(hint, address)], found.Select(f => ((FeedHint?)f.Hint, (string?)f.Address)));
    }

    [Fact]
    public void Each_is_told_once_the_declared_before_the_linked_and_not_without_end()
    {
        var many = string.Concat(Enumerable.Range(0, 100).Select(i => $"<a href=/rss/{i}>"));
        var found = FeedPage.Candidates($"<a href=/feed/ title=x>{many}<link rel=alternate type=application/rss+xml href=/feed/ title=y><link rel=alternate type=application/rss+xml href=/last>", Page);
        Assert.Equal(20, found.Count);
        Assert.Equal([("/feed/", "y"), ("/last", null)], found.Take(2).Select(f => (new Uri(f.Address).AbsolutePath, f.Title)));
        Assert.All(found.Skip(2), f => Assert.Equal(FeedHint.Linked, f.Hint));
    }

    [Fact]
    public void Usual_addresses_are_few_of_this_host_only_and_begin_where_the_page_lies()
    {
        var usual = FeedAddresses.UsualOf(new Uri("https://a.example/ar/news")).ToList();
        Assert.Equal(["/ar/news/feed/", "/ar/news/rss", "/ar/news/rss.xml", "/feed/"], usual.Take(4).Select(u => u.AbsolutePath));
        Assert.InRange(usual.Count, 12, 14);
        Assert.All(usual, u => Assert.Equal("a.example", u.Host));
        Assert.Equal(12, FeedAddresses.UsualOf(new Uri("https://a.example/?x=1")).Distinct().Count());
    }

    [Theory]
    [InlineData("en-US", "بغداد وواشنطن تستأنفان الحوار الاستراتيجي", true)]
    [InlineData("ar", "Baghdad and Washington resume their dialogue", false)]
    [InlineData("ar", "گفتگوی استراتژیک میان تهران و پکن از سر گرفته شد", false)]
    [InlineData("ar", "", true)]
    [InlineData(null, "", false)]
    public void Words_go_before_the_label_of_a_language(string? label, string title, bool isArabic)
    {
        var items = title.Length == 0 ? Array.Empty<FeedItem>() : [new FeedItem(null, title, null, null, null, null, "", "")];
        Assert.Equal(isArabic, ArabicShare.IsArabic(new Feed("RSS 2.0", "", label, items, [])));
    }
}
