using NewsMonitor.Topics.Matching;

namespace NewsMonitor.Topics.Rules.Lint;

/// <summary>Words without any form, and word sets without any word.</summary>
internal static class SilentWords
{
    public static IEnumerable<LintFinding> Find(RuleFile file, SetFacts sets)
    {
        foreach (var word in file.Source.Words.Where(w => sets.Forms(sets.EntryOf(w)).Length == 0))
        {
            yield return word.At.Warning(file.Entries[sets.EntryOf(word)].Except.Count > 0
                ? $"{word.Text} finds nothing: except leaves out each of its forms; remove it, or the except"
                : $"{word.Text} finds nothing: a word longer than {Lexicon.MaxWord} letters is never found; remove it");
        }

        foreach (var (name, set) in file.Names.Where(n => file.Patterns[n.Value].Length == 0 && !sets.Occurs(n.Value)))
        {
            yield return file.Source.Sets[set].Warning(file.Members[set].Length == 0
                ? $"word set {name} has no words; add some, or remove it"
                : $"word set {name} finds nothing: except leaves out each form of its words; remove it, or the except");
        }
    }
}
