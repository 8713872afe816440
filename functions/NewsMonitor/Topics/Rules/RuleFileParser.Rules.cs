using YamlDotNet.RepresentationModel;

namespace NewsMonitor.Topics.Rules;

// Rules, phrases and outcomes.
internal sealed partial class RuleFileParser
{
    private static readonly string[] s_patternKeys = ["any", "phrase", "all", "then", "gap", "skip", "within", "require", "unless"];

    private Rule ReadRule(YamlNode node)
    {
        string id = "", description = "";
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
                case "description":
                    description = (value as YamlScalarNode)?.Value?.Trim() ?? "";
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
            _source.Examples.AddRange(_examplesOf.Read(value, key, "", id));

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
            outcomes = ReadOutcomes(when, "when", weight);
        }

        var rule = new Rule(id, pattern ?? new Pattern(PatternKind.Any, [0], 1, 0, -1, 0, Conditions.None), fields, outcomes);
        _source.Put(rule, new RuleText(description, (when as YamlScalarNode)?.Value));
        return _source.Put(rule, YamlReader.At(node));
    }

    private Outcome[] ReadOutcomes(YamlNode node, string what, double weight)
    {
        if (node is YamlSequenceNode { Children.Count: 0 })
            _yaml.Error(node, $"{what} needs at least one outcome");
        return [.. YamlReader.OneOrMore(node).Select(o => ReadOutcome(o, what, weight))];
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

        return new Outcome(strength, weight, _source.Put(new Conditions([.. require], [.. unless]), YamlReader.At(node)));
    }

    private Pattern? ReadPattern(YamlNode node, string what, string[] otherKeys)
    {
        PatternKind? kind = null;
        int[] elements = [];
        int[] extra = [];
        int gap = 0, skip = -1, within = 15;
        YamlNode? kindAt = null, gapAt = null, skipAt = null, withinAt = null;
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

                    kindAt = keyNode;
                    (kind, elements) = key switch
                    {
                        "any" => (PatternKind.Any, [Element(value)]),
                        "phrase" => (PatternKind.Phrase, Elements(value, key)),
                        _ => (PatternKind.All, Elements(value, key)),
                    };
                    break;
                case "then":
                    extra = [.. YamlReader.OneOrMore(value).Select(Element)];
                    break;
                case "gap":
                    (gap, gapAt) = (_yaml.Whole(value, "gap (how many words may stand between)", 0, MaxGap), keyNode);
                    break;
                case "skip":
                    (skip, skipAt) = (Element(value), keyNode);
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

        var conditions = new Conditions([.. require], [.. unless]);
        return _source.Put(
            new Pattern(kind.Value, [.. elements, .. extra], elements.Length, gap, skip, within, conditions), YamlReader.At(kindAt!));
    }

    private static IEnumerable<(string Key, YamlNode Value)> Known(YamlNode node) =>
        node is YamlMappingNode mapping
            ? mapping.Children.Where(c => c.Key is YamlScalarNode).Select(c => (((YamlScalarNode)c.Key).Value ?? "", c.Value))
            : [];
}
