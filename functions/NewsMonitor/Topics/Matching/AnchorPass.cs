using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NewsMonitor.Topics.Matching;

/// <summary>
/// The first pass over an article, and for nearly all of them the only one: looks for the few words that a match cannot do without, then, in the
/// sentences that have some, for the rest. What it leaves out cannot match; the rest is then matched for good.
/// </summary>
internal sealed class AnchorPass
{
    private const int ArticlesToLearnFrom = 256;
    private const int MostPending = 1 << 14;

    private readonly AnchorIndex _index;
    private readonly AtomMemory _memory;
    private readonly Scan _scan;
    private readonly FoldedReader _reader = new(), _articleReader = new();
    private readonly WordFinder _words = new();
    private readonly SentenceAnchors _sentence;
    private readonly bool[] _candidates;
    private readonly ulong[] _titleAtoms, _articleAtoms, _seenAtoms;

    /// <summary>What the look finds in a sentence, by number of the mask.</summary>
    private readonly int[] _seenMasks = new int[FoldedReader.MaxLength];

    /// <summary>Sentences that have the anchors of rules, and the rules: to be looked at when it is known what the article has.</summary>
    private readonly List<PendingSentence> _pending = [];
    private readonly List<FoundRule> _pendingRules = [];

    /// <summary>The sentences of the block to be looked at, by their number in it.</summary>
    private readonly List<int> _wanted = [];
    private List<ulong[]>? _toLearnFrom = [];
    private AnchorPlan _plan;
    private ReadOnlyMemory<char> _title, _text;
    private bool _isTitle, _any, _goesOn, _knowsTitle, _knowsArticle;
    private int _start, _wordsBefore, _learnt;

    private readonly record struct PendingSentence(bool IsTitle, int Start, int End, int Rules);

    public AnchorPass(AnchorIndex index, Lexicon lexicon, Scan scan)
    {
        (_index, _memory, _scan, _plan) = (index, new AtomMemory(index, lexicon), scan, index.Plan);
        _sentence = new SentenceAnchors(index, _memory);
        _candidates = new bool[index.Rules.Count];
        int words = Atoms.Words(index.AtomCount);
        (_titleAtoms, _articleAtoms, _seenAtoms) = (new ulong[words], new ulong[words], new ulong[words]);
    }

    /// <summary>The rules that may match, by number; null when there are none. Valid until the next call.</summary>
    public bool[]? Find(ReadOnlyMemory<char> title, ReadOnlyMemory<char> text)
    {
        if (_any)
            Array.Clear(_candidates);
        _plan = _index.Plan;
        _memory.Use(_plan);
        (_any, _title, _text, _knowsTitle, _knowsArticle) = (false, title, text, false, false);
        Read(title, isTitle: true);
        Read(text, isTitle: false);
        if (_toLearnFrom is not null)
            Learn();
        LookAtPending();
        foreach (int rule in _index.Always)
            _candidates[rule] = _any = true;
        return _any ? _candidates : null;
    }

    private void Read(ReadOnlyMemory<char> text, bool isTitle)
    {
        (_isTitle, _start, _wordsBefore, _goesOn) = (isTitle, 0, 0, false);
        _sentence.Clear();
        _reader.Open(text, 0, text.Length, isTitle);
        while (_reader.Read())
        {
            FindSentences();
            ReadSentences();
            _goesOn = !_reader.IsAtEnd;
        }
    }

    /// <summary>Finds the sentences of the block that have what some rule cannot do without.</summary>
    private void FindSentences()
    {
        _wanted.Clear();
        if (_goesOn)
            _wanted.Add(0); // what began in the block before is read whole, as is what goes on in the next
        var ends = _reader.Ends;
        ref byte codes = ref MemoryMarshal.GetReference(_reader.Codes);
        int sentence = 0, end = ends.Length > 0 ? ends[0].Codes : int.MaxValue;
        var seen = default(Look);
        int seenCount = 0;
        _words.Find(_reader.Codes, 0, _reader.Length, _plan.Words);
        foreach (int start in _words.Starts)
        {
            if (start >= end)
            {
                EndLook(sentence, seen, seenCount);
                (seen, seenCount) = (default, 0);
                while (sentence < ends.Length && ends[sentence].Codes <= start)
                    sentence++;
                end = sentence < ends.Length ? ends[sentence].Codes : int.MaxValue;
            }

            int mask = _memory.Find(ref Unsafe.Add(ref codes, start));
            var look = _memory.Looks[mask];
            seen.First |= look.First;
            seen.Second |= look.Second;
            _seenMasks[seenCount] = mask;
            seenCount += mask == 0 ? 0 : 1;
        }

        EndLook(sentence, seen, seenCount);
        if (!_reader.IsAtEnd && (_wanted.Count == 0 || _wanted[^1] != ends.Length))
            _wanted.Add(ends.Length);
        if (_reader.HasJoint)
        {
            // Invisible joiners may stand for spaces: there are words that this look does not see. Such texts are few.
            _candidates.AsSpan().Fill(true);
            _any = true;
        }
    }

