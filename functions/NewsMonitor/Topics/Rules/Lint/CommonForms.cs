using NewsMonitor.Topics.Arabic;

namespace NewsMonitor.Topics.Rules.Lint;

/// <summary>
/// Words that also make a word which every text is full of, as the verb عبر makes "through". A form of a common word is meant where that word is
/// listed itself, but a verb is no particle, and what the prefixes of a word make of it may be one (كما of ما).
/// </summary>
internal static class CommonForms
{
    public static IEnumerable<LintFinding> Find(RuleFile file, SetFacts sets)
    {
        var found = CommonWords.Function.SelectMany(common => sets.Readings(common).Select(r => (Common: common, r.Body, r.Entry)))
            .Where(m => !IsMeant(file.Entries[m.Entry], m.Common, m.Body))
            .ToLookup(m => m.Entry);
        foreach (var word in file.Source.Words)
        {
            var forms = found[sets.EntryOf(word)].ToList();
            if (forms.Count == 0)
                continue;
            string[] bodies = [.. forms.Select(f => f.Body).Distinct(StringComparer.Ordinal)];
            string remedy = bodies.Contains(Inflection.Fold(word.Text))
                ? "write the forms that are meant under exact instead"
                : $"unless it is meant, leave it out: except: [{string.Join(", ", bodies)}]";
            yield return word.At.Warning(
                $"{word.Text} ({word.Pos.Key()}) also makes {string.Join(", ", forms.Select(f => f.Common).Distinct(StringComparer.Ordinal))}, "
                + $"which most texts have; {remedy}");
        }
    }

    private static bool IsMeant(WordEntry entry, string common, string body)
    {
        var written = entry.Words.SelectMany(Inflection.Words).Select(Inflection.Fold).ToList();
        bool isVerb = entry.Pos is PartOfSpeech.Verb or PartOfSpeech.Finite;
        return CommonWords.Particles.Contains(common) ? !isVerb && written.Contains(common)
            : written.Any(CommonWords.Function.Contains) || (!isVerb && written.Contains(body));
    }
}
