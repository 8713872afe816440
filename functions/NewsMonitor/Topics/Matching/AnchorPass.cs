using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NewsMonitor.Topics.Matching;

/// <summary>
/// The first pass over an article, and for nearly all of them the only one: finds the rules that have their anchors in one sentence and in the
/// article, and then, where one sentence can show it, their words as well. What it leaves out cannot match; the rest is then matched for good.
/// </summary>
internal sealed class AnchorPass
{
    private const int ArticlesToLearnFrom = 256;
    private const int MostPending = 1 << 14;

    private readonly AnchorIndex _index;
    private readonly AtomMemory _memory;
    private readonly Scan _scan;
    private readonly FoldedReader _reader = new();
    private readonly SentenceAnchors _sentence;
    private readonly bool[] _candidates;
    private readonly ulong[] _article;

    /// <summary>Sentences that have the anchors of rules, and the rules: to be looked at when it is known what the article has.</summary>
    private readonly List<PendingSentence> _sentences = [];
    private readonly List<ulong> _pendingAnchors = [];
    private readonly List<int> _pendingRules = [];

    /// <summary>In the block: where the words begin that may be anchors, and which words of it they are.</summary>
    private readonly int[] _starts = new int[(FoldedReader.MaxLength / 2) + 1], _numbers = new int[(FoldedReader.MaxLength / 2) + 1];
    private readonly long[] _articlesWith;
    private int _articles, _start, _words;
    private string _title = "", _text = "";
    private bool _isTitle, _any;

    private readonly record struct PendingSentence(bool IsTitle, int Start, int End, int Rules);

    public AnchorPass(AnchorIndex index, Lexicon lexicon, Scan scan)
    {
        (_index, _memory, _scan) = (index, new AtomMemory(index, lexicon), scan);
        _sentence = new SentenceAnchors(index, _memory);
        _candidates = new bool[index.Rules.Count];
        _article = new ulong[Anchors.Words(index.AtomCount)];
        _articlesWith = new long[index.AtomCount];
    }

    /// <summary>The rules that may match, by number; null when there are none. Valid until the next call.</summary>
    public bool[]? Find(string title, string text)
    {
        if (_any)
            Array.Clear(_candidates);
        (_any, _title, _text) = (false, title, text);
        if (_index.Gate is not { } gate || Passes(gate, title, isTitle: true) || Passes(gate, text, isTitle: false))
        {
            Array.Clear(_article);
            Read(title, isTitle: true);
            Read(text, isTitle: false);
            if (_articles < ArticlesToLearnFrom)
                Learn();
            LookAtPending();
        }

        for (int rule = 0; rule < _candidates.Length; rule++)
        {
            if (_index.Rules[rule].Sentence.Length == 0)
                _candidates[rule] = _any = true;
        }

        return _any ? _candidates : null;
    }

    /// <summary>Whether a text has a word that some rule cannot do without.</summary>
    private bool Passes(AnchorGate gate, string text, bool isTitle)
    {
        _reader.Open(text, 0, text.Length, isTitle);
        while (_reader.Read())
        {
            int count = FindWords(gate.Words, out _);
            ref byte codes = ref MemoryMarshal.GetReference(_reader.Codes);
            for (int i = 0; i < count; i++)
            {
                ref byte word = ref Unsafe.Add(ref codes, _starts[i]);
                int mask = _memory.Find(ref word, WordKey.At(ref word));
                if (mask != 0 && Anchors.Intersect(gate.Atoms, _memory.Masks[mask..]))
                    return true;
            }

            if (_reader.HasJoint)
                return true;
        }

        return false;
    }

    private void Read(string text, bool isTitle)
    {
        (_isTitle, _start, _words) = (isTitle, 0, 0);
        _reader.Open(text, 0, text.Length, isTitle);
        while (_reader.Read())
            ReadBlock();
    }

