using System.Text.Json;
using System.Text.Json.Nodes;
using NewsMonitor.Articles;
using NewsMonitor.Feeds;
using NewsMonitor.Sources;
using NewsMonitor.Storage;

namespace NewsMonitor.Tests.Unit.Articles;

public sealed class ArticleReaderTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly Source Source = new("a.example-1", "وكالة", "https://a.example/rss", "ar", "IQ", "https://a.example/news", "", true);
    private static readonly FeedItem Item = new("guid-1", "خبر <b>عاجل</b>", "https://a.example/news/1?utm_source=rss", Now, null, " كاتب ", "<p>ملخص</p>", "<p>متن أطول</p><p>من الملخص</p>");

    [Fact]
    public void An_article_is_plain_text_with_its_origin()
    {
        var article = ArticleReader.Read(Source, Item, Now.AddHours(1), "abc");
        Assert.Matches("^[0-9a-f]{32}$", article.Id);
        Assert.Equal(
            new Article(article.Id, "https://a.example/news/1", "خبر عاجل", "متن أطول\nمن الملخص", "كاتب", Now, Now.AddHours(1), "a.example-1", "وكالة", "ar", "abc") { ItemId = "guid-1" },
            article);
    }

    [Fact]
    public void Whatever_a_feed_edits_the_article_is_the_same()
    {
        var id = Id(Item);
        Assert.Equal(id, Id(Item with { Title = "x", Summary = "y", Content = "z", Author = null, Published = null }));
        Assert.Equal(id, Id(Item with { Id = "another" }));
        Assert.Equal(id, Id(Item with { Id = null }));
        Assert.Equal(id, Id(Item with { Link = "http://m.a.example/news/1/?fbclid=2#comments" }));
        Assert.Equal(id, ArticleReader.Read(Source with { Id = "other" }, Item, Now, "").Id);
        Assert.NotEqual(id, Id(Item with { Link = "https://a.example/news/2" }));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("https://a.example/")]
    [InlineData("https://a.example/news/")]
    [InlineData("https://www.a.example/rss")]
    [InlineData("javascript:void(0)")]
    public void Without_an_address_of_its_own_guid_and_title_tell_within_its_source(string? link)
    {
        var item = Item with { Link = link };
        Assert.Equal(Id(item), Id(item with { Content = "y", Published = null }));
        Assert.NotEqual(Id(item), Id(item with { Id = "guid-2" }));
        Assert.NotEqual(Id(item), Id(item with { Title = "used again" }));
        Assert.NotEqual(Id(item), ArticleReader.Read(Source with { Id = "other" }, item, Now, "").Id);
    }

    [Fact]
    public void Without_address_and_guid_title_and_text_tell()
    {
        var item = Item with { Link = null, Id = null };
        Assert.Equal(Id(item), Id(item with { Published = null, Author = "x" }));
        Assert.NotEqual(Id(item), Id(item with { Title = "x" }));
        Assert.NotEqual(Id(item), Id(item with { Content = "<p>another text, and a longer one</p>" }));
    }

    [Fact]
    public void An_address_that_a_whole_feed_shares_is_nobodys()
    {
        var items = Enumerable.Range(1, 4).Select(i => Item with { Id = $"g{i}", Title = $"t{i}", Link = "https://a.example/live.php" }).ToList();
        Assert.Equal(4, Read(items).Select(a => a.Id).Distinct().Count());

        // The same article listed twice, its title edited, is one.
        Assert.Single(Read([Item, Item with { Title = "edited" }]).Select(a => a.Id).Distinct());
    }

    [Fact]
    public void An_item_without_a_title_is_called_by_its_first_line()
    {
        var article = ArticleReader.Read(Source, Item with { Title = " " }, Now, "");
        Assert.Equal("متن أطول", article.Title);
    }

    [Fact]
    public void The_page_of_an_article_adds_its_text_and_changes_nothing_else()
    {
        var article = ArticleReader.Read(Source, Item with { Published = null }, Now, "abc");
        var page = new PageText("عنوان الصفحة", "متن أطول\nمن الملخص\nوفقرة ثالثة لم يقلها الملخص", "https://a.example/other", Now.AddHours(-2), null);
        Assert.Equal(
            article with { Text = page.Text, Published = Now.AddHours(-2), TextFrom = ArticleText.Page },
            ArticleReader.WithPage(article, page));
        Assert.Equal(ArticleText.Feed, article.TextFrom);
    }

    [Fact]
    public void A_summary_that_the_page_does_not_have_stands_before_its_text()
    {
        var article = ArticleReader.Read(Source, Item with { Summary = "<p>خلاصة من المحرر</p><p>بدأت الجولة الأولى من المفاوضا…</p><p>خبر عاجل</p><p>اقرأ المزيد</p>", Content = "" }, Now, "abc");
        var page = new PageText(null, "بدأت الجولة الأولى من المفاوضات صباح اليوم في العاصمة، بحضور وفدين، وتستمر يومين. وقال ناطق إنها تقنية.", null, null, null);
        Assert.Equal($"خلاصة من المحرر\n{page.Text}", ArticleReader.WithPage(article, page).Text);
    }

    [Fact]
    public void A_page_that_says_less_than_the_feed_leaves_it_as_it_is()
    {
        var article = ArticleReader.Read(Source, Item, Now, "abc");
        Assert.Equal(article, ArticleReader.WithPage(article, new PageText("x", "قصير", null, Now.AddDays(-1), null)));
        Assert.Equal(article, ArticleReader.WithPage(article, new PageText(null, "", null, null, "the page only asks for consent to cookies")));
    }

    [Fact]
    public void A_date_after_the_page_was_read_is_none()
    {
        var article = ArticleReader.Read(Source, Item with { Published = null }, Now, "abc");
        Assert.Null(ArticleReader.WithPage(article, new PageText(null, "", null, Now.AddHours(1), "x")).Published);
    }

    [Fact]
    public void An_article_stored_before_pages_were_read_has_its_text_from_the_feed()
    {
        var article = ArticleReader.Read(Source, Item, Now, "abc") with { TextFrom = ArticleText.Page };
        var json = Documents.ToBlob(article).ToString();
        Assert.Contains("\"textFrom\": \"page\"", json, StringComparison.Ordinal);
        Assert.Equal(article, JsonSerializer.Deserialize<Article>(json, Documents.Readable));
        var older = JsonNode.Parse(json)!.AsObject();
        older.Remove("textFrom");
        Assert.Equal(ArticleText.Feed, older.Deserialize<Article>(Documents.Readable)!.TextFrom);
    }

    private static string Id(FeedItem item) => ArticleReader.Read(Source, item, Now, "").Id;

    private static IReadOnlyList<Article> Read(IReadOnlyList<FeedItem> items) =>
        ArticleReader.ReadAll(Source, new Feed("RSS 2.0", "", null, items, []), Now, "");
}
