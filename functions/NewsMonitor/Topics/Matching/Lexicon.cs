using NewsMonitor.Topics.Arabic;

namespace NewsMonitor.Topics.Matching;

/// <summary>
/// Finds the entries of a topics file that a folded word is a form of: takes off each proclitic that the word may begin with, and looks
/// up what is left by hash.
/// </summary>
internal sealed class Lexicon
{
    /// <summary>Letters. A longer word is a form of no entry.</summary>
    public const int MaxWord = 48;

    /// <summary>Entries that one word can be a form of; further ones are not found.</summary>
    public const int MaxFound = 32;

    private const int LongestProclitic = 4;

    private readonly Body[] _bodies;
    private readonly byte[] _letters;
    private readonly Reading[] _readings;
    private readonly int[] _slots;
    private readonly ushort[] _nodes;
    private readonly Attachment[] _takers;

    // One bit in sixteen is set: tells most unknown words apart within the processor's cache, which the table is too big for.
    private readonly ulong[] _filter;
    private readonly int _filterShift;

    /// <summary>The letters of one body and its readings: ranges of the two lists.</summary>
    private readonly record struct Body(uint Hash, int Letters, int Length, int Readings, int Count);

    /// <summary>What a body can be.</summary>
    /// <param name="Slip">By a slip of the keyboard: only where nothing else fits.</param>
    internal readonly record struct Reading(Attachment Attachment, int Entry, bool Slip);

    /// <param name="bodies">By the letters of the body, as <see cref="Letters"/> has them.</param>
    public Lexicon(IReadOnlyList<(byte[] Letters, IReadOnlyList<Reading> Readings)> bodies)
    {
        _bodies = new Body[bodies.Count];
        _letters = new byte[bodies.Sum(b => b.Letters.Length)];
        _readings = new Reading[bodies.Sum(b => b.Readings.Count)];
        int capacity = 16;
        while (capacity < bodies.Count * 3)
            capacity *= 2;
        _slots = new int[capacity];
        int filterBits = Math.Max(6, (int)Math.Log2(capacity) + 2);
        _filter = new ulong[1 << (filterBits - 6)];
        _filterShift = 32 - filterBits;
        int letters = 0, readings = 0;
        for (int i = 0; i < _bodies.Length; i++)
        {
            var (word, meanings) = bodies[i];
            uint hash = Hash(word);
            _bodies[i] = new(hash, letters, word.Length, readings, meanings.Count);
            word.CopyTo(_letters, letters);
            foreach (var reading in meanings)
                _readings[readings++] = reading;
            letters += word.Length;
            _filter[FilterBit(hash) >> 6] |= 1UL << (int)FilterBit(hash);
            uint slot = Slot(hash);
            while (_slots[slot] != 0)
                slot = (slot + 1) & (uint)(capacity - 1);
            _slots[slot] = i + 1;
        }

        (_nodes, _takers) = ProcliticTrie();
    }

    /// <summary>How many bodies there are.</summary>
    public int Count => _bodies.Length;

    /// <summary>The entries that the word is a form of, without repeats.</summary>
    /// <param name="found">At least <see cref="MaxFound"/> long.</param>
    /// <returns>How many were found.</returns>
    public int Find(ReadOnlySpan<byte> word, Span<int> found)
    {
        if (word.Length > MaxWord)
            return 0;

        // From the last letter on: so the hash of the word without its first letters is known for each number of them.
        Span<uint> hashes = stackalloc uint[LongestProclitic + 1];
        uint hash = Seed;
        int at = word.Length - 1;
        for (; at > LongestProclitic; at--)
            hash = Step(hash, word[at]);
        for (; at >= 0; at--)
            hashes[at] = hash = Step(hash, word[at]);

        int count = 0, slips = 0;
        for (int cut = 0, node = 0; cut < word.Length && (cut == 0 || node != 0); cut++)
        {
            if (_takers[node] != 0)
                Find(word[cut..], hashes[cut], _takers[node], found, ref count, ref slips);
            node = _nodes[(node << 8) + word[cut]];
        }

        if (count == 0 && slips > 0)
        {
            found.Slice(MaxFound - slips, slips).CopyTo(found);
            return slips;
        }

        return count;
    }

    /// <param name="found">Real forms from the front, slips from the back.</param>
    private void Find(ReadOnlySpan<byte> body, uint hash, Attachment takers, Span<int> found, ref int count, ref int slips)
    {
        if ((_filter[FilterBit(hash) >> 6] & (1UL << (int)FilterBit(hash))) == 0)
            return;

        for (uint slot = Slot(hash); _slots[slot] != 0; slot = (slot + 1) & (uint)(_slots.Length - 1))
        {
            ref readonly var candidate = ref _bodies[_slots[slot] - 1];
            if (candidate.Hash != hash || !body.SequenceEqual(_letters.AsSpan(candidate.Letters, candidate.Length)))
                continue;

            foreach (var reading in _readings.AsSpan(candidate.Readings, candidate.Count))
            {
                if ((reading.Attachment & takers) == 0 || count + slips >= MaxFound || found[..count].Contains(reading.Entry))
                    continue;
                if (reading.Slip)
                    found[MaxFound - ++slips] = reading.Entry;
                else
                    found[count++] = reading.Entry;
            }

            return;
        }
    }

    private const uint Seed = 2166136261;

    private static uint Step(uint hash, byte letter) => (hash ^ letter) * 16777619;

    private static uint Hash(ReadOnlySpan<byte> word)
    {
        uint hash = Seed;
        for (int i = word.Length - 1; i >= 0; i--)
            hash = Step(hash, word[i]);
        return hash;
    }

    private uint FilterBit(uint hash) => (hash * 0x9E3779B1) >> _filterShift;

    private uint Slot(uint hash) => (hash ^ (hash >> 15)) & (uint)(_slots.Length - 1);

    /// <summary>Letter by letter from node 0; what each node's letters are the proclitic of.</summary>
    private static (ushort[] Nodes, Attachment[] Takers) ProcliticTrie()
    {
        var nodes = new List<ushort[]> { new ushort[256] };
        var takers = new List<Attachment> { 0 };
        foreach (var proclitic in Proclitics.All)
        {
            int node = 0;
            foreach (byte letter in proclitic.Codes)
            {
                if (nodes[node][letter] == 0)
                {
                    nodes[node][letter] = (ushort)nodes.Count;
                    nodes.Add(new ushort[256]);
                    takers.Add(0);
                }

                node = nodes[node][letter];
            }

            takers[node] |= proclitic.Takers;
        }

        return ([.. nodes.SelectMany(n => n)], [.. takers]);
    }
}
