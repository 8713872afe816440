using NewsMonitor.Topics;

namespace NewsMonitor.Quality;

/// <summary>How a topic does on the articles of a file, or on all.</summary>
/// <param name="Tally">Labelled articles only.</param>
/// <param name="Mentions">Null when no article has quotes.</param>
/// <param name="Unlabelled">Articles that nobody labelled. None of them should be about the topic, but nobody has looked.</param>
/// <param name="UnlabelledAlarms">Those of them that were found.</param>
public sealed record TopicScore(string Topic, int Scored, Tally Tally, MentionTally? Mentions, int Unlabelled, int UnlabelledAlarms)
{
    /// <summary>As if nothing of what nobody labelled were about the topic.</summary>
    public Tally Strict => Tally + new Tally(0, 0, UnlabelledAlarms);
}

public enum Fault
{
    /// <summary>The article is about the topic, and was not found.</summary>
    Missed,

    /// <summary>It was found, and is not about the topic.</summary>
    Alarm,

    /// <summary>It was found, and nobody has labelled it.</summary>
    UnlabelledAlarm,

    /// <summary>It was found, but not by these words.</summary>
    MentionMissed,

    /// <summary>It was found, but these words are no mention.</summary>
    MentionAlarm,
}

/// <summary>Something to read.</summary>
/// <param name="Quotes">What should have been found.</param>
/// <param name="Mentions">What should not have been.</param>
public sealed record Finding(Fault Fault, string Topic, JudgedArticle Article, IReadOnlyList<Quote> Quotes, IReadOnlyList<Mention> Mentions);

/// <param name="Files">By file, then by topic.</param>
/// <param name="All">By topic.</param>
public sealed record Result(
    IReadOnlyList<(string File, int Unsure, IReadOnlyList<TopicScore> Topics)> Files, IReadOnlyList<TopicScore> All, IReadOnlyList<Finding> Findings);

/// <summary>Matches labelled articles, and compares.</summary>
public static class Scoring
{
    public static Result Score(TopicRules rules, IReadOnlyList<JudgedArticle> articles)
    {
        var topics = rules.Topics.Select(t => t.Id).ToList();
        var findings = new List<Finding>();
        var scored = articles.Where(a => a.Labels is not { IsUnsure: true }).SelectMany(article =>
        {
            var matches = rules.Match(article.Title, article.Text).ToDictionary(m => m.Topic, m => m.Mentions);
            return topics.Select(topic => (article.File, Score: Score(topic, article, matches.GetValueOrDefault(topic) ?? [], findings)));
        }).ToList();
        return new Result(
            [
                .. articles.GroupBy(a => a.File).Select(file => (
                    file.Key, file.Count(a => a.Labels is { IsUnsure: true }),
                    Sums(scored.Where(s => s.File == file.Key).Select(s => s.Score)))),
            ],
            Sums(scored.Select(s => s.Score)), findings);

        IReadOnlyList<TopicScore> Sums(IEnumerable<TopicScore> scores) => [.. topics.GroupJoin(scores, t => t, s => s.Topic, (topic, of) => Sum(topic, of))];
    }

    private static TopicScore Sum(string topic, IEnumerable<TopicScore> scores) => scores.Aggregate(
        new TopicScore(topic, 0, default, null, 0, 0),
        (a, b) => new(
            topic, a.Scored + b.Scored, a.Tally + b.Tally, a.Mentions is null ? b.Mentions : a.Mentions + (b.Mentions ?? default),
            a.Unlabelled + b.Unlabelled, a.UnlabelledAlarms + b.UnlabelledAlarms));

    private static TopicScore Score(string topic, JudgedArticle article, IReadOnlyList<Mention> mentions, List<Finding> findings)
    {
        bool found = mentions.Count > 0;
        if (article.Labels is null)
        {
            if (found)
                findings.Add(new(Fault.UnlabelledAlarm, topic, article, [], mentions));
            return new(topic, 0, default, null, 1, found ? 1 : 0);
        }

        // The labels say nothing of this topic.
        if (article.Labels.Of(topic) is not { } about)
            return new(topic, 0, default, null, 0, 0);

        List<Quote> quotes = [.. (article.Quotes ?? []).Where(q => q.Topic == topic)];
        if (about != found)
            findings.Add(new(about ? Fault.Missed : Fault.Alarm, topic, article, about ? quotes : [], mentions));
        return new(topic, 1, Tally.Of(about, found), article.Quotes is null ? null : Compare(topic, article, quotes, mentions, findings, about && found), 0, 0);
    }

    private static MentionTally Compare(
        string topic, JudgedArticle article, List<Quote> quotes, IReadOnlyList<Mention> mentions, List<Finding> findings, bool isFound)
    {
        List<Quote> missed = [.. quotes.Where(quote => !mentions.Any(mention => Meet(article, quote, mention)))];
        List<Mention> wrong = [.. mentions.Where(mention => !quotes.Any(quote => Meet(article, quote, mention)))];
        if (isFound && missed.Count > 0)
            findings.Add(new(Fault.MentionMissed, topic, article, missed, []));
        if (isFound && wrong.Count > 0)
            findings.Add(new(Fault.MentionAlarm, topic, article, [], wrong));
        return new(quotes.Count, quotes.Count - missed.Count, mentions.Count, mentions.Count - wrong.Count);
    }

    /// <summary>Whether a mention shares a letter with the quoted words, wherever they stand in its field.</summary>
    public static bool Meet(JudgedArticle article, Quote quote, Mention mention)
    {
        string field = mention.Field == "title" ? article.Title : article.Text;
        for (int at = field.IndexOf(quote.Text, StringComparison.Ordinal); at >= 0; at = field.IndexOf(quote.Text, at + 1, StringComparison.Ordinal))
        {
            if (at < mention.End && mention.Start < at + quote.Text.Length)
                return true;
        }

        return false;
    }
}
