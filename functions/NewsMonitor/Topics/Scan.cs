namespace NewsMonitor.Topics;

/// <summary>Words of a set, in a text. Words are counted through title and text; places are UTF-16 units of the title or the text.</summary>
internal readonly record struct Occurrence(int First, int Last, int Start, int End, int Sentence);

/// <summary>The occurrences of all sets in one article. Reused from article to article: nothing is allocated for an article without known words.</summary>
internal sealed class Scan(RuleFile file, Lexicon lexicon)
{
    private readonly List<Occurrence>[] _sets = new List<Occurrence>[file.Closure.Length];
    private readonly bool[] _unsorted = new bool[file.Closure.Length];
    private readonly bool[] _evaluated = new bool[file.Phrases.Count];
    private readonly List<int> _touched = [];
    private readonly List<Known> _known = [];
    private readonly int[] _jointLength = new int[MaxJoints + 1], _jointEnd = new int[MaxJoints + 1], _jointNext = new int[MaxJoints + 1];
    private const int MaxJoints = 15;
    private static readonly List<Occurrence> s_nothing = [];

    private readonly record struct Known(int Term, int Word, int Start, int End, int Sentence);

    private int _words, _sentence;
    private bool _sentenceEnded;

    /// <summary>How many words the title has; later words are the text's.</summary>
    public int TitleWords { get; private set; }

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
        foreach (int set in _touched)
        {
            _sets[set].Clear();
            _unsorted[set] = false;
        }

        _touched.Clear();
        Array.Clear(_evaluated);
        _known.Clear();
        (_words, _sentence, _sentenceEnded) = (0, 0, false);
        ReadWords(title, oneSentence: true);
        TitleWords = _words;
        _sentenceEnded = true;
        ReadWords(text, oneSentence: false);
        FindExpressions();
    }

    private void Find(NamedPhrase phrase)
    {
        if (!RuleMatcher.CanMatch(phrase.Pattern, this))
        {
            return;
        }

        foreach (var match in RuleMatcher.Find(phrase.Pattern, this))
        {
            foreach (int set in file.Closure[phrase.Set])
            {
                Add(set, match);
            }
        }
    }

    private void Add(int set, in Occurrence occurrence)
    {
        var list = _sets[set] ??= [];
        if (list.Count == 0)
        {
            _touched.Add(set);
        }
        else if (list[^1].First > occurrence.First)
        {
            _unsorted[set] = true; // expressions and named phrases come after the single words
        }

        list.Add(occurrence);
    }

    private void ReadWords(string text, bool oneSentence)
    {
        char[] table = ArabicFolding.Table;
        Span<char> word = stackalloc char[Lexicon.MaxWord];
        uint hash = Lexicon.HashSeed;
        int length = 0, start = 0, end = 0, joints = 0, newlines = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            char to = table[c];
            if (to >= ArabicFolding.FirstLetter || to == ArabicFolding.Several)
            {
                if (length == 0)
                {
                    start = i;
                }
                else if (joints > 0 && _jointLength[joints - 1] == length)
                {
                    _jointNext[joints - 1] = i;
                }

                end = i + 1;
                if (to != ArabicFolding.Several)
                {
                    if (length < Lexicon.MaxWord)
                    {
                        word[length] = to;
                        hash = Lexicon.Hash(hash, to);
                    }

                    length++;
                    continue;
                }

                foreach (char letter in ArabicFolding.Letters(c))
                {
                    if (length < Lexicon.MaxWord)
                    {
                        word[length] = letter;
                        hash = Lexicon.Hash(hash, letter);
                    }

                    length++;
                }

                continue;
            }

            if (to == ArabicFolding.Mark)
            {
                end = end == i ? i + 1 : end;
                continue;
            }

            if (to == ArabicFolding.Joint && joints < MaxJoints && length <= Lexicon.MaxWord)
            {
                if (length > 0 && (joints == 0 || _jointLength[joints - 1] != length))
                {
                    (_jointLength[joints], _jointEnd[joints], _jointNext[joints]) = (length, end, i + 1);
                    joints++;
                }

                continue;
            }

            if (length > 0)
            {
                EndWord(word, hash, length, start, end, joints);
                (hash, length, joints, newlines) = (Lexicon.HashSeed, 0, 0, 0);
            }

            if (c == ' ' || oneSentence)
            {
                continue;
            }

            if (c == '\n')
            {
                // Feeds wrap lines and end blocks with the same character: only an empty line surely ends a sentence.
                newlines++;
                _sentenceEnded |= newlines > 1;
            }
            else
            {
                _sentenceEnded |= c == '\u2029' || (newlines > 0 && c is '•' or '*' or '▪' or '●') || Sentences.Ends(text, i);
            }
        }

        if (length > 0)
        {
            EndWord(word, hash, length, start, end, joints);
        }
    }

    private void EndWord(ReadOnlySpan<char> word, uint hash, int length, int start, int end, int joints)
    {
        if (joints > 0 && _jointLength[joints - 1] == length)
        {
            joints--; // at the very end
        }

        int term = length <= Lexicon.MaxWord ? lexicon.Find(word[..length], hash) : -1;
        if (term >= 0 || joints == 0)
        {
            AddWord(term, start, end);
            return;
        }

        // Not a word as a whole: someone typed invisible joiners for spaces. Take the longest known words, left to right.
        (_jointLength[joints], _jointEnd[joints]) = (length, end);
        int from = 0, at = 0;
        for (int piece = 0; piece <= joints;)
        {
            int last = Math.Min(piece + 3, joints);
            for (term = -1; ; last--)
            {
                if (_jointLength[last] <= Lexicon.MaxWord)
                {
                    var joined = word[from.._jointLength[last]];
                    term = lexicon.Find(joined, Lexicon.Hash(joined));
                }

                if (term >= 0 || last == piece)
                {
                    break;
                }
            }

            AddWord(term, piece == 0 ? start : at, _jointEnd[last]);
            (from, at, piece) = (Math.Min(_jointLength[last], Lexicon.MaxWord), _jointNext[last], last + 1);
        }
    }

    private void AddWord(int term, int start, int end)
    {
        if (_sentenceEnded)
        {
            _sentence++;
            _sentenceEnded = false;
        }

        int number = _words++;
        if (term < 0)
        {
            return;
        }

        _known.Add(new Known(term, number, start, end, _sentence));
        foreach (int set in lexicon[term].Sets)
        {
            Add(set, new Occurrence(number, number, start, end, _sentence));
        }
    }

    private void FindExpressions()
    {
        for (int i = 0; i < _known.Count; i++)
        {
            var first = _known[i];
            foreach (var expression in lexicon[first.Term].Expressions)
            {
                int found = 0;
                while (found < expression.Rest.Length && i + found + 1 < _known.Count && _known[i + found + 1] is var next
                    && next.Term == expression.Rest[found] && next.Word == first.Word + found + 1 && next.Sentence == first.Sentence)
                {
                    found++;
                }

                if (found == expression.Rest.Length)
                {
                    var last = _known[i + found];
                    foreach (int set in expression.Sets)
                    {
                        Add(set, new Occurrence(first.Word, last.Word, first.Start, last.End, first.Sentence));
                    }
                }
            }
        }
    }
}
