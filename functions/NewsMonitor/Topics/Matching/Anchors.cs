using NewsMonitor.Topics.Rules;

namespace NewsMonitor.Topics.Matching;

/// <summary>
/// What a sentence must have for some set to have an occurrence in it: one of these words, or one of these patterns. Word sets go by their
/// number as atoms, so that what a sentence has is a few bits.
/// </summary>
/// <param name="Id">All of a file are numbered.</param>
/// <param name="Words">Atoms of which one is enough.</param>
/// <param name="Span">How many words an occurrence spans at most.</param>
internal sealed record Anchors(int Id, int[] Words, AnchorPattern[] Patterns, int Span)
{
    /// <summary>Whether what has these atoms may have an occurrence.</summary>
    public bool HoldIn(ReadOnlySpan<ulong> seen)
    {
        foreach (int atom in Words)
        {
            if (Atoms.Has(seen, atom))
                return true;
        }

        foreach (var pattern in Patterns)
        {
            if (AllHoldIn(pattern.Sets, seen))
                return true;
        }

        return false;
    }

    public static bool AllHoldIn(Anchors[] sets, ReadOnlySpan<ulong> seen)
    {
        foreach (var set in sets)
        {
            if (!set.HoldIn(seen))
                return false;
        }

        return true;
    }

    /// <summary>Atoms of which a sentence has one if it has an occurrence: of each pattern, those of its rarest set.</summary>
    /// <param name="frequency">By atom: how often it is met.</param>
    public int[] Rarest(IReadOnlyList<long> frequency) =>
        [.. Words.Concat(Patterns.SelectMany(p => p.Sets.Select(set => set.Rarest(frequency)).MinBy(atoms => atoms.Sum(a => frequency[a]))!)).Distinct()];
}

/// <summary>A pattern, as far as its words are anchors: those that nearly every sentence has are left out.</summary>
/// <param name="Conditions">Those of the sentence.</param>
internal sealed record AnchorPattern(PatternKind Kind, AnchorPart[] Parts, AnchorPart[] Conditions)
{
    /// <summary>All that must be there.</summary>
    public Anchors[] Sets { get; } = [.. Parts.Concat(Conditions).Select(p => p.Set).Distinct()];
}

/// <param name="Reach">
/// How many words lie at most from an anchor of one to an anchor of the other. In a phrase: from the part before. Else: from the first part; of a
/// condition: from any of the match.
/// </param>
internal readonly record struct AnchorPart(Anchors Set, int Reach);

/// <summary>Sets of atoms, as bits.</summary>
internal static class Atoms
{
    public static int Words(int atomCount) => (atomCount + 63) / 64;

    public static ulong[] Of(IEnumerable<int> atoms, int atomCount)
    {
        ulong[] bits = new ulong[Words(atomCount)];
        foreach (int atom in atoms)
            bits[atom >> 6] |= 1UL << atom;
        return bits;
    }

    public static bool Has(ReadOnlySpan<ulong> atoms, int atom) => (atoms[atom >> 6] >> atom & 1) != 0;

    public static void Add(Span<ulong> all, ReadOnlySpan<ulong> some)
    {
        for (int i = 0; i < all.Length; i++)
            all[i] |= some[i];
    }

    public static bool Intersect(ReadOnlySpan<ulong> some, ReadOnlySpan<ulong> others)
    {
        for (int i = 0; i < some.Length; i++)
        {
            if ((some[i] & others[i]) != 0)
                return true;
        }

        return false;
    }
}
