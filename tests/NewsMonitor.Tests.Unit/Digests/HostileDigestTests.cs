using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using NewsMonitor.Digests;
using NewsMonitor.Topics;

namespace NewsMonitor.Tests.Unit.Digests;

/// <summary>Titles, sentences, names and addresses are written by strangers.</summary>
public sealed class HostileDigestTests : IAsyncDisposable
{
    private readonly RazorHtml _razor = new(NullLoggerFactory.Instance);
    private readonly DigestRenderer _renderer;

    public static TheoryData<string> Hostile =>
    [
        "<script>alert(1)</script><img src=x onerror=alert(2)>",
        "\"><a href=javascript:alert(1)>x</a><style>*{display:none}</style>",
        "</title></td></table><!-- <![endif]-->",
        "News\r\nBcc: victim@example.org\r\n\r\nbody",
        "عاجل\u202Egpj.exe\u202C \u2066\u2067\u2068 \u200F\u200E\u061C نهاية",
        "a\0b\u0007c\u001b[31md\u0085e\u2028f\u2029g",
        "\uFFFE\uFDD0\uE000 \uDB40\uDC41\uDB40\uDC42 tags",
        "&lt;b&gt; &amp;amp; @{1+1} @DateTime.Now",
        new string('x', 10_240),
        new string('م', 10_240) + " نهاية",
        string.Concat(Enumerable.Repeat("👩‍👩‍👧‍👦", 2000)),
        "Z" + new string('\u0336', 10_000) + "algo",
        "\u202E\u200F\0",
        "",
    ];

    public HostileDigestTests() => _renderer = new DigestRenderer(_razor);

    public ValueTask DisposeAsync() => _razor.DisposeAsync();

    [Theory]
    [MemberData(nameof(Hostile))]
    public Task Strangers_text_is_inert_wherever_it_lands(string text) => AssertInert(text);

    /// <summary>Not a theory: neither attributes nor the test runner carry a lone surrogate unharmed.</summary>
    [Fact]
    public async Task Lone_surrogates_become_the_replacement_character()
    {
        Assert.Equal("x\uFFFDy\uFFFD", SafeText.Line("x\uD83Dy\uDE00"));
        await AssertInert("lone \uD83D high and \uDE00 low");
    }

    private async Task AssertInert(string text)
    {
        var story = SampleDigests.Story(text, text,
            [SampleDigests.Match("redeployment", Strength.Confirmed, new Mention(text, "title", 0, 3, text, text), new Mention(text, "text", 0, 3, text, "before " + text))],
            SampleDigests.Outlet(text, text, "javascript:alert(1)//" + text, -1), SampleDigests.Outlet("b", text, text, -1)) with
        { Language = text };
        var rendered = await _renderer.RenderAsync(SampleDigests.With("en", story));

        Assert.InRange(rendered.Subject.Length, 1, 69);
        foreach (var part in new[] { rendered.Subject, rendered.Html, rendered.Text })
            AssertClean(part);
        Assert.DoesNotContain('\n', rendered.Subject);

        var page = DigestRendererTests.Parse(rendered.Html);
        Assert.Empty(page.QuerySelectorAll("script,img,[onerror],[src]"));
        Assert.Single(page.QuerySelectorAll("style"));
        // A word without end is broken, or it would push the page out of sight.
        Assert.Contains("overflow-wrap:anywhere", page.QuerySelector("table.card")!.GetAttribute("style")!, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("a"));
        Assert.Equal(rendered.Subject, page.Title);
        Assert.InRange(rendered.Html.Length, 1000, 40_000);
        // The frame still stands after the story.
        Assert.Contains("Edition: 2021-04-08-0", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(rendered.Text.Split('\n'), line => line.StartsWith("Bcc:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://example.org/a?b=c&d=%D8%A7#e", "https://example.org/a?b=c&d=%D8%A7#e")]
    [InlineData("http://example.org", "http://example.org/")]
    [InlineData("https://example.org:8443/", "https://example.org:8443/")]
    [InlineData("https://[2001:db8::1]/x", "https://[2001:db8::1]/x")]
    [InlineData("https://مثال.example/خبر \u202Ex", "https://xn--mgbh0fb.example/%D8%AE%D8%A8%D8%B1%20%E2%80%AEx")]
    [InlineData("https://example.org/\"onclick=\"x", "https://example.org/%22onclick=%22x")]
    [InlineData("JavaScript:alert(1)", null)]
    [InlineData("data:text/html,x", null)]
    [InlineData("//example.org/x", null)]
    [InlineData("/x", null)]
    [InlineData("https://bank.example@evil.example/", null)]
    [InlineData("file:///etc/passwd", null)]
    [InlineData("http://", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Only_http_is_linked(string? address, string? link) => Assert.Equal(link, SafeText.Link(address));

    [Theory]
    [InlineData("  a \t\r\n b\u00A0c ", "a b c")]
    [InlineData("نص\u202Eعكس\u2069", "نصعكس")]
    [InlineData("می\u200Cخواهم", "می\u200Cخواهم")]
    [InlineData("حَرَكَةٌ", "حَرَكَةٌ")]
    public void A_line_keeps_what_readers_need(string text, string line) => Assert.Equal(line, SafeText.Line(text));

    [Theory]
    [InlineData("one two three four", 10, "one two…")]
    [InlineData("abcdefghijkl", 5, "abcd…")]
    [InlineData("ab👩‍👩‍👧‍👦cd", 6, "ab…")]
    [InlineData("abcde\u0301fgh", 6, "abcd…")]
    public void A_long_line_is_cut_at_a_word_or_a_grapheme(string text, int most, string line) => Assert.Equal(line, SafeText.Line(text, most));

    [Theory]
    [InlineData("ar")]
    [InlineData("en")]
    public async Task A_subject_ends_with_a_whole_word(string language)
    {
        var words = Enumerable.Range(1, 60).Select(number => new string('ك', number % 9 + 1)).ToArray();
        for (var skip = 0; skip < 20; skip++)
        {
            var headline = string.Join(' ', words.Skip(skip));
            var digest = SampleDigests.With(language, SampleDigests.Story("1", headline, [SampleDigests.Match("redeployment", Strength.Confirmed)]));
            var subject = (await _renderer.RenderAsync(digest)).Subject;

            Assert.InRange(subject.Length, 40, 69);
            var shown = subject[(subject.LastIndexOf(" · ", StringComparison.Ordinal) + 3)..].TrimEnd('…').Split(' ');
            Assert.Equal(words.Skip(skip).Take(shown.Length), shown);
        }
    }

    [Fact]
    public async Task A_subject_drops_what_has_no_room_for_one_word()
    {
        var digest = SampleDigests.With("ar", SampleDigests.Story("1", new string('ك', 90), [SampleDigests.Match("redeployment", Strength.Confirmed)]));
        Assert.Equal("خبر واحد · إعادة انتشار القوات", (await _renderer.RenderAsync(digest)).Subject);

        var longTopic = digest with { Topics = [new DigestTopic("redeployment", new string('ق', 90))] };
        Assert.Equal("خبر واحد", (await _renderer.RenderAsync(longTopic)).Subject);
    }

    private static void AssertClean(string part)
    {
        foreach (var rune in part.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            Assert.False(category is UnicodeCategory.Control && rune.Value != '\n', $"U+{rune.Value:X4}");
            Assert.False(rune.Value is 0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2028 and <= 0x2029) or (>= 0x2066 and <= 0x2069), $"U+{rune.Value:X4}");
        }

        Assert.Equal(part, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(part)));
    }
}
