using System.Text.Json;
using NewsMonitor.Quality;
using NewsMonitor.Topics;

namespace NewsMonitor.Tests.Unit.Quality;

public sealed class ScoringTests
{
    /// <summary>Finds نفط, and ذهب, as two topics.</summary>
    private static TopicRules Rules { get; } = TopicRules.Parse(
        """
        language: 1
        words:
          oil: {noun: [نفط]}
          gold: {noun: [ذهب]}
        topics:
          - {id: oil, title: {ar: نفط, en: Oil}, rules: [{id: oil, any: oil}]}
          - {id: gold, title: {ar: ذهب, en: Gold}, rules: [{id: gold, any: gold}]}
        """,
        "two.yaml");

    private static Labels About(params string[] topics) => new(topics.ToDictionary(t => t, _ => true), SaysAll: true, IsUnsure: false);

    private static JudgedArticle Article(string text, Labels? labels, params Quote[]? quotes) => new("f", text, "", text, labels, quotes);

    [Fact]
    public void Rates_are_the_usual_ones()
    {
        var tally = Tally.Of(true, true) + Tally.Of(true, true) + Tally.Of(true, true) + Tally.Of(true, false) + Tally.Of(false, true) + Tally.Of(false, true)
            + Tally.Of(false, false);
        Assert.Equal(new Tally(3, 1, 2), tally);
        Assert.Equal(3 / 5.0, tally.Precision);
        Assert.Equal(3 / 4.0, tally.Recall);
        Assert.Equal(2 * 0.6 * 0.75 / (0.6 + 0.75), tally.F1!.Value, 12);
        Assert.Equal((null, null, null), (default(Tally).Precision, default(Tally).Recall, default(Tally).F1));
        Assert.Equal((0, null, 0), (new Tally(0, 1, 0).Recall, new Tally(0, 1, 0).Precision, new Tally(0, 1, 0).F1));
    }

    [Fact]
    public void Each_topic_is_scored_by_itself_and_what_is_unsure_or_not_labelled_apart()
    {
        var result = Scoring.Score(Rules,
        [
            Article("نفط وذهب", About("oil"), null),
            Article("قمح", About("oil"), null),
            Article("ذهب", About("gold"), null),
            Article("قمح وشعير", About(), null),
            Article("النفط", About() with { IsUnsure = true }, null),
            Article("بالذهب", new Labels(new Dictionary<string, bool> { ["oil"] = false }, SaysAll: false, IsUnsure: false), null),
            Article("للنفط", null, null),
            Article("شعير", null, null),
        ]);

        var (oil, gold) = (result.All[0], result.All[1]);
        Assert.Equal(("oil", new Tally(1, 1, 0), 5, 2, 1), (oil.Topic, oil.Tally, oil.Scored, oil.Unlabelled, oil.UnlabelledAlarms));
        Assert.Equal(("gold", new Tally(1, 0, 1), 4, 2, 0), (gold.Topic, gold.Tally, gold.Scored, gold.Unlabelled, gold.UnlabelledAlarms));
        Assert.Equal(new Tally(1, 1, 1), oil.Strict);
        Assert.Null(oil.Mentions);
        Assert.Equal(
            ["Alarm gold نفط وذهب", "Missed oil قمح", "UnlabelledAlarm oil للنفط"],
            result.Findings.Select(f => $"{f.Fault} {f.Topic} {f.Article.Text}").Order(StringComparer.Ordinal));
        Assert.Equal(("f", 1), (Assert.Single(result.Files).File, result.Files[0].Unsure));
        Assert.Equal(result.All, result.Files[0].Topics);
    }

    [Fact]
    public void Mentions_are_right_when_they_share_a_letter_with_a_quote_of_their_topic()
    {
        var result = Scoring.Score(Rules,
        [
            // Of three quotes two are met, and of four mentions two are right: the third stands elsewhere, the fourth is only quoted for another topic.
            Article("حقول النفط ونفط آخر والنفط ثم نفطهم", About("oil"), new("oil", "حقول النفط"), new("oil", "حقول"), new("oil", "النفط ثم"), new("gold", "نفطهم")),
            // A false alarm's mention is wrong; a miss's quote is not met.
            Article("نفط", About()),
            Article("بترول", About("oil"), new Quote("oil", "بترول")),
            // Nobody marked its mentions.
            Article("نفط خام", About("oil"), null),
        ]);
        Assert.Equal(new MentionTally(4, 2, 5, 2), result.All[0].Mentions);
        Assert.Equal((0.5, 0.4), (result.All[0].Mentions!.Value.Recall, result.All[0].Mentions!.Value.Precision));
        Assert.Equal(["حقول"], result.Findings.Single(f => f.Fault == Fault.MentionMissed && f.Topic == "oil").Quotes.Select(q => q.Text));
        Assert.Equal(["ونفط", "نفطهم"], result.Findings.Single(f => f.Fault == Fault.MentionAlarm).Mentions.Select(m => m.Text));
    }

    [Fact]
    public void A_quote_is_looked_for_wherever_it_stands_and_only_in_the_field_of_the_mention()
    {
        var article = new JudgedArticle("f", "1", "نفط", "نفط ثم نفط", null, null);
        Assert.True(Scoring.Meet(article, new("oil", "نفط"), Mention("text", 7, 10)));
        Assert.False(Scoring.Meet(article, new("oil", "ثم "), Mention("text", 7, 10)));
        Assert.False(Scoring.Meet(article, new("oil", " ثم"), Mention("text", 0, 3)));
        Assert.False(Scoring.Meet(article, new("oil", "نفط ثم"), Mention("title", 0, 3)));

        static Mention Mention(string field, int start, int end) => new("r", field, start, end, "", "");
    }

    [Fact]
    public void The_reports_show_what_was_missed_and_what_was_wrong_with_rule_words_and_sentence()
    {
        var result = Scoring.Score(Rules,
        [
            Article("قيل إن البترول غال", About("oil"), new Quote("oil", "البترول")),
            Article("جملة أولى. سعر الذهب اليوم. جملة ثالثة.", About()),
            Article("نفط وذهب", null, null),
        ]);
        var text = new StringWriter();
        TextReport.Write(result, showMentions: false, text);
        Assert.Contains("MISSED  oil  f", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("قيل إن [البترول] غال", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("FALSE ALARM  gold", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("gold (confirmed, text 15-20): [الذهب]", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("سعر [الذهب] اليوم.", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("oil: 1 found in 1 articles without labels", text.ToString(), StringComparison.Ordinal);

        using var json = JsonDocument.Parse(JsonReport.Of(result));
        var oil = json.RootElement.GetProperty("topics")[0];
        Assert.Equal(("oil", 1, 0.0), (oil.GetProperty("topic").GetString(), oil.GetProperty("missed").GetInt32(), oil.GetProperty("f1").GetDouble()));
        Assert.Contains(json.RootElement.GetProperty("findings").EnumerateArray(), finding =>
            finding.GetProperty("fault").GetString() == "alarm" && finding.GetProperty("mentions")[0].GetProperty("rule").GetString() == "gold");
    }
}
