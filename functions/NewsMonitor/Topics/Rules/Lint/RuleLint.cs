namespace NewsMonitor.Topics.Rules.Lint;

/// <summary>All findings of a topics file.</summary>
internal static class RuleLint
{
    public static IReadOnlyList<LintFinding> Find(RuleFile file)
    {
        var sets = new SetFacts(file);
        return
        [
            .. UnusedParts.Find(file)
                .Concat(SilentWords.Find(file, sets))
                .Concat(RepeatedWords.Find(file, sets))
                .Concat(CommonForms.Find(file, sets))
                .Concat(IdleExceptions.Find(file, sets))
                .Concat(Contradictions.Find(file, sets))
                .Concat(TooNarrow.Find(file, sets))
                .Concat(UnreachableOutcomes.Find(file, sets))
                .Concat(IdleConditions.Find(file, sets))
                .Concat(IdleElements.Find(file, sets))
                .Concat(CoveredPatterns.Find(file, sets))
                .Concat(OverlappingSets.Find(file, sets))
                .Distinct()
                .OrderBy(f => f.Line).ThenBy(f => f.Column),
        ];
    }
}

/// <summary>A pattern and what it belongs to.</summary>
/// <param name="Owner">"rule imports" or "phrase power-imports".</param>
/// <param name="Rule">Null for a phrase.</param>
internal sealed record OwnedPattern(string Owner, Pattern Pattern, Fields Fields, Rule? Rule);

internal static class Parts
{
    public static LintFinding Warning(this Location at, string message) => new(LintSeverity.Warning, at.Line, at.Column, message);

    public static LintFinding Note(this Location at, string message) => new(LintSeverity.Note, at.Line, at.Column, message);

    public static IEnumerable<Rule> Rules(this RuleFile file) => file.Topics.SelectMany(t => t.Rules);

    public static IEnumerable<OwnedPattern> OwnedPatterns(this RuleFile file) =>
        file.Phrases.Select(p => new OwnedPattern($"phrase {file.Labels[p.Set]}", p.Pattern, Fields.Title | Fields.Text, null))
            .Concat(file.Rules().Select(r => new OwnedPattern($"rule {r.Id}", r.Pattern, r.Fields, r)));

    /// <summary>Outcomes that are written in a rule or are another's by name, with the rules that have them.</summary>
    public static IEnumerable<(string Owner, Outcome[] Outcomes, Rule[] Rules)> OutcomeLists(this RuleFile file)
    {
        var rules = file.Rules().ToLookup(r => file.Source.TextOf(r).Context, StringComparer.Ordinal);
        return file.Source.Contexts.Select(c => ($"context {c.Name}", c.Outcomes, rules[c.Name].ToArray()))
            .Concat(rules[null].Select(r => ($"rule {r.Id}", r.Outcomes, new[] { r })));
    }

    /// <summary>"a, b and 3 more".</summary>
    public static string Some(this IEnumerable<string> words, int most)
    {
        string[] all = [.. words];
        return string.Join(", ", all.Take(most)) + (all.Length > most ? $" and {all.Length - most} more" : "");
    }
}
