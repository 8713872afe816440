using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NewsMonitor.Topics.Arabic;
using NewsMonitor.Topics.Rules;

namespace NewsMonitor.Topics.Matching;

/// <summary>
/// Words of a set, in a text. Words are counted through title and text; places are UTF-16 units of the title or the text, the end that of
/// the last letter, without its marks.
/// </summary>
internal readonly record struct Occurrence(int First, int Last, int Start, int End, int Sentence)
{
    /// <summary>The last word that was needed; behind it is what a phrase took in because it followed.</summary>
    public int LastNeeded { get; init; } = Last;
}

/// <summary>
/// The occurrences of all sets in one article, or in one sentence of it. Reused from article to article: nothing is allocated for one
/// without known words.
/// </summary>
internal sealed class Scan(RuleFile file, Vocabulary vocabulary)
{
    /// <summary>So many occurrences of a set at most begin at one word.</summary>
    private const int MostFromOneWord = 8;

    private static readonly List<Occurrence> s_nothing = [];

    private readonly FoldedReader _reader = new();
    private readonly WordFinder _finder = new();
    private readonly WordMemory _memory = new(vocabulary);

    /// <summary>By set: the occurrences of the words that are written in it, and of all its members and phrases once they are asked for.</summary>
    private readonly List<Occurrence>[] _written = new List<Occurrence>[file.Closure.Length], _sets = new List<Occurrence>[file.Closure.Length];
    private readonly bool[] _unsorted = new bool[file.Closure.Length], _gathered = new bool[file.Closure.Length];
    private readonly List<Occurrence>?[] _gatheredLists = new List<Occurrence>[file.Closure.Length];
    private readonly List<int> _touched = [], _asked = [];

    /// <summary>The words that an expression may begin or go on with, and the entries and followers that they are.</summary>
    private readonly List<Linked> _linked = [];
    private readonly List<int> _entries = [];

    private readonly record struct Linked(int Word, int Start, int End, int Sentence, int Entries, int Count);

    private int _words, _sentence;
    private bool _sentenceEnded;

    /// <summary>How many words the title has; later words are the text's.</summary>
    public int TitleWords { get; private set; }

    /// <summary>Whether it holds one sentence and the title only: what is in the rest of the article is not known.</summary>
    public bool IsPartial { get; private set; }

    /// <summary>Whether the last article left it with long lists.</summary>
    public bool IsLarge => _linked.Capacity > 1 << 16;

    /// <summary>By place.</summary>
    public List<Occurrence> this[int set]
    {
        get
        {
            if (!_gathered[set])
                Gather(set);
            return _sets[set];
        }
    }

    public void Read(ReadOnlyMemory<char> title, ReadOnlyMemory<char> text) => Read(title, text, 0, text.Length, isWhole: true);

    /// <summary>Reads the title and one sentence: [start, end) of the text. Only the title when that is empty.</summary>
    public void ReadSentence(ReadOnlyMemory<char> title, ReadOnlyMemory<char> text, int start, int end) => Read(title, text, start, end, isWhole: false);

    private void Read(ReadOnlyMemory<char> title, ReadOnlyMemory<char> text, int start, int end, bool isWhole)
    {
        Clear(partial: !isWhole);
        ReadWords(title, 0, title.Length, oneSentence: true);
        TitleWords = _words;
        _sentenceEnded = true;
        ReadWords(text, start, end, oneSentence: !isWhole);
        FindExpressions();
    }

    private void Clear(bool partial)
    {
        foreach (int set in _touched)
            _written[set].Clear();
        foreach (int set in _asked)
            _gathered[set] = false;

        _touched.Clear();
        _asked.Clear();
        _linked.Clear();
        _entries.Clear();
        (_words, _sentence, _sentenceEnded, IsPartial) = (0, 0, false, partial);
    }

