using System.Numerics;

namespace NewsMonitor.Topics.Matching;

/// <summary>Chooses few atoms so that no rule can match without one of them, and few samples have any.</summary>
/// <param name="samples">The atoms that each has.</param>
internal sealed class AnchorCover(IReadOnlyList<ulong[]> samples, int atomCount)
{
    private const int Rounds = 3;

    /// <summary>To look at a sentence costs so many times what it costs to look at a word.</summary>
    private const int CountedWeight = 16;

    /// <summary>By atom: the samples that have it, as bits.</summary>
    private readonly ulong[][] _with = [.. Enumerable.Range(0, atomCount).Select(atom => SamplesWith(samples, atom))];

    /// <summary>Chooses atoms for each rule.</summary>
    /// <param name="rules">Sets that are all needed.</param>
    /// <param name="others">
    /// For each rule what was chosen before: then others are chosen where there are some, and only samples count that have some of these.
    /// </param>
    /// <param name="start">What to improve.</param>
    public int[][] Choose(IReadOnlyList<Anchors[]> rules, int[][]? others, int[][]? start)
    {
        ulong[] counted = others is null ? [.. Enumerable.Repeat(ulong.MaxValue, Empty().Length)] : SamplesWith(others.SelectMany(atoms => atoms).Distinct());
        int[] uses = new int[atomCount];
        int[][] chosen = start ?? [.. rules.Select(_ => Array.Empty<int>())];
        foreach (int atom in chosen.SelectMany(atoms => atoms))
            uses[atom]++;
        ulong[] hit = Hit();

        // Those that have no cheap way first: theirs may be enough for the others.
        var order = Enumerable.Range(0, rules.Count).Where(rule => rules[rule].Length > 0)
            .OrderByDescending(rule => New((Best(rules[rule], Empty(), others?[rule]) ?? Way.None).Samples, Empty(), counted)).ToList();
        for (int round = 0; round < Rounds; round++)
        {
            foreach (int rule in order)
            {
                foreach (int atom in chosen[rule])
                    uses[atom]--;
                if (chosen[rule].Any(atom => uses[atom] == 0))
                    hit = Hit();
                var best = Best(rules[rule], hit, others?[rule]);
                chosen[rule] = best?.Atoms ?? others![rule];
                foreach (int atom in chosen[rule])
                {
                    if (uses[atom]++ == 0)
                        Add(hit, _with[atom]);
                }
            }
        }

        return chosen;

        ulong[] Hit() => SamplesWith(Enumerable.Range(0, atomCount).Where(atom => uses[atom] > 0));

        // The atoms of one of these sets that add the fewest samples.
        Way? Best(Anchors[] sets, ulong[] hit, int[]? not) =>
            sets.Select(set => WayOf(set, hit, not)).OfType<Way>().MinBy(way => New(way.Samples, hit, counted));

        Way? WayOf(Anchors set, ulong[] hit, int[]? not)
        {
            if (not is not null && set.Words.Intersect(not).Any())
                return null;
            var atoms = new HashSet<int>(set.Words);
            ulong[] with = SamplesWith(set.Words);
            foreach (var pattern in set.Patterns)
            {
                ulong[] all = Empty();
                Add(all, hit);
                Add(all, with);
                if (Best(pattern.Sets, all, not) is not { } way)
                    return null;
                atoms.UnionWith(way.Atoms);
                Add(with, way.Samples);
            }

            return new Way([.. atoms], with);
        }
    }

    private sealed record Way(int[] Atoms, ulong[] Samples)
    {
        public static Way None { get; } = new([], []);
    }

    private ulong[] Empty() => new ulong[(samples.Count + 63) / 64];

    private ulong[] SamplesWith(IEnumerable<int> atoms)
    {
        ulong[] with = Empty();
        foreach (int atom in atoms)
            Add(with, _with[atom]);
        return with;
    }

    private static ulong[] SamplesWith(IReadOnlyList<ulong[]> samples, int atom)
    {
        ulong[] with = new ulong[(samples.Count + 63) / 64];
        for (int s = 0; s < samples.Count; s++)
            with[s >> 6] |= (samples[s][atom >> 6] >> atom & 1) << s;
        return with;
    }

    private static void Add(ulong[] all, ulong[] some) => Atoms.Add(all, some);

    private static int New(ulong[] samples, ulong[] hit, ulong[] counted)
    {
        int count = 0;
        for (int i = 0; i < samples.Length; i++)
            count += (CountedWeight * BitOperations.PopCount(samples[i] & ~hit[i] & counted[i])) + BitOperations.PopCount(samples[i] & ~hit[i]);
        return count;
    }
}
