using Microsoft.Extensions.Time.Testing;
using NewsMonitor.Articles;
using NewsMonitor.Feeds;
using NewsMonitor.Sources;
using NewsMonitor.Tests.Peers;

namespace NewsMonitor.Tests.Unit.Feeds;

public sealed class FeedParserFuzzTests
{
    private static readonly Source Source = new("s", "s", "https://s.example/", "ar", "IQ", null, "", true);

    /// <summary>The seed is fixed: this run is the same everywhere. A long one is the benchmarks' <c>fuzz</c>.</summary>
    [Fact]
    public void No_mutation_of_a_feed_throws_or_hands_on_what_articles_choke_on()
    {
        var mutator = new FeedMutator(20261123);
        var time = new FakeTimeProvider();
        var items = 0;
        for (var run = 0; run < 2_500; run++)
        {
            var (bytes, charset) = mutator.Next();
            var feed = FeedParser.Parse(bytes, charset, new Uri("https://s.example/rss"), CountryZones.Of("IQ"), time);
            Assert.DoesNotContain(feed.Problems, p => p.StartsWith("the document could not be read (", StringComparison.Ordinal));
            Assert.DoesNotContain(feed.Problems, p => p.StartsWith("an item could not be read", StringComparison.Ordinal));
            items += ArticleReader.ReadAll(Source, feed, time.GetUtcNow(), "").Count;
        }

        Assert.True(items > 5_000, $"only {items} items survived: the mutations hit nothing but the head");
    }

    [Fact]
    public void What_the_mutations_start_from_is_read_whole()
    {
        var read = FeedSeeds.All.Select(s => FeedParser.Parse(System.Text.Encoding.UTF8.GetBytes(s), null, null, TimeZoneInfo.Utc, TimeProvider.System)).ToList();
        Assert.Equal([12, 5, 3, 4, 6, 6, 4, 5, 0], read.Select(f => f.Items.Count));
    }
}
