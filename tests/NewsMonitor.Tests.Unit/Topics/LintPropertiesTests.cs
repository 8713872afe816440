using System.Text.RegularExpressions;
using CsCheck;
using NewsMonitor.Topics;

namespace NewsMonitor.Tests.Unit.Topics;

/// <summary>What lint says of rules made up by chance is so: checked by texts made up by chance.</summary>
public sealed partial class LintPropertiesTests
{
    /// <summary>Sets that overlap, include each other, hold one word, an expression, or nothing.</summary>
    private const string Words = """
        words:
          a: {exact: [وا]}
          b: {exact: [دو, سي]}
          c: {exact: [سي, طي], include: [a]}
          d: {exact: [طي, زا], include: [b]}
          e: {exact: [دو سي, وا]}
          f: {exact: [زا], except: [زا]}
        """;

    private static readonly Gen<string> s_set = Gen.Frequency((12, OneOf("a", "b", "c", "d", "e")), (4, OneOf("p", "q")), (1, Gen.Const("f")), (3, OneOf("a | b", "c | e", "=طي | a")));

    private static readonly Gen<string> s_wordSet = OneOf("a", "b", "c", "d", "e", "a | c");

    private static Gen<string> Condition(Gen<string> set) =>
        from place in OneOf("article", "title", "sentence", "around", "near", "before", "after", "inside")
        from name in set
        from within in Gen.Int[1, 3]
        from times in Gen.Int[1, 2]
        select $"{{{place}: {name}{place switch { "article" => $", times: {times}", "around" or "near" or "before" or "after" => $", within: {within}", _ => "" }}}}";

    /// <summary>A condition a line, so that a finding's line tells which it is.</summary>
    private static Gen<string> Conditions(Gen<string> set, string indent) =>
        from require in Condition(set).Array[0, 2]
        from unless in Condition(set).Array[0, 2]
        select $"{indent}require: [\n{string.Concat(require.Select(c => $"{indent}  {c},\n"))}{indent}]\n{indent}unless: [\n{string.Concat(unless.Select(c => $"{indent}  {c},\n"))}{indent}]\n";

    private static Gen<string> Pattern(Gen<string> set, string indent) =>
        from kind in OneOf("any", "phrase", "phrase", "all")
        from elements in set.Array[2, 3]
        from gap in Gen.Int[0, 2]
        from skip in Gen.Frequency((4, Gen.Const("")), (1, set))
        from then in Gen.Frequency((4, Gen.Const("")), (1, set))
        from conditions in Conditions(set, indent)
        select kind switch
        {
            "any" => $"any: {elements[0]}\n",
            "all" => $"all: [{string.Join(", ", elements)}]\n{indent}within: {gap + 1}\n",
            _ => $"phrase: [{string.Join(", ", elements)}]\n{indent}gap: {gap}\n" + (skip.Length > 0 ? $"{indent}skip: {skip}\n" : "") + (then.Length > 0 ? $"{indent}then: {then}\n" : ""),
        } + conditions;

    private static readonly Gen<string> s_rule =
        from pattern in Pattern(s_set, "        ")
        from outcomes in Conditions(s_set, "            ").Array[0, 2]
        from fields in OneOf("", "", "        fields: title\n", "        fields: text\n")
        select $"        {pattern}{fields}" + (outcomes.Length == 0 ? "" : "        when:\n" + string.Concat(outcomes.Select((o, i) => $"          - weight: {i + 1}\n{o}")));

    private static readonly Gen<(string Phrases, string[][] Topics)> s_file = Gen.Select(
        Pattern(s_wordSet, "      ").Array[2].Select(p => $"phrases:\n  p:\n    - {p[0]}  q:\n    - {p[1]}"),
        s_rule.Array[1, 2].Array[60]);

    private static readonly Gen<(string Title, string Text)[]> s_articles =
        OneOf("وا", "دو", "سي", "طي", "زا", "لم", ".").Array[0, 8].Select(w => string.Join(' ', w)).Array[2].Select(a => (a[0], a[1])).Array[80];

