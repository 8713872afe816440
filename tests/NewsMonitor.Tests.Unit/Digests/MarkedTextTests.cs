using NewsMonitor.Digests;
using NewsMonitor.Topics;

namespace NewsMonitor.Tests.Unit.Digests;

public sealed class MarkedTextTests
{
    [Theory]
    [InlineData("قال إن الحوار انتهى", "الحوار", "قال إن [الحوار] انتهى")]
    [InlineData("والحوار ثم الحوار", "الحوار", "والحوار ثم [الحوار]")]
    [InlineData("والحوار", "الحوار", "و[الحوار]")]
    [InlineData("لا شيء هنا", "الحوار", "لا شيء هنا")]
    [InlineData("نص\u202E فيه\r\nالحوارُ", "فيه\nالحوارُ", "نص [فيه الحوارُ]")]
    [InlineData("الحوار", "الحوار", "[الحوار]")]
    [InlineData("text", "", "text")]
    [InlineData("", "x", "")]
    public void Words_are_found_in_their_sentence(string sentence, string words, string marked) =>
        Assert.Equal(marked, Show(MarkedText.Mark(sentence, [Mention(0, words)], 400)));

    [Fact]
    public void Repeated_words_are_marked_in_turn_and_overlaps_once() => Assert.Equal(
        "[سحب القوات] ثم [سحب] ثم سحب",
        Show(MarkedText.Mark("سحب القوات ثم سحب ثم سحب", [Mention(40, "سحب"), Mention(0, "سحب"), Mention(0, "سحب القوات")], 400)));

    [Fact]
    public void A_long_sentence_is_cut_around_the_match()
    {
        var sentence = string.Join(' ', Enumerable.Repeat("كلمة", 200)) + " هنا الحوار الاستراتيجي تماماً " + string.Join(' ', Enumerable.Repeat("بعدها", 200));
        var marked = MarkedText.Mark(sentence, [Mention(0, "الحوار الاستراتيجي")], 200);

        Assert.InRange(marked.ToString().Length, 150, 201);
        Assert.StartsWith("…كلمة ", marked.ToString(), StringComparison.Ordinal);
        Assert.EndsWith(" بعدها…", marked.ToString(), StringComparison.Ordinal);
        Assert.Equal("الحوار الاستراتيجي", Assert.Single(marked.Runs, run => run.Marked).Text);
    }

    [Fact]
    public void A_mark_across_the_cut_ends_before_it()
    {
        var marked = MarkedText.Mark("aa bbbbbbbbbbbbbbbbbbbb cc", [Mention(0, "bbbbbbbbbbbbbbbbbbbb cc")], 12);
        Assert.Equal("…[bbbbbbbbbbb]…", Show(marked));
    }

    private static Mention Mention(int start, string words) => new("rule", "text", start, start + words.Length, words, "");

    private static string Show(MarkedText text) => string.Concat(text.Runs.Select(run => run.Marked ? $"[{run.Text}]" : run.Text));
}
