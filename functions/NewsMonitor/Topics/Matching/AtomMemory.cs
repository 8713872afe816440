using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NewsMonitor.Topics.Arabic;

namespace NewsMonitor.Topics.Matching;

/// <summary>
/// Remembers which anchors words are, as bits: a few words are most of every text. Not for two threads at once.
/// </summary>
internal sealed class AtomMemory(AnchorIndex index, Lexicon lexicon)
{
    private const int SlotBits = 14;

    private readonly int _stride = Anchors.Words(index.AtomCount);
    private readonly Slot[] _slots = new Slot[1 << SlotBits];

    /// <summary>One after the other; the first is that of a word that is no anchor.</summary>
    private readonly List<ulong> _masks = [.. new ulong[Anchors.Words(index.AtomCount)]];

    private readonly Dictionary<int, List<int>?> _numbers = [];

    /// <param name="First">The first eight letters, <paramref name="Next"/> the next four: zeros behind the word.</param>
    private readonly record struct Slot(ulong First, uint Next, int Mask);

    /// <summary>Finds the anchors that a word is.</summary>
    /// <param name="start">Where it begins; zeros follow the last word.</param>
    /// <param name="first">Its first eight letters, zeros behind a shorter word.</param>
    /// <returns>Where in <see cref="Masks"/> its anchors are.</returns>
    public int Find(ref byte start, ulong first)
    {
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

    public ReadOnlySpan<ulong> Masks => CollectionsMarshal.AsSpan(_masks);

    private int LookUp(ref byte start)
    {
        var word = MemoryMarshal.CreateReadOnlySpan(ref start, Lexicon.MaxWord + 1);
        int length = word.IndexOf(Letters.Boundary);
        Span<int> found = stackalloc int[Lexicon.MaxFound];
        int count = length < 0 ? 0 : lexicon.Find(word[..length], found);
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
            if (mask.SequenceEqual(Masks.Slice(number, _stride)))
                return number;
        }

        known.Add(_masks.Count);
        _masks.AddRange(mask);
        return known[^1];
    }
}
