using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NewsMonitor.Tests.Peers;
using NewsMonitor.Topics;
using NJsonSchema;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace NewsMonitor.Tests.Unit.Topics;

/// <summary>docs/topics.schema.json, by which editors complete and check a topics file, says what the parser says.</summary>
public sealed partial class TopicsSchemaTests
{
    private static readonly string s_docs = Path.Combine(Repository.Root, "docs");
    private static readonly string s_text = File.ReadAllText(Path.Combine(s_docs, "topics.schema.json"));
    private static readonly Lazy<Task<JsonSchema>> s_schema = new(() => JsonSchema.FromJsonAsync(s_text));

    private const string Words = "words: {a: {noun: حوار}, b: {name: [بغداد, 3]}}\n";
    private const string Good = Words + "topics: [{id: t, title: {ar: ع, en: T}, rules: [{id: r, any: a}]}]";

    private static string Rule(string rule) => Words + $"topics: [{{id: t, title: {{ar: ع, en: T}}, rules: [{{id: r, {rule}}}]}}]";

    private static async Task<string[]> Problems(string yaml) => [.. (await s_schema.Value).Validate(Json(yaml)).Select(e => e.ToString())];

    public static TheoryData<string> Files => [.. Directory.GetFiles(Path.Combine(s_docs, "examples"), "*.yaml").Where(f => !f.EndsWith(".examples.yaml", StringComparison.Ordinal)), ShippedTopics.Path];

