using NewsMonitor.Topics.Arabic;
using NewsMonitor.Topics.Rules;

namespace NewsMonitor.Topics.Matching;

/// <summary>Words of a set, in a text. Words are counted through title and text; places are UTF-16 units of the title or the text.</summary>
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
    private static readonly List<Occurrence> s_nothing = [];

    private readonly FoldedReader _reader = new();
    private readonly List<Occurrence>[] _sets = new List<Occurrence>[file.Closure.Length];
    private readonly bool[] _unsorted = new bool[file.Closure.Length];
    private readonly bool[] _evaluated = new bool[file.Phrases.Count];
    private readonly List<int> _touched = [];

    /// <summary>The words that the file knows, and for those that an expression may begin or go on with, the entries they are forms of.</summary>
    private readonly List<Known> _known = [];
    private readonly List<int> _entries = [];

    private readonly record struct Known(int Word, int Start, int End, int Sentence, int Entries, int Count);

    private int _words, _sentence;
    private bool _sentenceEnded;

    /// <summary>How many words the title has; later words are the text's.</summary>
    public int TitleWords { get; private set; }

    /// <summary>Whether it holds one sentence only: what is in the rest of the article is not known.</summary>
    public bool IsPartial { get; private set; }

    /// <summary>Whether the last article left it with long lists.</summary>
    public bool IsLarge => _known.Capacity > 1 << 16;

    /// <summary>By place.</summary>
    public List<Occurrence> this[int set]
    {
        get
        {
            // Named phrases are looked for when a rule first asks for them: most articles never get so far.
            foreach (int phrase in file.Feeders[set])
            {
                if (!_evaluated[phrase])
                {
                    _evaluated[phrase] = true;
                    Find(file.Phrases[phrase]);
                }
            }

            if (_unsorted[set])
            {
                _sets[set].Sort(static (a, b) => a.First != b.First ? a.First.CompareTo(b.First) : a.Last.CompareTo(b.Last));
                _unsorted[set] = false;
            }

            return _sets[set] ?? s_nothing;
        }
    }

    public void Read(string title, string text)
    {
        Clear(partial: false);
        ReadWords(title, 0, title.Length, oneSentence: true);
        TitleWords = _words;
        _sentenceEnded = true;
        ReadWords(text, 0, text.Length, oneSentence: false);
        FindExpressions();
    }

    /// <summary>Reads one sentence: [start, end) of a title or a text.</summary>
    public void ReadSentence(string text, int start, int end, bool isTitle)
    {
        Clear(partial: true);
        ReadWords(text, start, end, oneSentence: true);
        TitleWords = isTitle ? _words : 0;
        FindExpressions();
    }

    private void Clear(bool partial)
    {
        foreach (int set in _touched)
        {
            _sets[set].Clear();
            _unsorted[set] = false;
        }

        _touched.Clear();
        Array.Clear(_evaluated);
        _known.Clear();
        _entries.Clear();
        (_words, _sentence, _sentenceEnded, IsPartial) = (0, 0, false, partial);
    }

    private void Find(NamedPhrase phrase)
    {
        if (!RuleMatcher.CanMatch(phrase.Pattern, this))
            return;

        foreach (var anchor in this[phrase.Pattern.Elements[0]])
        {
            if (RuleMatcher.At(phrase.Pattern, this, anchor) is not { } match)
                continue;
            foreach (int set in file.Closure[phrase.Set])
                Add(set, match);
        }
    }

    private void Add(int set, in Occurrence occurrence)
    {
        var list = _sets[set] ??= [];
        if (list.Count == 0)
        {
            _touched.Add(set);
        }
        else
        {
            if (list[^1].First == occurrence.First && list[^1].Last == occurrence.Last)
                return; // two entries of the set have the form
            _unsorted[set] |= list[^1].First > occurrence.First; // expressions and named phrases come after the single words
        }

        list.Add(occurrence);
    }

    private void ReadWords(string text, int start, int end, bool oneSentence)
    {
        _reader.Open(text, start, end, oneSentence);
        while (_reader.ReadWithPlaces())
        {
            var codes = _reader.Codes;
            for (int i = 0; i < codes.Length;)
            {
                int gap = codes[i..].IndexOfAnyExcept(Letters.Boundary);
                if (gap < 0)
                    break;
                i += gap;
                int length = codes[i..].IndexOf(Letters.Boundary);
                length = length < 0 ? codes.Length - i : length;
                ReadWord(text, i, length);
                i += length;
            }

            _sentenceEnded |= _reader.EndsSentence;
        }
    }

    private void ReadWord(string text, int at, int length)
    {
        var word = _reader.Codes.Slice(at, length);
        if (!_reader.HasJoint || !word.Contains(Letters.Joint))
        {
            AddWord(text, word, at, length);
            return;
        }

        // Someone typed invisible joiners: inside words, or for spaces. The longest known words, left to right.
        Span<byte> joined = stackalloc byte[Lexicon.MaxWord];
        const int MostPieces = 4;
        for (int from = 0; from < length;)
        {
            int letters = 0, pieces = 0, taken = 0, takenLetters = 0;
            for (int i = from; i <= length && letters <= Lexicon.MaxWord; i++)
            {
                bool ends = i == length || word[i] == Letters.Joint;
                if (ends && letters > 0 && word[i - 1] != Letters.Joint)
                {
                    pieces++;
                    bool whole = from == 0 && i == length;
                    if (taken == 0 || ((pieces <= MostPieces || whole) && Knows(joined[..letters])))
                        (taken, takenLetters) = (i - from, letters);
                }

                if (!ends && letters < joined.Length)
                    joined[letters] = word[i];
                letters += ends ? 0 : 1;
            }

            if (taken == 0)
                taken = length - from; // a piece longer than any word
            AddWord(text, joined[..Math.Min(takenLetters, joined.Length)], at + from, taken);
            from += taken + 1;
        }
    }

    private bool Knows(ReadOnlySpan<byte> word)
    {
        Span<int> found = stackalloc int[Lexicon.MaxFound];
        return vocabulary.Lexicon.Find(word, found) > 0;
    }

    /// <param name="word">The letters.</param>
    /// <param name="at">Where the word begins in the block.</param>
    /// <param name="length">Its length there, joints included.</param>
    private void AddWord(string text, ReadOnlySpan<byte> word, int at, int length)
    {
        if (_sentenceEnded)
        {
            _sentence++;
            _sentenceEnded = false;
        }

        int number = _words++;
        Span<int> found = stackalloc int[Lexicon.MaxFound];
        int count = vocabulary.Lexicon.Find(word, found);
        bool isNumber = Letters.IsDigit(word[0]);
        if (count == 0 && !isNumber)
            return;

        int start = _reader.Places[at], end = ArabicFolding.EndOfWord(text, _reader.Places[at + length - 1]);
        if (isNumber)
        {
            foreach (int set in file.SetsOfNumbers)
                Add(set, new Occurrence(number, number, start, end, _sentence));
        }

        _known.Add(new Known(number, start, end, _sentence, _entries.Count, count));
        foreach (int entry in found[..count])
        {
            _entries.Add(entry);
            if (vocabulary.IsFollower(entry) || vocabulary.FollowersOf(entry).Length > 0)
                continue;
            foreach (int set in vocabulary.SetsOf(entry))
                Add(set, new Occurrence(number, number, start, end, _sentence));
        }
    }

    private void FindExpressions()
    {
        for (int i = 0; i < _known.Count; i++)
        {
            for (int e = 0; e < _known[i].Count; e++)
            {
                int entry = _entries[_known[i].Entries + e];
                if (vocabulary.IsFollower(entry) || vocabulary.FollowersOf(entry) is not { Length: > 0 } followers || !Follow(i, followers))
                    continue;
                var (first, last) = (_known[i], _known[i + followers.Length]);
                foreach (int set in vocabulary.SetsOf(entry))
                    Add(set, new Occurrence(first.Word, last.Word, first.Start, last.End, first.Sentence));
            }
        }
    }

    private bool Follow(int first, int[] followers)
    {
        for (int f = 0; f < followers.Length; f++)
        {
            if (first + f + 1 >= _known.Count || _known[first + f + 1] is var next
                && (next.Word != _known[first].Word + f + 1 || next.Sentence != _known[first].Sentence || !IsA(next, followers[f])))
            {
                return false;
            }
        }

        return true;
    }

    private bool IsA(in Known word, int entry)
    {
        for (int e = 0; e < word.Count; e++)
        {
            if (_entries[word.Entries + e] == entry)
                return true;
        }

        return false;
    }
}
