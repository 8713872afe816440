using NewsMonitor.Articles;
using NewsMonitor.Feeds;
using NewsMonitor.Pipeline;
using NewsMonitor.Sources;

namespace NewsMonitor.Tests.Unit.Pipeline;

public sealed class PollStateTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_two_polls_of_one_source_the_later_stands_whichever_is_written_first()
    {
        var early = State(Now, "early", "a", "b");
        var late = State(Now.AddMinutes(5), "late", "b", "c");
        foreach (var (first, second) in (IEnumerable<(SourceState, SourceState)>)[(early, late), (late, early)])
        {
            var merged = ShardState.Empty.With(first.LastPoll, [new("nas", first)]).With(second.LastPoll, [new("nas", second)]);
            Assert.Equal(Now.AddMinutes(5), merged.LastPoll);
            Assert.Equal("late", merged.Sources["nas"].ETag);
            var known = KnownItems.Unpack(merged.Sources["nas"].Known);
            Assert.Equal(["d"], known.Take([.. ((string[])["a", "b", "c", "d"]).Select(Article)]).New.Select(article => article.Title));
        }
    }

    [Fact]
    public void What_others_learned_of_other_sources_stays()
    {
        var before = ShardState.Empty.With(Now, [new("a", State(Now, "1")), new("b", State(Now, "1"))]);
        var after = before.With(Now.AddMinutes(1), [new("b", State(Now.AddMinutes(1), "2")), new("c", State(Now, "1"))]);
        Assert.Equal([("a", "1"), ("b", "2"), ("c", "1")], after.Sources.Select(source => (source.Key, source.Value.ETag!)));
        Assert.Equal(2, before.Sources.Count);
    }

    [Theory]
    [InlineData("nasnews.com-1a2b3c", 1, 0)]
    [InlineData("nasnews.com-1a2b3c", 7, 3)]
    [InlineData("sample-feed.xml-ffffff", 16, 0)]
    [InlineData("ناس", 1000, 209)]
    public void A_source_belongs_to_a_shard_by_its_id_alone(string id, int shards, int shard) =>
        Assert.Equal(shard, ShardPoll.ShardOf(Source(id), shards));

    [Fact]
    public void Sources_spread_over_all_shards()
    {
        var counts = Enumerable.Range(0, 400).CountBy(number => ShardPoll.ShardOf(Source($"outlet{number}.example"), 4)).ToDictionary();
        Assert.Equal([0, 1, 2, 3], counts.Keys.Order());
        Assert.All(counts.Values, count => Assert.InRange(count, 60, 140));
    }

    [Fact]
    public void The_path_says_which_shard_of_how_many() => Assert.Equal("state/polls/0003-of-0016.json", ShardState.PathOf(3, 16));

    private static SourceState State(DateTimeOffset at, string etag, params string[] items)
    {
        var known = KnownItems.Unpack(null);
        known.Take([.. items.Select(Article)]);
        return SourceState.New with { LastPoll = at, ETag = etag, Known = known.Pack() };
    }

    private static Article Article(string name) =>
        ArticleReader.Read(Source("nas"), new FeedItem(null, name, $"https://x.example/{name}", null, null, null, "", ""), Now, "");

    private static Source Source(string id) => new(id, id, "https://x.example/feed", "ar", "IQ", null, "", true);
}
