using System.Security.Cryptography;
using System.Text;
using NewsMonitor.Topics.Arabic;

namespace NewsMonitor.Hits;

/// <summary>
/// What two copies of one text have in common: the folded title without the outlet's name, or the folded opening of the body. Copies
/// that were re-titled and given another opening are not recognised.
/// </summary>
internal static class StoryKeys
{
    /// <summary>Fewer words than this say too little to join stories by.</summary>
    private const int FewestTitleWords = 4;

    private const int OpeningWords = 25;

    private static readonly string[] OutletMarks = [" - ", " – ", " — ", " | "];

    /// <summary>Before the keys by words of what is backfilled: no news is joined to old news, or the other way round.</summary>
    private const char Apart = 'b';

    /// <summary>What keys by words begin with: they are good for some days only.</summary>
    public static IReadOnlyList<char> Lapsing { get; } = ['t', 'o', Apart];

    /// <summary>Never empty: the article itself is its own last key.</summary>
    public static IReadOnlyList<string> Of(Hit hit)
    {
        var article = hit.Article;
        var apart = hit.Backfilled is null ? "" : $"{Apart}";
        var keys = new List<string>(3);
        var title = Words(WithoutOutlet(article.Title));
        if (title.Count >= FewestTitleWords)
            keys.Add(apart + Hash('t', title));
        var opening = Words(article.Text.Length > 2000 ? article.Text[..2000] : article.Text);
        if (opening.Count >= OpeningWords)
            keys.Add(apart + Hash('o', opening.Take(OpeningWords)));
        keys.Add($"a{article.Id}");
        return keys;
    }

    /// <summary>Aggregators append the outlet's name: "headline - outlet".</summary>
    private static string WithoutOutlet(string title)
    {
        var mark = OutletMarks.Max(m => title.LastIndexOf(m, StringComparison.Ordinal));
        return mark > title.Length / 2 ? title[..mark] : title;
    }

    private static List<string> Words(string text)
    {
        var words = new List<string>();
        var folded = ArabicFolding.Fold(text).Text;
        var start = -1;
        for (var i = 0; i <= folded.Length; i++)
        {
            var isLetter = i < folded.Length && char.IsLetterOrDigit(folded[i]);
            if (isLetter && start < 0)
                start = i;
            if (isLetter || start < 0)
                continue;
            words.Add(folded[start..i]);
            start = -1;
        }

        return words;
    }

    private static string Hash(char kind, IEnumerable<string> words) =>
        kind + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(' ', words))).AsSpan(0, 16));
}
