namespace NewsMonitor.Topics.Rules.Lint;

/// <summary>Elements that a pattern could do without.</summary>
internal static class IdleElements
{
    public static IEnumerable<LintFinding> Find(RuleFile file, SetFacts sets)
    {
        foreach (var (owner, pattern, _, _) in file.OwnedPatterns())
        {
            foreach (int then in pattern.Elements.Skip(pattern.Needed).Where(e => !sets.Occurs(e)))
                yield return file.Source[pattern].Warning($"then: {file.Labels[then]} in {owner} has no effect: it has no words; remove it");
            if (pattern.Skip >= 0 && !sets.Occurs(pattern.Skip))
                yield return file.Source[pattern].Warning($"skip: {file.Labels[pattern.Skip]} in {owner} has no effect: it has no words; remove it");
        }

        foreach (var (set, members) in file.Source.Alternatives)
        {
            for (int i = 0; i < members.Length; i++)
            {
                int other = Enumerable.Range(0, members.Length).FirstOrDefault(
                    j => j != i && sets.IsWithin(members[i], members[j]) && (j < i || !sets.IsWithin(members[j], members[i])), -1);
                if (other < 0)
                    continue;
                // Of two sets that happen to have the same words, either may get others some day.
                bool isChance = file.Names.ContainsKey(file.Labels[members[i]]) && !file.Closure[members[i]].Contains(members[other]);
                string message = $"\"{file.Labels[members[i]]}\" in \"{file.Labels[set]}\" has no effect: {file.Labels[members[other]]} has all its words; remove it";
                yield return isChance ? file.Source.Sets[set].Note(message) : file.Source.Sets[set].Warning(message);
            }
        }
    }
}
