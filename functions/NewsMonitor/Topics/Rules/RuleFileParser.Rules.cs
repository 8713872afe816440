using NewsMonitor.Topics.Arabic;
using YamlDotNet.RepresentationModel;

namespace NewsMonitor.Topics.Rules;

// Rules, phrases and their conditions.
internal sealed partial class RuleFileParser
{
    private static readonly string[] s_patternKeys = ["any", "phrase", "all", "then", "gap", "skip", "within", "require", "unless"];

    private Rule ReadRule(YamlNode node)
    {
        string id = "";
        var strength = Strength.Confirmed;
        double weight = 1;
        var fields = Fields.Title | Fields.Text;
        YamlNode? when = null, strengthNode = null;
        var pattern = ReadPattern(node, "a rule", ["id", "description", "strength", "weight", "fields", "when", ExampleReader.Should, ExampleReader.ShouldNot]);
        foreach (var (key, value) in Known(node))
        {
            switch (key)
            {
                case "id":
                    id = ReadId(value, "a rule's id");
                    break;
                case "strength":
                    (strength, strengthNode) = (_yaml.Strength(value), value);
                    break;
                case "weight":
                    weight = _yaml.Number(value, "weight", 100);
                    break;
                case "fields":
                    fields = YamlReader.OneOrMore(value).Aggregate(
                        Fields.None, (all, f) => all | _yaml.Choice(f, "fields", ("title", Fields.Title), ("text", Fields.Text)));
                    if (fields == Fields.None)
                    {
                        _yaml.Error(value, "fields must name title, text or both");
                    }

                    break;
                case "when":
                    when = value;
                    break;
                default:
                    break; // ReadPattern has them
            }
        }

        if (id.Length == 0)
        {
            _yaml.Error(node, "a rule needs an id");
        }

        foreach (var (key, value) in Known(node).Where(k => k.Key is ExampleReader.Should or ExampleReader.ShouldNot))
            _examples.AddRange(_examplesOf.Read(value, key, "", id));

        if (when is not null && strengthNode is not null)
        {
            _yaml.Error(strengthNode, "strength has no effect beside when, whose outcomes say it; write it there");
        }

        Outcome[] outcomes = [new(strength, weight, Conditions.None)];
        if (when is YamlScalarNode { Value: { } name })
        {
            if (_contexts.TryGetValue(name, out var named))
            {
                outcomes = [.. named.Select(o => o with { Weight = o.Weight * weight })];
            }
            else
            {
                _yaml.Error(when, $"there is no context named {name}");
            }
        }
        else if (when is not null)
        {
            outcomes = [.. YamlReader.OneOrMore(when).Select(o => ReadOutcome(o, "when", weight))];
        }

        return new Rule(id, pattern ?? new Pattern(PatternKind.Any, [0], 1, 0, -1, 0, Conditions.None), fields, outcomes);
    }

    private Outcome ReadOutcome(YamlNode node, string what, double weight)
    {
        var strength = Strength.Confirmed;
        var require = new List<Condition>();
        var unless = new List<Condition>();
        foreach (var (key, _, value) in _yaml.Entries(node, what, "strength", "weight", "require", "unless"))
        {
            switch (key)
            {
                case "strength":
                    strength = _yaml.Strength(value);
                    break;
                case "weight":
                    weight *= _yaml.Number(value, "weight", 100);
                    break;
                default:
                    (key == "require" ? require : unless).AddRange(YamlReader.OneOrMore(value).Select(ReadCondition).OfType<Condition>());
                    break;
            }
        }

        return new Outcome(strength, weight, new Conditions([.. require], [.. unless]));
    }

    private Pattern? ReadPattern(YamlNode node, string what, string[] otherKeys)
    {
        PatternKind? kind = null;
        int[] elements = [];
        int[] extra = [];
        int gap = 0, skip = -1, within = 15;
        YamlNode? gapAt = null, skipAt = null, withinAt = null;
        var require = new List<Condition>();
        var unless = new List<Condition>();
        foreach (var (key, keyNode, value) in _yaml.Entries(node, what, [.. otherKeys, .. s_patternKeys]))
        {
            switch (key)
            {
                case "any" or "phrase" or "all":
                    if (kind is not null)
                    {
                        _yaml.Error(keyNode, $"{what} can have only one of any, phrase and all");
                    }

                    (kind, elements) = key switch
                    {
                        "any" => (PatternKind.Any, [Element(YamlReader.OneOrMore(value))]),
                        "phrase" => (PatternKind.Phrase, Elements(value, key)),
                        _ => (PatternKind.All, Elements(value, key)),
                    };
                    break;
                case "then":
                    extra = [.. YamlReader.OneOrMore(value).Select(e => Element([e]))];
                    break;
                case "gap":
                    (gap, gapAt) = (_yaml.Whole(value, "gap (how many words may stand between)", 0, MaxGap), keyNode);
                    break;
                case "skip":
                    (skip, skipAt) = (Element(YamlReader.OneOrMore(value)), keyNode);
                    break;
                case "within":
                    (within, withinAt) = (_yaml.Whole(value, "within (words)", 1, MaxWithin), keyNode);
                    break;
                case "require" or "unless":
                    (key == "require" ? require : unless).AddRange(YamlReader.OneOrMore(value).Select(ReadCondition).OfType<Condition>());
                    break;
                default:
                    break; // the rule's own
            }
        }

        if (kind is null)
        {
            if (node is YamlMappingNode)
            {
                _yaml.Error(node, $"{what} needs one of any, phrase or all: what to look for");
            }

            return null;
        }

        if (gapAt is not null && kind != PatternKind.Phrase)
        {
            _yaml.Error(gapAt, "gap counts the words between those of a phrase; it goes with phrase only");
        }

        if (skipAt is not null && kind != PatternKind.Phrase)
        {
            _yaml.Error(skipAt, "skip names words that gap does not count; it goes with phrase only");
        }

        if (withinAt is not null && kind != PatternKind.All)
        {
            _yaml.Error(withinAt, kind == PatternKind.Phrase ? "within goes with all; for a phrase write gap" : "within goes with all only");
        }

        if (extra.Length > 0 && (kind != PatternKind.Phrase || elements.Length + extra.Length > MaxElements))
        {
            _yaml.Error(node, $"then continues a phrase, to at most {MaxElements} words or sets");
        }

        return new Pattern(kind.Value, [.. elements, .. extra], elements.Length, gap, skip, within, new Conditions([.. require], [.. unless]));
    }

