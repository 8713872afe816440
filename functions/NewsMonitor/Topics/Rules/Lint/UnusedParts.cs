namespace NewsMonitor.Topics.Rules.Lint;

/// <summary>Word sets, phrases and contexts that no rule uses, however indirectly.</summary>
internal static class UnusedParts
{
    public static IEnumerable<LintFinding> Find(RuleFile file)
    {
        var used = file.Rules().SelectMany(r => r.Pattern.Sets.Concat(r.Outcomes.SelectMany(o => o.Conditions.Sets))).ToHashSet();
        // A phrase uses only what is above it.
        foreach (var phrase in file.Phrases.Reverse().Where(p => file.Closure[p.Set].Any(used.Contains)))
            used.UnionWith(phrase.Pattern.Sets);

        foreach (var (name, set) in file.Names.Where(n => n.Value != RuleFile.NumberSet && !file.Closure[n.Value].Any(used.Contains)))
        {
            string what = file.Patterns[set].Length > 0 ? "phrase" : "word set";
            string[] users = [.. Users(file, set)];
            yield return file.Source.Sets[set].Warning(users.Length == 0
                ? $"{what} {name} is used by nothing; remove it, or name it in a rule"
                : $"{what} {name} is used by {users.Some(3)} only, which no rule uses; remove it, or use that");
        }

        var named = file.Rules().Select(r => file.Source.TextOf(r).Context).ToHashSet(StringComparer.Ordinal);
        foreach (var context in file.Source.Contexts.Where(c => !named.Contains(c.Name)))
            yield return file.Source[context].Warning($"context {context.Name} is used by no rule; remove it, or name it in a rule: when: {context.Name}");
    }

    private static IEnumerable<string> Users(RuleFile file, int set) =>
        file.Source.Includes.Where(i => i.Value.Contains(set)).Select(i => $"word set {file.Labels[i.Key]}")
            .Concat(file.Phrases.Where(p => p.Pattern.Sets.Any(file.Closure[set].Contains)).Select(p => $"phrase {file.Labels[p.Set]}"))
            .Concat(file.Source.Contexts.Where(c => c.Outcomes.SelectMany(o => o.Conditions.Sets).Any(file.Closure[set].Contains)).Select(c => $"context {c.Name}"))
            .Distinct(StringComparer.Ordinal);
}
