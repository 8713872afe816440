using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NewsMonitor.Topics.Arabic;

namespace NewsMonitor.Topics.Matching;

/// <summary>What a word is: see <see cref="WordMemory"/>.</summary>
/// <param name="sets">The sets that the word alone is an occurrence of, as they are written.</param>
/// <param name="linked">The entries that it begins, and the followers that it is: parts of expressions.</param>
internal readonly ref struct WordMeaning(ReadOnlySpan<int> sets, ReadOnlySpan<int> linked)
{
    public ReadOnlySpan<int> Sets { get; } = sets;

    public ReadOnlySpan<int> Linked { get; } = linked;

    public bool IsKnown => Sets.Length + Linked.Length > 0;
}

/// <summary>
/// Remembers what words were found to be: a few words are most of every text. Not for two threads at once; what it holds is bounded.
/// </summary>
internal sealed class WordMemory(Vocabulary vocabulary)
{
    private const int SlotBits = 14;
    private const int MostRemembered = 1 << 16;

    private readonly Remembered[] _words = new Remembered[1 << SlotBits];

    /// <summary>For each word its sets, then its links.</summary>
    private readonly List<int> _pool = new(MostRemembered + 256);

    /// <summary>What cannot be told apart by sixteen letters is looked up each time.</summary>
    private Remembered _long;

    /// <param name="First">The first eight letters, and <paramref name="Next"/> the next eight: zeros behind the word.</param>
    private record struct Remembered(ulong First, ulong Next, int Start, short Sets, short Links);

    /// <summary>What a word is. Valid until the next call.</summary>
    /// <param name="start">Where it begins; zeros follow the last word, <see cref="Lexicon.Margin"/> of them.</param>
    public WordMeaning Find(ref byte start)
    {
        ulong first = WordKey.At(ref start), next = first >> 56 == 0 ? 0 : WordKey.At(ref Unsafe.Add(ref start, 8));
        bool isLong = next >> 56 != 0 && Unsafe.Add(ref start, 16) != Letters.Boundary;
        ref var known = ref isLong ? ref _long : ref _words[WordKey.Hash(first, next) >> (64 - SlotBits)];
        if (known.First != first || known.Next != next || isLong)
            LookUp(ref start, first, next, ref known);
        var pool = CollectionsMarshal.AsSpan(_pool);
        return new(pool.Slice(known.Start, known.Sets), pool.Slice(known.Start + known.Sets, known.Links));
    }

    private void LookUp(ref byte letters, ulong first, ulong next, ref Remembered known)
    {
        if (_pool.Count > MostRemembered)
        {
            _pool.Clear();
            Array.Clear(_words);
        }

        Span<int> found = stackalloc int[Lexicon.MaxFound];
        int count = vocabulary.Lexicon.Find(ref letters, found);
        int start = _pool.Count;
        foreach (int entry in found[..count])
        {
            if (vocabulary.IsLinked(entry))
                continue;
            foreach (int set in vocabulary.SetsOf(entry))
            {
                if (!CollectionsMarshal.AsSpan(_pool)[start..].Contains(set))
                    _pool.Add(set);
            }
        }

        int sets = _pool.Count - start;
        foreach (int entry in found[..count])
        {
            if (vocabulary.IsLinked(entry))
                _pool.Add(entry);
        }

        known = new(first, next, start, (short)sets, (short)(_pool.Count - start - sets));
    }
}
