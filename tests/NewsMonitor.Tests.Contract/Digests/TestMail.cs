using Microsoft.Extensions.Options;
using NewsMonitor.Digests;
using NewsMonitor.Digests.Mail;

namespace NewsMonitor.Tests.Contract.Digests;

internal static class TestMail
{
    public const string To = "reader.one@example.org";

    public static Mail Make(string? unsubscribe = "https://news.example.org/unsubscribe?t=Zm9v", string to = To) => new(
        "2021-04-08-daily-0011223344556677", "2021-04-08-daily-0011223344556677@news.example.org", to,
        new RenderedDigest(
            "3 أخبار · الحوار الاستراتيجي · لجنة فنية برئاسة رئيس الأركان",
            "<!DOCTYPE html><html lang=\"ar\" dir=\"rtl\"><body><p>" + new string('م', 3000) + "</p></body></html>",
            "موجز الأخبار\nسطر ثانٍ\n.\n..نقطتان\nFrom here\n"),
        "ar", unsubscribe is null ? null : new Uri(unsubscribe), new DateTimeOffset(2021, 4, 8, 6, 5, 0, TimeSpan.FromHours(3)));

    public static IOptions<MailOptions> Options(Action<MailOptions>? change = null)
    {
        var options = new MailOptions { From = "monitor@news.example.org", FromName = "مرصد الأخبار", TimeoutSeconds = 30 };
        change?.Invoke(options);
        return Microsoft.Extensions.Options.Options.Create(options);
    }

    /// <summary>No log line and no detail may show whom we write to.</summary>
    public static void AssertMasked(string text)
    {
        Xunit.Assert.DoesNotContain(To, text, StringComparison.OrdinalIgnoreCase);
        Xunit.Assert.DoesNotContain("reader.one", text, StringComparison.OrdinalIgnoreCase);
    }
}
