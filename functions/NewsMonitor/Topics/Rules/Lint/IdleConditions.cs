namespace NewsMonitor.Topics.Rules.Lint;

/// <summary>Conditions that say nothing which is not so anyway.</summary>
internal static class IdleConditions
{
    public static IEnumerable<LintFinding> Find(RuleFile file, SetFacts sets)
    {
        foreach (var (owner, pattern, fields, _) in file.OwnedPatterns())
        {
            Condition[] sure = [.. sets.SureElements(pattern)];
            foreach (var finding in OfRequire(file, sets, owner, pattern.Conditions, sure, fields)
                .Concat(OfUnless(file, sets, owner, pattern.Conditions, [], fields)).Concat(OfInside(file, sets, owner, pattern)))
            {
                yield return finding;
            }
        }

        foreach (var (owner, outcomes, rules) in file.OutcomeLists())
        {
            // What a context asks may be idle in one of its rules, and needed in another.
            var rule = rules.FirstOrDefault(r => file.Source.TextOf(r).Context is null);
            Condition[] sure = rule is null ? [] : [.. sets.Sure(rule.Pattern), .. rule.Pattern.Conditions.Require];
            foreach (var (number, outcome) in outcomes.Index())
            {
                string where = $"outcome {number + 1} of {owner}";
                var fields = rule?.Fields ?? (Fields.Title | Fields.Text);
                foreach (var finding in OfRequire(file, sets, where, outcome.Conditions, sure, fields)
                    .Concat(OfUnless(file, sets, where, outcome.Conditions, rule?.Pattern.Conditions.Unless ?? [], fields)))
                {
                    yield return finding;
                }
            }
        }
    }

    private static IEnumerable<LintFinding> OfRequire(RuleFile file, SetFacts sets, string owner, Conditions conditions, Condition[] sure, Fields fields)
    {
        for (int i = 0; i < conditions.Require.Length; i++)
        {
            var condition = conditions.Require[i];
            string? why = sure.FirstOrDefault(s => sets.Implies(s, condition, fields)) is { } known ? file.SayKnown(known)
                : Stronger(conditions.Require, i, (other, own) => sets.Implies(other, own, fields)) is { } other ? $"({file.Say(other)}) asks for more" : null;
            if (why is not null)
                yield return file.Source[condition].Warning($"require ({file.Say(condition)}) in {owner} has no effect: {why}; remove it");
        }
    }

    private static IEnumerable<LintFinding> OfUnless(RuleFile file, SetFacts sets, string owner, Conditions conditions, Condition[] before, Fields fields)
    {
        for (int i = 0; i < conditions.Unless.Length; i++)
        {
            var condition = conditions.Unless[i];
            string? why = !sets.Occurs(condition.Set) ? $"{file.Labels[condition.Set]} has no words"
                : before.FirstOrDefault(b => sets.Implies(condition, b, fields)) is { } known ? $"the rule has unless ({file.Say(known)})"
                : Stronger(conditions.Unless, i, (other, own) => sets.Implies(own, other, fields)) is { } other ? $"({file.Say(other)}) forbids more" : null;
            if (why is not null)
                yield return file.Source[condition].Warning($"unless ({file.Say(condition)}) in {owner} has no effect: {why}; remove it");
        }
    }

    /// <summary>Where no other word can stand between the elements, there is nothing inside but they.</summary>
    private static IEnumerable<LintFinding> OfInside(RuleFile file, SetFacts sets, string owner, Pattern pattern)
    {
        bool isTight = pattern.Kind == PatternKind.Any || (pattern.Kind == PatternKind.Phrase && pattern.Gap == 0 && pattern.Skip < 0);
        int[] elements = pattern.Elements[..pattern.Needed];
        if (!isTight || !elements.All(sets.IsOfSingleWords))
            yield break;
        foreach (var condition in pattern.Conditions.Unless.Where(c => c.Place == Place.Inside && sets.IsOfSingleWords(c.Set)))
        {
            if (!elements.Any(e => sets.Share(e, condition.Set)))
            {
                yield return file.Source[condition].Warning(
                    $"unless ({file.Say(condition)}) in {owner} has no effect: no other word can stand inside, and {file.Labels[condition.Set]} shares none with the elements; remove it");
            }
        }
    }

    /// <summary>Another of a list that does what this one does; of two that do the same, the first.</summary>
    private static Condition? Stronger(Condition[] list, int place, Func<Condition, Condition, bool> isStronger)
    {
        for (int i = 0; i < list.Length; i++)
        {
            if (i != place && isStronger(list[i], list[place]) && (i < place || !isStronger(list[place], list[i])))
                return list[i];
        }

        return null;
    }
}
