using System.Text.RegularExpressions;
using NewsMonitor.Tests.Peers;
using NewsMonitor.Topics;

namespace NewsMonitor.Tests.Unit.Topics;

/// <summary>What docs/rules.md and docs/examples/ say about the rule language is so.</summary>
public sealed partial class DocumentedTopicTests
{
    private static readonly string s_docs = Path.Combine(Repository.Root, "docs");

    public static TheoryData<string> WorkedTopics =>
        [.. Directory.GetFiles(Path.Combine(s_docs, "examples"), "*.yaml").Where(f => !IsExamples(f)).Select(f => Path.GetFileName(f))];

    /// <summary>The number of the YAML block, then strength (or "none"), title and text.</summary>
    public static TheoryData<int, string, string, string> ExplainedExamples
    {
        get
        {
            var examples = new TheoryData<int, string, string, string>();
            foreach (var (number, (_, lines)) in Blocks().Index())
            {
                foreach (var (strength, title, text) in Examples(lines))
                {
                    examples.Add(number, strength, title, text);
                }
            }

            return examples;
        }
    }

    [Theory, MemberData(nameof(WorkedTopics))]
    public void A_worked_topic_finds_what_its_examples_say(string file)
    {
        string path = Path.Combine(s_docs, "examples", file), beside = Path.ChangeExtension(path, ".examples.yaml");
        var rules = TopicRules.Parse(File.ReadAllText(path), file);
        var examples = rules.ParseExamples(File.ReadAllText(beside), beside);
        Assert.InRange(examples.Count(e => e.ShouldMatch), 8, int.MaxValue);
        Assert.InRange(examples.Count(e => !e.ShouldMatch), 8, int.MaxValue);
        Assert.Empty(examples.Select(rules.Try).Where(tried => !tried.IsRight).Select(tried => tried.Example));
    }

    [Fact]
    public void Every_topics_file_in_the_rules_page_compiles()
    {
        Assert.NotEmpty(Blocks());
        foreach (var (yaml, _) in Blocks())
        {
            Assert.NotEmpty(TopicRules.Parse(yaml, "docs/rules.md").Topics);
        }
    }

    [Fact]
    public void Lint_has_nothing_to_say_of_the_documented_files()
    {
        var files = Directory.GetFiles(Path.Combine(s_docs, "examples"), "*.yaml").Where(f => !IsExamples(f)).Select(File.ReadAllText).Concat(Blocks().Select(b => b.Yaml));
        Assert.Empty(files.SelectMany(yaml => TopicRules.Parse(yaml, "documented").Lint()));
    }

    [Theory, MemberData(nameof(ExplainedExamples))]
    public void The_rules_page_says_what_its_files_find(int block, string strength, string title, string text) =>
        Assert.Equal(strength, Found(Blocks()[block].Yaml, "docs/rules.md", title, text));

    private static bool IsExamples(string file) => file.EndsWith(".examples.yaml", StringComparison.Ordinal);

    private static string Found(string yaml, string name, string title, string text) =>
        TopicRules.Parse(yaml, name).Match(title, text).Select(m => (Strength?)m.Strength).Max() switch
        {
            null => "none",
            Strength.Possible => "possible",
            _ => "confirmed",
        };

    private static IEnumerable<(string Strength, string Title, string Text)> Examples(string lines)
    {
        foreach (string line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(l => l[0] != '#'))
        {
            string[] parts = line.Split('|');
            Assert.Equal(3, parts.Length);
            yield return (parts[0], parts[1], parts[2]);
        }
    }

    /// <summary>The YAML blocks of the page that are whole topics files, each with the block of examples that follows it, if one does.</summary>
    private static List<(string Yaml, string Examples)> Blocks() =>
        [.. Block().Matches(File.ReadAllText(Path.Combine(s_docs, "rules.md")).ReplaceLineEndings("\n"))
            .Select(m => (Yaml: m.Groups["yaml"].Value, Examples: m.Groups["examples"].Value))
            .Where(b => b.Yaml.Split('\n').Any(line => line.StartsWith("topics:", StringComparison.Ordinal)))];

    [GeneratedRegex(@"^```yaml\n(?<yaml>.*?)^```\n(\n```examples\n(?<examples>.*?)^```\n)?", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
