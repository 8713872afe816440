using System.Numerics;

namespace NewsMonitor.Topics.Matching;

/// <summary>What a word, or a sentence, has of a plan: groups as bits, of the atoms that rules are thought of for, and of those that go with them.</summary>
internal record struct Look(ulong First, ulong Second);

/// <summary>
/// Which few anchors are looked for first: a sentence that a rule matches in has one that the rule is thought of for, and one of those that go with
/// it. Which are the best to choose depends on what the texts are about, and is learnt from them. What is found does not depend on it.
/// </summary>
internal sealed class AnchorPlan
{
    private const int Groups = 64;

    private readonly int[] _firstGroup, _secondGroup;

    /// <summary>By atom: those that go with it, of which one must be in the sentence too; null for one that no rule is thought of for.</summary>
    private readonly ulong[]?[] _partners;

    private AnchorPlan(AnchorIndex index, int[][] first, int[][] second, IReadOnlyList<long> frequency, bool isLearnt)
    {
        IsLearnt = isLearnt;
        (_firstGroup, _secondGroup) = (GroupsOf(first, index.AtomCount), GroupsOf(second, index.AtomCount));
        _partners = new ulong[]?[index.AtomCount];
        var rules = Enumerable.Range(0, index.AtomCount).Select(_ => new List<(Anchors? Next, int Rule)>()).ToArray();
        for (int number = 0; number < index.Rules.Count; number++)
        {
            var next = index.Rules[number].Pattern.Sets.OrderBy(set => set.Rarest(frequency).Sum(a => frequency[a]))
                .FirstOrDefault(set => !first[number].Intersect(set.Rarest(frequency)).Any());
            foreach (int atom in first[number])
            {
                rules[atom].Add((next, number));
                Atoms.Add(_partners[atom] ??= new ulong[Atoms.Words(index.AtomCount)], Atoms.Of(second[number], index.AtomCount));
                foreach (int partner in second[number])
                    Partners[_firstGroup[atom]] |= 1UL << _secondGroup[partner];
            }
        }

        Rules = [.. rules.Select(r => r.GroupBy(x => x.Next, x => x.Rule).Select(g => (g.Key, g.ToArray())).ToArray())];
        Words = isLearnt ? index.WordsOf(atom => _firstGroup[atom] >= 0 || _secondGroup[atom] >= 0) : index.Words;
    }

    public bool IsLearnt { get; }

    /// <summary>By first group: the second groups, as bits, of which one must be in the sentence with it.</summary>
    public ulong[] Partners { get; } = new ulong[Groups];

    /// <summary>Tells most words apart that are neither.</summary>
    public WordFilter Words { get; }

    /// <summary>By atom: the rules to think of when it is met, with what else they ask for that is rarest.</summary>
    public (Anchors? Next, int[] Rules)[][] Rules { get; }

    public Look LookOf(ReadOnlySpan<ulong> atoms)
    {
        var look = default(Look);
        for (int atom = 0; atom < _firstGroup.Length; atom++)
        {
            if (!Atoms.Has(atoms, atom))
                continue;
            if (_firstGroup[atom] >= 0)
                look.First |= 1UL << _firstGroup[atom];
            if (_secondGroup[atom] >= 0)
                look.Second |= 1UL << _secondGroup[atom];
        }

        return look;
    }

    /// <summary>Whether a sentence may have all that some rule cannot do without.</summary>
    public bool IsEnough(Look sentence)
    {
        for (ulong first = sentence.First; first != 0; first &= first - 1)
        {
            if ((Partners[BitOperations.TrailingZeroCount(first)] & sentence.Second) != 0)
                return true;
        }

        return false;
    }

    /// <summary>The same for certain: where there are many atoms, several share a group.</summary>
    /// <param name="sentence">The atoms that it has.</param>
    public bool IsEnough(ReadOnlySpan<ulong> sentence)
    {
        for (int i = 0; i < sentence.Length; i++)
        {
            for (ulong bits = sentence[i]; bits != 0; bits &= bits - 1)
            {
                if (_partners[(i << 6) + BitOperations.TrailingZeroCount(bits)] is { } partners && Atoms.Intersect(partners, sentence))
                    return true;
            }
        }

        return false;
    }

    /// <summary>By atom: its group, or -1. When there are many atoms, several share one.</summary>
    private static int[] GroupsOf(int[][] ways, int atomCount)
    {
        int[] groups = new int[atomCount];
        Array.Fill(groups, -1);
        int next = 0;
        foreach (int atom in ways.SelectMany(atoms => atoms).Distinct())
            groups[atom] = next++ % Groups;
        return groups;
    }

    /// <param name="cost">By atom: a guess at how often it is met.</param>
    public static AnchorPlan Guess(AnchorIndex index, IReadOnlyList<long> cost)
    {
        int[][] rarest = [.. index.Rules.Select(r => r.Pattern.Sets.Select(set => set.Rarest(cost)).MinBy(atoms => atoms.Sum(a => cost[a])) ?? [])];
        return new(index, rarest, rarest, cost, isLearnt: false);
    }

    /// <param name="sentences">The atoms that each had.</param>
    public static AnchorPlan Learn(AnchorIndex index, IReadOnlyList<ulong[]> sentences)
    {
        long[] frequency = new long[index.AtomCount];
        foreach (ulong[] sentence in sentences)
        {
            for (int atom = 0; atom < frequency.Length; atom++)
                frequency[atom] += Atoms.Has(sentence, atom) ? 1 : 0;
        }

        // Each is chosen for the sentences that have the other.
        var rules = index.Rules.Select(r => r.Pattern.Sets).ToList();
        var cover = new AnchorCover(sentences, index.AtomCount);
        int[][] first = cover.Choose(rules, null, null), second = cover.Choose(rules, first, null);
        first = cover.Choose(rules, second, null);
        second = cover.Choose(rules, first, second);
        return new AnchorPlan(index, first, second, frequency, isLearnt: true);
    }
}