    [Theory, MemberData(nameof(Files))]
    public async Task The_files_of_the_project_are_valid(string file) => Assert.Empty(await Problems(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)));

    [Fact]
    public async Task The_files_of_the_rules_page_are_valid()
    {
        var blocks = Block().Matches(await File.ReadAllTextAsync(Path.Combine(s_docs, "rules.md"), TestContext.Current.CancellationToken))
            .Select(m => m.Groups[1].Value).Where(b => b.Contains("topics:", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(blocks);
        foreach (string block in blocks)
            Assert.Empty(await Problems(block));
    }

    [Theory]
    [InlineData(Good)]
    [InlineData("language: 1\n" + Good)]
    [InlineData("phrases: {p: {any: حوار}, q: [{phrase: [p, p]}]}\n" + Good)]
    [InlineData("contexts: {c: {require: {near: حوار, within: 60}}, d: [{strength: possible}, {weight: 100}]}\n" + Good)]
    [InlineData(Words + "topics: [{id: t, title: {ar: ع, en: T}, threshold: 1000, rules: [{id: r, any: a}]}]")]
    [InlineData(Words + "topics: [{id: t, title: {ar: ع, en: T}, should match: [حوار, {text: حوار, rule: r}], should not match: نفط, rules: [{id: r, any: a}]}]")]
    [MemberData(nameof(GoodRules))]
    public async Task What_the_parser_takes_is_valid(string yaml)
    {
        Assert.Single(TopicRules.Parse(yaml, "good.yaml").Topics);
        Assert.Empty(await Problems(yaml));
    }

    public static TheoryData<string> GoodRules => [.. ((string[])
    [
        "any: [a, =us, حوار]", "phrase: [a, [a, b]], gap: 12", "phrase: [a, b, a, b, a, b]", "phrase: [a, b], then: [a, b, a, b]", "phrase: [a, b, a, b, a], then: b",
        "phrase: [a, b], then: [[a, b]]", "phrase: [a, b], skip: number, gap: 0", "all: [a, b], within: 60", "any: a, fields: title", "any: a, fields: [title, text]",
        "any: a, description: 'x: y', weight: 0.5", "any: a, strength: possible", "any: a, when: {strength: possible}", "any: a, when: [{weight: 2}]",
        "any: a, require: [{article: a, times: 100}, {title: a}, {sentence: a}, {inside: a}, {around: a}, {near: a, within: 1}, {before: a}, {after: a, within: 60}]",
        "any: a, unless: []", "any: a, should match: حوار, should not match: [نفط, {title: غاز, known: حوار}]",
        "any: a, should match: [{title: حوار, text: حوار, strength: possible, known: حوار}]",
    ]).Select(Rule)];

    [Theory]
    [InlineData("words: {}")] // no topics
    [InlineData("language: 2\n" + Good)]
    [InlineData("word: {}\n" + Good)]
    [InlineData("topics: []")]
    [InlineData("topics: {}")]
    [InlineData("words: {A b: {noun: حوار}}\ntopics: [{id: t, title: {ar: ع, en: T}, rules: [{id: r, any: حوار}]}]")]
    [InlineData("words: {number: {noun: حوار}}\ntopics: [{id: t, title: {ar: ع, en: T}, rules: [{id: r, any: حوار}]}]")]
    [InlineData("words: {a: {nuon: حوار}}\ntopics: [{id: t, title: {ar: ع, en: T}, rules: [{id: r, any: حوار}]}]")]
    [InlineData("words: {a: {noun: [حوار، غاز]}}\ntopics: [{id: t, title: {ar: ع, en: T}, rules: [{id: r, any: حوار}]}]")]
    [InlineData("words: {a: {noun: [[حوار]]}}\ntopics: [{id: t, title: {ar: ع, en: T}, rules: [{id: r, any: حوار}]}]")]
    [InlineData("phrases: {p: []}\n" + Good)]
    [InlineData("phrases: {p: {gap: 1}}\n" + Good)]
    [InlineData("phrases: {p: {any: حوار, id: p}}\n" + Good)]
    [InlineData("contexts: {c: []}\n" + Good)]
    [InlineData("contexts: {c: {any: حوار}}\n" + Good)]
    [InlineData("contexts: {c: {weight: 101}}\n" + Good)]
    [InlineData(Words + "topics: [{id: T, title: {ar: ع, en: T}, rules: [{id: r, any: a}]}]")]
    [InlineData(Words + "topics: [{id: t, title: {ar: ع}, rules: [{id: r, any: a}]}]")]
    [InlineData(Words + "topics: [{id: t, title: {ar: ع, en: T, fr: T}, rules: [{id: r, any: a}]}]")]
    [InlineData(Words + "topics: [{id: t, title: {ar: ع, en: T}, rules: []}]")]
    [InlineData(Words + "topics: [{id: t, title: {ar: ع, en: T}, threshold: 0, rules: [{id: r, any: a}]}]")]
    [InlineData(Words + "topics: [{id: t, title: {ar: ع, en: T}, threshold: 1001, rules: [{id: r, any: a}]}]")]
    [InlineData(Words + "topics: [{id: t, title: {ar: ع, en: T}, rules: [{any: a}]}]")]
    [MemberData(nameof(BadRules))]
    public async Task What_the_parser_refuses_is_not_valid(string yaml)
    {
        Assert.Throws<MonitorException>(() => TopicRules.Parse(yaml, "bad.yaml"));
        Assert.True((await Problems(yaml)).Length > 0, yaml);
    }

    public static TheoryData<string> BadRules => [.. ((string[])
    [
        "weight: 1", "any: a, phrase: [a, b]", "any: []", "any: {a: b}", "any: a, gap: 1", "any: a, then: b", "any: a, within: 3", "phrase: [a]", "phrase: a",
        "phrase: [a, b, a, b, a, b, a]", "phrase: [a, b], gap: 13", "phrase: [a, b], gap: -1", "phrase: [a, b], gap: 1.5", "phrase: [a, b], within: 3",
        "phrase: [a, b, a, b, a, b], then: a", "phrase: [a, b, a], then: [a, b, a, b]", "all: [a, b], within: 0", "all: [a, b], within: 61", "all: [a, b], skip: a",
        "any: a, gapp: 1", "any: a, weight: 0", "any: a, weight: 100.5", "any: a, strength: sure", "any: a, strength: possible, when: [{weight: 2}]", "any: a, fields: body",
        "any: a, fields: []", "any: a, when: []", "any: a, when: [{any: a}]", "any: a, require: a", "any: a, require: [{}]", "any: a, require: [{near: a, title: b}]",
        "any: a, require: [{nowhere: a}]", "any: a, require: [{title: a, within: 3}]", "any: a, require: [{near: a, times: 3}]", "any: a, require: [{article: a, times: 0}]",
        "any: a, unless: [{near: a, within: 61}]", "any: a, unless: [{near: []}]", "any: a, should match: [{strength: possible}]",
        "any: a, should match: [{text: حوار, rule: r}]", "any: a, should not match: [{text: حوار, strength: possible}]", "any: a, should match: [{body: حوار}]",
    ]).Select(Rule)];

    [Theory]
    [InlineData("zz: 1", "")]
    [InlineData("words: {a: {zz: 1}}", "wordSet")]
    [InlineData("phrases: {p: {zz: 1}}", "pattern")]
    [InlineData("contexts: {c: {zz: 1}}", "outcome")]
    [InlineData("topics: [{zz: 1}]", "topic")]
    [InlineData("topics: [{title: {zz: 1}}]", "topic/title")]
    [InlineData("topics: [{rules: [{zz: 1}]}]", "rule")]
    [InlineData("topics: [{rules: [{id: r, any: =us, when: {zz: 1}}]}]", "outcome")]
    [InlineData("topics: [{rules: [{id: r, any: =us, require: {zz: 1}}]}]", "condition")]
    [InlineData("topics: [{should match: [{zz: 1}]}]", "oneShouldMatch/1")]
    [InlineData("topics: [{rules: [{id: r, any: =us, should match: [{zz: 1}]}]}]", "oneShouldMatchRule/1")]
    public void Knows_the_keys_that_the_parser_knows(string yaml, string definition)
    {
        var error = Assert.Throws<MonitorException>(() => TopicRules.Parse(yaml, "keys.yaml"));
        string[] known = Expected().Match(error.Message).Groups[1].Value.Split(", ");
        var schema = JsonNode.Parse(s_text)!.AsObject();
        string[] path = definition.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var node = path.Length == 0 ? schema : schema["definitions"]![path[0]]!.AsObject();
        foreach (string property in path.Skip(1))
            node = property == "1" ? node["anyOf"]![1]!.AsObject() : node["properties"]![property]!.AsObject();
        var keys = (node["oneOf"]?.AsArray().Select(n => n!.AsObject()) ?? [node]).SelectMany(n => n["properties"]!.AsObject().Select(p => p.Key)).Distinct();
        Assert.True(known.Length > 1);
        Assert.Equal(known.Order(StringComparer.Ordinal), keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_reference_leads_somewhere_and_every_definition_is_used()
    {
        var definitions = JsonNode.Parse(s_text)!["definitions"]!.AsObject().Select(d => d.Key);
        Assert.Equal(definitions.Order(StringComparer.Ordinal), Reference().Matches(s_text).Select(m => m.Groups[1].Value).Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>As YAML 1.2 reads it, and with it the editors: a plain number is one.</summary>
    private static string Json(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return Node(stream.Documents[0].RootNode)!.ToJsonString(new JsonSerializerOptions { WriteIndented = false });

        static JsonNode? Node(YamlNode node) => node switch
        {
            YamlMappingNode mapping => new JsonObject(mapping.Children.Select(c => KeyValuePair.Create(((YamlScalarNode)c.Key).Value!, Node(c.Value)))),
            YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(Node)]),
            YamlScalarNode { Style: ScalarStyle.Plain, Value: { } value } when decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) => JsonValue.Create(number),
            YamlScalarNode scalar => JsonValue.Create(scalar.Value),
            _ => throw new InvalidOperationException("There are no other nodes."),
        };
    }

    [GeneratedRegex("expected one of: (.*)")]
    private static partial Regex Expected();

    [GeneratedRegex("\"#/definitions/(.*?)\"")]
    private static partial Regex Reference();

    [GeneratedRegex("^```yaml\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
