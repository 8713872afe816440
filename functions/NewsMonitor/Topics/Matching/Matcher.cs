using NewsMonitor.Topics.Arabic;
using NewsMonitor.Topics.Rules;

namespace NewsMonitor.Topics.Matching;

/// <summary>Matches one article after the other against the rules of a file. Not for two threads at once.</summary>
internal sealed class Matcher
{
    /// <summary>Merged mentions stop growing here, in UTF-16 units, so that a text which repeats itself is not quoted whole.</summary>
    private const int LongestMerged = 300;

    private readonly RuleFile _file;
    private readonly AnchorIndex _anchors;
    private readonly Scan _scan;
    private readonly AnchorPass _anchorPass;

    public Matcher(TopicRules rules, RuleFile file, Vocabulary vocabulary, AnchorIndex anchors)
    {
        (Rules, _file, _anchors) = (rules, file, anchors);
        _scan = new Scan(file, vocabulary);
        _anchorPass = new AnchorPass(anchors, vocabulary.Lexicon, _scan);
    }

    public TopicRules Rules { get; }

    /// <summary>Whether an article left it with more memory than is worth keeping.</summary>
    public bool IsLarge => _scan.IsLarge;

    public IReadOnlyList<TopicMatch> Match(ReadOnlyMemory<char> title, ReadOnlyMemory<char> text) =>
        _anchorPass.Find(title, text) is { } candidates ? Match(title, text, candidates) : [];

    public IReadOnlyList<TopicMatch> MatchAll(ReadOnlyMemory<char> title, ReadOnlyMemory<char> text) =>
        Match(title, text, [.. Enumerable.Repeat(true, _anchors.Rules.Count)]);

    /// <summary>What one rule finds by itself, whatever the threshold of its topic; null when nothing.</summary>
    public TopicMatch? MatchRule(string topic, string rule, ReadOnlyMemory<char> title, ReadOnlyMemory<char> text)
    {
        var ruled = _file.Topics.First(t => t.Topic.Id == topic);
        _scan.Read(title, text);
        return Find(ruled, [.. ruled.Rules.Select(r => r.Id == rule)]) is { } found ? MatchOf(ruled with { Threshold = 0 }, found, title, text) : null;
    }

    private IReadOnlyList<TopicMatch> Match(ReadOnlyMemory<char> title, ReadOnlyMemory<char> text, bool[] candidates)
    {
        _scan.Read(title, text);
        List<TopicMatch>? matches = null;
        // By index: most of what comes so far matches nothing, and is to cost no memory.
        for (int t = 0, first = 0; t < _file.Topics.Count; first += _file.Topics[t++].Rules.Length)
        {
            var topic = _file.Topics[t];
            if (Find(topic, candidates.AsSpan(first, topic.Rules.Length)) is { } found && MatchOf(topic, found, title, text) is { } match)
                (matches ??= []).Add(match);
        }

        return matches ?? (IReadOnlyList<TopicMatch>)[];
    }

    private List<Found>? Find(RuledTopic topic, ReadOnlySpan<bool> candidates)
    {
        List<Found>? found = null;
        for (int r = 0; r < topic.Rules.Length; r++)
        {
            var rule = topic.Rules[r];
            if (!candidates[r] || !RuleMatcher.CanMatch(rule.Pattern, _scan))
                continue;

            foreach (var anchor in _scan[rule.Pattern.Elements[0]])
            {
                if (RuleMatcher.At(rule.Pattern, _scan, anchor) is { } match && RuleMatcher.OutcomeOf(rule, _scan, match) is { } outcome)
                    (found ??= []).Add(new Found(rule, match, match, outcome));
            }
        }

        return found;
    }

    private TopicMatch? MatchOf(RuledTopic topic, List<Found> found, ReadOnlyMemory<char> title, ReadOnlyMemory<char> text)
    {
        var merged = Merge(found);
        double score = merged.Sum(m => m.Outcome.Weight);
        return score < topic.Threshold ? null : new TopicMatch(
            topic.Topic.Id, merged.Max(m => m.Outcome.Strength), Math.Round(score, 2),
            [.. merged.Select(m => Quote(m, title, text))]);
    }

    /// <param name="Match">Where the rule matched.</param>
    /// <param name="Span">The same with what was merged into it.</param>
    private sealed record Found(Rule Rule, Occurrence Match, Occurrence Span, Outcome Outcome);

    /// <summary>Overlapping matches become one mention, under the rule that says most.</summary>
    private List<Found> Merge(List<Found> found)
    {
        var merged = new List<Found>();
        foreach (var next in found.OrderBy(f => f.Span.First))
        {
            if (merged.Count > 0 && merged[^1] is var last && IsInTitle(last) == IsInTitle(next) && next.Span.First <= last.Span.Last)
            {
                var stronger = (next.Outcome.Strength, next.Outcome.Weight).CompareTo((last.Outcome.Strength, last.Outcome.Weight)) > 0 ? next : last;
                bool grows = next.Span.Last > last.Span.Last && next.Span.End - last.Span.Start <= LongestMerged;
                var end = grows ? next.Span : last.Span;
                merged[^1] = stronger with { Span = last.Span with { Last = end.Last, End = end.End } };
            }
            else
            {
                merged.Add(next);
            }
        }

        return merged;
    }

    private bool IsInTitle(Found found) => found.Span.First < _scan.TitleWords;

    private Mention Quote(Found found, ReadOnlyMemory<char> title, ReadOnlyMemory<char> text)
    {
        bool inTitle = IsInTitle(found);
        var original = (inTitle ? title : text).Span;
        var (start, end) = (found.Span.Start, ArabicFolding.EndOfWord(original, found.Span.End - 1));
        return new Mention(
            found.Rule.Id, inTitle ? "title" : "text", start, end, original[start..end].ToString(),
            Sentences.Around(original, start, end, whole: inTitle), found.Outcome.Strength, found.Outcome.Weight,
            [.. Reasons(found, title, text)]);
    }

    /// <summary>The words that the rule looked for, then what made its conditions and those of its outcome true.</summary>
    private IEnumerable<Reason> Reasons(Found found, ReadOnlyMemory<char> title, ReadOnlyMemory<char> text)
    {
        var pattern = found.Rule.Pattern;
        foreach (int element in pattern.Elements)
        {
            if (RuleMatcher.Find(new Condition(Place.Inside, element, 0, 1), _scan, found.Match with { LastNeeded = found.Match.Last }) is { } words)
                yield return Reason("match", element, words);
        }

        foreach (var condition in pattern.Conditions.Require.Concat(found.Outcome.Conditions.Require))
        {
            if (RuleMatcher.Find(condition, _scan, found.Match) is { } words)
                yield return Reason(condition.Place.Key(), condition.Set, words);
        }

        Reason Reason(string place, int set, in Occurrence words)
        {
            var original = (words.First < _scan.TitleWords ? title : text).Span;
            int end = Math.Min(ArabicFolding.EndOfWord(original, words.End - 1), words.Start + LongestMerged);
            return new Reason(place, _file.Labels[set], original[words.Start..end].ToString());
        }
    }
}
