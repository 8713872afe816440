using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NewsMonitor.Topics.Matching;

/// <summary>
/// Remembers which anchors words are, as bits: a few words are most of every text. Not for two threads at once.
/// </summary>
internal sealed class AtomMemory(AnchorIndex index, Lexicon lexicon)
{
    private const int SlotBits = 16;

    private readonly int _stride = Atoms.Words(index.AtomCount);
    private readonly Slot[] _slots = new Slot[1 << SlotBits];

    /// <summary>One after the other; the first is that of a word that is no anchor.</summary>
    private readonly List<ulong> _masks = [.. new ulong[Atoms.Words(index.AtomCount)]];

    /// <summary>By number of the mask: what the plan makes of it.</summary>
    private readonly List<Look> _looks = [default];
    private AnchorPlan? _plan;

    private readonly Dictionary<int, List<int>?> _numbers = [];

    /// <param name="First">The first eight letters, <paramref name="Next"/> the next four: zeros behind the word.</param>
    private readonly record struct Slot(ulong First, uint Next, int Mask);

    /// <summary>Finds the anchors that a word is.</summary>
    /// <param name="start">Where it begins; zeros follow the last word.</param>
    /// <returns>The number of its mask; 0 for a word that is no anchor.</returns>
    public int Find(ref byte start)
    {
        ulong first = WordKey.At(ref start);
        ulong next = first >> 56 == 0 ? 0 : WordKey.At(ref Unsafe.Add(ref start, 8));
        if (next > uint.MaxValue)
            return LookUp(ref start); // such long words are few
        ulong place = WordKey.Hash(first, next) >> (64 - SlotBits);
        ref var slot = ref _slots[place];
        if (slot.First == first && slot.Next == next)
            return slot.Mask;

        // Two places a word, so that two that meet do not drive each other out.
        ref var other = ref _slots[place ^ 1];
        if (other.First == first && other.Next == next)
            return other.Mask;
        int mask = LookUp(ref start);
        other = slot;
        slot = new(first, (uint)next, mask);
        return mask;
    }

    /// <summary>The atoms of a mask.</summary>
    public ReadOnlySpan<ulong> this[int mask] => CollectionsMarshal.AsSpan(_masks).Slice(mask * _stride, _stride);

    /// <summary>What a plan makes of each mask that is known.</summary>
    public ReadOnlySpan<Look> Looks => CollectionsMarshal.AsSpan(_looks);

    public void Use(AnchorPlan plan)
    {
        if (_plan == plan)
            return;
        _plan = plan;
        for (int mask = 0; mask < _looks.Count; mask++)
            _looks[mask] = plan.LookOf(this[mask]);
    }

    private int LookUp(ref byte start)
    {
        Span<int> found = stackalloc int[Lexicon.MaxFound];
        int count = lexicon.Find(ref start, found);
        Span<ulong> mask = stackalloc ulong[_stride];
        mask.Clear();
        foreach (int entry in found[..count])
        {
            foreach (int atom in index.AtomsOf(entry))
                mask[atom >> 6] |= 1UL << atom;
        }

        return Number(mask);
    }

    /// <summary>Words that are the same anchors share a mask: there are far fewer of those than words.</summary>
    private int Number(ReadOnlySpan<ulong> mask)
    {
        var hash = default(HashCode);
        hash.AddBytes(MemoryMarshal.AsBytes(mask));
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, hash.ToHashCode(), out bool exists);
        known ??= [];
        foreach (int number in known)
        {
            if (mask.SequenceEqual(this[number]))
                return number;
        }

        known.Add(_looks.Count);
        _masks.AddRange(mask);
        _looks.Add(_plan!.LookOf(mask));
        return known[^1];
    }
}
