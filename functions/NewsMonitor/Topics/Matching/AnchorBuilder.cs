using NewsMonitor.Topics.Arabic;
using NewsMonitor.Topics.Rules;

namespace NewsMonitor.Topics.Matching;

/// <summary>Works out what rules ask for: see <see cref="AnchoredRule"/>.</summary>
internal sealed class AnchorBuilder
{
    private readonly RuleFile _file;
    private readonly Dictionary<int, int> _atoms = [], _longest = [], _spans = [];
    private readonly Dictionary<int, Anchors?> _anchors = [];
    private readonly HashSet<int> _used = [];
    private readonly bool[] _isEverywhere, _isUncertain;

    public AnchorBuilder(RuleFile file)
    {
        _file = file;
        _isEverywhere = new bool[file.Closure.Length];
        _isEverywhere[RuleFile.NumberSet] = true;
        foreach (var entry in file.Entries)
        {
            bool isEverywhere = entry.Words.Length == 1 && entry.Bodies().Any(body => CommonWords.Everywhere.Contains(body.Text));
            foreach (var (_, set) in entry.WrittenIn)
            {
                _atoms.TryAdd(set, _atoms.Count);
                _longest[set] = Math.Max(_longest.GetValueOrDefault(set, 1), entry.Words.Length);
                _isEverywhere[set] |= isEverywhere;
            }
        }

        _isUncertain = new bool[file.Closure.Length];
        foreach (var phrase in file.Phrases)
        {
            bool uncertain = phrase.Pattern.Conditions.All.Any(c => c.NeedsArticle) || !IsCertain(phrase.Pattern);
            foreach (int set in file.Closure[phrase.Set])
                _isUncertain[set] |= uncertain;
        }
    }

    public int AtomCount => _atoms.Count;

    public int AnchorsCount => _anchors.Count + 1;

    /// <summary>The atom of a set of words, if any rule that was built uses it.</summary>
    public int? UsedAtomOf(int set) => _used.Contains(set) ? _atoms[set] : null;

    public AnchoredRule Build(Rule rule)
    {
        var pattern = rule.Pattern;
        return new AnchoredRule(
            rule, PatternOf(pattern),
            [.. rule.Outcomes.Select(outcome =>
            {
                var ofArticle = pattern.Conditions.Require.Concat(outcome.Conditions.Require).Where(c => c.IsOfArticle).ToLookup(c => c.Place == Place.Title);
                return new OutcomeAnchors(Conditions(outcome.Conditions, SpanOf(pattern)), Of(ofArticle[true]), Of(ofArticle[false]));
            })],
            IsCertain(pattern) && rule.Outcomes.All(o => IsCertain(o.Conditions)));
    }

    private AnchorPattern PatternOf(Pattern pattern)
    {
        var parts = new List<AnchorPart>();
        int reach = 0;
        for (int e = 0; e < pattern.Needed; e++)
        {
            if (e > 0 && pattern.Kind == PatternKind.Phrase)
                reach += GapOf(pattern) + SpanOf(pattern.Elements[e - 1]) + SpanOf(pattern.Elements[e]) - 1;
            if (Of(pattern.Elements[e]) is not { } set)
                continue;
            if (pattern.Kind == PatternKind.All && e > 0)
                reach = (parts.Count > 0 ? parts[0].Reach : 0) + pattern.Within + SpanOf(pattern.Elements[0]) + set.Span;
            parts.Add(new(set, reach));
            reach = pattern.Kind == PatternKind.Phrase ? 0 : reach;
        }

        return new AnchorPattern(pattern.Kind, [.. parts], Conditions(pattern.Conditions, SpanOf(pattern)));
    }

    /// <param name="span">How many words a match spans at most.</param>
    private AnchorPart[] Conditions(Conditions conditions, int span) =>
        [.. conditions.Require.Where(c => !c.IsOfArticle && Of(c.Set) is not null).Select(c => new AnchorPart(Of(c.Set)!, c.Place switch
        {
            Place.Sentence => int.MaxValue,
            Place.Inside => span,
            _ => c.Within + span + SpanOf(c.Set),
        }))];

    private Anchors[] Of(IEnumerable<Condition> conditions) => [.. conditions.Select(c => c.Set).Distinct().Select(Of).OfType<Anchors>()];

    /// <summary>Null for a set that nearly every sentence has, or that is not only of listed words.</summary>
    private Anchors? Of(int set)
    {
        if (_anchors.TryGetValue(set, out var known))
            return known;

        AnchorPattern[] patterns = [.. PatternsOf(set).Select(PatternOf)];
        if (_file.Members[set].Any(member => _isEverywhere[member]) || patterns.Any(p => p.Sets.Length == 0))
            return _anchors[set] = null;
        _used.UnionWith(_file.Members[set]);
        return _anchors[set] = new Anchors(_anchors.Count, [.. _file.Members[set].Select(member => _atoms[member])], patterns, SpanOf(set));
    }

    private IEnumerable<Pattern> PatternsOf(int set) => _file.Patterns[set].Concat(_file.PhraseSets[set].SelectMany(p => _file.Patterns[p]));

    /// <summary>How many words an occurrence of the set spans at most.</summary>
    private int SpanOf(int set)
    {
        if (!_spans.TryGetValue(set, out int span))
        {
            span = _file.Members[set].Select(member => _longest.GetValueOrDefault(member, 1)).DefaultIfEmpty(1).Max();
            _spans[set] = span = PatternsOf(set).Select(SpanOf).Append(span).Max();
        }

        return span;
    }

    /// <summary>How many words a match spans at most, with what it takes in.</summary>
    private int SpanOf(Pattern pattern)
    {
        int words = pattern.Elements.Sum(SpanOf);
        return words + pattern.Kind switch
        {
            PatternKind.Phrase => (pattern.Elements.Length - 1) * GapOf(pattern),
            PatternKind.All => 2 * pattern.Within,
            _ => 0,
        };
    }

    private static int GapOf(Pattern phrase) => phrase.Gap + (phrase.Skip < 0 ? 0 : RuleMatcher.MostSkipped);

    private bool IsCertain(Pattern pattern) =>
        !pattern.Elements.Append(Math.Max(pattern.Skip, RuleFile.NumberSet)).Any(e => _isUncertain[e]) && IsCertain(pattern.Conditions);

    private bool IsCertain(Conditions conditions) => !conditions.All.Any(c => !c.NeedsArticle && _isUncertain[c.Set]);
}
