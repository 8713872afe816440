using NewsMonitor.Topics.Rules;

namespace NewsMonitor.Topics.Matching;

/// <summary>What a rule asks of a sentence, and of the article, before it is worth a look.</summary>
/// <param name="Pattern">Without sets, when the rule asks only for numbers and the like: then no article is left out.</param>
/// <param name="Outcomes">What more one of the outcomes asks for.</param>
/// <param name="IsCertain">Whether one sentence shows if its words are there. It does not when a phrase in it asks for the rest of the article.</param>
internal sealed record AnchoredRule(Rule Rule, AnchorPattern Pattern, OutcomeAnchors[] Outcomes, bool IsCertain);

/// <param name="Sentence">What the sentence of a match must have for this outcome.</param>
/// <param name="Title">What the title must have.</param>
/// <param name="Article">What the article must have.</param>
internal readonly record struct OutcomeAnchors(AnchorPart[] Sentence, Anchors[] Title, Anchors[] Article);

/// <summary>The anchors of all rules of a topics file, and the words that they are. Built once for a file.</summary>
internal sealed class AnchorIndex
{
    private readonly Vocabulary _vocabulary;
    private readonly int[][] _atomsOfEntry;
    private volatile AnchorPlan _plan;
    private int _learners;

    public AnchorIndex(RuleFile file, Vocabulary vocabulary)
    {
        _vocabulary = vocabulary;
        var builder = new AnchorBuilder(file);
        Rules = [.. file.Topics.SelectMany(t => t.Rules).Select(builder.Build)];
        Always = [.. Enumerable.Range(0, Rules.Count).Where(rule => Rules[rule].Pattern.Sets.Length == 0)];
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
        Words = WordsOf(_ => true);
        _plan = AnchorPlan.Guess(this, cost);
    }

    /// <summary>All rules of all topics, in order: they go by their number here.</summary>
    public IReadOnlyList<AnchoredRule> Rules { get; }

    /// <summary>The rules that no article can be left out by.</summary>
    public IReadOnlyList<int> Always { get; }

    public int AtomCount { get; }

    /// <summary>One more than the highest number of any <see cref="Anchors"/>.</summary>
    public int AnchorsCount { get; }

    /// <summary>Tells most words that are no anchor apart.</summary>
    public WordFilter Words { get; }

    /// <summary>A guess until it was learnt from texts.</summary>
    public AnchorPlan Plan => _plan;

    /// <summary>The atoms that a form of this entry, or of this later word of expressions, stands for.</summary>
    public int[] AtomsOf(int entry) => _atomsOfEntry[entry];

    /// <summary>Tells most words that are none of these anchors apart.</summary>
    public WordFilter WordsOf(Func<int, bool> isWanted) =>
        WordFilter.Build(Enumerable.Range(0, _vocabulary.Count).Where(e => _atomsOfEntry[e].Any(isWanted)).SelectMany(_vocabulary.BodiesOf));

    /// <summary>Replaces the guess by what is best for texts such as these. One learns; the others go on with the guess meanwhile.</summary>
    /// <param name="sentences">The atoms that each had.</param>
    public void Learn(IReadOnlyList<ulong[]> sentences)
    {
        if (Interlocked.Exchange(ref _learners, 1) == 0)
            _plan = AnchorPlan.Learn(this, sentences);
    }
}
