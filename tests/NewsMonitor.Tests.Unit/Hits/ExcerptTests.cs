using NewsMonitor.Hits;
using NewsMonitor.Sources;
using NewsMonitor.Topics;

namespace NewsMonitor.Tests.Unit.Hits;

public sealed class ExcerptTests
{
    private const string Topics = """
        language: 1
        words: {dialogue: {noun: [حوار]}, troops: {noun: [قوات]}}
        topics:
          - {id: dialogue, title: {ar: ح, en: d}, rules: [{id: by-word, any: [dialogue]}]}
          - {id: troops, title: {ar: ق, en: t}, rules: [{id: by-force, any: [troops]}]}
        """;

    private static readonly TopicRules Rules = TopicRules.Parse(Topics, "topics.yaml");

    [Fact]
    public void The_first_sentence_and_those_that_mention_something_are_kept_and_mentions_point_into_them()
    {
        var text = "وصل وفد رفيع إلى بغداد. هذه جملة طويلة لا تقول شيئا.\nبدأ الحوار اليوم. جملة أخرى لا تقول شيئا. وغادرت القوات القاعدة. ختام.";
        var (article, topics) = Of("عنوان عن الحوار", text);
        Assert.Equal("وصل وفد رفيع إلى بغداد. […] بدأ الحوار اليوم. […] وغادرت القوات القاعدة. […]", article.Text);
        Assert.Equal(TextKept.Excerpt, article.Kept);
        Assert.Equal(["dialogue", "troops"], topics.Select(topic => topic.Topic));
        foreach (var mention in topics.SelectMany(topic => topic.Mentions))
            Assert.Equal(mention.Text, (mention.Field == "title" ? article.Title : article.Text)[mention.Start..mention.End]);
        Assert.Equal(3, topics.Sum(topic => topic.Mentions.Count));
    }

    [Fact]
    public void Of_very_many_mentions_some_are_kept_and_every_rule_is_still_explained()
    {
        var text = string.Concat(Enumerable.Range(0, 200).Select(number => $"في اليوم {number} بدأ الحوار. ثم جملة بلا شيء. ")) + "وفي النهاية غادرت القوات.";
        var (article, topics) = Of("عنوان", text);
        Assert.InRange(article.Text.Length, 100, 600);
        Assert.Equal(["by-word", "by-force"], topics.Select(topic => topic.Mentions[^1].Rule));
        Assert.Equal(Rules.Match("عنوان", text).Select(topic => topic.Score), topics.Select(topic => topic.Score));
    }

    [Theory]
    [InlineData("")]
    [InlineData("الحوار")]
    [InlineData("بلا مواضيع هنا")]
    public void Short_texts_are_kept_as_they_are(string text) => Assert.Equal(text, Of("الحوار", text).Article.Text);

    [Fact]
    public void Long_texts_without_an_end_of_a_sentence_are_cut_between_words()
    {
        var (article, _) = Of("الحوار", string.Concat(Enumerable.Repeat("كلمة ", 2000)));
        Assert.InRange(article.Text.Length, 150, 210);
        Assert.EndsWith("كلمة […]", article.Text, StringComparison.Ordinal);
    }

    private static (NewsMonitor.Articles.Article Article, IReadOnlyList<TopicMatch> Topics) Of(string title, string text) =>
        Excerpt.Of(SampleHits.Hit("a", title, text).Article, Rules.Match(title, text));
}
