using System.Globalization;

namespace NewsMonitor.Pages;

/// <summary>The page's own words in one language.</summary>
public sealed record PageWords(
    string Language, string Direction, string OtherLanguage, string OtherName, string Title, string Well, string Ill, string LastPoll,
    string Never, string Hits, string NoHits, string Sources, string Source, string State, string Items, string Fine, string Failing,
    string Disabled, string NotYet, string Rule, string Possible, string Confirmed, string Unsubscribe,
    string Silent, string Next, string UnsubscribeAsk, string UnsubscribeDone, string UnsubscribeUnknown, Func<int, int, string> SomeFail, Func<int, string> Poisoned)
{
    public static PageWords Arabic { get; } = new(
        "ar", "rtl", "en", "English", "مرصد الأخبار", "المرصد يعمل", "المرصد متوقف", "آخر جولة", "لم تبدأ بعد", "آخر ما رُصد",
        "لم يُرصد شيء في الأيام السبعة الأخيرة.", "المصادر", "المصدر", "الحالة", "المواد", "سليم", "متعذّر", "معطّل",
        "لم يُقرأ بعد", "القاعدة", "محتمل", "مؤكد", "إلغاء الاشتراك", "صامت", "الجولة التالية", "هل تريد إيقاف هذه النشرة؟", "أُلغي اشتراكك. لن تصلك نشرات أخرى.",
        "هذا الرابط غير صالح أو انتهى العمل به.",
        (failing, all) => $"مصادر متعذّرة: {failing} من {all}", count => $"رسائل فشلت نهائياً: {count} في");

    public static PageWords English { get; } = new(
        "en", "ltr", "ar", "العربية", "NewsMonitor", "The monitor works", "The monitor has stopped", "Last poll", "not yet", "Latest hits",
        "Nothing was found in the last seven days.", "Sources", "Source", "State", "Items", "fine", "failing", "disabled",
        "not read yet", "Rule", "possible", "confirmed", "Unsubscribe", "silent", "next poll", "Do you want to stop these digests?",
        "You are unsubscribed. No more digests will reach you.", "This link is not valid, or no longer.",
        (failing, all) => $"Sources that fail: {failing} of {all}", count => $"Messages that failed for good: {count} in");

    /// <summary>UTC, to the minute, in ASCII digits: the same for every reader until viewers have zones.</summary>
    public static string Time(DateTimeOffset moment) => $"{Moment(moment)} UTC";

    /// <summary>The same where a heading says that it is UTC.</summary>
    public static string Moment(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
