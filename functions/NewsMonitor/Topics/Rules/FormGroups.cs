using NewsMonitor.Topics.Arabic;

namespace NewsMonitor.Topics.Rules;

/// <summary>The thousands of forms of a word in a few lines.</summary>
internal static class FormGroups
{
    public static IReadOnlyList<FormGroup> Of(WordEntry entry)
    {
        string rest = entry.Rest;
        var groups = new List<FormGroup>();
        // What one rule has made, another need not list again.
        foreach (var group in entry.Bodies().DistinctBy(b => (b.Text, b.Attachment)).GroupBy(b => (b.Attachment, b.Source)))
        {
            var whole = group.Where(b => PronounOf(b) is null).Select(b => b.Text + rest).ToList();
            var links = group.Where(b => PronounOf(b) is not null)
                .GroupBy(b => b.Text[..^PronounOf(b)!.Length], b => PronounOf(b)!, StringComparer.Ordinal)
                .GroupBy(link => string.Join(' ', link), StringComparer.Ordinal)
                .Select(same => new PronounForms([.. same.Select(link => link.Key)], same.Key.Split(' ')));
            groups.Add(new FormGroup(PrefixesOf(group.Key.Attachment), group.Key.Source, whole, [.. links]));
        }

        return groups;
    }

    private static string? PronounOf(Body body) => body.Ending.Contains('+') ? body.Ending[(body.Ending.IndexOf('+') + 1)..]
        : body.Source.EndsWith("possessed", StringComparison.Ordinal) ? body.Ending : null;

    /// <summary>As docs/rules.md says it.</summary>
    private static string PrefixesOf(Attachment attachment) => attachment switch
    {
        Attachment.Name => "و ف, then ب ك ل (أ before ب)",
        Attachment.Noun => "و ف, then ب ك ل, then ال (أ before ب)",
        Attachment.LamName => "و ف, then always لل",
        Attachment.Past => "و ف, then ل",
        Attachment.Present => "و ف, then س ل (أ before س)",
        _ => "",
    };
}
