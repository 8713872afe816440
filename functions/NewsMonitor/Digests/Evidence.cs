using NewsMonitor.Topics;

namespace NewsMonitor.Digests;

/// <summary>Puts a match into words: the rules and the words they found, and the sentences to quote.</summary>
internal static class Evidence
{
    /// <summary>Sentences quoted for one topic of one story; each must show a rule that the ones before did not.</summary>
    private const int MostQuotes = 3;

    private const int MostWords = 6;
    private const int QuoteLength = 420;
    private const int WordsLength = 120;

    public static bool IsInTitle(Mention mention) => string.Equals(mention.Field, "title", StringComparison.Ordinal);

    public static ReasonView Explain(TopicMatch match, DigestTopic topic, string? heading, DigestWords words)
    {
        var rules = match.Mentions.GroupBy(mention => mention.Rule, StringComparer.Ordinal).Select(rule => new RuleView(
            Name(rule.Key, topic),
            words.Where(rule.Any(IsInTitle), rule.Any(mention => !IsInTitle(mention))),
            [.. rule.Select(mention => SafeText.Line(mention.Text, WordsLength)).Where(text => text.Length > 0)
                .Distinct(StringComparer.Ordinal).Take(MostWords)]));

        // What the title says is marked in the headline; quoting it again would be noise.
        var sentences = match.Mentions.Where(mention => !IsInTitle(mention) && mention.Sentence.Length > 0)
            .GroupBy(mention => mention.Sentence, StringComparer.Ordinal).ToList();
        var quoted = new List<IGrouping<string, Mention>>();
        foreach (var sentence in sentences)
        {
            if (quoted.Count < MostQuotes && !sentence.All(mention => quoted.Any(other => other.Any(known => known.Rule == mention.Rule))))
                quoted.Add(sentence);
        }

        var left = sentences.Except(quoted).Sum(sentence => sentence.Count());

        return new(
            heading, [.. rules], [.. quoted.Select(sentence => MarkedText.Mark(sentence.Key, sentence, QuoteLength))],
            left > 0 ? words.MoreMentions(left) : null);
    }

    /// <summary>What the newsroom calls the rule, else its id with the dashes read as spaces.</summary>
    private static string Name(string rule, DigestTopic topic) =>
        SafeText.Line(topic.RuleTitles?.GetValueOrDefault(rule) ?? rule.Replace('-', ' ').Replace('_', ' '), WordsLength);
}
