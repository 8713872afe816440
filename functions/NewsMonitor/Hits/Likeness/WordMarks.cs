using System.Collections.Frozen;
using System.Globalization;
using NewsMonitor.Topics.Arabic;

namespace NewsMonitor.Hits.Likeness;

/// <summary>
/// A text as one byte a word, which spelling does not change: letters are folded, then the weak letters (ا و ي ء) are left out, so that
/// مسؤول and مسئول, الستراتيجي and الاستراتيجي, أمريكي and أميركي, وقال and قال have one mark each. Numbers have marks of their own,
/// whether in digits or in words.
/// </summary>
internal static class WordMarks
{
    /// <summary>Marks below this are of numbers.</summary>
    public const byte FirstWord = 96;

    /// <summary>Numbers below this, counts mostly, have each a mark of their own.</summary>
    private const int ExactNumbers = 60;

    /// <summary>Letters beyond this say nothing new of a text, and cost time.</summary>
    private const int MostLetters = 100_000;

    private const int LongestWord = 40;

    private static readonly FrozenDictionary<string, int> Numerals = new Dictionary<string, int>
    {
        ["ثلاث"] = 3,
        ["ثلاثه"] = 3,
        ["اربع"] = 4,
        ["اربعه"] = 4,
        ["خمس"] = 5,
        ["خمسه"] = 5,
        ["سته"] = 6,
        ["سبع"] = 7,
        ["سبعه"] = 7,
        ["ثماني"] = 8,
        ["ثمان"] = 8,
        ["ثمانيه"] = 8,
        ["تسع"] = 9,
        ["تسعه"] = 9,
        ["عشر"] = 10,
        ["عشره"] = 10,
        ["عشرون"] = 20,
        ["عشرين"] = 20,
        ["ثلاثون"] = 30,
        ["ثلاثين"] = 30,
        ["اربعون"] = 40,
        ["اربعين"] = 40,
        ["خمسون"] = 50,
        ["خمسين"] = 50,
        ["ستون"] = 60,
        ["ستين"] = 60,
        ["سبعون"] = 70,
        ["سبعين"] = 70,
        ["ثمانون"] = 80,
        ["ثمانين"] = 80,
        ["تسعون"] = 90,
        ["تسعين"] = 90,
        ["مئه"] = 100,
        ["مايه"] = 100,
        ["مييه"] = 100,
        ["ميه"] = 100,
        ["مايتين"] = 200,
        ["مييتين"] = 200,
        ["ميتين"] = 200,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Each outlet says when in its own way; not taken as words.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> DayOf =
        new[]
        {
            "اليوم", "امس", "البارحه", "السبت", "الاحد", "الاثنين", "الثلاثاء", "الاربعاء", "الخميس", "الجمعه",
        }.ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> NumeralOf =
        Numerals.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The marks of the words of a text, in their order.</summary>
    public static List<byte> Of(ReadOnlySpan<char> text)
    {
        if (text.Length > MostLetters)
            text = text[..MostLetters];
        var marks = new List<byte>(text.Length / 6 + 1);
        Span<char> word = stackalloc char[LongestWord];
        int length = 0;
        bool number = false;
        for (int i = 0; i <= text.Length; i++)
        {
            char to = i < text.Length ? ArabicFolding.Table[text[i]] : ArabicFolding.Boundary;
            switch (to)
            {
                case ArabicFolding.Mark or ArabicFolding.Joint:
                    break;
                case ArabicFolding.Several:
                    foreach (char letter in ArabicFolding.Letters(text[i]))
                        Append(letter, word, ref length, ref number, marks);
                    break;
                case ArabicFolding.Boundary when number && i + 1 < text.Length && text[i] is ',' or '.' or '٫' or '٬' && char.IsDigit(text[i + 1]):
                    // 2,000 and 2000 are one number.
                    break;
                case ArabicFolding.Boundary:
                    End(word, ref length, number, marks);
                    break;
                default:
                    Append(to, word, ref length, ref number, marks);
                    break;
            }
        }

        return marks;
    }

    private static void Append(char letter, Span<char> word, ref int length, ref bool number, List<byte> marks)
    {
        bool digit = char.IsAsciiDigit(letter);
        if (length > 0 && digit != number)
            End(word, ref length, number, marks);
        number = digit;
        if (length < word.Length)
            word[length++] = letter;
    }

    private static void End(Span<char> word, ref int length, bool number, List<byte> marks)
    {
        var folded = word[..length];
        // "ال استراتيجي": the article goes to its word.
        if (folded is "ال")
            return;
        length = 0;
        if (number)
            marks.Add(OfNumber(folded.TrimStart('0')));
        else if (folded.Length > 1 && !DayOf.Contains(folded))
            marks.Add(OfWord(folded));
    }

    private static byte OfWord(ReadOnlySpan<char> folded)
    {
        if (NumeralOf.TryGetValue(folded, out int value) || (folded[0] == 'و' && NumeralOf.TryGetValue(folded[1..], out value)))
        {
            Span<char> digits = stackalloc char[4];
            value.TryFormat(digits, out int written, provider: CultureInfo.InvariantCulture);
            return OfNumber(digits[..written]);
        }

        Span<char> strong = stackalloc char[LongestWord];
        int count = 0;
        foreach (char letter in folded)
        {
            if (letter is not ('ا' or 'و' or 'ي' or 'ء'))
                strong[count++] = letter;
        }

        // Of يوم or او too little would be left.
        var kept = count >= 2 ? strong[..count] : folded[0] == 'و' && folded.Length > 2 ? folded[1..] : folded;
        return (byte)(FirstWord + Hash(kept) % (256 - FirstWord));
    }

    private static byte OfNumber(ReadOnlySpan<char> digits) =>
        digits.Length <= 2 && (digits.IsEmpty || int.Parse(digits, CultureInfo.InvariantCulture) is < ExactNumbers)
            ? (byte)(digits.IsEmpty ? 0 : int.Parse(digits, CultureInfo.InvariantCulture))
            : (byte)(ExactNumbers + Hash(digits) % (FirstWord - ExactNumbers));

    /// <summary>FNV-1a, mixed once more for its low bits. What is stored depends on it.</summary>
    private static uint Hash(ReadOnlySpan<char> letters)
    {
        uint hash = 2166136261;
        foreach (char letter in letters)
            hash = (hash ^ letter) * 16777619;
        return Mix(hash);
    }

    public static uint Mix(uint hash)
    {
        hash = (hash ^ (hash >> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >> 13)) * 0xc2b2ae35;
        return hash ^ (hash >> 16);
    }
}
