using NewsMonitor.Articles;
using NewsMonitor.Sources;
using NewsMonitor.Storage;

namespace NewsMonitor.Tests.Unit.Articles;

public sealed class CanonicalUrlTests
{
    [Theory]
    [InlineData("HTTPS://WWW.Example.COM:443/News/1#top", "https://www.example.com/News/1")]
    [InlineData("http://example.com", "http://example.com/")]
    [InlineData("http://example.com:8080/a?", "http://example.com:8080/a")]
    [InlineData("https://user:secret@example.com/a", "https://example.com/a")]
    [InlineData("https://e.com/a?utm_source=rss&id=7&UTM_Medium=x&fbclid=y", "https://e.com/a?id=7")]
    [InlineData("https://e.com/a?id=7&amp;utm_source=rss", "https://e.com/a?id=7")]
    [InlineData("https://www.dw.com/ar/a-1?maca=ara-rss-ar-all-1493-rdf", "https://www.dw.com/ar/a-1")]
    [InlineData("https://www.aljazeera.net/n/1?traffic_source=rss", "https://www.aljazeera.net/n/1")]
    [InlineData("https://e.com/a?source=rss&ref=7", "https://e.com/a?ref=7")]
    [InlineData("https://e.com/خبر/عاجل?q=عراق", "https://e.com/%D8%AE%D8%A8%D8%B1/%D8%B9%D8%A7%D8%AC%D9%84?q=%D8%B9%D8%B1%D8%A7%D9%82")]
    [InlineData("https://e.com/%d8%ae%d8%a8%d8%b1/%41%2fb", "https://e.com/%D8%AE%D8%A8%D8%B1/A%2Fb")]
    [InlineData("https://e.com/100%", "https://e.com/100%25")]
    [InlineData("https://e.com/2026/news/amp/", "https://e.com/2026/news/")]
    [InlineData("https://e.com/news?amp=1&id=2", "https://e.com/news?id=2")]
    [InlineData("https://www.google.com/amp/s/e.com/news/1", "https://e.com/news/1")]
    [InlineData("https://e-com.cdn.ampproject.org/c/s/e.com/news/1/amp/", "https://e.com/news/1/")]
    [InlineData("https://www.google.com/url?rct=j&sa=t&url=https://e.com/news/1%3Fid%3D2&ct=ga", "https://e.com/news/1?id=2")]
    [InlineData("http://[2001:DB8::1]:8080/a", "http://[2001:db8::1]:8080/a")]
    [InlineData("https://موقع.example/خبر", "https://xn--4gbrim.example/%D8%AE%D8%A8%D8%B1")]
    public void An_address_has_one_spelling(string link, string canonical) => Assert.Equal(canonical, CanonicalUrl.Of(link));

    [Theory]
    [InlineData("https://www.bbc.com/arabic/articles/c1?at_medium=RSS&at_campaign=rss&at_custom9=x", "https://www.bbc.com/arabic/articles/c1")]
    [InlineData("https://e.com/a?outputType=amp", "https://e.com/a")]
    [InlineData("https://e.com/a?view=amp&p=123", "https://e.com/a?p=123")]
    [InlineData("https://e.com/a?feed_id=9&articleid=5", "https://e.com/a?articleid=5")]
    [InlineData("https://e.com/a?id=5&amp;lang=ar#ref=rss", "https://e.com/a?id=5&lang=ar")]
    [InlineData("https://e.com/a?share=facebook&nb=2", "https://e.com/a?nb=2")]
    [InlineData("https://e.com/a?share=17", "https://e.com/a?share=17")]
    [InlineData("https://e.com/a?print=1&id=1", "https://e.com/a?id=1")]
    [InlineData("https://e.com/2026/11/x.html?m=1", "https://e.com/2026/11/x.html")]
    [InlineData("https://e.com/a?m=12", "https://e.com/a?m=12")]
    [InlineData("https://e.com/a?rss=12", "https://e.com/a?rss=12")]
    [InlineData("https://e.com/a.aspx;jsessionid=0A1B?id=3&PHPSESSID=abc&ASPSESSIONIDQQ=x", "https://e.com/a.aspx?id=3")]
    [InlineData("https://e.com/a;JSESSIONID=0A1B.n1/b", "https://e.com/a/b")]
    [InlineData("https://E.com.:443/a", "https://e.com/a")]
    [InlineData("http://e.com:443/a", "http://e.com:443/a")]
    [InlineData(" https://e.com/خبر\u200F\u202C", "https://e.com/%D8%AE%D8%A8%D8%B1")]
    [InlineData("https://e.com/a?_x_tr_sl=ar&_x_tr_tl=en&replytocom=7", "https://e.com/a")]
    [InlineData("https://e.com/?p=123&utm_id=4", "https://e.com/?p=123")]
    [InlineData("https://e.com/a/../b/./c", "https://e.com/b/c")]
    [InlineData("https://e.com/amp/news/1", "https://e.com/amp/news/1")]
    [InlineData("https://e.com/camp/", "https://e.com/camp/")]
    public void What_sites_add_to_an_address_is_taken_off(string link, string canonical) => Assert.Equal(canonical, CanonicalUrl.Of(link));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/relative")]
    [InlineData("//\u200F  ")]
    [InlineData("https://./a")]
    [InlineData("javascript:alert(1)")]
    [InlineData("mailto:x@y")]
    [InlineData("file:///etc/passwd")]
    public void What_is_no_web_address_is_null(string? link) => Assert.Null(CanonicalUrl.Of(link));

