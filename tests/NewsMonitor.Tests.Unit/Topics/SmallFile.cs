using NewsMonitor.Topics;

namespace NewsMonitor.Tests.Unit.Topics;

/// <summary>A topics file of a few lines, whose words stand in line 1, phrases in line 2, contexts in line 3 and rules in line 7.</summary>
internal static class SmallFile
{
    public static TopicRules Parse(string words, string rules, string phrases = "{}", string contexts = "{}") => TopicRules.Parse(
        $$"""
        words: {{words}}
        phrases: {{phrases}}
        contexts: {{contexts}}
        topics:
          - id: t
            title: {ar: عنوان, en: Title}
            rules: {{rules}}
        """, "rules.yaml");

    /// <summary>What lint says of it, such as "1 warning: word set a has no words; …".</summary>
    public static string[] Lint(string words, string rules, string phrases = "{}", string contexts = "{}") =>
        [.. Parse(words, rules, phrases, contexts).Lint().Select(f => $"{f.Line} {f.Severity.ToString().ToLowerInvariant()}: {f.Message}")];

    /// <summary>Only that: nothing else is the matter with the file.</summary>
    public static void AssertFinds(string expected, string words, string rules, string phrases = "{}", string contexts = "{}")
    {
        var found = Lint(words, rules, phrases, contexts);
        if (expected.Length == 0)
            Assert.Empty(found);
        else
            Assert.StartsWith(expected, Assert.Single(found), StringComparison.Ordinal);
    }

    public static string[] Only(string expected) => expected.Length > 0 ? [expected] : [];
}
