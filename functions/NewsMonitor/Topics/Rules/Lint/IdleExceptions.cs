using NewsMonitor.Topics.Arabic;

namespace NewsMonitor.Topics.Rules.Lint;

/// <summary>Exceptions that leave nothing out.</summary>
internal static class IdleExceptions
{
    public static IEnumerable<LintFinding> Find(RuleFile file, SetFacts sets)
    {
        foreach (var exceptions in file.Source.Exceptions.GroupBy(e => e.Set))
        {
            var made = sets.Written(exceptions.Key).Select(e => file.Entries[e])
                .SelectMany(e => Inflection.Bodies(e.Words[0], e.Pos)).Select(b => b.Text).ToHashSet(StringComparer.Ordinal);
            foreach (var exception in exceptions.Where(e => !made.Contains(e.Form)))
                yield return exception.At.Warning($"except: {exception.Text} leaves nothing out: {Why(file, sets, exception, made)}");
        }
    }

    private static string Why(RuleFile file, SetFacts sets, WrittenException exception, HashSet<string> made)
    {
        string set = file.Labels[exception.Set];
        foreach (var (entry, _) in sets.Makers(exception.Form))
        {
            // Exceptions are of the words that a set lists itself.
            foreach (var (name, from) in file.Entries[entry].WrittenIn.Where(w => w.Set != exception.Set && file.Closure[w.Set].Contains(exception.Set)))
                return $"{file.Entries[entry].Text} of {name} makes it, which {set} includes; write the except in {name}";
        }

        var bare = Proclitics.All.Where(p => p.Text.Length > 0 && exception.Form.StartsWith(p.Text, StringComparison.Ordinal))
            .Select(p => exception.Form[p.Text.Length..]).FirstOrDefault(made.Contains);
        return bare is not null ? $"forms are written without prefixes; write {bare}" : $"no word of {set} makes it; remove it";
    }
}
