using System.Text.RegularExpressions;
using NewsMonitor.Topics.Arabic;
using YamlDotNet.RepresentationModel;

namespace NewsMonitor.Topics.Rules;

/// <summary>From YAML to a <see cref="RuleFile"/>: checks every key and resolves every name.</summary>
internal sealed partial class RuleFileParser
{
    private static readonly HashSet<string> s_nothing = [];
    private const int MaxElements = 6;
    private const int MaxGap = 12;
    private const int MaxWithin = 60;

    /// <summary>Of how many sets a phrase may be made, those of its phrases counted as often as they are used.</summary>
    private const long MaxSize = 5_000;

    private readonly YamlReader _yaml;
    private readonly ExampleReader _examplesOf;
    private readonly Dictionary<string, int> _sets = new(StringComparer.Ordinal);
    private readonly List<List<int>> _absorbedBy = [];
    private readonly List<string> _labels = [];
    private readonly List<long> _sizes = [];
    private readonly List<(string Text, PartOfSpeech Pos, bool Misspelt, string SetName, int Set)> _entries = [];
    private readonly Dictionary<int, HashSet<string>> _except = [];
    private readonly Dictionary<string, int> _unnamed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Outcome[]> _contexts = new(StringComparer.Ordinal);
    private readonly RuleSource _source = new();

    private RuleFileParser(string fileName)
    {
        _yaml = new YamlReader(fileName);
        _examplesOf = new ExampleReader(_yaml);
        _sets[RuleFile.Number] = NewSet(RuleFile.Number);
    }

    /// <exception cref="MonitorException">Names every mistake with file, line and column.</exception>
    public static RuleFile Parse(string yaml, string fileName)
    {
        var parser = new RuleFileParser(fileName);
        var file = parser._yaml.Load(yaml, "one YAML document with the keys words and topics") is { } root ? parser.ReadFile(root) : null;
        parser._yaml.ThrowIfFailed();
        return file!;
    }

