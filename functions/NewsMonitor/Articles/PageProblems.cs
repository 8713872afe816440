using System.Text.RegularExpressions;

namespace NewsMonitor.Articles;

/// <summary>How much a page holds, before it was cleaned.</summary>
internal readonly record struct PageOutline(int Letters, int Linked, int Prose);

/// <summary>Why a page has no article: one line for people.</summary>
internal static partial class PageProblems
{
    /// <summary>Letters: a headline of breaking news, told in a sentence, has more.</summary>
    private const int Least = 40;

    /// <summary>Letters: an article so long is one, whatever words it uses.</summary>
    private const int Enough = 600;

    public static string? OfBytes(ReadOnlySpan<byte> bytes)
    {
        var start = bytes[..Math.Min(bytes.Length, 512)].TrimStart(" \t\r\n\uFEFF"u8);
        return start.IsEmpty ? "the page is empty"
            : start.StartsWith("%PDF"u8) ? "a PDF document, not a web page"
            : start.StartsWith("\x89PNG"u8) || start is [0xFF, 0xD8, 0xFF, ..] || start.StartsWith("GIF8"u8) || start.StartsWith("RIFF"u8) ? "an image, not a web page"
            : start is [0x1F, 0x8B, ..] || start.StartsWith("PK\u0003\u0004"u8) ? "a compressed file, not a web page"
            : start.Contains((byte)0) && start is not [0xFF, 0xFE, ..] and not [0xFE, 0xFF, ..] && start[..Math.Min(start.Length, 64)].Count((byte)0) is > 4 and < 16 ? "binary data, not a web page"
            : start[0] is (byte)'{' ? "JSON, not a web page"
            : start.StartsWith("<rss"u8) || start.StartsWith("<feed"u8) ? "a feed, not a web page"
            : start.StartsWith("<?xml"u8) && (start.IndexOf("<rss"u8) >= 0 || start.IndexOf("<feed"u8) >= 0) ? "a feed, not a web page"
            : null;
    }

    public static string? Of(string text, string title, string html, PageOutline all, string kind)
    {
        var letters = text.Count(char.IsLetterOrDigit);
        if (letters >= Enough)
            return null;

        // What stands in the way says so in the title or in a short text; an article that says as much is longer.
        var said = PageWords.Words($"{title} : {text[..Math.Min(text.Length, 1_500)]}");
        if (Challenge().IsMatch(said) || (letters < 300 && ChallengeMarkup().IsMatch(html[..Math.Min(html.Length, 200_000)])))
            return "the site asks for proof that a person reads, and shows no article";
        if (Missing().IsMatch(PageWords.Words(title)) || (letters < 300 && Missing().IsMatch(said)))
            return "the site says that there is no such page";
        if (Login().IsMatch(said) && letters < 400)
            return "the article is for subscribers, or behind a login";
        if (letters < 400 && Cookies().IsMatch(said))
            return "the page only asks for consent to cookies";
        if (letters >= Least)
            return null;

        var start = html[..Math.Min(html.Length, 500_000)];
        return NeedsScript().IsMatch(PageWords.Words(start[..Math.Min(start.Length, 50_000)])) && all.Letters < 400 || IsEmptyApp(start, all)
            ? "the page shows its text only with JavaScript"
            : !Markup().IsMatch(start) ? "not HTML"
            : all.Linked > 300 && all.Linked * 2 > all.Letters || kind == "website" && all.Linked > all.Prose ? "a page of links, not an article"
            : "too little text for an article";
    }

    private static bool IsEmptyApp(string html, PageOutline all) => all.Letters < 200 && EmptyApp().IsMatch(html);

    [GeneratedRegex("just a moment|checking your browser|attention required|verify (?:that )?you are (?:a )?human|are you a robot|لست روبوت|تحقق من انك|انك لست|enable cookies|unusual traffic|access denied|ddos protection|security check")]
    private static partial Regex Challenge();

    [GeneratedRegex("cf-browser-verification|cf-chl-|challenge-platform|g-recaptcha|h-captcha|px-captcha|_Incapsula_Resource", RegexOptions.IgnoreCase)]
    private static partial Regex ChallengeMarkup();

    [GeneratedRegex("(?:^| )(?:404|page not found|not found|(?:ال)?صفحه (?:المطلوبه |التي تبحث عنها |التي طلبتها )?(?:غير موجوده|غير متوفره|غير متاحه|لم يتم العثور)|لم يتم العثور علي|لم نعثر علي|الصفحه غير|عذرا(?: لم| لا| هذه| هذا)|المحتوي غير (?:موجود|متوفر|متاح)|تم حذف (?:هذا|الخبر|الصفحه|المقال)|خطا 404|oops)(?: |$)")]
    private static partial Regex Missing();

    [GeneratedRegex("(?:سجل|تسجيل|سجلوا) (?:ال)?(?:دخول|دخولك)|للمشتركين|اشترك (?:الان )?(?:ل|لقراءه|للقراءه|لمتابعه)|هذا المحتوي (?:مخصص|متاح|حصري)|subscribe to (?:read|continue)|subscribers only|(?:log|sign) in to|create (?:a free |an )?account|already a subscriber")]
    private static partial Regex Login();

    [GeneratedRegex("ملفات تعريف الارتباط|ملفات الارتباط|الكوكيز|we use cookies|accept (?:all )?cookies|your privacy choices|before you continue|نقدر خصوصيتك|we value your privacy")]
    private static partial Regex Cookies();

    [GeneratedRegex("enable javascript|javascript (?:is )?(?:required|disabled)|requires javascript|تفعيل (?:ال)?(?:جافا ?سكريبت|javascript)|need to enable|تمكين (?:ال)?(?:جافا ?سكريبت|javascript)|turn on javascript")]
    private static partial Regex NeedsScript();

    [GeneratedRegex("""<div[^>]{0,100}\bid\s*=\s*["']?(?:root|app|__next|__nuxt|main-app|react-root)\b|<app-root|window\.location""", RegexOptions.IgnoreCase)]
    private static partial Regex EmptyApp();

    [GeneratedRegex("<(?:html|head|body|div|p|meta|title|!doctype)\\b", RegexOptions.IgnoreCase)]
    private static partial Regex Markup();
}
