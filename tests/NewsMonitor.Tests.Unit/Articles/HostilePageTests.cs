using System.Text;
using NewsMonitor.Articles;

namespace NewsMonitor.Tests.Unit.Articles;

/// <summary>
/// Pages that were made to be expensive. What is allocated in all is more than what is held at any time, so it bounds both, and a bound on
/// it is the same on a busy machine: work that grows with the square of a page allocates so too, or is seen as a test that never ends.
/// </summary>
public sealed class HostilePageTests
{
    private const string Prose = "<p>كلمة في الجملة الأولى من الخبر، وأخرى بعدها، ثم ثالثة تختم الفقرة التي لا يزيد طولها على سطرين.</p>";

    private static readonly Uri Address = new("https://site.example/news/77");

    public static TheoryData<string, string> Repeated =>
    [
        ("nesting", "<div>"), ("nesting with text", "<div>text، here"), ("tables and bold", "<table><b>x"), ("cells", "<table><tr><td>"), ("rows", "<tr><td>كلمة، "),
        ("less than", "<"), ("end tag opened", "</"), ("ampersand", "&"), ("entity", "&#1575;"), ("no entity", "&notit"), ("comment", "<!--"), ("data", "<![CDATA["),
        ("drawing", "<svg>"), ("script", "<script>"), ("scripts", "<script></script>"), ("link", "<a href=x>x "), ("link with block", "<a href=x><div>x"),
        ("item", "<li>كلمة، "), ("breaks", "كلمة، <br><br>"), ("paragraph", Prose), ("heading", "<h2>اقرأ أيضا</h2>"), ("title", "<h1>عنوان الخبر الطويل هنا</h1>"),
        ("list", "<ul><li><a href=x>عنوان خبر</a></ul>"), ("select", "<select><option>x"), ("comma", "،"), ("nothing", "\0"), ("names", "<title>x"), ("end", "</p>"),
        ("section", "<section><p>كلمة، كلمة، كلمة، كلمة</p>"), ("crossed", "<div><section></div></section>"), ("pointer", "<p>اقرأ "), ("related", "<div class=\"related-x-y relatedZ\"></div>"),
        ("times", "<time datetime=2026-01-01 pubdate>x"), ("canonical", "<link rel=canonical href=/x>"), ("off screen", "<span class=sr-only>x"), ("words", "كلمة "),
        ("data", "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"x\"}</script>"),
    ];

    [Theory]
    [MemberData(nameof(Repeated))]
    public void A_page_of_one_thing_repeated_is_read_in_bounds(string name, string part)
    {
        Assert.NotEmpty(name);
        var html = new StringBuilder("<html><body>").Insert(12, part, ArticlePage.MaximumBytes / Encoding.UTF8.GetByteCount(part)).Append(Prose).ToString();
        Bounded(html);
    }

    [Fact]
    public void A_tag_of_a_megabyte_is_read_in_bounds()
    {
        Bounded($"<div class=\"{new string('a', 1_000_000)}\">{Prose}</div>");
        Bounded($"<div {string.Concat(Enumerable.Range(0, 100_000).Select(i => $"a{i} "))}>{Prose}</div>");
        Bounded($"<div {string.Concat(Enumerable.Repeat("class=a ", 200_000))}>{Prose}</div>");
        Bounded(string.Concat(Enumerable.Range(0, 40_000).Select(i => $"<b id={i}><p>x")));
        Bounded(string.Concat(Enumerable.Range(0, 100_000).Select(i => $"<x-{i}>y")));
    }

    [Fact]
    public void Structured_data_are_read_in_bounds()
    {
        Bounded($"<script type='application/ld+json'>{new string('[', 1_000_000)}</script>{Prose}");
        Bounded($"<script type='application/ld+json'>{string.Concat(Enumerable.Repeat("{\"@graph\":[", 100_000))}</script>{Prose}");
        Bounded($"<script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"headline\":\"\\ud800\",\"articleBody\":\"{new string('ك', 500_000)}\"}}</script>{string.Concat(Enumerable.Repeat(Prose, 5_000))}");
    }

    /// <summary>The seed is fixed.</summary>
    [Fact]
    public void No_page_throws()
    {
        string[] pieces =
        [
            "<div>", "</div>", "<p>", "</p>", "<a href=x>", "</a>", "<table>", "<tr>", "<td>", "</table>", "<b>", "</b>", "<ul>", "<li>", "</ul>", "<br>", "<script>", "</script>", "<svg>", "</svg>",
            "كلمة، كلمة أخرى في الجملة التي تطول حتى تصير فقرة", "<form>", "<h2>", "</h2>", "<select>", "<!--", "-->", "&amp;", "<title>", "</title>", "<section class=related>", "</section>", " اقرأ أيضا: ", "\uD800", "\0",
            "<div class=article-body>", "<div hidden>", "<span class=sr-only>", "</span>", "<link rel=canonical href='http://['>", "<meta property=og:url content='//'>", "<script type='application/ld+json'>", "{\"@type\":\"Article\",\"articleBody\":[1]}",
            "{\"@type\":\"LiveBlogPosting\",\"liveBlogUpdate\":{\"headline\":3}}", "<time datetime=x pubdate>", "<body>", "</body>", "<html>", "<head>", "التعليقات",
        ];
        var random = new Random(77);
        for (var run = 0; run < 1_500; run++)
        {
            var html = string.Concat(Enumerable.Range(0, random.Next(1, 200)).Select(_ => pieces[random.Next(pieces.Length)]));
            var page = ArticlePage.Read(Encoding.UTF8.GetBytes(html), random.Next(2) == 0 ? null : "utf-8", Address);
            Assert.True(page.Text.Length > 0 == page.Problem is null, html);
        }
    }

    private static void Bounded(string html)
    {
        var bytes = Encoding.UTF8.GetBytes(html);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var page = ArticlePage.Read(bytes, null, Address);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000_000);
        Assert.InRange(page.Text.Length, 0, HtmlText.MaximumText);
    }
}
