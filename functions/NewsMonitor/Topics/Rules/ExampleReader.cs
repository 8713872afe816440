using YamlDotNet.RepresentationModel;

namespace NewsMonitor.Topics.Rules;

/// <summary>
/// Reads examples: <c>should match</c> and <c>should not match</c>, each a list of texts, or of mappings with title, text and what is
/// expected. They stand in a topics file beside a topic or a rule, or in a file of their own.
/// </summary>
internal sealed class ExampleReader(YamlReader yaml)
{
    public const string Should = "should match", ShouldNot = "should not match";

    /// <summary>A file of examples: by topic.</summary>
    /// <exception cref="MonitorException">Names every mistake with file, line and column.</exception>
    public static IReadOnlyList<Example> Parse(string text, string fileName, RuleFile rules)
    {
        var yaml = new YamlReader(fileName);
        var reader = new ExampleReader(yaml);
        var examples = new List<Example>();
        if (yaml.Load(text, "a file of examples: topics, each with \"should match\" and \"should not match\"") is { } root)
        {
            foreach (var (topic, at, value) in yaml.Entries(root, "a file of examples"))
            {
                if (rules.Topics.FirstOrDefault(t => t.Topic.Id == topic) is not { } ruled)
                {
                    yaml.Error(at, $"there is no topic {topic}; the topics are: {string.Join(", ", rules.Topics.Select(t => t.Topic.Id))}");
                    continue;
                }

                foreach (var (key, keyNode, list) in yaml.Entries(value, topic, Should, ShouldNot))
                {
                    foreach (var example in reader.Read(list, key, topic, null))
                    {
                        if (example.Rule is { } rule && ruled.Rules.All(r => r.Id != rule))
                            yaml.Error(keyNode, $"the topic {topic} has no rule {rule}, which the example in {example.Place} asks for");
                        else
                            examples.Add(example);
                    }
                }
            }
        }

        yaml.ThrowIfFailed();
        return examples;
    }

    /// <param name="key">Which of the two lists it is.</param>
    public IEnumerable<Example> Read(YamlNode list, string key, string topic, string? rule) =>
        YamlReader.OneOrMore(list).Select(item => ReadOne(item, key == Should, topic, rule)).OfType<Example>();

    private Example? ReadOne(YamlNode node, bool shouldMatch, string topic, string? rule)
    {
        string? title = null, text = null, known = null;
        Strength? strength = null;
        if (node is YamlScalarNode)
        {
            text = yaml.Text(node, "an example");
        }
        else
        {
            string[] keys = rule is null ? ["title", "text", "rule", "strength", "known"] : ["title", "text", "strength", "known"];
            foreach (var (key, keyNode, value) in yaml.Entries(node, "an example", keys))
            {
                switch (key)
                {
                    case "title":
                        title = yaml.Text(value, key);
                        break;
                    case "text":
                        text = yaml.Text(value, key);
                        break;
                    case "rule":
                        rule = yaml.Text(value, key);
                        break;
                    case "known":
                        known = yaml.Text(value, "known (why the example is wrong today)");
                        break;
                    case "strength" when shouldMatch:
                        strength = yaml.Strength(value);
                        break;
                    default:
                        yaml.Error(keyNode, "strength goes with \"should match\" only");
                        break;
                }
            }

            if (node is YamlMappingNode && title is null && text is null)
                yaml.Error(node, "an example needs a title, a text or both");
        }

        return title is null && text is null ? null
            : new Example(topic, rule, shouldMatch, title ?? "", text ?? "", strength, known, yaml.PlaceOf(node));
    }
}
