using System.Text;
using System.Text.RegularExpressions;

namespace NewsMonitor.Articles;

/// <summary>The words by which sites name what is around an article: in class names, in headings, and before links within the text.</summary>
internal static partial class PageWords
{
    private const int LongestHeading = 60;

    /// <summary>Letters and digits only, folded as far as writers differ: for comparing, not for showing.</summary>
    public static string Key(string text)
    {
        var key = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            var folded = Fold(c);
            if (char.IsLetterOrDigit(folded))
                key.Append(folded);
        }

        return key.ToString();
    }

    /// <summary>A short line that heads other articles.</summary>
    public static bool HeadsOthers(string line) => IsShort(line) && OthersHeading().IsMatch(Words(line));

    /// <summary>A short line that heads tags, buttons and the like: links at most, for an article may follow it.</summary>
    public static bool HeadsLinks(string line) => IsShort(line) && LinksHeading().IsMatch(Words(line));

    public static bool HeadsComments(string line) => IsShort(line) && CommentHeading().IsMatch(Words(line));

    /// <summary>A line in the text that only names another article: اقرأ أيضاً: …</summary>
    public static bool PointsElsewhere(string line) => line.Length is > 1 and <= 400 && Pointer().IsMatch(Words(line[..Math.Min(line.Length, 60)]));

    /// <summary>Folded words with single spaces between, and a colon where there is one.</summary>
    public static string Words(string text)
    {
        var words = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            var folded = Fold(c);
            if (char.IsLetterOrDigit(folded))
                words.Append(folded);
            else if (folded == ':')
                words.Append(words.Length > 0 && words[^1] == ' ' ? "" : " ").Append(": ");
            else if (folded != '\0' && words.Length > 0 && words[^1] != ' ')
                words.Append(' ');
        }

        return words.ToString().Trim();
    }

    private static bool IsShort(string line) => line.Length is > 1 and <= LongestHeading;

    private static char Fold(char c) => c switch
    {
        'أ' or 'إ' or 'آ' or 'ٱ' => 'ا',
        'ى' or 'ی' => 'ي',
        'ک' => 'ك',
        'ة' => 'ه',
        '\u0640' or (>= '\u064B' and <= '\u065F') or '\u0670' or (>= '\u200B' and <= '\u200F') or (>= '\u202A' and <= '\u202E')
            or (>= '\u2066' and <= '\u2069') or '\u061C' or '\uFEFF' or '\u00AD' => '\0',
        _ => char.ToLowerInvariant(c),
    };

    [GeneratedRegex(
        "^(?:(?:و|ل)?(?:اقرا|اقراوا|اقرء|اقري|طالع|شاهد|انظر|تابع|ايضا)(?: (?:ايضا|المزيد|كذلك|اكثر|في الموقع|من الموقع).{0,24})?"
        + "|(?:ال)?مزيد(?: (?:من|حول|عن).{0,30})?|قد (?:يعجبك|يهمك|تعجبك|يعجبكم|يهمكم).{0,20}|اخترنا لك.{0,6}|مختارات.{0,12}"
        + "|(?:ال)?(?:مواضيع|موضوعات|اخبار|مقالات|مواد|تقارير|قصص|روابط|موضوع|خبر|فيديوهات) ?(?:ال)?(?:ذات|متعلقه|مرتبطه|مشابهه|اخري|مقترحه|مختاره|متصله|رئيسيه)(?: صله| الصله| به| بالموضوع)?"
        + "|ذات (?:صله|الصله)|(?:ال)?(?:قصه|قصص) الرئيسيه|(?:ال)?اكثر (?:قراءه|مشاهده|تداولا|تعليقا|مشاركه|شعبيه|رواجا|زياره).{0,20}|(?:ال)?(?:مقال|خبر|موضوع|منشور) (?:السابق|التالي)"
        + "|(?:ال)?اخر (?:ال)?(?:اخبار|اخبارنا|تحديثات|مستجدات|مقالات).{0,20}|(?:احدث|ابرز|اهم) (?:ال)?(?:اخبار|مقالات|مواضيع|فيديوهات|عناوين)(?: اليوم)?|(?:ال)?مشاركات الشائعه"
        + "|related(?: (?:articles|news|topics|stories|posts|content|links))?|(?:read|see) also|read more|more (?:news|stories|on this).{0,20}|you may also like|most (?:read|viewed|popular)|latest news|recommended.{0,20}|trending) ?:?$")]
    private static partial Regex OthersHeading();

    [GeneratedRegex(
        "^(?:(?:ال)?(?:وسوم|كلمات الدلاليه|كلمات المفتاحيه|كلمات مفتاحيه|كلمات دلاليه|تاغات|اوسمه|علامات|تسميات|هاشتاغ).{0,12}|(?:شارك|شاركها|شاركنا|مشاركه).{0,20}|تابعنا.{0,30}|تابعونا.{0,30}|اشترك.{0,30}"
        + "|(?:ال)?نشره (?:ال)?(?:بريديه|اخباريه).{0,20}|(?:ال)?(?:قائمه|رئيسيه|صفحه الرئيسيه)|عاجل|شريط الاخبار|انضم.{0,30}|حمل التطبيق.{0,20}|اعلان(?: ممول)?|tags|share.{0,20}|follow us.{0,20}|advertisement) ?:?$")]
    private static partial Regex LinksHeading();

    [GeneratedRegex("^(?:(?:ال)?(?:تعليقات|تعليق)(?: ?[0-9]{1,4})?|(?:اراء|تعليقات) (?:القراء|الزوار)|اترك.{0,30}|اضف تعليق.{0,20}|اكتب تعليق.{0,20}|شارك برايك.{0,20}|[0-9]+ تعليق.{0,10}|تعليقات? ?[0-9]{0,4}|تعليقان|هناك تعليق.{0,10}|لا (?:توجد )?تعليقات|(?:leave|post) a (?:comment|reply)|(?:[0-9]+ )?comments?(?: [0-9]+)?) ?:?$")]
    private static partial Regex CommentHeading();

    [GeneratedRegex(
        "^(?:و ?)?(?:(?:نهايه|تخطي) (?:قصص|مواضيع|اكثر)|(?:اقرا|اقراوا|اقرء|طالع|شاهد|انظر|تابع|اطلع) (?:ايضا|كذلك|المزيد)|ايضا :|للمزيد(?: من| حول| عن| :|$| اقرا| تابع)|لقراءه المزيد|(?:اقرا|شاهد|طالع|تابع|متعلق|مرتبط|ذات صله|مواضيع ذات صله|موضوعات متعلقه|مواضيع متعلقه|اخبار ذات صله|قد يهمك|قد يعجبك|اخترنا لك) ?(?:ايضا)? ?:|قد (?:يهمك|يعجبك) ايضا|لمتابعه (?:المزيد|اخر|اهم)|تابعوا? (?:اخر|اهم|اخبار|قناتنا|صفحتنا)|انضم (?:الي|الينا)|اشترك (?:في|الان)|لمشاهده (?:المزيد|الفيديو)|(?:read|see) also|related ?:|read more ?:|also read|more on this ?:)")]
    private static partial Regex Pointer();
}