    private void ReadBlock()
    {
        int count = FindWords(_index.Words, out int words);
        var ends = _reader.Ends;
        ref byte codes = ref MemoryMarshal.GetReference(_reader.Codes);
        int ended = 0;
        for (int i = 0; i < count; i++)
        {
            for (; ended < ends.Length && ends[ended].Codes < _starts[i]; ended++)
                EndSentence(ends[ended].Place);
            ref byte word = ref Unsafe.Add(ref codes, _starts[i]);
            int mask = _memory.Find(ref word, WordKey.At(ref word));
            if (mask != 0)
                _sentence.Add(mask, _words + _numbers[i]);
        }

        for (; ended < ends.Length; ended++)
            EndSentence(ends[ended].Place);
        _words += words;
        if (_reader.HasJoint)
        {
            // Invisible joiners may stand for spaces: there are words that this look does not see. Such texts are few.
            _candidates.AsSpan().Fill(true);
            _any = true;
        }
    }

    /// <summary>Finds where in the block the words begin that may be some of these.</summary>
    /// <param name="all">How many words there are.</param>
    /// <returns>How many may be.</returns>
    // Compiled for speed at once, see FoldedReader.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int FindWords(WordFilter words, out int all)
    {
        ref int starts = ref MemoryMarshal.GetArrayDataReference(_starts);
        ref int numbers = ref MemoryMarshal.GetArrayDataReference(_numbers);
        ref byte codes = ref MemoryMarshal.GetReference(_reader.Codes);
        int length = _reader.Length, count = 0, number = 0;
        ulong before = 0;
        for (int at = 0; at < length; at += 64)
        {
            ulong letters = ~WordWalk.Zeros(ref Unsafe.Add(ref codes, at));
            for (ulong begins = letters & ~((letters << 1) | before); begins != 0; begins &= begins - 1)
            {
                int start = at + BitOperations.TrailingZeroCount(begins);
                // Without a branch: the processor could not guess it.
                Unsafe.Add(ref starts, count) = start;
                Unsafe.Add(ref numbers, count) = number++;
                count += words.MayHave(WordKey.At(ref Unsafe.Add(ref codes, start)));
            }

            before = letters >> 63;
        }

        all = number;
        return count;
    }

    private void EndSentence(int place)
    {
        if (!_sentence.IsEmpty)
        {
            int before = _pendingRules.Count;
            _sentence.FindRules(_candidates, _pendingRules);
            if (_pendingRules.Count > before)
            {
                _sentences.Add(new(_isTitle, _start, place, _pendingRules.Count));
                _pendingAnchors.AddRange(_sentence.Atoms);
            }

            for (int i = 0; i < _article.Length; i++)
                _article[i] |= _sentence.Atoms[i];
            _sentence.Clear();
            if (_pendingRules.Count > MostPending)
            {
                // Of a text this long it is not waited to see all.
                _article.AsSpan().Fill(ulong.MaxValue);
                LookAtPending();
            }
        }

        _start = place;
    }

    private void LookAtPending()
    {
        int next = 0;
        for (int s = 0; s < _sentences.Count; s++)
        {
            var (isTitle, start, end, last) = _sentences[s];
            var anchors = CollectionsMarshal.AsSpan(_pendingAnchors).Slice(s * _article.Length, _article.Length);
            bool isRead = false;
            for (; next < last; next++)
            {
                int number = _pendingRules[next];
                var rule = _index.Rules[number];
                if (_candidates[number] || !MayHold(rule.Outcomes, anchors))
                    continue;

                if (rule.IsCertain)
                {
                    if (!isRead)
                        _scan.ReadSentence(isTitle ? _title : _text, start, end, isTitle);
                    isRead = true;
                    if (!RuleMatcher.Matches(rule.Rule, _scan))
                        continue;
                }

                _candidates[number] = _any = true;
            }
        }

        _sentences.Clear();
        _pendingAnchors.Clear();
        _pendingRules.Clear();
    }

    private bool MayHold(OutcomeAnchors[] outcomes, ReadOnlySpan<ulong> sentence)
    {
        foreach (var outcome in outcomes)
        {
            if (Anchors.AllHoldIn(outcome.Sentence, sentence) && Anchors.AllHoldIn(outcome.Article, _article))
                return true;
        }

        return false;
    }

    /// <summary>The first articles show how frequent the anchors are.</summary>
    private void Learn()
    {
        for (int atom = 0; atom < _articlesWith.Length; atom++)
            _articlesWith[atom] += (long)(_article[atom >> 6] >> atom & 1);
        if (++_articles < ArticlesToLearnFrom)
            return;
        _sentence.Learn();
        _index.Learn(_articlesWith);
    }
}
