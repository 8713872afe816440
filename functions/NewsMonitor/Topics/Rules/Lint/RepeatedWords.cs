using NewsMonitor.Topics.Arabic;

namespace NewsMonitor.Topics.Rules.Lint;

/// <summary>Words of a set whose forms other words of it make already.</summary>
internal static class RepeatedWords
{
    public static IEnumerable<LintFinding> Find(RuleFile file, SetFacts sets)
    {
        foreach (var words in file.Source.Words.GroupBy(w => w.Set))
        {
            WrittenWord[] own = [.. words];
            // What a set includes is its own too, but is needed where it is written.
            WrittenWord[] all = [.. own, .. file.Source.Words.Where(w => file.Closure[w.Set].Contains(words.Key) && !file.Closure[words.Key].Contains(w.Set))];
            for (int i = 0; i < own.Length; i++)
            {
                // Most words share no form with another.
                var makers = sets.Finders(sets.EntryOf(own[i]));
                if (Maker(sets, own[i], i, makers, all) is { } maker)
                    yield return own[i].At.Warning(Say(file, own[i], maker));
            }
        }
    }

    /// <summary>Of two that make the same, the first is kept.</summary>
    private static WrittenWord? Maker(SetFacts sets, WrittenWord word, int place, HashSet<int> makers, WrittenWord[] all)
    {
        int entry = sets.EntryOf(word);
        for (int i = 0; i < all.Length; i++)
        {
            int other = sets.EntryOf(all[i]);
            if (i == place || !makers.Contains(other))
                continue;
            bool makes = other == entry ? i < place || all[i].Set != word.Set : sets.IsMadeBy(entry, e => e == other);
            bool isMade = other == entry || sets.IsMadeBy(other, e => e == entry);
            if (makes && !IsCountryOf(word, all[i]) && (!isMade || i < place || all[i].Set != word.Set))
                return all[i];
        }

        return null;
    }

    /// <summary>The accusative of an adjective has the letters of its country, and so may its feminine: whoever lists سوري and سوريا, or سعودي and السعودية, means both.</summary>
    private static bool IsCountryOf(WrittenWord word, WrittenWord maker) => (word.Pos, maker.Pos) == (PartOfSpeech.Name, PartOfSpeech.Adjective)
        && Inflection.Fold(word.Text) is [.. var stem, 'ا' or 'ه'] && (stem == Inflection.Fold(maker.Text) || stem == "ال" + Inflection.Fold(maker.Text));

    private static string Say(RuleFile file, WrittenWord word, WrittenWord maker)
    {
        string where = maker.Set == word.Set ? $"at line {maker.At.Line}" : $"in {file.Labels[maker.Set]} (line {maker.At.Line}), which {file.Labels[word.Set]} includes";
        return maker.Text == word.Text && maker.Pos == word.Pos ? $"{word.Text} is listed already {where}; remove it here"
            : $"{word.Text} ({word.Pos.Key()}) is already found by {maker.Text} ({maker.Pos.Key()}) {where}; remove it";
    }
}