    /// <summary>Notes the sentence if an anchor in it has a partner there.</summary>
    private void EndLook(int sentence, Look seen, int masks)
    {
        if (seen.First == 0 || !_plan.IsEnough(seen) || (_wanted.Count > 0 && _wanted[^1] == sentence))
            return;
        Array.Clear(_seenAtoms);
        foreach (int mask in _seenMasks.AsSpan(0, masks))
            Atoms.Add(_seenAtoms, _memory[mask]);
        if (_plan.IsEnough(_seenAtoms))
            _wanted.Add(sentence);
    }

    private void ReadSentences()
    {
        var ends = _reader.Ends;
        foreach (int sentence in _wanted)
        {
            int from = sentence == 0 ? 0 : ends[sentence - 1].Codes;
            int to = sentence < ends.Length ? ends[sentence].Codes : _reader.Length;
            AddWords(from, to);
            if (sentence < ends.Length)
                EndSentence(sentence == 0 ? _start : ends[sentence - 1].Place, ends[sentence].Place);
        }

        _start = ends.Length > 0 ? ends[^1].Place : _start;
    }

    private void AddWords(int from, int to)
    {
        _words.Find(_reader.Codes, from, to, _index.Words);
        ref byte codes = ref MemoryMarshal.GetReference(_reader.Codes);
        var starts = _words.Starts;
        var numbers = _words.Numbers;
        for (int i = 0; i < starts.Length; i++)
        {
            int mask = _memory.Find(ref Unsafe.Add(ref codes, starts[i]));
            if (mask != 0)
                _sentence.Add(mask, _wordsBefore + numbers[i]);
        }

        _wordsBefore += _words.All;
    }

    private void EndSentence(int start, int end)
    {
        if (_sentence.IsEmpty)
            return;
        int before = _pendingRules.Count;
        _sentence.FindRules(_plan, _candidates, _pendingRules);
        if (_pendingRules.Count > before)
            _pending.Add(new(_isTitle, start, end, _pendingRules.Count));
        _toLearnFrom?.Add(_sentence.Seen.ToArray());
        _sentence.Clear();
        if (_pendingRules.Count > MostPending)
            LookAtPending();
    }

    private void LookAtPending()
    {
        if (_pending.Count == 0)
            return;

        int next = 0;
        foreach (var (isTitle, start, end, last) in _pending)
        {
            bool isRead = false;
            for (; next < last; next++)
            {
                var (number, outcomes, settled) = _pendingRules[next];
                var rule = _index.Rules[number];
                if (_candidates[number] || (settled == 0 && !MayHold(rule.Outcomes, outcomes)))
                    continue;

                if (rule.IsCertain)
                {
                    if (!isRead)
                        _scan.ReadSentence(_title, _text, isTitle ? 0 : start, isTitle ? 0 : end);
                    isRead = true;
                    if (!RuleMatcher.Matches(rule.Rule, _scan))
                        continue;
                }

                _candidates[number] = _any = true;
            }
        }

        _pending.Clear();
        _pendingRules.Clear();
    }

    private bool MayHold(OutcomeAnchors[] outcomes, ulong possible)
    {
        for (int o = 0; o < outcomes.Length; o++)
        {
            var (_, title, article) = outcomes[o];
            if ((possible >> Math.Min(o, 63) & 1) != 0
                && (title.Length == 0 || Anchors.AllHoldIn(title, TitleAtoms())) && (article.Length == 0 || Anchors.AllHoldIn(article, ArticleAtoms())))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The anchors that the title has; read once, when a rule first asks.</summary>
    private ulong[] TitleAtoms()
    {
        if (!_knowsTitle)
        {
            _knowsTitle = true;
            Array.Clear(_titleAtoms);
            AddAtoms(_title, _titleAtoms);
        }

        return _titleAtoms;
    }

    private ulong[] ArticleAtoms()
    {
        if (!_knowsArticle)
        {
            _knowsArticle = true;
            TitleAtoms().CopyTo(_articleAtoms);
            AddAtoms(_text, _articleAtoms);
        }

        return _articleAtoms;
    }

    private void AddAtoms(ReadOnlyMemory<char> text, ulong[] atoms)
    {
        _articleReader.Open(text, 0, text.Length, oneSentence: true);
        while (_articleReader.Read())
        {
            _words.Find(_articleReader.Codes, 0, _articleReader.Length, _index.Words);
            ref byte codes = ref MemoryMarshal.GetReference(_articleReader.Codes);
            foreach (int start in _words.Starts)
            {
                int mask = _memory.Find(ref Unsafe.Add(ref codes, start));
                if (mask != 0)
                    Atoms.Add(atoms, _memory[mask]);
            }
        }
    }

    /// <summary>The first articles show which plan is best.</summary>
    private void Learn()
    {
        if (++_learnt < ArticlesToLearnFrom)
            return;
        _index.Learn(_toLearnFrom!);
        _toLearnFrom = null;
    }
}
