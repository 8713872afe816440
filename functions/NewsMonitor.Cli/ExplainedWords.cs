using NewsMonitor.Topics;
using NewsMonitor.Topics.Arabic;

namespace NewsMonitor.Cli;

/// <summary>Words with their forms, so that an analyst reads them at once: what one rule makes in a line, prefixes once, sets that list the same together.</summary>
internal static class ExplainedWords
{
    /// <returns>Whether there were any.</returns>
    public static bool Write(IEnumerable<ExplainedEntry> words, TextWriter output)
    {
        bool any = false;
        foreach (var same in words.GroupBy(w => (w.Word, w.PartOfSpeech, w.Misspelt, w.Asked, Except: string.Join(' ', w.Except))))
        {
            any = true;
            if (same.Key.Asked is null)
                WriteForms([.. same], output);
            else
                output.WriteLine(Say([.. same]));
        }

        return any;
    }

    /// <summary>How the form that was asked for is made.</summary>
    public static string Say(ExplainedEntry[] same)
    {
        var (word, form) = (same[0], same[0].Asked!.Value);
        bool isSlip = word.Misspelt && word.Forms.All(f => f.Text != form.Text);
        return $"{form.Text} = {Parts(form)}: {(isSlip ? "one slip from a form" : form.Source)} of {Name(same)}";
    }

    public static string Parts(SurfaceForm form) => string.Join(" + ", ((string[])[form.Prefix, form.Stem, form.Ending]).Where(p => p.Length > 0));

    public static string Count(ExplainedEntry word) => word.Forms.Count == 1 ? "1 form" : $"{word.Forms.Count} forms";

    private static string Name(ExplainedEntry[] same) => SafeText.Line(
        $"{same[0].Word} ({same[0].PartOfSpeech.Key()} of {string.Join(", ", same.Select(w => $"{w.Set} in line {w.Line}"))})", 2000);

    private static void WriteForms(ExplainedEntry[] same, TextWriter output)
    {
        var word = same[0];
        output.WriteLine($"{Name(same)}: {Count(word)}");
        foreach (var prefixed in word.Groups.GroupBy(g => g.Prefixes))
        {
            output.WriteLine(prefixed.Key.Length == 0 ? "  without prefix" : $"  prefixes {prefixed.Key}");
            foreach (var group in prefixed)
            {
                if (group.Forms.Count > 0)
                    output.WriteLine($"    {group.Source}: {string.Join(' ', group.Forms)}");
                foreach (var pronouns in group.WithPronouns)
                {
                    string stems = string.Join(' ', pronouns.Stems.Select(stem => stem + "ـ"));
                    output.WriteLine($"    {group.Source}, with {string.Join(' ', pronouns.Pronouns)}: {stems}");
                }
            }
        }

        if (word.Except.Count > 0)
            output.WriteLine($"  not matched, left out by except: {string.Join(' ', word.Except)}");
        output.WriteLine(word.Misspelt
            ? "  ~: also with one slip (a letter wrong, missing, added, or two swapped), bare or with ال وال بال لل before it or ة after it"
            : "  not matched: any other spelling or ending (no ~, so no slip either)");
        output.WriteLine();
    }
}
