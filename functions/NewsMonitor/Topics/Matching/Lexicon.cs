using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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

    /// <summary>So many bytes behind a word must be there to be read.</summary>
    public const int Margin = 16;

    private readonly Slot[] _slots;
    private readonly byte[][] _tails;
    private readonly Reading[] _readings;
    private readonly ushort[] _nodes;
    private readonly Attachment[] _takers;
    private readonly int _shift, _filterShift;

    // One bit in sixteen is set: tells most unknown words apart within the processor's cache, which the table is too big for.
    private readonly ulong[] _filter;

    /// <summary>A body.</summary>
    /// <param name="Start">Its first eight letters, zeros behind a shorter one.</param>
    /// <param name="Tail">The number of what follows them, 0 for nothing.</param>
    /// <param name="Readings">The first of its readings; 0 where there is no body.</param>
    private readonly record struct Slot(ulong Start, int Tail, int Readings);

    /// <summary>What a body can be.</summary>
    /// <param name="Slip">By a slip of the keyboard: only where nothing else fits.</param>
    /// <param name="IsLast">Of its body.</param>
    internal readonly record struct Reading(Attachment Attachment, int Entry, bool Slip, bool IsLast = false);

    /// <param name="bodies">By the letters of the body, as <see cref="Letters"/> has them.</param>
    public Lexicon(IReadOnlyCollection<(byte[] Letters, IReadOnlyList<Reading> Readings)> bodies)
    {
        int capacityBits = 4;
        while (1 << capacityBits < bodies.Count * 2)
            capacityBits++;
        _slots = new Slot[1 << capacityBits];
        _shift = 64 - capacityBits;
        _filter = new ulong[1 << (capacityBits + 3 - 6)];
        _filterShift = 64 - (capacityBits + 3);
        _readings = new Reading[1 + bodies.Sum(b => b.Readings.Count)];
        var tails = new Dictionary<string, int>(StringComparer.Ordinal) { [""] = 0 };
        int readings = 1;
        Span<byte> padded = stackalloc byte[MaxWord + Margin];
        foreach (var (letters, meanings) in bodies)
        {
            padded.Clear();
            letters.CopyTo(padded);
            var (start, hash) = KeyOf(ref MemoryMarshal.GetReference(padded), letters.Length);
            string tail = letters.Length > 8 ? Convert.ToHexString(letters, 8, letters.Length - 8) : "";
            if (!tails.TryGetValue(tail, out int number))
                tails[tail] = number = tails.Count;
            ulong slot = hash >> _shift;
            while (_slots[slot].Readings != 0)
                slot = (slot + 1) & (ulong)(_slots.Length - 1);
            _slots[slot] = new(start, number, readings);
            _filter[hash >> _filterShift >> 6] |= 1UL << (int)(hash >> _filterShift);
            foreach (var reading in meanings)
                _readings[readings++] = reading;
            _readings[readings - 1] = _readings[readings - 1] with { IsLast = true };
        }

        _tails = [.. tails.OrderBy(t => t.Value).Select(t => Convert.FromHexString(t.Key))];
        Count = bodies.Count;
        (_nodes, _takers) = ProcliticTrie();
    }

    /// <summary>How many bodies there are.</summary>
    public int Count { get; }

    /// <summary>The entries that the word is a form of, without repeats.</summary>
    /// <param name="start">Where it begins; zeros follow the last word, <see cref="Margin"/> of them.</param>
    /// <param name="found">At least <see cref="MaxFound"/> long: real forms from the front, slips from the back meanwhile.</param>
    /// <returns>How many were found.</returns>
    public int Find(ref byte start, Span<int> found)
    {
        var word = MemoryMarshal.CreateReadOnlySpan(ref start, MaxWord + 1);
        int length = word.IndexOf(Letters.Boundary);
        if (length < 0)
            return 0;

        word = word[..length];
        int count = 0, slips = 0;
        for (int cut = 0, node = 0; cut < word.Length && (cut == 0 || node != 0); cut++)
        {
            if (_takers[node] != 0)
                Find(word[cut..], _takers[node], found, ref count, ref slips);
            node = _nodes[(node << 8) + word[cut]];
        }

        if (count == 0 && slips > 0)
        {
            found.Slice(MaxFound - slips, slips).CopyTo(found);
            return slips;
        }

        return count;
    }

    private void Find(ReadOnlySpan<byte> body, Attachment takers, Span<int> found, ref int count, ref int slips)
    {
        var (start, hash) = KeyOf(ref MemoryMarshal.GetReference(body), body.Length);
        if ((_filter[hash >> _filterShift >> 6] & (1UL << (int)(hash >> _filterShift))) == 0)
            return;

        for (ulong slot = hash >> _shift; _slots[slot].Readings != 0; slot = (slot + 1) & (ulong)(_slots.Length - 1))
        {
            ref readonly var candidate = ref _slots[slot];
            if (candidate.Start != start || !(body.Length <= 8 ? candidate.Tail == 0 : body[8..].SequenceEqual(_tails[candidate.Tail])))
                continue;

            for (int r = candidate.Readings; ; r++)
            {
                var reading = _readings[r];
                if ((reading.Attachment & takers) != 0 && count + slips < MaxFound && !found[..count].Contains(reading.Entry))
                {
                    if (reading.Slip)
                        found[MaxFound - ++slips] = reading.Entry;
                    else
                        found[count++] = reading.Entry;
                }

                if (reading.IsLast)
                    return;
            }
        }
    }

    /// <summary>The first eight letters, and the hash of the first sixteen.</summary>
    private static (ulong Start, ulong Hash) KeyOf(ref byte body, int length)
    {
        ulong start = WordKey.At(ref body, length);
        return (start, WordKey.Hash(start, length > 8 ? WordKey.At(ref Unsafe.Add(ref body, 8), length - 8) : 0));
    }

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
