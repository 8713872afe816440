using System.Text.RegularExpressions;
using NewsMonitor.Tests.Peers;
using NewsMonitor.Topics;

namespace NewsMonitor.Tests.Unit.Topics;

/// <summary>What docs/rules.md and docs/examples/ say about the rule language is so.</summary>
public sealed partial class DocumentedTopicTests
{
    private static readonly string s_docs = Path.Combine(Repository.Root, "docs");

    /// <summary>File, then strength (or "none"), title and text.</summary>
    public static TheoryData<string, string, string, string> WorkedExamples
    {
        get
        {
            var examples = new TheoryData<string, string, string, string>();
            foreach (string file in Directory.GetFiles(Path.Combine(s_docs, "examples"), "*.yaml").Order(StringComparer.Ordinal))
            {
                foreach (var (strength, title, text) in Examples(File.ReadAllText(Path.ChangeExtension(file, ".txt"))))
                {
                    examples.Add(Path.GetFileName(file), strength, title, text);
                }
            }

            return examples;
        }
    }

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

    [Theory, MemberData(nameof(WorkedExamples))]
    public void A_worked_topic_finds_what_its_sentences_say(string file, string strength, string title, string text) =>
        Assert.Equal(strength, Found(File.ReadAllText(Path.Combine(s_docs, "examples", file)), file, title, text));

    [Fact]
    public void A_worked_topic_has_eight_sentences_of_either_kind()
    {
        foreach (var file in WorkedExamples.GroupBy(e => e.Data.Item1, e => e.Data.Item2, StringComparer.Ordinal))
        {
            Assert.InRange(file.Count(strength => strength == "none"), 8, int.MaxValue);
            Assert.InRange(file.Count(strength => strength != "none"), 8, int.MaxValue);
        }

        Assert.NotEmpty(WorkedExamples);
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

    [Theory, MemberData(nameof(ExplainedExamples))]
    public void The_rules_page_says_what_its_files_find(int block, string strength, string title, string text) =>
        Assert.Equal(strength, Found(Blocks()[block].Yaml, "docs/rules.md", title, text));

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
