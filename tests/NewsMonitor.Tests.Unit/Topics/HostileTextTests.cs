using CsCheck;

namespace NewsMonitor.Tests.Unit.Topics;

public sealed class HostileTextTests
{
    private const string True = "انسحاب القوات الأميركية من العراق";

    [Fact]
    public void Any_text_is_matched_and_quoted_from_the_original() =>
        Gen.Select(ArabicFoldingTests.Text, ArabicFoldingTests.Text).Sample((before, after) =>
        {
            string text = $"{before}\n\n{True}\n\n{after}";
            var mentions = ShippedTopics.Rules.Match(before, text).SelectMany(m => m.Mentions).ToList();
            Assert.NotEmpty(mentions);
            Assert.All(mentions, m => Assert.Equal(m.Text, (m.Field == "title" ? before : text)[m.Start..m.End]));
        });

    [Theory]
    [InlineData("القوات ")]
    [InlineData("انسحاب ")]
    [InlineData("الحوار الاستراتيجي ")]
    [InlineData("عين الأسد ")]
    [InlineData("سحب القوات الأميركية العراق ")]
    [InlineData("الحوار\u200C")]
    [InlineData("ا\u0651\u0640")]
    [InlineData("س")]
    [InlineData(".")]
    [InlineData("\n")]
    [InlineData("\uD800")]
    [InlineData("\u202E\u200F")]
    public void Endless_repetition_is_read_through_to_the_mention_at_its_end(string unit)
    {
        string text = string.Concat(Enumerable.Repeat(unit, 2_000_000 / unit.Length)) + "\n\n" + True;
        var last = ShippedTopics.Rules.Match("", text).Single(m => m.Topic == "troop-redeployment").Mentions[^1];
        Assert.Equal((text.Length - True.Length, text.Length), (last.Start, last.End));
        Assert.True(last.Sentence.Length <= 600);
    }

    [Fact]
    public void A_hundred_thousand_mentions_are_all_there()
    {
        string text = string.Concat(Enumerable.Repeat(True + ".\n", 100_000));
        Assert.Equal(100_000, ShippedTopics.Rules.Match("", text).Single().Mentions.Count);
    }

    [Fact]
    public void A_chain_of_overlapping_matches_is_not_quoted_whole()
    {
        string text = string.Concat(Enumerable.Repeat("القوات الأميركية تنسحب من العراق سحب ", 10_000));
        var mentions = ShippedTopics.Rules.Match("", text).Single().Mentions;
        Assert.True(mentions.Count > 1000);
        Assert.All(mentions, m => Assert.InRange(m.Text.Length, 1, 400));
    }

    [Fact]
    public void Threads_share_the_rules()
    {
        var (title, text) = ShippedTopics.SeedArticle();
        int[] counts = new int[200];
        Parallel.For(0, counts.Length, i => counts[i] = ShippedTopics.Rules.Match(title, text).Sum(m => m.Mentions.Count));
        Assert.All(counts, c => Assert.Equal(14, c));
    }
}
