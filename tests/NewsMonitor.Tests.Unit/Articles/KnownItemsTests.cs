using CsCheck;
using NewsMonitor.Articles;
using NewsMonitor.Feeds;
using NewsMonitor.Sources;

namespace NewsMonitor.Tests.Unit.Articles;

/// <summary>An item is recognised by guid, else address, else title and text; what only looks known is new.</summary>
public sealed class KnownItemsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly Source Source = new("a.example-1", "وكالة", "https://a.example/rss", "ar", "IQ", null, "", true);
    private static readonly FeedItem Item = new("guid-1", "بغداد تستضيف الاجتماع", "https://a.example/news/1", Now.AddHours(-1), null, null, "ملخص", "");
    private static readonly FeedItem Other = new("guid-2", "أسعار النفط ترتفع", "https://a.example/news/2", Now.AddHours(-2), null, null, "", "");

    [Fact]
    public void What_was_taken_is_known() => Assert.Empty(After([Item, Other], [Other, Item]));

    [Fact]
    public void A_new_guid_at_the_same_address_makes_nothing_new() =>
        Assert.Empty(After([Item], [Item with { Id = "guid-9", Title = "معدل", Published = Now }]));

    [Fact]
    public void A_new_address_with_the_same_guid_and_title_or_time_makes_nothing_new()
    {
        Assert.Empty(After([Item], [Item with { Link = "https://a.example/new-slug", Published = Now }]));
        Assert.Empty(After([Item], [Item with { Link = "https://a.example/new-slug", Title = "عنوان معدل" }]));
        Assert.Empty(After([Item], [Item with { Link = "https://a.example/new-slug", Title = "بغداد  تستضيف الاجتماع!", Published = null }]));
    }

    [Fact]
    public void A_guid_that_is_used_again_for_another_article_is_new()
    {
        var another = Item with { Link = "https://a.example/news/7", Title = "زلزال يضرب الساحل", Published = Now };
        Assert.Equal(another.Title, Assert.Single(After([Item], [another])).Title);
        Assert.Single(After([Item with { Link = null }], [another with { Link = null }]));
        Assert.Single(After([Item with { Link = null, Published = null }], [another with { Link = null, Published = null }]));
    }

    [Fact]
    public void A_constant_guid_tells_nothing()
    {
        var items = Enumerable.Range(1, 5).Select(i => Item with { Id = "0", Link = null, Title = $"خبر رقم {i}" }).ToList();
        Assert.Equal(5, After([], items).Count);
        Assert.Single(After(items, [.. items, Item with { Id = "0", Link = null, Title = "خبر آخر" }]));
    }

    [Fact]
    public void A_time_that_the_whole_document_has_tells_nothing()
    {
        // The time of building, and guids that number the places in the document.
        List<FeedItem> before = [Item with { Id = "1" }, Other with { Id = "2", Published = Item.Published }];
        List<FeedItem> after =
        [
            Item with { Id = "1", Title = "خبر جديد", Link = "https://a.example/news/3" },
            Item with { Id = "2", Title = "خبر ثان", Link = "https://a.example/news/4" },
        ];
        Assert.Equal(2, After(before, after).Count);
    }

    [Fact]
    public void Without_guid_and_address_title_and_text_tell()
    {
        var item = Item with { Id = null, Link = null };
        Assert.Empty(After([item], [item with { Published = null }]));
        Assert.Single(After([item], [item with { Title = "آخر" }]));
    }

    [Fact]
    public void An_item_that_was_gone_for_a_while_is_still_known_and_one_that_is_gone_for_ever_is_forgotten()
    {
        var known = KnownItems.Unpack(null);
        known.Take(Read([Item]));
        for (var i = 0; i < KnownItems.Beyond - 1; i++)
            known.Take(Read([Numbered(i)]));
        Assert.Empty(known.Take(Read([Item])).New);
        for (var i = 1_000; i < 1_002 + KnownItems.Beyond; i++)
            known.Take(Read([Numbered(i)]));
        Assert.Equal(KnownItems.Beyond + 1, known.Count);
        Assert.Single(known.Take(Read([Item])).New);
    }

    [Fact]
    public void A_document_is_never_cut()
    {
        var known = KnownItems.Unpack(null);
        var many = Read([.. Enumerable.Range(0, 5_000).Select(Numbered)]);
        Assert.Equal(5_000, known.Take(many).New.Count);
        Assert.Empty(KnownItems.Unpack(known.Pack()).Take(many).New);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("not base64")]
    [InlineData("AAAA")]
    public void What_cannot_be_unpacked_counts_as_empty(string? packed) => Assert.Equal(0, KnownItems.Unpack(packed).Count);

    [Fact]
    public void Two_who_polled_at_once_lose_nothing_and_the_later_is_not_pushed_out()
    {
        var shared = Enumerable.Range(0, KnownItems.Beyond).Select(Numbered).ToList();
        var early = Packed([.. shared]);
        var late = Packed([.. shared, Item]);
        foreach (var merged in (string?[])[KnownItems.Merge(early, late), KnownItems.Merge(late, late), KnownItems.Merge(null, late), KnownItems.Merge(late, "")])
            Assert.Empty(KnownItems.Unpack(merged).Take(Read([Item])).New);
        Assert.Equal(KnownItems.Unpack(late).Count, KnownItems.Unpack(KnownItems.Merge(early, late)).Count);
    }

    [Fact]
    public void However_documents_come_and_are_packed_each_item_is_new_once() =>
        Gen.Int[0, 40].Array[0, 12].List[1, 12].Sample(documents =>
        {
            string? packed = null;
            var seen = new HashSet<string>();
            foreach (var document in documents)
            {
                var known = KnownItems.Unpack(packed);
                foreach (var fresh in known.Take(Read([.. document.Select(Numbered)])).New)
                    Assert.True(seen.Add(fresh.Title), fresh.Title);
                packed = known.Pack();
            }

            Assert.Equal(documents.SelectMany(numbers => numbers).Distinct().Count(), seen.Count);
        });

    private static FeedItem Numbered(int number) => new($"g{number}", $"خبر {number}", $"https://a.example/n/{number}", Now.AddMinutes(-number), null, null, "", "");

    private static IReadOnlyList<Article> After(IReadOnlyList<FeedItem> before, IReadOnlyList<FeedItem> document) =>
        KnownItems.Unpack(Packed([.. before])).Take(Read([.. document])).New;

    private static string Packed(params FeedItem[] items)
    {
        var known = KnownItems.Unpack(null);
        known.Take(Read(items));
        return known.Pack();
    }

    private static IReadOnlyList<Article> Read(FeedItem[] items) =>
        [.. items.Select(item => ArticleReader.Read(Source, item, Now, ""))];
}
