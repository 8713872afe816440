using System.Globalization;

namespace NewsMonitor.Digests;

/// <summary>A noun with its number, agreeing as the language wants it.</summary>
internal static class Counted
{
    /// <summary>Arabic: the numbers one and two are in the noun; 3 to 10 take the plural, 11 to 99 the singular in the accusative, hundreds the singular.</summary>
    /// <param name="Many">After 11 to 99.</param>
    /// <param name="Hundred">After 100, 101, 102, 200, …</param>
    internal sealed record ArabicNoun(string None, string One, string Two, string Few, string Many, string Hundred);

    internal sealed record EnglishNoun(string One, string Other);

    public static readonly ArabicNoun Khabar = new("لا أخبار", "خبر واحد", "خبران", "أخبار", "خبراً", "خبر");
    public static readonly ArabicNoun Masdar = new("لا مصادر", "مصدر واحد", "مصدران", "مصادر", "مصدراً", "مصدر");
    public static readonly ArabicNoun Mawdu = new("لا مواضيع", "موضوع واحد", "موضوعان", "مواضيع", "موضوعاً", "موضوع");
    public static readonly ArabicNoun Ishara = new("لا إشارات", "إشارة واحدة", "إشارتان", "إشارات", "إشارة", "إشارة");

    public static readonly EnglishNoun Story = new("story", "stories");
    public static readonly EnglishNoun Outlet = new("outlet", "outlets");
    public static readonly EnglishNoun Topic = new("topic", "topics");
    public static readonly EnglishNoun Mention = new("mention", "mentions");

    public static string Of(int count, ArabicNoun noun) => count switch
    {
        0 => noun.None,
        1 => noun.One,
        2 => noun.Two,
        _ => $"{Number(count)} {(count % 100) switch { >= 3 and <= 10 => noun.Few, >= 11 => noun.Many, _ => noun.Hundred }}",
    };

    public static string Of(int count, EnglishNoun noun) => $"{Number(count)} {(count == 1 ? noun.One : noun.Other)}";

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);
}
