namespace NewsMonitor.Topics.Matching;

/// <summary>
/// What a sentence must have for some set to have an occurrence in it: one of these words, or all parts of one of these phrases. Word sets
/// go by their number as atoms, so that what a sentence has is a few bits.
/// </summary>
/// <param name="id">All of a file are numbered.</param>
/// <param name="words">Atoms of which one is enough.</param>
/// <param name="phrases">Parts of which all are needed, for each phrase.</param>
internal sealed class Anchors(int id, IReadOnlyCollection<int> words, Anchors[][] phrases, int atomCount)
{
    private readonly ulong[] _words = Bits(words, atomCount);

    public int Id => id;

    /// <summary>Whether a sentence that has these atoms may have an occurrence.</summary>
    public bool HoldIn(ReadOnlySpan<ulong> seen)
    {
        if (Intersect(_words, seen))
            return true;

        foreach (var parts in phrases)
        {
            if (AllHoldIn(parts, seen))
                return true;
        }

        return false;
    }

    public static bool AllHoldIn(Anchors[] parts, ReadOnlySpan<ulong> seen)
    {
        foreach (var part in parts)
        {
            if (!part.HoldIn(seen))
                return false;
        }

        return true;
    }

    /// <summary>Atoms of which a sentence has one if it has an occurrence: of each phrase, those of its rarest part.</summary>
    /// <param name="frequency">By atom: how often it is met.</param>
    public IEnumerable<int> Rarest(IReadOnlyList<long> frequency) => words.Concat(phrases.SelectMany(parts => RarestOf(parts, frequency))).Distinct();

    private static IEnumerable<int> RarestOf(Anchors[] parts, IReadOnlyList<long> frequency) =>
        parts.Select(part => part.Rarest(frequency)).MinBy(atoms => atoms.Sum(atom => frequency[atom]))!;

    /// <summary>Atoms that are enough by themselves.</summary>
    private IEnumerable<int> Alone() => words.Concat(phrases.SelectMany(AloneIn)).Distinct();

    public static IEnumerable<int> AloneIn(Anchors[] parts) => parts.Select(part => part.Alone()).Aggregate((all, next) => all.Intersect(next));

    public static bool Intersect(ReadOnlySpan<ulong> some, ReadOnlySpan<ulong> others)
    {
        for (int i = 0; i < some.Length; i++)
        {
            if ((some[i] & others[i]) != 0)
                return true;
        }

        return false;
    }

    public static int Words(int atomCount) => (atomCount + 63) / 64;

    public static ulong[] Bits(IReadOnlyCollection<int> atoms, int atomCount)
    {
        ulong[] bits = new ulong[Words(atomCount)];
        foreach (int atom in atoms)
            bits[atom >> 6] |= 1UL << atom;
        return bits;
    }
}
