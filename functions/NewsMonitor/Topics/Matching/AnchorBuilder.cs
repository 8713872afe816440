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
            bool uncertain = phrase.Pattern.Conditions.All.Any(c => c.IsOfArticle) || !IsCertain(phrase.Pattern);
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
            rule, WordsOf(pattern), SpanOf(pattern), SentenceOf(pattern),
            [.. rule.Outcomes.Select(o => new OutcomeAnchors(
                Of(o.Conditions.Require.Where(c => !c.IsOfArticle)),
                Of(pattern.Conditions.Require.Concat(o.Conditions.Require).Where(c => c.IsOfArticle))))],
            IsCertain(pattern) && rule.Outcomes.All(o => IsCertain(o.Conditions)));
    }

    private Anchors[] SentenceOf(Pattern pattern) => [.. WordsOf(pattern), .. Of(pattern.Conditions.Require.Where(c => !c.IsOfArticle))];

    private Anchors[] WordsOf(Pattern pattern) => [.. pattern.Elements.Take(pattern.Needed).Distinct().Select(Of).OfType<Anchors>()];

    private Anchors[] Of(IEnumerable<Condition> conditions) => [.. conditions.Select(c => c.Set).Distinct().Select(Of).OfType<Anchors>()];

    /// <summary>Null for a set that nearly every sentence has, or that is not only of listed words.</summary>
    private Anchors? Of(int set)
    {
        if (_anchors.TryGetValue(set, out var known))
            return known;

        Anchors[][] phrases = [.. PatternsOf(set).Select(SentenceOf)];
        if (_file.Members[set].Any(member => _isEverywhere[member]) || phrases.Any(parts => parts.Length == 0))
            return _anchors[set] = null;
        _used.UnionWith(_file.Members[set]);
        return _anchors[set] = new Anchors(_anchors.Count, [.. _file.Members[set].Select(member => _atoms[member])], phrases, _atoms.Count);
    }

    private IEnumerable<Pattern> PatternsOf(int set) => _file.Patterns[set].Concat(_file.PhraseSets[set].SelectMany(p => _file.Patterns[p]));

    private int SpanOf(Pattern pattern)
    {
        int words = pattern.Elements.Take(pattern.Needed).Sum(SpanOf);
        return words + pattern.Kind switch
        {
            PatternKind.Phrase => (pattern.Needed - 1) * GapOf(pattern),
            PatternKind.All => 2 * pattern.Within,
            _ => 0,
        };
    }

    /// <summary>How many words an occurrence of the set spans at most, with what its phrases take in.</summary>
    private int SpanOf(int set)
    {
        if (!_spans.TryGetValue(set, out int span))
        {
            span = _file.Members[set].Select(member => _longest.GetValueOrDefault(member, 1)).DefaultIfEmpty(1).Max();
            foreach (var pattern in PatternsOf(set))
                span = Math.Max(span, SpanOf(pattern) + pattern.Elements.Skip(pattern.Needed).Sum(e => SpanOf(e) + GapOf(pattern)));
            _spans[set] = span;
        }

        return span;
    }

    private static int GapOf(Pattern phrase) => phrase.Gap + (phrase.Skip < 0 ? 0 : RuleMatcher.MostSkipped);

    private bool IsCertain(Pattern pattern) =>
        !pattern.Elements.Append(Math.Max(pattern.Skip, RuleFile.NumberSet)).Any(e => _isUncertain[e]) && IsCertain(pattern.Conditions);

    private bool IsCertain(Conditions conditions) => !conditions.All.Any(c => !c.IsOfArticle && _isUncertain[c.Set]);
}
