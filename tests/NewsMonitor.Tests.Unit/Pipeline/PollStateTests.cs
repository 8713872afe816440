using NewsMonitor.Pipeline;
using NewsMonitor.Sources;

namespace NewsMonitor.Tests.Unit.Pipeline;

public sealed class PollStateTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_was_seen_again_moves_to_the_end_and_nothing_is_forgotten() =>
        Assert.Equal(["a", "c", "d", "b", "e"], SeenItems.Merge(["a", "b", "c", "d"], ["d", "b", "e"]));

    [Fact]
    public void Without_the_one_the_other_stands()
    {
        Assert.Equal(["a"], SeenItems.Merge([], ["a"]));
        Assert.Equal(["a"], SeenItems.Merge(["a"], []));
        Assert.Empty(SeenItems.Merge([], []));
    }

    [Theory]
    [InlineData(2000, 10, 2000)]
    [InlineData(2000, 2000, 2000)]
    [InlineData(10, 5000, 5000)] // a document is never cut, however long
    [InlineData(1500, 500, 2000)]
    [InlineData(1500, 501, 2000)]
    public void What_has_been_gone_longest_is_forgotten_first(int older, int newer, int kept)
    {
        var before = Names("old", older);
        var now = Names("new", newer);
        var merged = SeenItems.Merge(before, now);
        Assert.Equal(kept, merged.Count);
        Assert.Equal(before.Concat(now).TakeLast(kept), merged);
    }

    [Fact]
    public void Of_two_polls_of_one_source_the_later_stands_whichever_is_written_first()
    {
        var early = State(Now, "early", ["a", "b"]);
        var late = State(Now.AddMinutes(5), "late", ["b", "c"]);
        foreach (var (first, second) in (IEnumerable<(SourceState, SourceState)>)[(early, late), (late, early)])
        {
            var merged = ShardState.Empty.With(first.LastPoll, [new("nas", first)]).With(second.LastPoll, [new("nas", second)]);
            Assert.Equal(Now.AddMinutes(5), merged.LastPoll);
            Assert.Equal("late", merged.Sources["nas"].ETag);
            Assert.Equal(["a", "b", "c"], merged.Sources["nas"].Seen.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void A_late_writer_does_not_push_out_what_the_later_poll_has_just_seen()
    {
        var known = Names("old", 2000);
        var late = State(Now.AddMinutes(5), "late", SeenItems.Merge(known, ["fresh"]));
        var early = State(Now, "early", known);
        var merged = ShardState.Empty.With(late.LastPoll, [new("nas", late)]).With(early.LastPoll, [new("nas", early)]);
        Assert.Contains("fresh", merged.Sources["nas"].Seen);
    }

    [Fact]
    public void What_others_learned_of_other_sources_stays()
    {
        var before = ShardState.Empty.With(Now, [new("a", State(Now, "1", [])), new("b", State(Now, "1", []))]);
        var after = before.With(Now.AddMinutes(1), [new("b", State(Now.AddMinutes(1), "2", [])), new("c", State(Now, "1", []))]);
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

    private static List<string> Names(string kind, int count) => [.. Enumerable.Range(0, count).Select(number => $"{kind}{number}")];

    private static SourceState State(DateTimeOffset at, string etag, IReadOnlyList<string> seen) => SourceState.New with { LastPoll = at, ETag = etag, Seen = seen };

    private static Source Source(string id) => new(id, id, "https://x.example/feed", "ar", "IQ", null, "", true);
}
