namespace NewsMonitor.Feeds;

/// <summary>Whether the words of a feed are Arabic.</summary>
internal static class ArabicShare
{
    private const int MostLetters = 4_000;

    /// <summary>Letters of Persian, Urdu and Kurdish that Arabic has not, or writes otherwise.</summary>
    private const string NotArabic = "پچژگکیڤڕڵێۆەھٹڈڑںےہ";

    /// <summary>By the titles where there are some, else by the label.</summary>
    public static bool IsArabic(Feed feed)
    {
        int letters = 0, arabic = 0, others = 0;
        foreach (var letter in feed.Items.Select(i => i.Title).Append(feed.Title).SelectMany(t => t).Where(char.IsLetter).Take(MostLetters))
        {
            letters++;
            arabic += letter is >= '\u0620' and <= '\u06FF' or >= '\uFB50' and <= '\uFEFC' ? 1 : 0;
            others += NotArabic.Contains(letter, StringComparison.Ordinal) ? 1 : 0;
        }

        return letters < 20 || feed.Items.Count == 0
            ? feed.Language?.StartsWith("ar", StringComparison.OrdinalIgnoreCase) == true || (arabic * 2 > letters && others == 0)
            : arabic * 2 > letters && others * 20 < arabic;
    }
}
