using NewsMonitor.Topics.Arabic;

namespace NewsMonitor.Topics.Rules;

/// <summary>Says what words a topics file matches.</summary>
internal static class RuleExplainer
{
    /// <summary>See <see cref="TopicRules.Explain"/>.</summary>
    public static IEnumerable<ExplainedEntry> Explain(RuleFile file, string? entry)
    {
        string asked = (entry ?? "").Trim();
        int set = file.Names.GetValueOrDefault(asked, -1);
        string folded = Inflection.Fold(asked.TrimEnd('~', ' '));
        string[] words = [.. Inflection.Words(folded)];
        var found = file.Entries.Where(e => entry is null || Inflection.Fold(e.Text) == folded || Makes(e)).ToHashSet();
        if (found.Count == 0 && words is [var slip])
        {
            // A form of a word is never taken for a slip of another.
            found = [.. file.Entries.Where(e => e.Misspelt
                && Misspellings.Bodies(e.Text, e.Pos).SelectMany(Inflection.Forms).Any(f => f.Text == slip))];
        }

        foreach (var word in file.Entries)
        {
            foreach (var (name, written) in word.WrittenIn)
            {
                if (found.Contains(word) || (set >= 0 && file.Closure[written].Contains(set)))
                {
                    string rest = string.Concat(word.Words.Skip(1).Select(w => " " + Inflection.Fold(w)));
                    yield return new ExplainedEntry(
                        name, word.Text, word.Pos, word.Misspelt, [.. word.Except],
                        [.. word.Forms().Select(f => f with { Text = f.Text + rest }).DistinctBy(f => f.Text)]);
                }
            }
        }

        bool Makes(WordEntry e) => e.Words.Length == words.Length
            && e.Words.Skip(1).Select(Inflection.Fold).SequenceEqual(words.Skip(1), StringComparer.Ordinal)
            && e.Forms().Any(f => f.Text == words[0]);
    }
}