    /// <summary>Finds the occurrences of a set, and those of its phrases, when a rule first asks for them: most articles never get so far.</summary>
    private void Gather(int set)
    {
        _gathered[set] = true;
        _asked.Add(set);
        int[] members = file.Members[set], phrases = file.PhraseSets[set];
        var patterns = file.Patterns[set];
        if (phrases.Length == 0 && patterns.Length == 0 && members is [var only])
        {
            _sets[set] = Sorted(only);
            return;
        }

        // Not the list of a member, which it may have been when it had but one.
        var list = _gatheredLists[set] ??= [];
        list.Clear();
        foreach (int member in members)
        {
            if (_written[member] is { Count: > 0 } words)
                list.AddRange(words);
        }

        foreach (int phrase in phrases)
            list.AddRange(this[phrase]);
        foreach (var pattern in patterns)
            Find(pattern, list);
        Sort(list);
        _sets[set] = list;
    }

    private List<Occurrence> Sorted(int set)
    {
        if (_written[set] is not { Count: > 0 } list)
            return s_nothing;
        if (_unsorted[set])
            Sort(list);
        _unsorted[set] = false;
        return list;
    }

    /// <summary>
    /// By place, and each once: two entries of a set may have one form. Of those that begin at one word the shortest and the longest, since
    /// phrases made of phrases would else double their number with each level.
    /// </summary>
    private static void Sort(List<Occurrence> list)
    {
        if (list.Count < 2)
            return;
        list.Sort(static (a, b) => a.First != b.First ? a.First.CompareTo(b.First) : a.Last.CompareTo(b.Last));
        int kept = 1, first = 0;
        for (int i = 1; i < list.Count; i++)
        {
            if (list[i].First != list[kept - 1].First)
                first = kept;
            else if (list[i].Last == list[kept - 1].Last)
                continue;
            else if (kept - first == MostFromOneWord)
                kept--;
            list[kept++] = list[i];
        }

        list.RemoveRange(kept, list.Count - kept);
    }

    private void Find(Pattern pattern, List<Occurrence> found)
    {
        if (!RuleMatcher.CanMatch(pattern, this))
            return;

        foreach (var anchor in this[pattern.Elements[0]])
        {
            if (RuleMatcher.At(pattern, this, anchor) is { } match)
                found.Add(match);
        }
    }

    private void Add(int set, in Occurrence occurrence)
    {
        var list = _written[set] ??= [];
        if (list.Count == 0)
        {
            _touched.Add(set);
            _unsorted[set] = false;
        }
        else
        {
            if (list[^1].First == occurrence.First && list[^1].Last == occurrence.Last)
                return; // two entries of the set have the form
            _unsorted[set] |= list[^1].First > occurrence.First; // expressions come after the single words
        }

        list.Add(occurrence);
    }

    private void ReadWords(ReadOnlyMemory<char> text, int start, int end, bool oneSentence)
    {
        _reader.Open(text, start, end, oneSentence);
        while (_reader.ReadWithPlaces())
        {
            var ends = _reader.Ends;
            int ended = 0, before = _words;
            _finder.Find(_reader.Codes, 0, _reader.Length, _reader.HasJoint ? null : vocabulary.Words, digits: true);
            var starts = _finder.Starts;
            var numbers = _finder.Numbers;
            for (int i = 0; i < starts.Length; i++)
            {
                for (; ended < ends.Length && ends[ended].Codes <= starts[i]; ended++)
                    _sentenceEnded = true;
                if (_reader.HasJoint)
                    ReadWord(starts[i]);
                else
                    AddWord(ref Unsafe.Add(ref MemoryMarshal.GetReference(_reader.Codes), starts[i]), starts[i], LengthAt(starts[i]), before + numbers[i]);
            }

            _sentenceEnded |= ended < ends.Length;
            _words = _reader.HasJoint ? _words : before + _finder.All;
        }
    }

    private int LengthAt(int start)
    {
        int length = _reader.Codes[start..].IndexOf(Letters.Boundary);
        return length < 0 ? _reader.Length - start : length;
    }