    private RuleFile ReadFile(YamlMappingNode root)
    {
        var parts = _yaml.Entries(root, "a topics file", "language", "words", "phrases", "contexts", "topics").ToDictionary(e => e.Key, e => e.Value);
        if (parts.TryGetValue("language", out var language))
        {
            // Files say which edition of the rule language they are written in, so that later editions can still read them.
            _yaml.Whole(language, "language", 1, 1);
        }

        var words = parts.TryGetValue("words", out var w) ? _yaml.Entries(w, "words").ToList() : [];
        foreach (var (name, at, _) in words)
        {
            Declare(name, at);
        }

        foreach (var (name, _, value) in words)
        {
            ReadWords(name, value);
        }

        var phrases = new List<NamedPhrase>();
        foreach (var (name, at, value) in parts.TryGetValue("phrases", out var p) ? _yaml.Entries(p, "phrases") : [])
        {
            // Declared only now: a phrase can use the phrases above it and never itself.
            if (value is YamlSequenceNode { Children.Count: 0 })
                _yaml.Error(value, $"phrase {name} needs at least one pattern");
            foreach (var variant in YamlReader.OneOrMore(value))
            {
                if (ReadPattern(variant, $"phrase {name}", []) is { } pattern)
                {
                    phrases.Add(new NamedPhrase(_sets.TryGetValue(name, out int set) ? set : -1, pattern));
                }
            }

            int declared = Declare(name, at);
            _sizes[declared] = phrases.Where(p => p.Set == -1).Sum(p => SizeOf(p.Pattern));
            if (_sizes[declared] > MaxSize)
            {
                // Phrases of phrases of phrases: each level multiplies what has to be tried.
                _yaml.Error(at, $"phrase {name} is made of {_sizes[declared]} sets, with those of the phrases in it; at most {MaxSize} can be");
                _sizes[declared] = 1;
            }

            for (int i = 0; i < phrases.Count; i++)
            {
                phrases[i] = phrases[i].Set == -1 ? phrases[i] with { Set = declared } : phrases[i];
            }
        }

        foreach (var (name, at, value) in parts.TryGetValue("contexts", out var c) ? _yaml.Entries(c, "contexts") : [])
        {
            _contexts[name] = ReadOutcomes(value, $"context {name}", 1);
            _source.Contexts.Add(_source.Put(new NamedContext(name, _contexts[name]), YamlReader.At(at)));
        }

        if (!parts.TryGetValue("topics", out var topicNodes))
        {
            _yaml.Error(root, "a topics file needs topics: a list of topics, each with id, title and rules");
        }

        var topics = topicNodes is null ? [] : _yaml.Items(topicNodes, "topics").Select(ReadTopic).ToList();
        if (topicNodes is not null && topics.Count == 0)
        {
            _yaml.Error(topicNodes, "topics needs at least one topic");
        }

        foreach (var twice in topics.GroupBy(t => t.Topic.Id, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            _yaml.Error(topicNodes!, $"two topics have the id {twice.Key}");
        }

        var closure = Enumerable.Range(0, _absorbedBy.Count).Select(Closure).ToArray();
        var entries = _entries
            .GroupBy(e => (e.Text, e.Pos, e.Misspelt, Except: _except.GetValueOrDefault(e.Set)))
            .Select(g => new WordEntry(
                g.Key.Text, g.Key.Pos, g.Key.Misspelt, g.Key.Except ?? s_nothing, [.. g.Select(e => (e.SetName, e.Set)).Distinct()],
                [.. g.SelectMany(e => closure[e.Set]).Distinct().Order()]))
            .ToList();
        return new RuleFile(entries, phrases, topics, _sets, _labels, closure, _source);
    }

    private int Declare(string name, YamlNode at)
    {
        if (!SetName().IsMatch(name))
        {
            _yaml.Error(at, $"\"{name}\" cannot be a name; use small Latin letters, digits and hyphens, such as foreign-troops");
        }

        if (_sets.ContainsKey(name))
        {
            _yaml.Error(at, $"the name {name} is taken already");
        }

        _source.Sets[_absorbedBy.Count] = YamlReader.At(at);
        return _sets[name] = NewSet(name);
    }

    private int NewSet(string label)
    {
        _absorbedBy.Add([]);
        _labels.Add(label);
        _sizes.Add(1);
        return _absorbedBy.Count - 1;
    }

    private long SizeOf(Pattern pattern) =>
        1 + pattern.Elements.Concat(pattern.Conditions.All.Select(c => c.Set)).Sum(set => _sizes[set]);

    private int[] Closure(int set)
    {
        var reached = new SortedSet<int> { set };
        var todo = new Stack<int>([set]);
        while (todo.TryPop(out int next))
        {
            foreach (int parent in _absorbedBy[next].Where(reached.Add))
            {
                todo.Push(parent);
            }
        }

        return [.. reached];
    }

    private void ReadWords(string name, YamlNode node)
    {
        int set = _sets[name];
        string[] keys = ["noun", "possessed", "person", "adjective", "verb", "finite", "name", "exact", "include", "except"];
        foreach (var (key, _, value) in _yaml.Entries(node, $"words {name}", keys))
        {
            foreach (var item in YamlReader.OneOrMore(value))
            {
                if (_yaml.Text(item, $"a word of {name}") is not { } text)
                {
                    continue;
                }

                if (key == "include")
                {
                    if (_sets.TryGetValue(text, out int included))
                    {
                        _absorbedBy[included].Add(set);
                        (_source.Includes.TryGetValue(set, out var others) ? others : _source.Includes[set] = []).Add(included);
                    }
                    else
                    {
                        _yaml.Error(item, $"there is no word set named {text} to include");
                    }
                }
                else if (key == "except")
                {
                    AddException(item, text, set);
                }
                else
                {
                    AddWord(item, text, Enum.Parse<PartOfSpeech>(key, ignoreCase: true), name, set);
                }
            }
        }
    }

    private void AddWord(YamlNode at, string text, PartOfSpeech pos, string setName, int set)
    {
        bool misspelt = text.EndsWith('~');
        string word = misspelt ? text[..^1].TrimEnd() : text;
        string folded = Inflection.Fold(word);
        bool isVerb = pos is PartOfSpeech.Verb or PartOfSpeech.Finite;
        if (text.AsSpan().IndexOfAny("،؛|") is >= 0 and var mark)
        {
            // Between what was meant to be two entries: as one expression it would never be found.
            _yaml.Error(at, $"\"{text}\": put a Latin comma (,) between words, not {text[mark]}");
        }
        else if (Inflection.Words(word).Length == 0)
        {
            _yaml.Error(at, $"\"{text}\" has no letters");
        }
        else if (misspelt && (isVerb || folded.Length < 6 || Inflection.Words(word).Length > 1))
        {
            _yaml.Error(at, $"\"{text}\": ~ (also find misspellings) is for single words of six letters or more, not for verbs");
        }
        else if (Letters.Encode(string.Concat(Inflection.Words(folded))) is null)
        {
            _yaml.Error(at, $"\"{text}\": words are written in Arabic or Latin letters and digits");
        }
        else if (isVerb && !VerbEntry().IsMatch(folded))
        {
            _yaml.Error(at, $"\"{text}\": a verb is written in the past, or past / present, such as: خرج / يخرج");
        }
        else if (isVerb && !IsConjugable(word))
        {
            _yaml.Error(at, $"\"{text}\": its present does not follow from its past; write both, such as: خرج / يخرج");
        }
        else
        {
            _entries.Add((word, pos, misspelt, setName, set));
            _source.Words.Add(new WrittenWord(set, word, pos, misspelt, YamlReader.At(at)));
        }
    }

    private static bool IsConjugable(string verb)
    {
        string[] halves = verb.Split('/');
        return VerbShape.TryOf(Inflection.Words(halves[0])[0], halves.Length > 1 ? Inflection.Words(halves[1])[0] : null) is not null;
    }

    private void AddException(YamlNode at, string text, int set)
    {
        if (Inflection.Words(text) is not [var word])
        {
            _yaml.Error(at, $"\"{text}\": except lists single words, without the prefixes و ف ب ك ل ال");
            return;
        }

        if (!_except.TryGetValue(set, out var words))
            _except[set] = words = new(StringComparer.Ordinal);
        words.Add(Inflection.Fold(word));
        _source.Exceptions.Add(new WrittenException(set, word, Inflection.Fold(word), YamlReader.At(at)));
    }

    private RuledTopic ReadTopic(YamlNode node)
    {
        string id = "", ar = "", en = "";
        double threshold = 0;
        var rules = new List<Rule>();
        int examples = _source.Examples.Count;
        foreach (var (key, _, value) in _yaml.Entries(node, "a topic", "id", "title", "threshold", "rules", ExampleReader.Should, ExampleReader.ShouldNot))
        {
            switch (key)
            {
                case "id":
                    id = ReadId(value, "a topic's id");
                    break;
                case "title":
                    foreach (var (language, _, title) in _yaml.Entries(value, "title", "ar", "en"))
                    {
                        string text = _yaml.Text(title, "title") ?? "";
                        (ar, en) = language == "ar" ? (text, en) : (ar, text);
                    }

                    break;
                case "threshold":
                    threshold = _yaml.Number(value, "threshold", 1000);
                    break;
                case "rules":
                    rules.AddRange(_yaml.Items(value, "rules").Select(ReadRule));
                    break;
                default:
                    _source.Examples.AddRange(_examplesOf.Read(value, key, "", null));
                    break;
            }
        }

        // The id may stand anywhere in the topic.
        for (int i = examples; i < _source.Examples.Count; i++)
            _source.Examples[i] = _source.Examples[i] with { Topic = id };

        if (id.Length == 0 || ar.Length == 0 || en.Length == 0 || rules.Count == 0)
        {
            _yaml.Error(node, "a topic needs id, title (ar and en) and at least one rule");
        }

        foreach (var twice in rules.GroupBy(r => r.Id, StringComparer.Ordinal).Where(g => g.Key.Length > 0 && g.Count() > 1))
        {
            _yaml.Error(node, $"two rules of this topic have the id {twice.Key}");
        }

        return new RuledTopic(new Topic(id, ar, en), threshold, [.. rules]);
    }

    private string ReadId(YamlNode node, string what)
    {
        string id = _yaml.Text(node, what) ?? "";
        if (id.Length > 0 && !SetName().IsMatch(id))
        {
            _yaml.Error(node, $"{what} must be small Latin letters, digits and hyphens, at most 64");
        }

        return id;
    }

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,63}\z")]
    private static partial Regex SetName();

    [GeneratedRegex(@"\A\p{L}{2,}( \p{L}+)*\s*(/\s*ي\p{L}{2,}( \p{L}+)*)?\z")]
    private static partial Regex VerbEntry();
}
