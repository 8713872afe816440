using System.Security.Cryptography;
using System.Text;
using NewsMonitor.Articles;
using NewsMonitor.Hits;
using NewsMonitor.Topics;

namespace NewsMonitor.Tests.Unit.Hits;

/// <summary>Hits as a poll makes them. The texts were written for these tests.</summary>
internal static class SampleHits
{
    public static readonly DateTimeOffset At = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    public const string Title = "بدء جولة جديدة من الحوار الستراتيجي بين بغداد وواشنطن";

    public const string Opening =
        "أعلنت وزارة الخارجية أن جولة جديدة من الحوار الستراتيجي بين بغداد وواشنطن ستبدأ الأسبوع المقبل عبر الفيديو وتتناول ملفات الأمن والطاقة "
        + "والتعليم والصحة على أن يصدر بيان مشترك في نهايتها يحدد مواعيد اللجان";

    public static Hit Hit(
        string name, string title = Title, string text = Opening, string source = "nas", DateTimeOffset? found = null,
        string topic = "dialogue", Strength strength = Strength.Confirmed) => new(
        NewsMonitor.Hits.Hit.CurrentSchema, IdOf(name), found ?? At, "0f1e", [Match(topic, strength)],
        new Article(IdOf(name), $"https://{source}.example/{name}", title, text, null, At, found ?? At, source, $"منبر {source}", "ar", "ab12"));

    public static TopicMatch Match(string topic, Strength strength = Strength.Confirmed) => new(
        topic, strength, 1, [new Mention("name", "title", 18, 34, "الحوار الستراتيجي", Title)]);

    /// <summary>Thirty words that no other number has.</summary>
    public static string Words(int number) => string.Join(
        ' ', Enumerable.Range(0, 30).Select(word => string.Concat(IdOf($"{number}/{word}")[..8].Select(digit => "ابتثجحخدذرزسشصض"[Convert.ToInt32($"{digit}", 16) % 15]))));

    public static string IdOf(string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)), 0, 16);
}
