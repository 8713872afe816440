using System.Globalization;
using NewsMonitor.Digests;
using NewsMonitor.Hits;
using NewsMonitor.Topics;

namespace NewsMonitor.Cli;

/// <summary>What was found in an article, and how that differs from what was found before, for people.</summary>
internal static class ShownMatch
{
    /// <summary>Sentences shown for one side of a difference.</summary>
    private const int MostQuotes = 3;

    private const int QuoteLength = 400;

    public static string Sum(TopicMatch match) => string.Create(CultureInfo.InvariantCulture, $"{match.Strength.Key()} {match.Score:0.##}");

    public static string Sums(TopicChange change) =>
        change.Kind == ChangeKind.Changed ? $"{Sum(change.Before!)} -> {Sum(change.After!)}" : Sum((change.After ?? change.Before)!);

    /// <summary>Mentions that are gone, and those that came; of a topic that has the same ones with another sum, what those are.</summary>
    public static IEnumerable<string> Difference(TopicChange change)
    {
        IReadOnlyList<Mention> lost = [.. change.LostMentions], added = [.. change.AddedMentions];
        return lost.Count + added.Count > 0
            ? Quotes("  - ", lost).Concat(Quotes("  + ", added))
            : Quotes("  = ", change.After?.Mentions ?? []);
    }

    /// <summary>A topic with the first sentences that mention it.</summary>
    public static IEnumerable<string> Brief(TopicMatch match) => Quotes("  ", match.Mentions).Prepend($"{SafeText.Line(match.Topic)}  {Sum(match)}");

    /// <summary>A topic with all that was found of it, and why.</summary>
    public static IEnumerable<string> Lines(TopicMatch match)
    {
        yield return $"{SafeText.Line(match.Topic)}  {Sum(match)}";
        foreach (var sentence in match.Mentions.GroupBy(mention => (mention.Rule, mention.Field, mention.Sentence)))
        {
            yield return $"  {SafeText.Line(sentence.Key.Rule)} ({SafeText.Line(sentence.Key.Field, 10)}): {Quote(sentence.Key.Sentence, sentence, 1000)}";
            var reasons = sentence.SelectMany(mention => mention.Because ?? [])
                .Select(reason => $"{SafeText.Line(reason.Place, 40)} {SafeText.Line(reason.Set, 100)}: {SafeText.Line(reason.Text, 100)}").Distinct().ToList();
            if (reasons.Count > 0)
                yield return $"    because {string.Join("; ", reasons)}";
        }
    }

    /// <summary>A sentence with the matched words in brackets.</summary>
    public static string Quote(string sentence, IEnumerable<Mention> mentions, int most = QuoteLength) =>
        string.Concat(MarkedText.Mark(sentence, mentions, most).Runs.Select(run => run.Marked ? $"[{run.Text}]" : run.Text));

    private static IEnumerable<string> Quotes(string before, IReadOnlyList<Mention> mentions)
    {
        var sentences = mentions.GroupBy(mention => (mention.Rule, mention.Field, mention.Sentence)).ToList();
        foreach (var sentence in sentences.Take(MostQuotes))
            yield return $"{before}{SafeText.Line(sentence.Key.Rule)} ({SafeText.Line(sentence.Key.Field, 10)}): {Quote(sentence.Key.Sentence, sentence)}";
        if (sentences.Count > MostQuotes)
            yield return $"{before}and {sentences.Count - MostQuotes} more";
    }
}
