namespace NewsMonitor.Topics.Rules.Lint;

/// <summary>Outcomes that an earlier one always takes.</summary>
internal static class UnreachableOutcomes
{
    public static IEnumerable<LintFinding> Find(RuleFile file, SetFacts sets)
    {
        foreach (var (owner, outcomes, rules) in file.OutcomeLists())
        {
            for (int i = 1; i < outcomes.Length; i++)
            {
                int before = Array.FindIndex(outcomes, 0, i, o => sets.AreImplied(o.Conditions, outcomes[i].Conditions, Fields.Title | Fields.Text));
                if (before >= 0)
                {
                    yield return file.Source[outcomes[i].Conditions].Warning(
                        $"outcome {i + 1} of {owner} is never reached: outcome {before + 1} "
                        + (outcomes[before].Conditions.All.Any() ? "holds whenever it does" : "has no conditions, so it always holds")
                        + "; put it first, or remove it");
                    continue;
                }

                // Beside what each rule asks of its own words.
                if (rules.Length > 0 && rules.All(r => outcomes.Take(i).Any(o => sets.AreImplied(o.Conditions, With(sets, r.Pattern, outcomes[i].Conditions), r.Fields))))
                {
                    yield return file.Source[outcomes[i].Conditions].Warning(
                        $"outcome {i + 1} of {owner} is never reached: an earlier one holds for all that "
                        + (rules.Length == 1 ? $"rule {rules[0].Id} matches" : "the rules that use it match") + "; put it first, or remove it");
                }
            }
        }
    }

    private static Conditions With(SetFacts sets, Pattern pattern, Conditions conditions) => new(
        [.. sets.Sure(pattern), .. pattern.Conditions.Require, .. conditions.Require], [.. pattern.Conditions.Unless, .. conditions.Unless]);
}
