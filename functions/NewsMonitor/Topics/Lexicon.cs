namespace NewsMonitor.Topics;

/// <summary>What one folded word form can be.</summary>
/// <param name="Sets">The sets that it is an occurrence of.</param>
/// <param name="Expressions">The fixed expressions that start with it.</param>
internal sealed record Term(string Text, int[] Sets, Expression[] Expressions);

/// <summary>The rest of a fixed expression of several words, by term number.</summary>
internal sealed record Expression(int[] Rest, int[] Sets);

/// <summary>Every surface form of every word of a topics file, found by hash. Words that no rule knows are the common case and cost one probe.</summary>
internal sealed class Lexicon
{
    public const int MaxWord = 48;
    public const uint HashSeed = 2166136261;
    private const int MaxForms = 2_000_000;

    private readonly Term[] _terms;
    private readonly uint[] _hashes;
    private readonly int[] _slots;

    // One bit in eight is set: tells most unknown words apart within the processor's cache, which the table is too big for.
    private readonly ulong[] _filter;
    private readonly int _filterShift;

    private Lexicon(Term[] terms)
    {
        _terms = terms;
        int capacity = 16;
        while (capacity < terms.Length * 3)
        {
            capacity *= 2;
        }

        _slots = new int[capacity];
        _hashes = new uint[capacity];
        int filterBits = Math.Max(6, (int)Math.Log2(capacity) + 1);
        _filter = new ulong[1 << (filterBits - 6)];
        _filterShift = 32 - filterBits;
        for (int i = 0; i < terms.Length; i++)
        {
            uint hash = Hash(terms[i].Text);
            _filter[FilterBit(hash) >> 6] |= 1UL << (int)FilterBit(hash);
            uint slot = Slot(hash);
            while (_slots[slot] != 0)
            {
                slot = (slot + 1) & (uint)(capacity - 1);
            }

            (_slots[slot], _hashes[slot]) = (i + 1, hash);
        }
    }

    public Term this[int term] => _terms[term];

    /// <summary>The hash of a word is that of its letters, one after the other.</summary>
    public static uint Hash(uint hash, char letter) => (hash ^ letter) * 16777619;

    public static uint Hash(ReadOnlySpan<char> word)
    {
        uint hash = HashSeed;
        foreach (char c in word)
        {
            hash = Hash(hash, c);
        }

        return hash;
    }

    /// <summary>The number of the term with this folded form, or -1.</summary>
    public int Find(ReadOnlySpan<char> word, uint hash)
    {
        if ((_filter[FilterBit(hash) >> 6] & (1UL << (int)FilterBit(hash))) == 0)
        {
            return -1;
        }

        for (uint slot = Slot(hash); _slots[slot] != 0; slot = (slot + 1) & (uint)(_slots.Length - 1))
        {
            if (_hashes[slot] == hash && word.SequenceEqual(_terms[_slots[slot] - 1].Text))
            {
                return _slots[slot] - 1;
            }
        }

        return -1;
    }

    private uint FilterBit(uint hash) => (hash * 0x9E3779B1) >> _filterShift;

    private uint Slot(uint hash) => (hash ^ (hash >> 15)) & (uint)(_slots.Length - 1);

    public static Lexicon Build(IReadOnlyList<WordEntry> entries)
    {
        var builder = new Builder();
        foreach (var entry in entries)
        {
            builder.Add(entry);
        }

        // After the real words, which they never displace.
        foreach (var entry in entries.Where(e => e.Misspelt))
        {
            builder.AddMisspellings(entry);
        }

        return builder.Build();
    }

    private sealed class Builder
    {
        private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
        private readonly List<string> _texts = [];
        private readonly List<int[]> _sets = []; // shared between the forms of an entry
        private readonly List<Expression[]> _expressions = [];

        public void Add(WordEntry entry)
        {
            string[] words = entry.Words;
            int[] rest = [.. words.Skip(1).Select(w => Number(Inflection.Fold(w)))];
            foreach (var form in Inflection.Forms(words[0], entry.Pos))
            {
                if (form.Text.Length > MaxWord)
                {
                    continue;
                }

                int number = Number(form.Text);
                if (rest.Length == 0)
                {
                    AddSets(number, entry.Sets);
                }
                else
                {
                    _expressions[number] = [.. _expressions[number], new Expression(rest, entry.Sets)];
                }

                if (_texts.Count > MaxForms)
                {
                    throw new MonitorException(
                        $"the topics file makes more than {MaxForms} word forms (at \"{entry.Text}\" of {entry.WrittenIn[0].Name}); list fewer words");
                }
            }
        }

        public void AddMisspellings(WordEntry entry)
        {
            int real = _texts.Count;
            foreach (string wrong in Inflection.MisspeltForms(entry.Text, entry.Pos))
            {
                if (!_numbers.TryGetValue(wrong, out int number) || number >= real)
                {
                    AddSets(Number(wrong), entry.Sets);
                }
            }
        }

        public Lexicon Build() => new([.. _texts.Select((text, i) => new Term(text, _sets[i], _expressions[i]))]);

        private void AddSets(int number, int[] sets)
        {
            if (_sets[number].Length == 0)
            {
                _sets[number] = sets;
            }
            else if (_sets[number] != sets)
            {
                _sets[number] = [.. _sets[number].Union(sets).Order()];
            }
        }

        private int Number(string text)
        {
            if (!_numbers.TryGetValue(text, out int number))
            {
                _numbers[text] = number = _texts.Count;
                _texts.Add(text);
                _sets.Add([]);
                _expressions.Add([]);
            }

            return number;
        }
    }
}