    [Theory]
    [InlineData("http://www.example.com/a/", "https://example.com/a")]
    [InlineData("https://m.example.com/a", "https://www.example.com/a")]
    [InlineData("https://amp.example.com/a", "https://example.com/a")]
    [InlineData("https://mobile.example.com//a", "https://example.com/a")]
    [InlineData("https://example.com/خبر", "https://example.com/%d8%ae%d8%a8%d8%b1")]
    [InlineData("https://example.com/amp/news/1", "https://www.example.com/news/1/")]
    [InlineData("https://example.com/news/1/amp/", "https://example.com/news/1")]
    [InlineData("https://example.com/news/1.amp.html", "https://example.com/news/1.html")]
    [InlineData("https://example.com/news/1.amp", "https://example.com/news/1")]
    [InlineData("https://example.com/a?b=2&id=1", "https://example.com/a?id=1&b=2")]
    [InlineData("https://example.com/news/index.php?id=5", "https://example.com/news/?id=5")]
    [InlineData("https://example.com/index.php/a/", "http://m.example.com/index.php/a")]
    [InlineData("https://wap.example.com//a///b", "https://EXAMPLE.com./a/b")]
    [InlineData("https://موقع.example/%D8%AE%d8%a8%D8%B1?utm_source=x", "http://www.xn--4gbrim.example:80/خبر")]
    public void Two_addresses_of_one_article_have_one_key(string one, string other) =>
        Assert.Equal(CanonicalUrl.Key(CanonicalUrl.Of(one)!), CanonicalUrl.Key(CanonicalUrl.Of(other)!));

    [Theory]
    [InlineData("https://example.com/a", "https://example.com/A")]
    [InlineData("https://example.com/a?id=1", "https://example.com/a?id=2")]
    [InlineData("https://m.co/a", "https://co/a")]
    [InlineData("https://ar.example.com/a", "https://example.com/a")]
    [InlineData("https://example.com/a%2Fb", "https://example.com/a/b")]
    [InlineData("https://example.com/?p=1", "https://example.com/?p=2")]
    [InlineData("https://example.com/view.php?articleid=1", "https://example.com/view.php?articleid=2")]
    [InlineData("https://example.com/amp", "https://example.com/")]
    [InlineData("https://example.com/index.php/a", "https://example.com/index.php/b")]
    [InlineData("https://example.com:8080/a", "https://example.com/a")]
    public void Two_articles_have_two_keys(string one, string other) =>
        Assert.NotEqual(CanonicalUrl.Key(CanonicalUrl.Of(one)!), CanonicalUrl.Key(CanonicalUrl.Of(other)!));

    [Theory]
    [InlineData("https://example.com", true)]
    [InlineData("https://www.example.com/ar/", true)]
    [InlineData("https://example.com/index.php", true)]
    [InlineData("https://example.com/?p=12", false)]
    [InlineData("https://example.com/index.php?id=3", false)]
    [InlineData("https://example.com/خبر", false)]
    public void A_site_is_not_an_article(string url, bool root) => Assert.Equal(root, CanonicalUrl.IsSiteRoot(CanonicalUrl.Of(url)!));

    /// <summary>Links are strangers' text: one that breaks a parser must not take its feed along. The seed is fixed.</summary>
    [Fact]
    public void No_link_throws_and_a_canonical_address_is_its_own()
    {
        string[] pieces = ["http://", "https://", "xn--", "a.example", "..", "/", "//", "?", "&", "=", "#", "%", "%D8", "%00", "@", ":", "80", "[", "]", "::1", "\uD800", "خبر", "。", "\u200F", " ", "amp", "url=", "www.google.com/url?", "-", "ß", ";jsessionid=1", "/index.php", ".amp", "?m=1", ".:", "amp;", "share=x", "\u0000", "0x7f.1", "١"];
        var random = new Random(4);
        for (var run = 0; run < 20_000; run++)
        {
            var link = (run % 2 == 0 ? "https://" : "") + string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => pieces[random.Next(pieces.Length)]));
            if (CanonicalUrl.Of(link) is { } canonical)
            {
                Assert.NotEmpty(CanonicalUrl.Key(canonical));
                _ = CanonicalUrl.IsSiteRoot(canonical);
                Assert.Equal(canonical, CanonicalUrl.Of(canonical));
            }

            if (link.StartsWith("http", StringComparison.Ordinal) && SourceAddress.Normalize(link) is { } address)
            {
                Assert.True(BlobPath.IsValid(SourceAddress.Id(address)), SourceAddress.Id(address));
                Assert.DoesNotContain('\u0000', SourceAddress.Shown(address));
            }
        }
    }
}
