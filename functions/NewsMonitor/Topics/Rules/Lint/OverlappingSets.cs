namespace NewsMonitor.Topics.Rules.Lint;

/// <summary>
/// Words that a pattern or an outcome asks for and forbids at once, where not all are forbidden. That a word is in two sets is common and mostly meant; here
/// it makes the word useless in one place.
/// </summary>
internal static class OverlappingSets
{
    private const int MostNamed = 5;

    public static IEnumerable<LintFinding> Find(RuleFile file, SetFacts sets)
    {
        // The same two sets often meet in many places.
        foreach (var same in All(file, sets).GroupBy(o => (o.Asked.Set, o.Unless.Set)))
        {
            var (owner, asked, unless, words) = same.First();
            string more = same.Select(o => o.Owner).Distinct(StringComparer.Ordinal).Count() is > 1 and var places ? $" (and in {places - 1} more)" : "";
            yield return file.Source[unless].Note(
                $"in {owner}{more}, unless ({file.Say(unless)}) forbids these words of {file.Labels[asked.Set]}: {words.Some(MostNamed)}; "
                + "they never count here: if that is not meant, take them out of one of the two");
        }
    }

    private static IEnumerable<(string Owner, Condition Asked, Condition Unless, string[] Words)> All(RuleFile file, SetFacts sets)
    {
        foreach (var (owner, pattern, fields, _) in file.OwnedPatterns())
        {
            foreach (var (asked, unless, words) in Of(file, sets, [.. sets.Sure(pattern), .. pattern.Conditions.Require], pattern.Conditions.Unless, fields))
                yield return (owner, asked, unless, words);
        }

        foreach (var (owner, outcomes, _) in file.OutcomeLists())
        {
            foreach (var (number, outcome) in outcomes.Index())
            {
                foreach (var (asked, unless, words) in Of(file, sets, outcome.Conditions.Require, outcome.Conditions.Unless, Fields.Title | Fields.Text))
                    yield return ($"outcome {number + 1} of {owner}", asked, unless, words);
            }
        }
    }

    private static IEnumerable<(Condition Asked, Condition Unless, string[] Words)> Of(
        RuleFile file, SetFacts sets, IEnumerable<Condition> asked, Condition[] unless, Fields fields) =>
        from need in asked
        from forbidden in unless
        where ConditionFacts.Covers(need, forbidden, fields) && !sets.Implies(need, forbidden, fields)
        let words = file.Members[need.Set].SelectMany(sets.Written).Distinct()
            .Where(e => sets.IsEntryWithin(e, forbidden.Set)).Select(e => file.Entries[e].Text).ToArray()
        where words.Length > 0
        select (need, forbidden, words);
}
