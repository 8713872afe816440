using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using NewsMonitor.Topics.Arabic;

namespace NewsMonitor.Topics.Matching;

/// <summary>
/// The first pass over an article, and for nearly all of them the only one: finds the rules that have their anchors in one sentence and, where
/// one sentence can show it, their words as well. What it leaves out cannot match; the rest is then matched for good.
/// </summary>
internal sealed class AnchorPass(AnchorIndex index, Lexicon lexicon, Scan scan)
{
    private const int MemoryBits = 12;
    private const int MostRemembered = 1 << 15;

    private readonly FoldedReader _reader = new();
    private readonly bool[] _candidates = new bool[index.Rules.Count];

    /// <summary>By group: the last sentence that had it.</summary>
    private readonly long[] _seen = new long[index.GroupCount];
    private readonly List<int> _groups = [];

    /// <summary>The groups of words met before: ranges of a list, by the hash of the word.</summary>
    private readonly (ulong Word, int Start, int Count)[] _memory = new (ulong, int, int)[1 << MemoryBits];
    private readonly List<int> _remembered = new(MostRemembered + 256);
    private long _sentence = 1;
    private bool _any;

    /// <summary>The rules that may match, by number; null when there are none. Valid until the next call.</summary>
    public bool[]? Find(string title, string text)
    {
        if (_any)
            Array.Clear(_candidates);
        _any = index.Unanchored.Count > 0;
        foreach (int rule in index.Unanchored)
            _candidates[rule] = true;
        Read(title, isTitle: true);
        Read(text, isTitle: false);
        return _any ? _candidates : null;
    }

    private void Read(string text, bool isTitle)
    {
        _reader.Open(text, 0, text.Length, isTitle);
        int start = 0;
        bool joint = false;
        while (_reader.Read())
        {
            FindWords();
            joint |= _reader.HasJoint;
            if (!_reader.EndsSentence)
                continue;
            if (joint)
                LookAtAll(text, start, _reader.Position, isTitle);
            else if (_groups.Count > 0)
                LookAtAnchored(text, start, _reader.Position, isTitle);
            (start, joint) = (_reader.Position, false);
            _groups.Clear();
            _sentence++;
        }
    }

    // Compiled for speed at once, see FoldedReader.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FindWords()
    {
        var words = index.Words;
        ref byte codes = ref MemoryMarshal.GetReference(_reader.Codes);
        int length = _reader.Length;
        ulong before = 0;
        for (int at = 0; at < length; at += 64)
        {
            ref byte block = ref Unsafe.Add(ref codes, at);
            ulong letters = ~(Vector256.Equals(Vector256.LoadUnsafe(ref block), Vector256<byte>.Zero).ExtractMostSignificantBits()
                | ((ulong)Vector256.Equals(Vector256.LoadUnsafe(ref block, 32), Vector256<byte>.Zero).ExtractMostSignificantBits() << 32));
            for (ulong starts = letters & ~((letters << 1) | before); starts != 0; starts &= starts - 1)
            {
                int start = at + BitOperations.TrailingZeroCount(starts);
                ulong word = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref codes, start));
                // The lowest bit set is that of the first zero byte.
                ulong ends = (word - 0x0101010101010101) & ~word & 0x8080808080808080;
                word = ends == 0 ? word : word & (((ends & (0 - ends)) - 1) >> 7);
                if (words.MayHave(word))
                    Anchor(start, word, ends != 0);
            }

            before = letters >> 63;
        }
    }

    private void Anchor(int start, ulong word, bool isWhole)
    {
        // Most of what is met was met before.
        ref var remembered = ref _memory[(word * 0x9E3779B97F4A7C15) >> (64 - MemoryBits)];
        if (remembered.Word == word && isWhole)
        {
            See(CollectionsMarshal.AsSpan(_remembered).Slice(remembered.Start, remembered.Count));
            return;
        }

        var letters = _reader.Codes[start..];
        int end = letters.IndexOf(Letters.Boundary);
        Span<int> found = stackalloc int[Lexicon.MaxFound];
        int count = lexicon.Find(end < 0 ? letters : letters[..end], found);
        if (_remembered.Count > MostRemembered)
        {
            _remembered.Clear();
            Array.Clear(_memory);
        }

        int first = _remembered.Count;
        foreach (int entry in found[..count])
            _remembered.AddRange(index.GroupsOf(entry));
        if (isWhole)
            remembered = (word, first, _remembered.Count - first);
        See(CollectionsMarshal.AsSpan(_remembered)[first..]);
    }

    private void See(ReadOnlySpan<int> groups)
    {
        foreach (int group in groups)
        {
            if (_seen[group] == _sentence)
                continue;
            _seen[group] = _sentence;
            _groups.Add(group);
        }
    }

    private bool HasAll(int[] groups)
    {
        foreach (int group in groups)
        {
            if (_seen[group] != _sentence)
                return false;
        }

        return true;
    }

    private void LookAtAnchored(string text, int start, int end, bool isTitle)
    {
        bool isRead = false;
        foreach (int group in _groups)
        {
            foreach (var (rule, others) in index.RulesOf(group))
            {
                if (!_candidates[rule] && HasAll(others))
                    LookAt(rule, text, start, end, isTitle, ref isRead);
            }
        }
    }

    /// <summary>Invisible joiners may stand for spaces: the sentence has words that the quick look does not see.</summary>
    private void LookAtAll(string text, int start, int end, bool isTitle)
    {
        bool isRead = false;
        for (int rule = 0; rule < _candidates.Length; rule++)
        {
            if (!_candidates[rule])
                LookAt(rule, text, start, end, isTitle, ref isRead);
        }
    }

    private void LookAt(int rule, string text, int start, int end, bool isTitle, ref bool isRead)
    {
        if (index.IsCertain[rule])
        {
            if (!isRead)
                scan.ReadSentence(text, start, end, isTitle);
            isRead = true;
            if (!RuleMatcher.Matches(index.Rules[rule], scan))
                return;
        }

        _candidates[rule] = _any = true;
    }
}
