using NewsMonitor.Articles;
using NewsMonitor.Topics;
using NewsMonitor.Topics.Arabic;

namespace NewsMonitor.Hits;

/// <summary>Whether an outlet has changed an article in a way that is worth keeping.</summary>
public static class Correction
{
    /// <summary>
    /// The hit with the article as it is now; null when that says the same. Numbers alone do not count (counters of views, "ten minutes ago") unless
    /// they stand in a sentence that mentions something.
    /// </summary>
    public static Hit? Of(Hit hit, Article now, IReadOnlyList<TopicMatch> topics, string topicsVersion) =>
        Mentions.Differ(hit.Topics, topics) || Words(hit.Article) != Words(now)
            ? hit with { TopicsVersion = topicsVersion, Topics = topics, Article = now with { Id = hit.Article.Id, Published = hit.Article.Published ?? now.Published } }
            : null;

    private static string Words(Article article) => Mentions.Letters($"{article.Title}\n{article.Text}", digits: false);
}

/// <summary>What a reader is told of matches: by which rules, in which sentences. Where in the text they stand is none of it.</summary>
internal static class Mentions
{
    public static bool Differ(IReadOnlyList<TopicMatch> one, IReadOnlyList<TopicMatch> other) => !Told(one).SetEquals(Told(other));

    /// <summary>The folded letters of a text, without spaces and marks.</summary>
    public static string Letters(string text, bool digits = true) =>
        string.Concat(ArabicFolding.Fold(text).Text.Where(letter => char.IsLetter(letter) || (digits && char.IsDigit(letter))));

    private static HashSet<(string, Strength, string, string, string)> Told(IReadOnlyList<TopicMatch> matches) =>
        [.. matches.SelectMany(match => match.Mentions.Select(mention => (match.Topic, match.Strength, mention.Rule, Letters(mention.Text), Letters(mention.Sentence))))];
}
