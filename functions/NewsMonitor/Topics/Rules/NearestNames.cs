using NewsMonitor.Topics.Arabic;

namespace NewsMonitor.Topics.Rules;

/// <summary>What in a file is spelt much like something that is not there.</summary>
internal static class NearestNames
{
    private const int Most = 5;

    public static IReadOnlyList<string> To(RuleFile file, string asked)
    {
        string folded = Inflection.Fold(asked.Trim());
        // Of a word with prefixes, the word.
        string[] ways = [.. Proclitics.All.Where(p => folded.StartsWith(p.Text, StringComparison.Ordinal) && folded.Length - p.Text.Length >= 3)
            .Select(p => folded[p.Text.Length..]).Prepend(folded).Distinct(StringComparer.Ordinal)];
        var names = file.Names.Keys.Concat(file.Source.Contexts.Select(c => c.Name)).Concat(file.Topics.SelectMany(t => t.Rules).Select(r => r.Id))
            .Concat(file.Entries.Where(e => e.WrittenIn.Any(w => file.Names.ContainsKey(w.Name))).Select(e => e.Text)).Distinct(StringComparer.Ordinal);
        return
        [
            .. names.Select(name => (Name: name, Folded: Inflection.Fold(name.Split('/')[0].Trim())))
                .Select(n => (n.Name, Distance: ways.Min(way => Distance(way, n.Folded))))
                .Where(n => n.Distance < int.MaxValue).OrderBy(n => n.Distance).Take(Most).Select(n => n.Name),
        ];
    }

    /// <summary>How many letters to change; words with the same beginning come behind; other words not at all.</summary>
    private static int Distance(string asked, string name)
    {
        const int SameBeginning = 100;
        int most = Math.Max(1, Math.Min(asked.Length, name.Length) / 3);
        if (Math.Abs(asked.Length - name.Length) <= most && Edits(asked, name) is var edits && edits <= most)
            return edits;
        int same = asked.Zip(name).TakeWhile(pair => pair.First == pair.Second).Count();
        return same >= 3 ? SameBeginning - same + Math.Abs(asked.Length - name.Length) : int.MaxValue;
    }

    private static int Edits(string one, string other)
    {
        int[] above = [.. Enumerable.Range(0, other.Length + 1)];
        for (int i = 1; i <= one.Length; i++)
        {
            int[] row = new int[other.Length + 1];
            row[0] = i;
            for (int j = 1; j <= other.Length; j++)
                row[j] = Math.Min(above[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1), 1 + Math.Min(above[j], row[j - 1]));
            above = row;
        }

        return above[^1];
    }
}
