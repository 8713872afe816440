using System.Text;
using NewsMonitor.Articles;
using NewsMonitor.Tests.Unit.Articles.Pages;

namespace NewsMonitor.Tests.Unit.Articles;

public sealed class ArticlePageTests
{
    private static readonly Uri Address = new("https://www.site.example/news/77?utm_source=rss");

    [Theory]
    [InlineData("<link rel=canonical href='/news/other'>", "https://www.site.example/news/other")]
    [InlineData("<link rel='nofollow canonical' href='https://m.site.example:443/news/1?fbclid=x#top'>", "https://m.site.example/news/1")]
    [InlineData("<meta property=og:url content='http://site.example/news/2'>", "http://site.example/news/2")]
    [InlineData("<link rel=canonical href='/news/3'><meta property=og:url content='https://site.example/news/4'>", "https://www.site.example/news/3")]
    [InlineData("<link rel=canonical href='/news/3'><link rel=canonical href='/news/3?utm_medium=x'>", "https://www.site.example/news/3")]
    public void A_page_gives_its_own_address(string head, string canonical) => Assert.Equal(canonical, Read(head, Paragraphs).CanonicalAddress);

    [Theory]
    [InlineData("<link rel=canonical href='https://www.aljazeera.net/news/1'>")]
    [InlineData("<link rel=canonical href='https://site.example.evil.example/news/1'>")]
    [InlineData("<link rel=canonical href='https://other.site.example/news/1'>")]
    [InlineData("<link rel=canonical href='https://example/news/1'>")]
    [InlineData("<link rel=canonical href='https://site.example:8443/news/1'>")]
    [InlineData("<link rel=canonical href='https://site.example@evil.example/news/1'>")]
    [InlineData("<link rel=canonical href='//evil.example/news/1'>")]
    [InlineData("<link rel=canonical href='//\u200F  '>")]
    [InlineData("<base href='https://evil.example/'><link rel=canonical href='javascript:alert(1)'>")]
    [InlineData("<link rel=canonical href='https://site.example/'>")]
    [InlineData("<link rel=canonical href='/news/1'><link rel=canonical href='/news/2'>")]
    [InlineData("<link rel=canonical href='https://evil.example/1'><meta property=og:url content='/news/2'>")]
    [InlineData("</head><body><link rel=canonical href='/news/1'><meta property=og:url content='/news/1'>")]
    [InlineData("<p>comment<link rel=canonical href='/news/1'>")]
    public void A_page_cannot_take_another_address(string head) => Assert.Null(Read(head, Paragraphs).CanonicalAddress);

