using System.Text;
using NewsMonitor.Articles;
using NewsMonitor.Sources;
using NewsMonitor.Topics;

namespace NewsMonitor.Hits;

/// <summary>
/// What is kept of an article whose outlet allows no more: the title, the first sentence, and the sentences that mention something, so that a hit is still
/// explained. Mentions point into what is kept.
/// </summary>
public static class Excerpt
{
    /// <summary>Stands for what is left out.</summary>
    public const string Gap = " […] ";

    /// <summary>Sentences that are kept, besides the first of the text and one for each rule.</summary>
    private const int MostSentences = 5;

    private const int LongestLead = 200;

    public static (Article Article, IReadOnlyList<TopicMatch> Topics) Of(Article article, IReadOnlyList<TopicMatch> topics)
    {
        var mentions = topics.SelectMany(topic => topic.Mentions).Where(IsInText).ToList();
        var spans = new List<(int Start, int End)> { (0, Lead(article.Text)) };
        var rules = new HashSet<string>(StringComparer.Ordinal);
        foreach (var mention in mentions.OrderBy(mention => mention.Start))
        {
            if (rules.Add(mention.Rule) || spans.Count <= MostSentences)
                spans.Add(SentenceOf(mention, article.Text));
        }

        var kept = Merged(spans);
        var text = new StringBuilder();
        var moved = new List<(int Start, int End, int By)>();
        foreach (var (start, end) in kept)
        {
            if (start > 0)
                text.Append(Gap);
            moved.Add((start, end, text.Length - start));
            text.Append(article.Text, start, end - start);
        }

        if (kept.Count > 0 && kept[^1].End < article.Text.Length)
            text.Append(Gap.TrimEnd());
        return (
            article with { Text = text.ToString(), Kept = TextKept.Excerpt },
            [.. topics.Select(topic => topic with { Mentions = [.. topic.Mentions.Select(mention => Moved(mention, moved)).OfType<Mention>()] })]);
    }

    private static bool IsInText(Mention mention) => mention.Field != "title";

    /// <summary>Null for one that is left out.</summary>
    private static Mention? Moved(Mention mention, IEnumerable<(int Start, int End, int By)> kept)
    {
        if (!IsInText(mention))
            return mention;
        foreach (var (start, end, by) in kept)
        {
            if (mention.Start >= start && mention.End <= end)
                return mention with { Start = mention.Start + by, End = mention.End + by };
        }

        return null;
    }

    /// <summary>The sentence as it is quoted; where that was shortened, the words alone.</summary>
    private static (int Start, int End) SentenceOf(Mention mention, string text)
    {
        var from = Math.Max(0, mention.End - mention.Sentence.Length);
        var at = text.IndexOf(mention.Sentence, from, Math.Min(text.Length - from, 2 * mention.Sentence.Length), StringComparison.Ordinal);
        return at >= 0 && at <= mention.Start && at + mention.Sentence.Length >= mention.End
            ? (at, at + mention.Sentence.Length)
            : (mention.Start, mention.End);
    }

    private static int Lead(string text)
    {
        var end = text.AsSpan(0, Math.Min(text.Length, LongestLead)).IndexOfAny(".؟!\n");
        if (end >= 0)
            return end + 1;
        if (text.Length <= LongestLead)
            return text.Length;
        var space = text.LastIndexOf(' ', LongestLead);
        return space > 0 ? space : LongestLead - (char.IsHighSurrogate(text[LongestLead - 1]) ? 1 : 0);
    }

    private static List<(int Start, int End)> Merged(IEnumerable<(int Start, int End)> spans)
    {
        var merged = new List<(int Start, int End)>();
        foreach (var span in spans.Where(span => span.End > span.Start).Order())
        {
            if (merged.Count > 0 && span.Start <= merged[^1].End)
                merged[^1] = (merged[^1].Start, Math.Max(merged[^1].End, span.End));
            else
                merged.Add(span);
        }

        return merged;
    }
}
