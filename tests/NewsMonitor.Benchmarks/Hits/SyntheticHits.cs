using System.Security.Cryptography;
using System.Text;
using NewsMonitor.Articles;
using NewsMonitor.Hits;
using NewsMonitor.Topics;

namespace NewsMonitor.Benchmarks.Hits;

/// <summary>Hits with texts of their own, made of some thousand words as often as words are in a language. The same number is always the same hit.</summary>
public static class SyntheticHits
{
    private const int WordsOfText = 150;
    private const int Sources = 200;

    private static readonly string[] s_words = [.. Enumerable.Range(0, 6000).Select(Word)];

    private static readonly string[] s_topics = ["strategic-dialogue", "troop-redeployment"];

    /// <summary>The source that one hit in a thousand is of.</summary>
    public const string RareSource = "rare.example";

    public static Hit Hit(int number, DateTimeOffset found)
    {
        var random = new Random(number);
        var title = $"{Text(random, 9)} {number}";
        var text = Text(random, WordsOfText);
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{number}")), 0, 16);
        var topic = s_topics[number % 10 == 0 ? 0 : 1];
        var source = number % 1000 == 999 ? RareSource : $"outlet{number % Sources}.example";
        var mention = new Mention("by-name", "text", 0, 20, text[..20], text[..60], Strength.Confirmed, 2);
        return new Hit(
            NewsMonitor.Hits.Hit.CurrentSchema, id, found, "0f1e", [new TopicMatch(topic, number % 5 == 0 ? Strength.Possible : Strength.Confirmed, 2, [mention])],
            new Article(id, $"https://{source}/news/{number}", title, text, null, found, found, source, $"منبر {number % Sources}", "ar", "ab12"));
    }

    /// <summary>Another outlet's copy of a hit: another title, half of a sentence more.</summary>
    public static Hit Copy(Hit hit, DateTimeOffset found)
    {
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"copy of {hit.Id}")), 0, 16);
        return hit with
        {
            Id = id,
            Found = found,
            Article = hit.Article with { Id = id, Title = "عنوان كتبه محرر آخر", Text = $"{hit.Article.Text} وأضاف المصدر تفاصيل أخرى", SourceId = "copy.example" },
        };
    }

    /// <summary>A word that about so many in ten thousand texts have.</summary>
    public static string SomeWord(int rank) => s_words[rank];

    private static string Text(Random random, int words) =>
        string.Join(' ', Enumerable.Range(0, words).Select(_ => s_words[(int)(s_words.Length * Math.Pow(random.NextDouble(), 3))]));

    private static string Word(int number)
    {
        const string Letters = "بتجحخدرزسشصطعغفقكلمنهوي";
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"word {number}"));
        return string.Concat(hash.Take(4 + (hash[31] % 4)).Select(value => Letters[value % Letters.Length]));
    }
}
