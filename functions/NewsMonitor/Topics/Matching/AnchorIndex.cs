using NewsMonitor.Topics.Arabic;
using NewsMonitor.Topics.Rules;

namespace NewsMonitor.Topics.Matching;

/// <summary>
/// What a sentence must have for a rule to be worth a look: for each rule a few groups of words, its anchors, of which the sentence must have
/// one each. Built once for a topics file.
/// </summary>
internal sealed class AnchorIndex
{
    /// <summary>A rule that has these anchors.</summary>
    /// <param name="Others">The other groups.</param>
    internal readonly record struct Anchored(int Rule, int[] Others);

    private readonly int[][] _groupsOfEntry;
    private readonly Anchored[][] _rulesOfGroup;

    private AnchorIndex(IReadOnlyList<Rule> rules, bool[] isCertain, int[][] groupsOfEntry, Anchored[][] rulesOfGroup, int[] unanchored,
        WordFilter words) =>
        (Rules, IsCertain, _groupsOfEntry, _rulesOfGroup, Unanchored, Words) = (rules, isCertain, groupsOfEntry, rulesOfGroup, unanchored, words);

    /// <summary>All rules of all topics, in order: they go by their number here.</summary>
    public IReadOnlyList<Rule> Rules { get; }

    /// <summary>By rule: whether one sentence shows if its words are there. It does not when a phrase in it asks for the rest of the article.</summary>
    public IReadOnlyList<bool> IsCertain { get; }

    /// <summary>The rules that ask for no listed word, only for numbers: every article has to be looked at for them.</summary>
    public IReadOnlyList<int> Unanchored { get; }

    /// <summary>Tells most words that are no anchor apart.</summary>
    public WordFilter Words { get; }

    public int GroupCount => _rulesOfGroup.Length;

    /// <summary>The groups that the forms of this entry belong to.</summary>
    public int[] GroupsOf(int entry) => entry < _groupsOfEntry.Length ? _groupsOfEntry[entry] : []; // else it only goes on an expression

    /// <summary>The rules that have the group as their first, the rarest.</summary>
    public Anchored[] RulesOf(int group) => _rulesOfGroup[group];

    public static AnchorIndex Build(RuleFile file)
    {
        var anchors = new AnchorChoice(file);
        Rule[] rules = [.. file.Topics.SelectMany(t => t.Rules)];
        var groups = new List<int[]>();
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var rulesOfGroup = new List<List<Anchored>>();
        var unanchored = new List<int>();
        for (int r = 0; r < rules.Length; r++)
        {
            int[] chosen = [.. anchors.Of(rules[r].Pattern).Select(Number)];
            if (chosen.Length == 0)
            {
                unanchored.Add(r);
                continue;
            }

            rulesOfGroup[chosen[0]].Add(new(r, chosen[1..]));
        }

        var groupsOfEntry = Enumerable.Range(0, file.Entries.Count).Select(_ => new List<int>()).ToArray();
        foreach (var (group, entries) in groups.Index())
        {
            foreach (int entry in entries)
                groupsOfEntry[entry].Add(group);
        }

        var words = WordFilter.Build(file.Entries.Where((_, i) => groupsOfEntry[i].Count > 0));
        return new AnchorIndex(
            rules, [.. rules.Select(anchors.IsCertain)], [.. groupsOfEntry.Select(g => g.ToArray())],
            [.. rulesOfGroup.Select(r => r.ToArray())], [.. unanchored], words);

        int Number(int[] entries)
        {
            string key = string.Join(' ', entries);
            if (!numbers.TryGetValue(key, out int number))
            {
                numbers[key] = number = groups.Count;
                groups.Add(entries);
                rulesOfGroup.Add([]);
            }

            return number;
        }
    }
}

/// <summary>Chooses the anchors of patterns.</summary>
internal sealed class AnchorChoice
{
    /// <summary>More would sort out few more sentences, and have more words looked up.</summary>
    private const int MostGroups = 4;