    private int[] Elements(YamlNode node, string key)
    {
        int[] elements = [.. _yaml.Items(node, key).Select(e => Element(YamlReader.OneOrMore(e)))];
        if (elements.Length is < 2 or > MaxElements)
        {
            _yaml.Error(node, $"{key} must list 2 to {MaxElements} words or sets");
        }

        return elements;
    }

    private Condition? ReadCondition(YamlNode node)
    {
        Place? place = null;
        int set = 0, within = 0, times = 1;
        YamlNode? withinAt = null, timesAt = null;
        string[] places = ["article", "title", "sentence", "around", "near", "before", "after", "inside"];
        foreach (var (key, keyNode, value) in _yaml.Entries(node, "a condition", [.. places, "within", "times"]))
        {
            if (key == "within")
            {
                (within, withinAt) = (_yaml.Whole(value, "within (words)", 1, MaxWithin), keyNode);
            }
            else if (key == "times")
            {
                (times, timesAt) = (_yaml.Whole(value, "times", 1, 100), keyNode);
            }
            else if (place is not null)
            {
                _yaml.Error(keyNode, "a condition looks in one place; put the other in a condition of its own");
            }
            else
            {
                place = Enum.Parse<Place>(key, ignoreCase: true);
                set = Element(YamlReader.OneOrMore(value));
            }
        }

        if (place is null)
        {
            if (node is YamlMappingNode)
            {
                _yaml.Error(node, $"a condition says where to look: {string.Join(", ", places)}");
            }

            return null;
        }

        if (timesAt is not null && place != Place.Article)
        {
            _yaml.Error(timesAt, "times counts in the article; it goes with article only");
        }

        if (withinAt is not null && place is not (Place.Around or Place.Near or Place.Before or Place.After))
        {
            _yaml.Error(withinAt, "within counts words from the match; it goes with around, near, before and after only");
        }

        int usual = place switch { Place.Around => 40, Place.Near => 10, _ => 3 };
        return new Condition(place.Value, set, within > 0 ? within : usual, times);
    }

    /// <summary>The set that "a | b" or [a, b] stands for: names of sets, or words in Arabic (nouns; "=word" is exact).</summary>
    private int Element(IEnumerable<YamlNode> nodes)
    {
        var members = new List<int>();
        foreach (var node in nodes)
        {
            foreach (string part in (_yaml.Text(node, "a word or the name of a set") ?? "").Split('|', StringSplitOptions.TrimEntries))
            {
                if (_sets.TryGetValue(part, out int set))
                {
                    members.Add(set);
                }
                else if (part.StartsWith('=') || part.Any(c => c >= '\u0600'))
                {
                    members.Add(Unnamed(part, part, () => AddWord(
                        node, part.TrimStart('='), part.StartsWith('=') ? PartOfSpeech.Exact : PartOfSpeech.Noun, part, _absorbedBy.Count - 1)));
                }
                else if (part.Length > 0 || node is YamlScalarNode)
                {
                    _yaml.Error(node, $"there is no set named \"{part}\" here or above (a Latin word itself is written \"={part}\")");
                }
            }
        }

        if (members.Count == 1)
        {
            return members[0];
        }

        return members.Count == 0 ? 0 : Unnamed(string.Join('|', members.Order()), string.Join(" | ", members.Select(m => _labels[m])), () =>
        {
            foreach (int member in members)
            {
                _absorbedBy[member].Add(_absorbedBy.Count - 1);
            }
        });
    }

    private int Unnamed(string key, string label, Action fill)
    {
        if (!_unnamed.TryGetValue(key, out int set))
        {
            _unnamed[key] = set = NewSet(label);
            fill();
        }

        return set;
    }

    private static IEnumerable<(string Key, YamlNode Value)> Known(YamlNode node) =>
        node is YamlMappingNode mapping
            ? mapping.Children.Where(c => c.Key is YamlScalarNode).Select(c => (((YamlScalarNode)c.Key).Value ?? "", c.Value))
            : [];
}
