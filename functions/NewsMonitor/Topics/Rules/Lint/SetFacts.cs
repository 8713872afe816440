using NewsMonitor.Topics.Arabic;
using NewsMonitor.Topics.Matching;

namespace NewsMonitor.Topics.Rules.Lint;

/// <summary>What can be said of the sets of a file without any text: which occur at all, and which are found wherever others are.</summary>
internal sealed class SetFacts
{
    private readonly RuleFile _file;
    private readonly Dictionary<int, List<int>> _written = [];
    private readonly (string Form, Attachment Attachment)[][] _forms;
    private readonly Dictionary<string, List<(int Entry, Attachment Attachment)>> _makers = new(StringComparer.Ordinal);
    private readonly Dictionary<int, bool> _occurs = [];
    private readonly Dictionary<(int, int), bool> _within = [], _holds = [], _entryWithin = [];

    public SetFacts(RuleFile file)
    {
        _file = file;
        _forms = [.. file.Entries.Select(FormsOf)];
        for (int e = 0; e < _forms.Length; e++)
        {
            foreach (int set in file.Entries[e].WrittenIn.Select(w => w.Set).Distinct())
                (_written.TryGetValue(set, out var entries) ? entries : _written[set] = []).Add(e);
            foreach (var (form, attachment) in _forms[e])
                (_makers.TryGetValue(form, out var makers) ? makers : _makers[form] = new(1)).Add((e, attachment));
        }
    }

    /// <summary>The entries that a set lists itself, by number.</summary>
    public IReadOnlyList<int> Written(int set) => _written.GetValueOrDefault(set) ?? [];

    /// <summary>The entry that a written word became.</summary>
    public int EntryOf(WrittenWord word) => Written(word.Set)
        .First(e => _file.Entries[e] is var entry && entry.Text == word.Text && entry.Pos == word.Pos && entry.Misspelt == word.Misspelt);

    /// <summary>The forms of an entry without proclitics, each once; an expression's with its later words.</summary>
    public (string Form, Attachment Attachment)[] Forms(int entry) => _forms[entry];

    /// <summary>The entries that make a form, with what it takes before it.</summary>
    public IReadOnlyList<(int Entry, Attachment Attachment)> Makers(string form) => _makers.GetValueOrDefault(form) ?? [];

    /// <summary>Whether any text can have it.</summary>
    public bool Occurs(int set)
    {
        if (!_occurs.TryGetValue(set, out bool occurs))
        {
            occurs = _file.Members[set].Any(m => m == RuleFile.NumberSet || Written(m).Any(e => _forms[e].Length > 0))
                || Phrases(set).Any(p => _file.Patterns[p].Any(v => v.Elements.Take(v.Needed).All(Occurs)));
            _occurs[set] = occurs;
        }

        return occurs;
    }

    /// <summary>Whether its occurrences are words, and no phrases or expressions.</summary>
    public bool IsOfSingleWords(int set) => !Phrases(set).Any() && _file.Members[set].SelectMany(Written).All(e => _file.Entries[e].Words.Length == 1);

    /// <summary>Whether a word can be of both.</summary>
    public bool Share(int set, int other) =>
        (_file.Members[set].Contains(RuleFile.NumberSet) && _file.Members[other].Contains(RuleFile.NumberSet))
        || _file.Members[set].SelectMany(Written).Any(e => _file.Entries[e].Misspelt
            || _forms[e].Any(f => Texts(f.Form, f.Attachment).Any(text => Finds(text, maker => _file.Entries[maker].Sets.Contains(other)))));

    /// <summary>How many words its shortest occurrence has, at least.</summary>
    public int Shortest(int set) => Phrases(set).Any() || _file.Members[set].Contains(RuleFile.NumberSet) ? 1
        : _file.Members[set].SelectMany(Written).Where(e => _forms[e].Length > 0).Min(e => _file.Entries[e].Words.Length);

    /// <summary>Whether each occurrence of <paramref name="inner"/> is one of <paramref name="outer"/>, of the same words.</summary>
    public bool IsWithin(int inner, int outer)
    {
        if (!_within.TryGetValue((inner, outer), out bool within))
        {
            within = _file.Closure[inner].Contains(outer)
                || Phrases(outer).Any(p => Plain(p).Any(set => IsWithin(inner, set)))
                || (Occurs(inner)
                    && _file.Members[inner].All(m => _file.Closure[m].Contains(outer) || (m != RuleFile.NumberSet && Written(m).All(e => IsEntryWithin(e, outer))))
                    && Phrases(inner).All(p => _file.Closure[p].Contains(outer)
                        || _file.Patterns[p].All(v => v.Kind == PatternKind.Any && IsWithin(v.Elements[0], outer))));
            _within[(inner, outer)] = within;
        }

        return within;
    }

    /// <summary>Whether each occurrence of <paramref name="whole"/> has one of <paramref name="part"/> among its words.</summary>
    public bool Holds(int whole, int part)
    {
        if (!_holds.TryGetValue((whole, part), out bool holds))
        {
            holds = IsWithin(whole, part)
                || (Occurs(whole)
                    && _file.Members[whole].All(m => IsWithin(m, part))
                    && Phrases(whole).All(p => _file.Patterns[p].All(v => Has(v, part))));
            _holds[(whole, part)] = holds;
        }

        return holds;
    }