    [Theory]
    [InlineData("<meta property='article:published_time' content='2026-11-23T11:30:00+03:00'>")]
    [InlineData("<meta name=pubdate content='23/11/2026 11:30'>")]
    [InlineData("<meta property='article:published_time' content='soon'><meta itemprop=datePublished content='Mon, 23 Nov 2026 08:30:00 GMT'>")]
    [InlineData("<script type='application/ld+json'>{\"@context\":\"https://schema.org\",\"@graph\":[{\"@type\":\"WebPage\",\"datePublished\":\"2020-01-01\"},{\"@type\":[\"NewsArticle\"],\"datePublished\":\"2026-11-23 11:30\"}]}</script>")]
    [InlineData("</head><body><time datetime='2026-11-23T08:30Z' itemprop=datePublished>أمس</time>")]
    [InlineData("</head><body><time datetime='2026-11-23T08:30Z' class='entry-date published'>أمس</time><time datetime='2026-11-24T08:30Z' class=updated>اليوم</time>")]
    public void A_page_says_when_it_was_published(string head) =>
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 8, 30, 0, TimeSpan.Zero), Read(head, Paragraphs).Published);

    [Theory]
    [InlineData("</head><body><time datetime='2026-11-23T08:30Z'>للخبر الأول</time>")]
    [InlineData("</head><body><time datetime='2026-11-23T08:30Z' pubdate></time><time datetime='2026-11-22T08:30Z' pubdate></time>")]
    [InlineData("<script type='application/ld+json'>[{\"@type\":\"NewsArticle\",\"headline\":\"أول\",\"datePublished\":\"2026-11-23\"},{\"@type\":\"NewsArticle\",\"headline\":\"ثان\",\"datePublished\":\"2026-11-22\"}]</script>")]
    [InlineData("<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"datePublished\":</script>")]
    public void A_date_that_may_be_of_something_else_is_none(string head) => Assert.Null(Read(head, Paragraphs).Published);

    [Theory]
    [InlineData("<title>Just a moment...</title>", "<div class=main><h2>Checking your browser before accessing the site</h2></div>", "a person reads")]
    [InlineData("<title>خبر</title>", "<p>سجل الدخول لقراءة بقية المقال، فهذا المحتوى مخصص للمشتركين في الصحيفة.</p>", "subscribers")]
    [InlineData("<title>404</title>", "<h1>عذراً، الصفحة غير موجودة</h1><p>ربما حذفت الصفحة التي تبحث عنها أو تغير عنوانها في الموقع الجديد.</p>", "no such page")]
    [InlineData("<title>الصفحة غير موجودة - شبكة</title>", "<p>يمكنك العودة إلى الصفحة الرئيسية أو البحث عن الخبر الذي تريده في أرشيف الموقع.</p>", "no such page")]
    [InlineData("<title>Consent</title>", "<p>نستخدم نحن وشركاؤنا ملفات تعريف الارتباط لتخزين المعلومات على جهازك، فهل توافق على ذلك؟</p>", "cookies")]
    [InlineData("<title>صحيفة</title>", "<noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div>", "JavaScript")]
    [InlineData("<title>صحيفة</title>", "<div id='__next'></div><script src=a.js></script>", "JavaScript")]
    [InlineData("<title>أخبار</title>", "<p>قصير</p>", "too little")]
    [InlineData("<title>أخبار</title>", "", "too little")]
    public void A_page_without_an_article_says_why(string head, string body, string why)
    {
        var page = Read(head, body);
        Assert.Empty(page.Text);
        Assert.Contains(why, page.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_of_links_is_no_article()
    {
        var page = Read("<title>سياسة</title>", string.Concat(Enumerable.Repeat($"<section>{Around.Links("<h3>", "</h3>")}</section>", 5)));
        Assert.Equal(("", "a page of links, not an article"), (page.Text, page.Problem));
    }

    [Theory]
    [InlineData("%PDF-1.7 ...", "PDF")]
    [InlineData("{\"a\":1}", "JSON")]
    [InlineData("<?xml version='1.0'?><rss version='2.0'></rss>", "a feed")]
    [InlineData("GIF89a", "an image")]
    [InlineData("   ", "empty")]
    [InlineData("", "empty")]
    [InlineData("كلام", "not HTML")]
    public void What_is_no_page_is_called_so(string bytes, string what) =>
        Assert.Contains(what, ArticlePage.Read(Encoding.UTF8.GetBytes(bytes), null, Address).Problem, StringComparison.Ordinal);

    [Fact]
    public void A_sentence_of_breaking_news_is_an_article()
    {
        var page = Read("<title>عاجل</title>", "<h1>عاجل</h1><p>وصول وفد فني إلى العاصمة لبحث ملف الربط الكهربائي مع دول الجوار</p>");
        Assert.Equal(("وصول وفد فني إلى العاصمة لبحث ملف الربط الكهربائي مع دول الجوار", null), (page.Text, page.Problem));
    }

    [Fact]
    public void Structured_data_that_are_cut_off_do_not_cut_the_article()
    {
        var start = string.Join(' ', Story.Floods.Paragraphs)[..300] + "…";
        var page = Read($"<script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"articleBody\":\"{start.Replace("\"", "", StringComparison.Ordinal)}\"}}</script>", Paragraphs);
        Assert.Equal(Story.Floods.Body, page.Text);
    }

    [Fact]
    public void Text_that_only_structured_data_have_is_read()
    {
        var page = Read($"<script type='application/ld+json'><!--\n{{\"@type\":\"NewsArticle\",\"articleBody\":\"<p>{string.Join("</p>\n<p>", Story.Market.Paragraphs)}</p>\",}}\n--></script>", "<div id=root></div>");
        Assert.Equal(Story.Market.Body, page.Text);
    }

    [Fact]
    public void The_charset_is_the_servers_the_pages_or_what_reads_as_Arabic()
    {
        _ = ArticlePage.Read(default, null, Address);
        var bytes = Encoding.GetEncoding("windows-1256").GetBytes($"<html><title>{Story.Floods.Title}</title>{Paragraphs}");
        Assert.Equal(Story.Floods.Body, ArticlePage.Read(bytes, "windows-1256", Address).Text);
        Assert.Equal(Story.Floods.Body, ArticlePage.Read(bytes, "utf-8", Address).Text);
        Assert.Equal(Story.Floods.Title, ArticlePage.Read(bytes, null, Address).Title);
    }

    private static string Paragraphs => Story.Floods.In("<p>", "</p>");

    private static PageText Read(string head, string body) =>
        ArticlePage.Read(Encoding.UTF8.GetBytes($"<html><head><meta charset=utf-8>{head}{(head.Contains("<body>", StringComparison.Ordinal) ? "" : "</head><body>")}{body}</body></html>"), null, Address, TimeZoneInfo.CreateCustomTimeZone("b", TimeSpan.FromHours(3), "b", "b"));
}
