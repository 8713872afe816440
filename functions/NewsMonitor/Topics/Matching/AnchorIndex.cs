using NewsMonitor.Topics.Rules;

namespace NewsMonitor.Topics.Matching;

/// <summary>What a rule asks of a sentence, and of the article, before it is worth a look.</summary>
/// <param name="Words">What the words of a match have, all of it.</param>
/// <param name="Span">How many words a match spans at most.</param>
/// <param name="Sentence">What the sentence of a match has: <paramref name="Words"/>, and what the conditions ask of it. Nothing, when the rule asks
/// only for numbers and the like: then no article is left out.</param>
/// <param name="Outcomes">What more one of the outcomes asks for.</param>
/// <param name="IsCertain">Whether one sentence shows if its words are there. It does not when a phrase in it asks for the rest of the article.</param>
internal sealed record AnchoredRule(Rule Rule, Anchors[] Words, int Span, Anchors[] Sentence, OutcomeAnchors[] Outcomes, bool IsCertain);

/// <param name="Sentence">What the sentence of a match must have for this outcome.</param>
/// <param name="Article">What the article must have.</param>
internal readonly record struct OutcomeAnchors(Anchors[] Sentence, Anchors[] Article)
{
    public IEnumerable<Anchors> All => Article.Concat(Sentence);
}

/// <summary>What an article must have for any rule to match in it.</summary>
/// <param name="Atoms">One of these, as bits.</param>
/// <param name="Words">Tells most words that are none of them apart.</param>
internal sealed record AnchorGate(ulong[] Atoms, WordFilter Words);

/// <summary>The anchors of all rules of a topics file, and the words that they are. Built once for a file.</summary>
internal sealed class AnchorIndex
{
    private readonly Vocabulary _vocabulary;
    private readonly int[][] _atomsOfEntry;
    private volatile AnchorGate? _gate;

    public AnchorIndex(RuleFile file, Vocabulary vocabulary)
    {
        _vocabulary = vocabulary;
        var builder = new AnchorBuilder(file);
        Rules = [.. file.Topics.SelectMany(t => t.Rules).Select(builder.Build)];
        (AtomCount, AnchorsCount) = (builder.AtomCount, builder.AnchorsCount);
        var atomsOfEntry = Enumerable.Range(0, vocabulary.Count).Select(_ => new SortedSet<int>()).ToArray();
        long[] cost = new long[AtomCount];
        for (int e = 0; e < file.Entries.Count; e++)
        {
            int anchor = vocabulary.AnchorOf(e);
            foreach (int atom in file.Entries[e].WrittenIn.Select(w => builder.UsedAtomOf(w.Set)).OfType<int>())
            {
                atomsOfEntry[anchor].Add(atom);
                cost[atom] += vocabulary.CostOf(anchor);
            }
        }

        _atomsOfEntry = [.. atomsOfEntry.Select(a => a.ToArray())];
        Cost = cost;
        Words = WordsOf(_ => true);
    }

    /// <summary>All rules of all topics, in order: they go by their number here.</summary>
    public IReadOnlyList<AnchoredRule> Rules { get; }

    public int AtomCount { get; }

    /// <summary>One more than the highest number of any <see cref="Anchors"/>.</summary>
    public int AnchorsCount { get; }

    /// <summary>By atom: a guess at how often it is met.</summary>
    public IReadOnlyList<long> Cost { get; }

    /// <summary>Tells most words that are no anchor apart.</summary>
    public WordFilter Words { get; }

    /// <summary>Null until it is learnt from texts.</summary>
    public AnchorGate? Gate => _gate;

    /// <summary>The atoms that a form of this entry, or of this later word of expressions, stands for.</summary>
    public int[] AtomsOf(int entry) => _atomsOfEntry[entry];

    /// <summary>Chooses the gate for texts such as these, unless one was chosen.</summary>
    /// <param name="frequency">By atom: in how many articles it was.</param>
    public void Learn(IReadOnlyList<long> frequency)
    {
        if (_gate is not null)
            return;
        var chosen = ChooseGate(frequency);
        _gate = new AnchorGate(Anchors.Bits(chosen, AtomCount), WordsOf(chosen.Contains));
    }

    private WordFilter WordsOf(Func<int, bool> isWanted) =>
        WordFilter.Build(Enumerable.Range(0, _vocabulary.Count).Where(e => _atomsOfEntry[e].Any(isWanted)).SelectMany(_vocabulary.BodiesOf));

    /// <summary>Atoms of which every article has one that a rule matches in, as few and as rare as can be had cheaply.</summary>
    private HashSet<int> ChooseGate(IReadOnlyList<long> frequency)
    {
        var chosen = new HashSet<int>();
        // Again and again, so that the first rules know what the others chose.
        for (int round = 0; round < 4; round++)
        {
            var before = chosen;
            chosen = [];
            foreach (var rule in Rules.Where(r => r.Sentence.Length > 0))
            {
                var ways = rule.Sentence.Select(part => part.Rarest(frequency).ToList()).ToList();
                if (rule.Outcomes.All(o => o.All.Any()))
                    ways.Add([.. rule.Outcomes.SelectMany(o => o.All.Select(part => part.Rarest(frequency)).MinBy(Price)!)]);
                chosen.UnionWith(ways.MinBy(Price)!);
            }

            long Price(IEnumerable<int> atoms) =>
                atoms.Distinct().Where(atom => !chosen.Contains(atom)).Sum(atom => before.Contains(atom) ? frequency[atom] / 4 : frequency[atom]);
        }

        return chosen;
    }
}