    /// <summary>Whether each match of a pattern has an occurrence of <paramref name="part"/> between its first and its last needed word.</summary>
    public bool Has(Pattern pattern, int part) => Sure(pattern).Any(c => Holds(c.Set, part));

    /// <summary>What is sure of each match of a pattern, by its elements or because it must be inside.</summary>
    public IEnumerable<Condition> Sure(Pattern pattern) => SureElements(pattern).Concat(pattern.Conditions.Require.Where(c => c.Place == Place.Inside));

    /// <summary>What is sure of each match of a pattern by its elements.</summary>
    public IEnumerable<Condition> SureElements(Pattern pattern)
    {
        for (int e = 0; e < pattern.Needed; e++)
        {
            // Inside is not what the first element's own "then" took in; behind it stands another element only in a phrase.
            bool isInside = e > 0 || pattern.Kind == PatternKind.Phrase || !MayTakeMore(pattern.Elements[e]);
            yield return new Condition(isInside ? Place.Inside : Place.Near, pattern.Elements[e], isInside ? 0 : 1, 1);
        }

        if (pattern.Kind == PatternKind.Any && _file.Patterns[pattern.Elements[0]] is [var only])
        {
            foreach (var condition in SureElements(only))
                yield return condition;
        }
    }

    private bool MayTakeMore(int set) => Phrases(set).Any(p => _file.Patterns[p].Any(
        v => v.Elements.Length > v.Needed || (v.Kind != PatternKind.Phrase && MayTakeMore(v.Elements[0]))));

    /// <summary>Whether every form of an entry is a form of the set too.</summary>
    public bool IsEntryWithin(int entry, int set)
    {
        if (!_entryWithin.TryGetValue((entry, set), out bool within))
        {
            within = _file.Entries[entry].Sets.Contains(set) || IsMadeBy(entry, other => _file.Entries[other].Sets.Contains(set));
            _entryWithin[(entry, set)] = within;
        }

        return within;
    }

    /// <summary>Whether the entries of a kind make all forms of another, between them.</summary>
    public bool IsMadeBy(int entry, Func<int, bool> others) => _forms[entry].Length > 0
        && (!_file.Entries[entry].Misspelt || HasSameSlips(entry, others))
        && _forms[entry].All(f => Texts(f.Form, f.Attachment).All(text => Finds(text, others)));

    /// <summary>The entries that find the first form of one, itself included.</summary>
    public HashSet<int> Finders(int entry) => _forms[entry] is not [var (form, attachment), ..] ? []
        : [.. Texts(form, attachment).Take(1).SelectMany(text => Readings(text).Select(r => r.Entry))];

    /// <summary>Whether the entries of a kind make a form of some text.</summary>
    private bool Finds(string text, Func<int, bool> others) => Readings(text).Any(r => others(r.Entry));

    /// <summary>The entries that a text is a form of, and the form without its proclitic.</summary>
    public IEnumerable<(int Entry, string Body)> Readings(string text) =>
        Proclitics.All.Where(p => text.StartsWith(p.Text, StringComparison.Ordinal)).SelectMany(
            p => Makers(text[p.Text.Length..]).Where(m => (m.Attachment & p.Takers) != 0).Select(m => (m.Entry, text[p.Text.Length..])));

    /// <summary>A form with all that may stand before it; a name in ال takes لل, so that ل before it does not count.</summary>
    private static IEnumerable<string> Texts(string form, Attachment attachment) => Proclitics.All
        .Where(p => (p.Takers & attachment) != 0 && !(p.Text.EndsWith('ل') && form.StartsWith("ال", StringComparison.Ordinal)))
        .Select(p => p.Text + form);

    private bool HasSameSlips(int entry, Func<int, bool> others) => Makers(Inflection.Fold(_file.Entries[entry].Text))
        .Any(m => _file.Entries[m.Entry] is { Misspelt: true } other && other.Pos == _file.Entries[entry].Pos && others(m.Entry)
            && Inflection.Fold(other.Text) == Inflection.Fold(_file.Entries[entry].Text));

    /// <summary>The phrases whose matches are occurrences of a set.</summary>
    private IEnumerable<int> Phrases(int set) => _file.Patterns[set].Length > 0 ? _file.PhraseSets[set].Append(set) : _file.PhraseSets[set];

    /// <summary>The sets whose every occurrence makes a phrase.</summary>
    private IEnumerable<int> Plain(int phrase) => _file.Patterns[phrase]
        .Where(v => v.Kind == PatternKind.Any && !v.Conditions.All.Any()).Select(v => v.Elements[0]);

    private static (string Form, Attachment Attachment)[] FormsOf(WordEntry entry)
    {
        // What follows the first word is part of the form; after a noun it may take the article, after a name not.
        string rest = entry.Rest;
        bool agrees = rest.Length > 0 && entry.Pos is PartOfSpeech.Noun or PartOfSpeech.Possessed or PartOfSpeech.Person or PartOfSpeech.Adjective;
        var forms = new Dictionary<string, Attachment>(StringComparer.Ordinal);
        foreach (var body in entry.Bodies().Where(b => b.Text.Length is > 0 and <= Lexicon.MaxWord))
        {
            string form = body.Text + rest + (agrees ? " +" : "");
            forms[form] = forms.GetValueOrDefault(form) | body.Attachment;
        }

        return [.. forms.Select(f => (f.Key, f.Value))];
    }
}
