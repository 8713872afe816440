namespace NewsMonitor.Topics.Arabic;

/// <summary>
/// The spellings that are one slip of the keyboard away: a letter missing, doubled, swapped with its neighbour or replaced by another.
/// For long, unmistakable words only; the first and last letters are taken to be right.
/// </summary>
internal static class Misspellings
{
    public static IEnumerable<string> Of(string foldedWord)
    {
        const string Letters = "ابتثجحخدذرزسشصضطظعغفقكلمنهويء";
        for (int i = 1; i < foldedWord.Length; i++)
        {
            string before = foldedWord[..i], after = foldedWord[i..];
            foreach (char letter in Letters)
            {
                yield return before + letter + after; // one too many
                if (i < foldedWord.Length - 1)
                    yield return before + letter + after[1..]; // a wrong one
            }

            if (i < foldedWord.Length - 1)
            {
                yield return before + after[1..]; // one missing
                yield return before + after[1] + after[0] + after[2..]; // two swapped
            }
        }
    }

    /// <summary>The bodies of a word with one slip. Slips are rare, and rarer still in rare forms: only the bare word and its feminine.</summary>
    public static IEnumerable<Body> Bodies(string word, PartOfSpeech pos)
    {
        string right = Inflection.Fold(word);
        return Of(right).Distinct(StringComparer.Ordinal).Where(wrong => wrong != right)
            .SelectMany(wrong => Inflection.Bodies(wrong, pos))
            .Where(body => body.Ending is "" or "ة");
    }
}
