using NewsMonitor.Topics.Arabic;

namespace NewsMonitor.Topics.Rules;

/// <summary>Says what words a topics file matches.</summary>
internal static class RuleExplainer
{
    /// <summary>See <see cref="TopicRules.Explain"/>.</summary>
    public static IEnumerable<ExplainedEntry> Explain(RuleFile file, string? asked)
    {
        if (asked is null)
            return Explained(file, file.Entries.Select(e => (e, (SurfaceForm?)null)), -1);
        string[] words = WordsOf(asked);
        var found = file.Entries.Where(e => IsWritten(e, words))
            .Select(e => (Entry: e, Form: (SurfaceForm?)null)).ToList();
        var written = found.Select(f => f.Entry).ToHashSet();
        found.AddRange(file.Entries.Where(e => !written.Contains(e)).Select(e => (Entry: e, Form: Made(e, e.Bodies(), words))).Where(f => f.Form is not null));
        if (found.Count == 0)
        {
            // A form of a word is never taken for a slip of another.
            found.AddRange(file.Entries.Where(e => e.Misspelt)
                .Select(e => (e, Made(e, Misspellings.Bodies(e.Text, e.Pos), words))).Where(f => f.Item2 is not null));
        }

        return Explained(file, found, file.Names.GetValueOrDefault(asked.Trim(), -1));
    }

    /// <summary>See <see cref="TopicRules.ExplainLeftOut"/>.</summary>
    public static IEnumerable<ExplainedEntry> LeftOut(RuleFile file, string asked)
    {
        string[] words = WordsOf(asked);
        return Explained(
            file,
            file.Entries.Where(e => e.Except.Count > 0 && !IsWritten(e, words) && Made(e, e.Bodies(), words) is null)
                .Select(e => (e, Made(e, Inflection.Bodies(e.Words[0], e.Pos), words))).Where(f => f.Item2 is not null),
            -1);
    }

    private static IEnumerable<ExplainedEntry> Explained(RuleFile file, IEnumerable<(WordEntry Entry, SurfaceForm? Form)> found, int set)
    {
        var forms = found.ToDictionary(f => f.Entry, f => f.Form);
        var lines = file.Source.Words.ToLookup(w => (w.Set, w.Text, w.Pos), w => w.At.Line);
        foreach (var word in file.Entries)
        {
            foreach (var (name, written) in word.WrittenIn)
            {
                if (set >= 0 && file.Closure[written].Contains(set))
                    yield return Explained(name, written, word, null);
                else if (forms.TryGetValue(word, out var form))
                    yield return Explained(name, written, word, form);
            }
        }

        ExplainedEntry Explained(string name, int written, WordEntry word, SurfaceForm? asked)
        {
            string rest = word.Rest;
            return new ExplainedEntry(() => [.. word.Forms().Select(f => f with { Text = f.Text + rest }).DistinctBy(f => f.Text)])
            {
                Set = name,
                Line = lines[(written, word.Text, word.Pos)].First(),
                Word = word.Text,
                PartOfSpeech = word.Pos,
                Misspelt = word.Misspelt,
                Except = [.. LeftOut(word).Distinct(StringComparer.Ordinal)],
                Asked = asked,
                Groups = FormGroups.Of(word),
            };
        }
    }

    private static IEnumerable<string> LeftOut(WordEntry entry) =>
        entry.Except.Count == 0 ? [] : Inflection.Bodies(entry.Words[0], entry.Pos).Select(b => b.Text).Where(entry.Except.Contains);

    private static string[] WordsOf(string text) => [.. Inflection.Words(Inflection.Fold(text.TrimEnd('~', ' ')))];

    /// <summary>Whether an entry is written so; of a verb, the past is enough.</summary>
    private static bool IsWritten(WordEntry entry, string[] words) => WordsOf(entry.Text).SequenceEqual(words, StringComparer.Ordinal)
        || (entry.Pos is PartOfSpeech.Verb or PartOfSpeech.Finite && WordsOf(entry.Text.Split('/')[0]).SequenceEqual(words, StringComparer.Ordinal));

    /// <summary>The form of an entry that these words are.</summary>
    private static SurfaceForm? Made(WordEntry entry, IEnumerable<Body> bodies, string[] words)
    {
        if (entry.Words.Length != words.Length || entry.Rest != string.Concat(words.Skip(1).Select(word => " " + word)))
            return null;
        var forms = bodies.Where(b => words[0].EndsWith(b.Text, StringComparison.Ordinal)).SelectMany(Inflection.Forms).Where(f => f.Text == words[0]);
        return forms.Select(f => (SurfaceForm?)(f with { Text = string.Join(' ', words) })).FirstOrDefault();
    }
}