    private readonly RuleFile _file;
    private readonly int[][] _entriesOfSet;
    private readonly bool[] _isUncertain, _hasNumbers;
    private readonly Dictionary<int, int[][]> _anchors = [];
    private readonly int[] _cost;

    public AnchorChoice(RuleFile file)
    {
        _file = file;
        var entries = Enumerable.Range(0, file.Closure.Length).Select(_ => new List<int>()).ToArray();
        _cost = [.. file.Entries.Select(Cost)];
        for (int e = 0; e < file.Entries.Count; e++)
        {
            foreach (int set in file.Entries[e].Sets)
                entries[set].Add(e);
        }

        _entriesOfSet = [.. entries.Select(e => e.ToArray())];
        _hasNumbers = new bool[file.Closure.Length];
        foreach (int set in file.SetsOfNumbers)
            _hasNumbers[set] = true;
        _isUncertain = new bool[file.Closure.Length];
        foreach (var phrase in file.Phrases)
        {
            bool uncertain = phrase.Pattern.Conditions.All.Any(c => c.IsOfArticle) || !IsCertain(phrase.Pattern);
            bool numbers = Of(phrase.Pattern).Length == 0;
            foreach (int set in file.Closure[phrase.Set])
            {
                _isUncertain[set] |= uncertain;
                _hasNumbers[set] |= numbers;
            }
        }
    }

    /// <summary>Whether one sentence shows where the rule may match.</summary>
    public bool IsCertain(Rule rule) => IsCertain(rule.Pattern) && rule.Outcomes.All(o => IsCertain(o.Conditions));

    /// <summary>Whether one sentence shows where the pattern matches, its own conditions on the article left aside.</summary>
    private bool IsCertain(Pattern pattern) => !pattern.Elements.Append(Math.Max(pattern.Skip, 0)).Any(e => _isUncertain[e]) && IsCertain(pattern.Conditions);

    private bool IsCertain(Conditions conditions) => !conditions.All.Any(c => !c.IsOfArticle && _isUncertain[c.Set]);

    /// <summary>Groups of entries of which a sentence with the pattern has one each; the rarest first.</summary>
    public int[][] Of(Pattern pattern) =>
        [.. pattern.Elements.Take(pattern.Needed).Concat(Sentence(pattern)).Distinct().Where(e => !_hasNumbers[e]).SelectMany(AnchorsOf)
            .OrderBy(Total).DistinctBy(g => string.Join(' ', g)).Take(MostGroups)];

    /// <summary>What the pattern's own conditions ask of its sentence.</summary>
    private static IEnumerable<int> Sentence(Pattern pattern) => pattern.Conditions.Require.Where(c => !c.IsOfArticle).Select(c => c.Set);

    /// <summary>Groups of entries of which each occurrence of the set has one each: of a set that is made by phrases, their first and second anchors.</summary>
    private int[][] AnchorsOf(int set)
    {
        if (!_anchors.TryGetValue(set, out int[][]? anchors))
        {
            int[][][] phrases = [.. _file.Feeders[set].Select(p => Of(_file.Phrases[p].Pattern))];
            int count = _entriesOfSet[set].Length > 0 || phrases.Length == 0 ? 1 : Math.Min(2, phrases.Max(p => p.Length));
            _anchors[set] = anchors = [.. Enumerable.Range(0, count).Select(nth => (int[])
                [.. _entriesOfSet[set].Concat(phrases.SelectMany(p => p[Math.Min(nth, p.Length - 1)])).Distinct().Order()])];
        }

        return anchors;
    }

    private int Total(int[] entries) => entries.Sum(e => _cost[e]);

    /// <summary>Roughly how often an entry is met.</summary>
    private static int Cost(WordEntry entry)
    {
        var forms = CommonWords.All;
        int common = entry.Bodies().Count(body => forms.Contains(body.Text));
        return 1 + (common * 100) + (Inflection.Fold(entry.Words[0]).Length < 4 ? 5 : 0);
    }
}