    /// <summary>
    /// Reads a word of a block in which someone typed invisible joiners: inside words, or for spaces. The longest known words, left to right.
    /// </summary>
    private void ReadWord(int at)
    {
        const int MostPieces = 4;
        Span<byte> joined = stackalloc byte[Lexicon.MaxWord + Lexicon.Margin];
        var word = _reader.Codes.Slice(at, LengthAt(at));
        for (int from = 0; from < word.Length;)
        {
            joined.Clear();
            int letters = 0, pieces = 0, taken = 0, takenLetters = 0;
            for (int i = from; i <= word.Length && letters <= Lexicon.MaxWord; i++)
            {
                bool ends = i == word.Length || word[i] == Letters.Joint;
                if (ends && letters > 0 && word[i - 1] != Letters.Joint)
                {
                    pieces++;
                    bool whole = from == 0 && i == word.Length;
                    if (taken == 0 || ((pieces <= MostPieces || whole) && _memory.Find(ref MemoryMarshal.GetReference(joined)).IsKnown))
                        (taken, takenLetters) = (i - from, letters);
                }

                if (!ends && letters < Lexicon.MaxWord)
                    joined[letters] = word[i];
                letters += ends ? 0 : 1;
            }

            if (taken == 0)
                taken = word.Length - from; // a piece longer than any word
            joined[Math.Min(takenLetters, Lexicon.MaxWord)..].Clear();
            AddWord(ref MemoryMarshal.GetReference(joined), at + from, taken, _words++);
            from += taken + 1;
        }
    }

    /// <param name="letters">Zeros behind them.</param>
    /// <param name="at">Where the word begins in the block.</param>
    /// <param name="length">Its length there, joints included.</param>
    /// <param name="number">Which word of the article it is.</param>
    private void AddWord(ref byte letters, int at, int length, int number)
    {
        bool isNumber = Letters.IsDigit(letters);
        var meaning = _memory.Find(ref letters);
        if (!meaning.IsKnown && !isNumber)
            return;

        if (_sentenceEnded)
        {
            _sentence++;
            _sentenceEnded = false;
        }

        int start = _reader.Places[at], end = _reader.Places[at + length - 1] + 1;
        var occurrence = new Occurrence(number, number, start, end, _sentence);
        if (isNumber)
            Add(RuleFile.NumberSet, occurrence);
        foreach (int set in meaning.Sets)
            Add(set, occurrence);
        if (meaning.Linked.Length == 0)
            return;

        _linked.Add(new Linked(number, start, end, _sentence, _entries.Count, meaning.Linked.Length));
        foreach (int entry in meaning.Linked)
            _entries.Add(entry);
    }

    private void FindExpressions()
    {
        for (int i = 0; i < _linked.Count; i++)
        {
            for (int e = 0; e < _linked[i].Count; e++)
            {
                int entry = _entries[_linked[i].Entries + e];
                if (vocabulary.IsFollower(entry) || vocabulary.FollowersOf(entry) is not { Length: > 0 } followers || !Follow(i, followers))
                    continue;
                var (first, last) = (_linked[i], _linked[i + followers.Length]);
                foreach (int set in vocabulary.SetsOf(entry))
                    Add(set, new Occurrence(first.Word, last.Word, first.Start, last.End, first.Sentence));
            }
        }
    }

    private bool Follow(int first, int[] followers)
    {
        for (int f = 0; f < followers.Length; f++)
        {
            if (first + f + 1 >= _linked.Count || _linked[first + f + 1] is var next
                && (next.Word != _linked[first].Word + f + 1 || next.Sentence != _linked[first].Sentence || !IsA(next, followers[f])))
            {
                return false;
            }
        }

        return true;
    }

    private bool IsA(in Linked word, int entry)
    {
        for (int e = 0; e < word.Count; e++)
        {
            if (_entries[word.Entries + e] == entry)
                return true;
        }

        return false;
    }
}
