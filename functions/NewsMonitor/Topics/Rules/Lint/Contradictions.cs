namespace NewsMonitor.Topics.Rules.Lint;

/// <summary>Patterns and outcomes that no text can satisfy.</summary>
internal static class Contradictions
{
    public static IEnumerable<LintFinding> Find(RuleFile file, SetFacts sets) =>
        file.OwnedPatterns().SelectMany(p => OfPattern(p, file, sets)).Concat(file.OutcomeLists().SelectMany(list => OfOutcomes(list, file, sets)));

    /// <summary>Why conditions cannot hold of a match, beside what is sure of it already; null when they can.</summary>
    private static string? Why(RuleFile file, SetFacts sets, Condition[] sure, Conditions conditions, IEnumerable<Condition> unless, Fields fields)
    {
        if (conditions.Require.FirstOrDefault(c => !sets.Occurs(c.Set)) is { } missing)
            return $"it requires {file.Labels[missing.Set]}, which has no words";
        if (sets.Contradiction(conditions.Require, unless, fields) is var (required, forbidden))
            return $"require ({file.Say(required)}) needs what unless ({file.Say(forbidden)}) forbids";
        return sets.Contradiction(sure, conditions.Unless, fields) is var (has, without)
            ? $"{file.SayKnown(has)}, which unless ({file.Say(without)}) forbids" : null;
    }

    private static IEnumerable<LintFinding> OfPattern(OwnedPattern owned, RuleFile file, SetFacts sets)
    {
        var pattern = owned.Pattern;
        int never = pattern.Elements.Take(pattern.Needed).FirstOrDefault(e => !sets.Occurs(e), -1);
        string? why = never >= 0 ? $"{file.Labels[never]} has no words"
            : Why(file, sets, [.. sets.Sure(pattern)], pattern.Conditions, pattern.Conditions.Unless, owned.Fields);
        if (why is not null)
            yield return file.Source[pattern].Warning($"{owned.Owner} can never match: {why}; change one of them, or remove it");
    }

    private static IEnumerable<LintFinding> OfOutcomes((string Owner, Outcome[] Outcomes, Rule[] Rules) list, RuleFile file, SetFacts sets)
    {
        var (owner, outcomes, rules) = list;
        for (int i = 0; i < outcomes.Length; i++)
        {
            var conditions = outcomes[i].Conditions;
            string? why = Why(file, sets, [], conditions, conditions.Unless, Fields.Title | Fields.Text);
            string[] inRules = why is null ? [.. rules.Select(r => WhyIn(r, conditions)).OfType<string>()] : [];
            if (why is null && rules.Length > 0 && inRules.Length == rules.Length)
                why = rules.Length == 1 ? inRules[0] : $"in each rule that uses it; in {rules[0].Id}, {inRules[0]}";
            if (why is not null)
                yield return file.Source[conditions].Warning($"outcome {i + 1} of {owner} can never hold: {why}; change one of them, or remove it");
        }

        foreach (var rule in rules.Where(r => file.Source.TextOf(r).Context is not null && outcomes.All(o => WhyIn(r, o.Conditions) is not null)))
        {
            yield return file.Source[rule].Warning(
                $"rule {rule.Id} can never match: no outcome of {owner} can hold; the first does not since {WhyIn(rule, outcomes[0].Conditions)}");
        }

        string? WhyIn(Rule rule, Conditions conditions)
        {
            Condition[] sure = [.. sets.Sure(rule.Pattern), .. rule.Pattern.Conditions.Require];
            return Why(file, sets, sure, conditions, conditions.Unless.Concat(rule.Pattern.Conditions.Unless), rule.Fields);
        }
    }
}
