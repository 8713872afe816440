using System.Text.RegularExpressions;

namespace NewsMonitor.Benchmarks;

/// <summary>
/// What somebody would write who has .NET's regular expressions and an afternoon: the key phrases of the two shipped topics, two words each, as
/// alternations of some hundred and fifty literal words.
/// </summary>
/// <remarks>
/// It finds the usual phrases in their usual spellings, with whatever is written before and behind them: انسحاب القوات، وبسحب قواتها، القوات ستنسحب،
/// للحوار الاستراتيجي، الإطار الستراتيجي. It does not find spellings that are not listed (harakat, tatweel, ى for ي, a wrong letter), nor forms
/// that are not, nor words that do not stand side by side (سحب ألفي جندي). And it asks for nothing else: it finds the withdrawal of any army from
/// anywhere, and any country's strategic dialogue. So it has less to do than the matcher, and says less. Word boundaries before or after would make
/// it slower, as would a regex for each topic.
/// </remarks>
public static class KeyPhraseRegex
{
    private static readonly string[] s_moves =
    [
        "انسحاب", "إنسحاب", "سحب", "خروج", "إخراج", "اخراج", "مغادرة", "رحيل", "جلاء", "إجلاء", "اجلاء", "إخلاء", "اخلاء", "طرد", "عودة", "إعادة", "اعادة",
        "تقليص", "خفض", "تخفيض", "تقليل", "نقل", "نشر", "انتشار", "إعادة نشر", "اعادة نشر", "إعادة انتشار", "اعادة انتشار", "إعادة تموضع", "اعادة تموضع",
        "إعادة تمركز", "اعادة تمركز", "وجود", "تواجد", "بقاء", "إنهاء وجود", "انهاء وجود", "انسحبت", "انسحب", "تنسحب", "ينسحب", "ستنسحب", "سينسحب", "سحبت", "تسحب",
        "يسحب", "ستسحب", "سيسحب", "غادرت", "تغادر", "ستغادر", "يغادر", "أخرج", "يخرج", "تخرج", "ستخرج", "رحلت", "ترحل", "أجلت", "تجلي", "أخلت", "تخلي",
        "قلصت", "تقلص", "ستقلص", "خفضت", "تخفض", "ستخفض", "يخفض", "نقلت", "تنقل", "نشرت", "تنشر", "تعيد", "أعادت", "يعيد",
    ];

    private static readonly string[] s_forces =
    [
        "قوات", "قواتها", "قواته", "قواتهم", "قواتنا", "القوات", "للقوات", "جنود", "جنودها", "جنوده", "الجنود", "للجنود", "جندي", "عسكريين", "العسكريين", "جيش", "الجيش",
        "جيوش", "الجيوش", "وحدات", "وحداتها", "الوحدات", "مدربين", "المدربين", "مستشارين", "المستشارين", "التحالف", "الأميركيين", "الأمريكيين", "الاميركيين", "الامريكيين",
        "المارينز", "الأميركي", "الأمريكي", "الاميركي", "الامريكي", "الأجنبي", "الاجنبي", "العسكري", "القواعد", "قاعدة",
    ];

    private static readonly string[] s_talks =
    [
        "حوار", "حوارات", "حوارهما", "حوارنا", "محادثات", "محادثاتهما", "مباحثات", "مباحثاتهما", "مفاوضات", "مفاوضاتهما", "مشاورات", "جولة", "جولات", "جلسات", "اجتماعات", "إطار", "اطار",
    ];

    private static readonly string[] s_strategic =
    [
        "استراتيجي", "إستراتيجي", "ستراتيجي", "استراتيجى", "ستراتيجى", "استراتيجية", "إستراتيجية", "ستراتيجية", "استراتيجيه", "ستراتيجيه", "استراتيجيين",
    ];

    private static string Any(IEnumerable<string> words) => $"(?:{string.Join('|', words.Order(StringComparer.Ordinal).Select(Regex.Escape))})";

    public static Regex Create() => new(
        $@"{Any(s_moves)}\s+{Any(s_forces)}|{Any(s_forces)}\s+{Any(s_moves)}|{Any(s_talks)}\s+(?:ال|لل)?{Any(s_strategic)}",
        RegexOptions.Compiled | RegexOptions.CultureInvariant);

    /// <summary>Whole literals, as ripgrep is given them: the least that there is to look for.</summary>
    public static Regex Literals(IEnumerable<string> literals) => new(Any(literals), RegexOptions.Compiled | RegexOptions.CultureInvariant);
}
