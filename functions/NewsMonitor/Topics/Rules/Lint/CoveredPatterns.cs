namespace NewsMonitor.Topics.Rules.Lint;

/// <summary>Rules of a topic, and patterns of a phrase, that find nothing which another one does not.</summary>
internal static class CoveredPatterns
{
    public static IEnumerable<LintFinding> Find(RuleFile file, SetFacts sets)
    {
        foreach (var phrase in file.Phrases.GroupBy(p => p.Set, p => p.Pattern))
        {
            foreach (var (covered, by) in Pairs([.. phrase], (pattern, other) => Covers(sets, other, pattern, Fields.Title | Fields.Text)))
            {
                yield return file.Source[covered].Warning(
                    $"this pattern of phrase {file.Labels[phrase.Key]} finds nothing that the one at line {file.Source[by].Line} does not; remove it");
            }
        }

        foreach (var topic in file.Topics)
        {
            foreach (var (covered, by) in Pairs(topic.Rules, (rule, other) => Covers(sets, other, rule)))
            {
                yield return file.Source[covered].Warning(
                    $"rule {covered.Id} finds nothing that rule {by.Id} at line {file.Source[by].Line} does not, as sure and as weighty; remove it");
            }
        }
    }

    private static bool Covers(SetFacts sets, Rule rule, Rule covered) =>
        (covered.Fields & ~rule.Fields) == 0 && Covers(sets, rule.Pattern, covered.Pattern, covered.Fields)
        && covered.Outcomes.All(c => rule.Outcomes.All(r => IsNoLess(r, c)) && rule.Outcomes.Any(r => sets.AreImplied(r.Conditions, c.Conditions, covered.Fields))
            || IsSameList(sets, rule.Outcomes, covered.Outcomes, covered.Fields))
        && (IsSame(rule.Pattern, covered.Pattern) || rule.Outcomes.All(o => o.Conditions.All.All(IsOfPlace)));

    private static bool IsNoLess(Outcome outcome, Outcome other) => outcome.Strength >= other.Strength && outcome.Weight >= other.Weight;

    private static bool IsSameList(SetFacts sets, Outcome[] outcomes, Outcome[] others, Fields fields) =>
        outcomes.Length == others.Length && outcomes.Zip(others).All(pair => IsNoLess(pair.First, pair.Second)
            && sets.AreImplied(pair.First.Conditions, pair.Second.Conditions, fields) && sets.AreImplied(pair.Second.Conditions, pair.First.Conditions, fields));

    /// <summary>Whether each match of one pattern has a match of the other that begins with it.</summary>
    private static bool Covers(SetFacts sets, Pattern pattern, Pattern covered, Fields fields)
    {
        if (pattern.Kind != covered.Kind || pattern.Needed != covered.Needed || !sets.AreImplied(pattern.Conditions, covered.Conditions, fields))
            return false;
        if (IsSame(pattern, covered))
            return true;
        // A wider pattern may match other words, so that conditions which look from there say other things.
        return pattern.Elements.Length == pattern.Needed && covered.Elements.Length == covered.Needed
            && pattern.Elements.Zip(covered.Elements).All(pair => sets.IsWithin(pair.Second, pair.First))
            && pattern.Gap >= covered.Gap && (covered.Skip < 0 || covered.Skip == pattern.Skip) && pattern.Within >= covered.Within
            && pattern.Conditions.All.All(IsOfPlace)
            // Of several that may be taken, an element might take what the next one needs.
            && (pattern.Kind != PatternKind.All || pattern.Elements.SequenceEqual(covered.Elements));
    }

    private static bool IsSame(Pattern pattern, Pattern other) => pattern.Elements.SequenceEqual(other.Elements) && pattern.Needed == other.Needed
        && (pattern.Gap, pattern.Skip, pattern.Within) == (other.Gap, other.Skip, other.Within);

    /// <summary>Whether a condition looks at the same words from whatever words of the sentence.</summary>
    private static bool IsOfPlace(Condition condition) => condition.Place is Place.Article or Place.Title or Place.Sentence;

    /// <summary>Each that another covers; of two that cover each other, the later.</summary>
    private static IEnumerable<(T Covered, T By)> Pairs<T>(IReadOnlyList<T> all, Func<T, T, bool> isCovered)
    {
        for (int i = 0; i < all.Count; i++)
        {
            int by = Enumerable.Range(0, all.Count).FirstOrDefault(j => j != i && isCovered(all[i], all[j]) && (j < i || !isCovered(all[j], all[i])), -1);
            if (by >= 0)
                yield return (all[i], all[by]);
        }
    }
}
