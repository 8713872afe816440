using NewsMonitor.Topics;

namespace NewsMonitor.Tests.Unit.Topics;

public sealed class SeedArticleTests
{
    [Fact]
    public void Every_mention_of_the_dialogue_is_found()
    {
        var match = ShippedTopics.Rules.Match(ShippedTopics.SeedArticle().Title, ShippedTopics.SeedArticle().Text)
            .Single(m => m.Topic == "strategic-dialogue");

        Assert.Equal(Strength.Confirmed, match.Strength);
        Assert.Equal(
        [
            "title: الحوار الستراتيجي",
            "text: الحوار الستراتيجي",
            "text: الجولة الثالثة من الحوار الستراتيجي",
            "text: الحوار الستراتيجي",
            "text: للجولة الثالثة من الحوار الستراتيجي",
            "text: والجولة الثالثة من الحوار الستراتيجي",
            "text: الحوار الستراتيجي",
            "text: للحوار الستراتيجي",
            "text: المحادثات الاستراتيجية",
            "text: الحوار الستراتيجي",
            "text: باتفاقية الاطار الستراتيجي",
        ], match.Mentions.Select(m => $"{m.Field}: {m.Text}"));
    }

    [Fact]
    public void Every_mention_of_the_troops_is_found()
    {
        var match = ShippedTopics.Rules.Match(ShippedTopics.SeedArticle().Title, ShippedTopics.SeedArticle().Text)
            .Single(m => m.Topic == "troop-redeployment");

        Assert.Equal(Strength.Confirmed, match.Strength);
        Assert.Equal(
        [
            "بإعادة نشر المتبقي من القوات القتالية خارج العراق",
            "وانسحاب القوات المتبقية",
            "وستنتشر القوات الأجنبية خارج العراق",
        ], match.Mentions.Select(m => m.Text));
        Assert.StartsWith("كما أشار إلى أن وجود القوات الأميركية", match.Mentions[2].Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Mentions_are_cut_out_of_the_original()
    {
        var (title, text) = ShippedTopics.SeedArticle();
        foreach (var mention in ShippedTopics.Rules.Match(title, text).SelectMany(m => m.Mentions))
        {
            string original = mention.Field == "title" ? title : text;
            Assert.Equal(mention.Text, original[mention.Start..mention.End]);
            Assert.Contains(mention.Text, mention.Sentence, StringComparison.Ordinal);
            Assert.Contains(mention.Sentence, original, StringComparison.Ordinal);
        }
    }
}
