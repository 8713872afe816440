using System.Text;

namespace NewsMonitor.Topics.Arabic;

/// <summary>
/// The stems of a verb, found from the letters of its past and present: which of the ten patterns it has, and which of its letters are weak.
/// </summary>
/// <param name="Past">أعاد</param>
/// <param name="Short">The past before endings that begin with a consonant: أعد, as in أعدنا.</param>
/// <param name="Present">يعيد</param>
/// <param name="PassivePast">أعيد; null when it has the letters of the active.</param>
/// <param name="PassivePresent">يعاد; null when it has the letters of the active.</param>
/// <param name="Imperative">أعيد, as in أعيدوا.</param>
/// <param name="ActiveParticiple">معيد</param>
/// <param name="PassiveParticiple">معاد</param>
/// <param name="Weakness">Which letters change.</param>
internal sealed record VerbShape(
    string Past, string Short, string Present, string? PassivePast, string? PassivePresent, string Imperative,
    string ActiveParticiple, string PassiveParticiple, Weakness Weakness)
{
    /// <summary>The patterns, as grammars number them; what is conjugated alike is one.</summary>
    private enum Pattern
    {
        /// <summary>I: خرج، عاد، جلا، تم.</summary>
        Bare,

        /// <summary>II (خفّض), and verbs of four letters (سيطر).</summary>
        Doubling,

        /// <summary>III: غادر.</summary>
        LongA,

        /// <summary>IV: أخرج.</summary>
        Hamza,

        /// <summary>V, VI and theirs of four letters: تحرك، تواجد، تمركز.</summary>
        Ta,

        /// <summary>VII, VIII, IX, X: انسحب، انتشر، استكمل; also the fourth where the hamza is not written.</summary>
        Alef,
    }

    /// <summary>The present that a past in this pattern always has, or null where it must be given: form I, and what looks like it.</summary>
    public static string? DerivePresent(string past)
    {
        string letters = Letters(past, out bool doubled);
        if (PatternOf(letters, doubled, null) is not { } pattern)
            return null;
        string rest = pattern is Pattern.Alef or Pattern.Hamza ? letters[1..] : letters;
        bool isTenth = letters.StartsWith("است", StringComparison.Ordinal);
        if (letters[^2] == 'ا' && (pattern == Pattern.Hamza || isTenth))
            rest = $"{rest[..^2]}ي{rest[^1]}"; // أعاد، يعيد; استعاد، يستعيد
        else if (rest[^1] is 'ى' or 'ا' && pattern != Pattern.Ta)
            rest = rest[..^1] + "ي"; // أنهى، ينهي; but: تخلى، يتخلى
        if (pattern == Pattern.Doubling && rest[0] == 'أ')
            rest = "ؤ" + rest[1..]; // أجّل، يؤجل
        return "ي" + rest;
    }

    /// <summary>Null when the present is missing and does not follow from the past.</summary>
    public static VerbShape? TryOf(string past, string? present)
    {
        string letters = Letters(past, out bool doubled);
        present = present is null ? DerivePresent(past) : Letters(present, out _);
        if (present is null || present.Length < 3 || letters.Length < 2)
            return null;
        var pattern = PatternOf(letters, doubled, present) ?? Pattern.Bare;
        var weakness = WeaknessOf(letters, pattern);
        string passivePast = PassiveOfPast(letters, pattern, weakness);
        string passivePresent = PassiveOfPresent(present, letters, pattern, weakness);
        var (active, passive) = Participles(letters, present, passivePresent, pattern, weakness);
        string shortPast = weakness switch
        {
            Weakness.Hollow => letters[..^2] + (letters[^1] == 'ء' ? "ئ" : letters[^1..]),
            Weakness.Doubled => letters + letters[^1],
            _ => letters,
        };
        return new(
            letters, shortPast, present, passivePast == letters ? null : passivePast, passivePresent == present ? null : passivePresent,
            Command(letters, present, pattern, weakness), active, passive, weakness);
    }

    public static VerbShape Of(string past, string? present) =>
        TryOf(past, present) ?? throw new ArgumentException($"The present of {past} does not follow from it.", nameof(past));

    private static Pattern? PatternOf(string past, bool doubled, string? present)
    {
        char first = past[0];
        if (first == 'ا' && past.Length >= 4)
            return Pattern.Alef;
        if (first == 'ت' && past.Length >= 4 && (present is null || present[1] == 'ت'))
            return Pattern.Ta;
        if (doubled || (past.Length == 4 && past[1] != 'ا' && first != 'أ'))
            return Pattern.Doubling;
        if (past.Length is 4 or 3 && past[1] == 'ا' && (past.Length == 4 || past[2] == 'ى'))
            return Pattern.LongA;
        // أخرج، أتم; but أخذ، يأخذ is of form I, and أجل، يؤجل of form II.
        if (first == 'أ' && (past.Length >= 4 || present is { Length: > 1 }))
            return present is null || present[1] is not ('أ' or 'ؤ') ? Pattern.Hamza : present[1] == 'ؤ' ? Pattern.Doubling : Pattern.Bare;
        return present is null ? null : Pattern.Bare;
    }

    private static Weakness WeaknessOf(string past, Pattern pattern) => past switch
    {
        [.., 'ى'] => Weakness.Defective,
        [.., 'ا' or 'ي'] when past.Length >= 3 => Weakness.Defective,
        [.., 'ا', _] when pattern is Pattern.Bare or Pattern.Hamza or Pattern.Alef => Weakness.Hollow,
        [_, _] => Weakness.Doubled,
        ['أ', _, _] when pattern == Pattern.Hamza => Weakness.Doubled,
        ['ا', 'س', 'ت', _, _] => Weakness.Doubled,
        ['ا', 'ن', not 'ت', _] or ['ا', not 'ت', 'ت', _] or ['ا', 'ض', 'ط', _] when pattern == Pattern.Alef => Weakness.Doubled,
        _ => Weakness.None,
    };

    private static string PassiveOfPast(string past, Pattern pattern, Weakness weakness)
    {
        string passive = weakness switch
        {
            Weakness.Defective => past[..^1] + "ي", // أُنهي، دُعي
            Weakness.Hollow => $"{past[..^2]}ي{past[^1]}", // أُعيد، قيل
            _ => past,
        };
        return pattern switch
        {
            Pattern.LongA => $"{passive[0]}و{passive[2..]}", // غودر
            Pattern.Ta when passive.Length > 3 && passive[2] == 'ا' => $"{passive[..2]}و{passive[3..]}", // تُدوول
            _ => passive,
        };
    }

    private static string PassiveOfPresent(string present, string past, Pattern pattern, Weakness weakness) => weakness switch
    {
        Weakness.Defective when present[^1] is 'ي' or 'و' => present[..^1] + "ى", // يُنهى، يُدعى
        Weakness.Hollow when present[^2] is 'و' or 'ي' => $"{present[..^2]}ا{present[^1]}", // يُعاد
        _ when pattern == Pattern.Bare && past[0] == 'و' && present[1] != 'و' => "يو" + present[1..], // وصل، يُوصل
        _ => present,
    };

    private static (string Active, string Passive) Participles(
        string past, string present, string passivePresent, Pattern pattern, Weakness weakness)
    {
        if (pattern != Pattern.Bare)
            return ("م" + present[1..], "م" + passivePresent[1..]); // منسحب; معيد، معاد
        string first = past[0] == 'أ' ? "آ" : past[0] + "ا";
        return weakness switch
        {
            Weakness.Hollow => ($"{first}ئ{past[^1]}", present[^2] == 'ي' ? $"م{past[0]}ي{past[^1]}" : $"م{past[0]}و{past[^1]}"), // عائد، مقود، مبيع
            Weakness.Defective => ($"{first}{past[1]}ي", $"م{past[..2]}{(present[^1] == 'و' ? 'و' : 'ي')}"), // باقي، مدعو
            Weakness.Doubled => ($"{first}{past[1]}", $"م{past}و{past[1]}"), // تام، مردود
            _ => (first + past[1..], $"م{past[..^1]}و{past[^1]}"), // خارج، مسحوب
        };
    }

    private static string Command(string past, string present, Pattern pattern, Weakness weakness)
    {
        string stem = present[1..];
        return pattern switch
        {
            Pattern.Alef => "ا" + stem, // انسحبوا
            Pattern.Hamza => "أ" + stem, // أعيدوا
            Pattern.Bare when weakness is Weakness.None or Weakness.Defective && stem.Length == past.Length => "ا" + stem, // اخرجوا
            _ => stem, // عودوا، غادروا
        };
    }

    /// <summary>The letters alone: what a shadda tells is whether the second is doubled.</summary>
    private static string Letters(string written, out bool doubled)
    {
        var letters = new StringBuilder(written.Length);
        doubled = false;
        foreach (char c in written)
        {
            doubled |= c == '\u0651' && letters.Length == 2;
            if (ArabicFolding.Table[c] >= ArabicFolding.FirstLetter)
                letters.Append(c);
        }

        return letters.ToString();
    }
}

/// <summary>Which letter of a verb changes with its endings.</summary>
internal enum Weakness
{
    None,

    /// <summary>A long vowel before the last letter: عاد، عدنا.</summary>
    Hollow,

    /// <summary>A vowel at the end: أنهى، أنهت.</summary>
    Defective,

    /// <summary>The last letter twice: أتم، أتممنا.</summary>
    Doubled,
}