    [Fact]
    public void What_lint_says_of_rules_is_so() => Gen.Select(s_file, s_articles).Sample(
        (file, articles) =>
        {
            // Each topic for itself: mentions of one merge.
            string[] topics = [.. file.Topics.Select((rules, t) => $"  - id: t{t}\n    title: {{ar: ع, en: T}}\n    rules:\n"
                + string.Concat(rules.Select((rule, r) => $"      - id: r{t}-{r}\n{rule}")))];
            string yaml = $"{Words}\n{file.Phrases}topics:\n{string.Concat(topics)}";
            string[] lines = yaml.Split('\n');
            var compiled = TopicRules.Parse(yaml, "made.yaml");
            var before = Mentions(compiled, articles);
            var idle = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var finding in compiled.Lint())
            {
                if (Never().Match(finding.Message) is { Success: true } never)
                    Assert.DoesNotContain(before, m => m.Rule == never.Groups[1].Value);
                else if (Outcome().Match(finding.Message) is { Success: true } outcome)
                    Assert.DoesNotContain(before, m => m.Rule == outcome.Groups[2].Value && m.Weight == outcome.Groups[1].Value);
                else if (Idle().IsMatch(finding.Message))
                    idle.TryAdd(Array.FindLast(lines[..finding.Line], l => l.StartsWith("  - id: t", StringComparison.Ordinal)) ?? "phrases", finding.Line - 1);
            }

            // One condition less in each topic.
            var after = Mentions(TopicRules.Parse(string.Join('\n', lines.Where((_, i) => !idle.ContainsValue(i))), "changed.yaml"), articles);
            Assert.True(idle.Count > 5);
            foreach (var (was, now) in before.Zip(after).Where(pair => pair.First != pair.Second).Take(1))
                Assert.Fail($"{was}\n{now}\n{file.Phrases}{topics[was.Topic]}");
            Assert.Equal(before.Count, after.Count);
        }, iter: 20, threads: 1);

    [Fact]
    public void What_another_rule_covers_adds_nothing() => Gen.Select(s_file, s_articles).Sample(
        (file, articles) =>
        {
            // The second rule is the first with a condition more.
            string[] topics = [.. file.Topics.Select((rules, t) => $"  - id: t{t}\n    title: {{ar: ع, en: T}}\n    rules:\n"
                + string.Concat(rules.Select((rule, r) => $"      - id: r{t}-{r}\n{rule}"))
                + $"      - id: r{t}-x\n{Narrower(rules[0])}")];
            string yaml = $"{Words}\n{file.Phrases}topics:\n";
            var compiled = TopicRules.Parse(yaml + string.Concat(topics), "made.yaml");
            var covered = compiled.Lint().Select(f => Covered().Match(f.Message)).Where(m => m.Success).Select(m => m.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
            Assert.True(covered.Count > 20);
            var without = TopicRules.Parse(yaml + string.Concat(topics.Select(topic => string.Join(
                "      - id: ", topic.Split("      - id: ").Where(rule => !covered.Contains(rule.Split('\n')[0]))))), "changed.yaml");
            Assert.Equal(
                Mentions(compiled, articles).Select(m => (m.Topic, m.Article, m.Start, m.Strength, m.Weight)),
                Mentions(without, articles).Select(m => (m.Topic, m.Article, m.Start, m.Strength, m.Weight)));
        }, iter: 10, threads: 1);

    private static string Narrower(string rule)
    {
        string narrower = rule.Replace("        gap: 2\n", "        gap: 1\n", StringComparison.Ordinal).Replace(": [c, ", ": [a, ", StringComparison.Ordinal);
        return narrower.Insert(narrower.IndexOf("require: [\n", StringComparison.Ordinal) + "require: [\n".Length, "          {sentence: b},\n");
    }

    private sealed record Found(int Topic, int Article, string Rule, string Weight, Strength? Strength, string Field, int Start, int End);

    private static List<Found> Mentions(TopicRules rules, (string Title, string Text)[] articles) =>
        [.. articles.SelectMany((article, a) => rules.Match(article.Title, article.Text).SelectMany(t => t.Mentions.Select(m => new Found(
            int.Parse(t.Topic[1..], null), a, m.Rule, $"{m.Weight}", m.Strength, m.Field, m.Start, m.End))))];

    private static Gen<string> OneOf(params string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    [GeneratedRegex("^rule (r[^ ]+) can never match")]
    private static partial Regex Never();

    [GeneratedRegex("^outcome (.) of rule (r[^ ]+) (?:can never hold|is never reached)")]
    private static partial Regex Outcome();

    [GeneratedRegex("^rule (r[^ ]+) finds nothing that")]
    private static partial Regex Covered();

    [GeneratedRegex("^(?:require|unless) .* has no effect")]
    private static partial Regex Idle();
}
