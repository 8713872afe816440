using System.Text;
using Microsoft.Extensions.Time.Testing;
using NewsMonitor.Articles;
using NewsMonitor.Feeds;
using NewsMonitor.Sources;

namespace NewsMonitor.Tests.Unit.Feeds;

public sealed class FeedParserFuzzTests
{
    private static readonly string[] Pieces =
    [
        "<", ">", "</", "/>", "&", "&amp;", "&#0;", "&nbsp;", "<![CDATA[", "]]>", "<!--", "-->", "<!DOCTYPE x [", "]>", "<item>", "</item>", "<entry>",
        "\"", "'", "=", "<a:b c:d='e'", "xmlns=\"\"", "xmlns:xml=\"x\"", "xmlns:a=\"\"", "\0", "\uFEFF", "\uD800", "<?", "?>", "</rss>", "<rss", "{", "[", "<x:y:z/>", "<:a/>", "<html>",
    ];

    /// <summary>The seed is fixed: this run is the same everywhere. A long one belongs to the benchmarks.</summary>
    [Fact]
    public void No_mutation_of_a_feed_throws_or_hands_on_what_articles_choke_on()
    {
        var random = new Random(20261123);
        var sample = Shipped.Read("sample-feed.xml").ToString();
        var source = new Source("s", "s", "https://s.example/", "ar", "IQ", null, "", true);
        var time = new FakeTimeProvider();
        var items = 0;
        for (var run = 0; run < 1_500; run++)
        {
            var text = new StringBuilder(sample, 0, random.Next(sample.Length), sample.Length * 2);
            for (var change = random.Next(1, 8); change > 0; change--)
            {
                var at = random.Next(text.Length + 1);
                switch (random.Next(3))
                {
                    case 0: text.Insert(at, Pieces[random.Next(Pieces.Length)]); break;
                    case 1: text.Remove(at, Math.Min(random.Next(60), text.Length - at)); break;
                    default: text.Insert(at, text.ToString(0, Math.Min(text.Length, random.Next(300)))); break;
                }
            }

            var bytes = (run % 3) switch
            {
                0 => Encoding.Unicode.GetBytes(text.ToString()),
                1 => Encoding.GetEncoding(1256).GetBytes(text.ToString()),
                _ => Encoding.UTF8.GetBytes(text.ToString()),
            };
            var feed = FeedParser.Parse(bytes, null, null, TimeZoneInfo.Utc, time);
            Assert.DoesNotContain(feed.Problems, p => p.StartsWith("the document could not be read (", StringComparison.Ordinal));
            Assert.DoesNotContain(feed.Problems, p => p.StartsWith("an item could not be read", StringComparison.Ordinal));
            items += ArticleReader.ReadAll(source, feed, time.GetUtcNow(), "").Count;
        }

        Assert.True(items > 1_000, $"only {items} items survived: the mutations hit nothing but the head");
    }
}
