using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.Extensions.Logging.Abstractions;
using NewsMonitor.Digests;
using NewsMonitor.Topics;

namespace NewsMonitor.Tests.Unit.Digests;

public sealed class DigestRendererTests : IAsyncDisposable
{
    private readonly RazorHtml _razor = new(NullLoggerFactory.Instance);
    private readonly DigestRenderer _renderer;

    public DigestRendererTests() => _renderer = new DigestRenderer(_razor);

    public ValueTask DisposeAsync() => _razor.DisposeAsync();

    [Theory]
    [InlineData("ar", 1)]
    [InlineData("ar", 5)]
    [InlineData("ar", 100)]
    [InlineData("en", 1)]
    [InlineData("en", 5)]
    [InlineData("en", 100)]
    public async Task Every_story_is_linked_in_both_parts_and_the_first_sixty_are_quoted(string language, int stories)
    {
        var digest = SampleDigests.Of(language, stories);
        var rendered = await _renderer.RenderAsync(digest);
        var page = Parse(rendered.Html);

        var links = page.QuerySelectorAll("a[href]").Select(link => link.GetAttribute("href")).ToHashSet();
        Assert.All(digest.Stories, story =>
        {
            Assert.Contains(story.Sources[0].Url, links);
            Assert.Contains(story.Sources[0].Url + "\n", rendered.Text, StringComparison.Ordinal);
            Assert.Contains(story.Headline, page.Body!.TextContent, StringComparison.Ordinal);
        });

        var quoted = Math.Min(stories, DigestLayout.MostInFull);
        Assert.Equal(quoted, Count(page.Body!.TextContent, "وجاء في الجملة الأولى"));
        Assert.Equal(quoted, Count(rendered.Text, "وجاء في الجملة الأولى"));
    }

    [Theory]
    [InlineData("ar", "rtl", "right")]
    [InlineData("en", "ltr", "left")]
    public async Task The_frame_reads_as_its_language_does(string language, string direction, string start)
    {
        var page = Parse((await _renderer.RenderAsync(SampleDigests.Realistic(language))).Html);

        Assert.Equal((language, direction), (page.DocumentElement.GetAttribute("lang"), page.DocumentElement.GetAttribute("dir")));
        Assert.Equal(start, page.QuerySelector("h1")!.ParentElement!.GetAttribute("align"));
        Assert.All(page.QuerySelectorAll("h3[lang]"), headline => Assert.Equal("rtl", headline.GetAttribute("dir")));
    }

    [Fact]
    public async Task An_English_story_in_an_Arabic_digest_keeps_its_direction()
    {
        var story = SampleDigests.Story("x", "FBI: Iraq talks resume", [SampleDigests.Match("redeployment", Strength.Confirmed)]) with { Language = "en" };
        var page = Parse((await _renderer.RenderAsync(SampleDigests.With("ar", story))).Html);

        var headline = page.QuerySelector("h3[lang=en]")!;
        Assert.Equal(("ltr", "left"), (headline.GetAttribute("dir"), headline.GetAttribute("align")));
    }

    [Fact]
    public async Task Nothing_is_fetched_when_the_mail_is_opened()
    {
        var html = (await _renderer.RenderAsync(SampleDigests.Realistic("ar"))).Html;
        var page = Parse(html);

        Assert.Empty(page.QuerySelectorAll("img,script,link,iframe,object,embed,video,audio,form,input,base,[src],[background],[srcset]"));
        Assert.DoesNotContain("url(", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", html, StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith("<!DOCTYPE html>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arabic_is_sent_as_letters_not_as_entities()
    {
        var html = (await _renderer.RenderAsync(SampleDigests.Realistic("ar"))).Html;

        Assert.Contains("<title>4 أخبار", html, StringComparison.Ordinal);
        Assert.DoesNotContain("&#x6", html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_story_of_two_topics_is_told_once_and_named_under_the_other()
    {
        var rendered = await _renderer.RenderAsync(SampleDigests.Realistic("ar"));
        var page = Parse(rendered.Html);

        Assert.Equal(1, Count(page.Body!.TextContent, "وقال المتحدث إن اللجنة"));
        Assert.Equal(1, Count(page.Body.TextContent, "تفاصيله تحت"));
        Assert.Equal(1, Count(rendered.Text, "(تفاصيله تحت «الحوار الاستراتيجي»)"));
        // Its evidence for both topics stands with it.
        Assert.Equal(1, Count(rendered.Text, "ويتناول أيضاً: إعادة انتشار القوات"));
    }

    [Fact]
    public async Task A_story_is_told_where_it_is_confirmed_rather_than_where_it_comes_first()
    {
        var story = SampleDigests.Story("x", "عنوان",
            [SampleDigests.Match("strategic-dialogue", Strength.Possible), SampleDigests.Match("redeployment", Strength.Confirmed)]);
        var text = (await _renderer.RenderAsync(SampleDigests.With("en", story))).Text;

        Assert.Contains("- [Possible] عنوان", text, StringComparison.Ordinal);
        Assert.Contains("(in full under “Troop redeployment”)", text, StringComparison.Ordinal);
        Assert.Contains("1. عنوان", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Possible_stories_stand_after_the_confirmed_ones_and_say_so()
    {
        var digest = SampleDigests.With("en",
            SampleDigests.Story("1", "Maybe", [SampleDigests.Match("redeployment", Strength.Possible)],
                SampleDigests.Outlet("a", "A", null, -1), SampleDigests.Outlet("b", "B", null, -1)),
            SampleDigests.Story("2", "Surely", [SampleDigests.Match("redeployment", Strength.Confirmed)], SampleDigests.Outlet("c", "C", null, -500)));
        var rendered = await _renderer.RenderAsync(digest);

        Assert.Contains("1. Surely", rendered.Text, StringComparison.Ordinal);
        Assert.Contains("2. [Possible] Maybe", rendered.Text, StringComparison.Ordinal);
        Assert.EndsWith("Surely", rendered.Subject, StringComparison.Ordinal);
        var page = Parse(rendered.Html).Body!.TextContent;
        Assert.True(page.IndexOf("Surely", 300, StringComparison.Ordinal) < page.LastIndexOf("Maybe", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_story_without_a_topic_of_the_digest_is_not_lost()
    {
        var digest = SampleDigests.With("en", SampleDigests.Story("1", "Stray", [SampleDigests.Match("unknown", Strength.Confirmed)]));

        Assert.Contains("Other stories", (await _renderer.RenderAsync(digest)).Text, StringComparison.Ordinal);
        Assert.Contains("Stray", (await _renderer.RenderAsync(digest)).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_matched_words_are_marked_in_headline_and_sentence()
    {
        var page = Parse((await _renderer.RenderAsync(SampleDigests.Realistic("ar"))).Html);

        Assert.Equal("الحوار الستراتيجي", page.QuerySelector("h3 .mark")!.TextContent);
        Assert.Equal(
            ["الحوار الستراتيجي", "بإعادة نشر المتبقي من القوات القتالية", "المحادثات الاستراتيجية", "سحب ما تبقى من قوات التحالف", "تقليص عدد الجنود"],
            page.QuerySelectorAll("td.quote .mark").Select(mark => mark.TextContent));
    }

    [Fact]
    public async Task Times_are_the_readers_and_months_are_Iraqs()
    {
        var arabic = (await _renderer.RenderAsync(SampleDigests.Realistic("ar"))).Text;
        var english = (await _renderer.RenderAsync(SampleDigests.Realistic("en"))).Text;

        Assert.Contains("الخميس 8 نيسان 2021، 06:05", arabic, StringComparison.Ordinal);
        Assert.Contains("المدى، 7 نيسان، 18:25", arabic, StringComparison.Ordinal);
        Assert.Contains("الأوقات بتوقيت بغداد (UTC+03:00)", arabic, StringComparison.Ordinal);
        Assert.Contains("Thursday 8 April 2021, 06:05", english, StringComparison.Ordinal);
        Assert.Contains("ناس نيوز, 03:05", english, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_learns_why_the_mail_came_and_how_to_stop_it()
    {
        var known = await _renderer.RenderAsync(SampleDigests.Realistic("en"));
        var unknown = await _renderer.RenderAsync(SampleDigests.Realistic("en") with { Unsubscribe = null });

        Assert.Equal("https://news.example.org/unsubscribe?t=Q2hhbmdlTWU", Parse(known.Html).QuerySelectorAll("a")[^1].GetAttribute("href"));
        Assert.Contains("https://news.example.org/unsubscribe?t=Q2hhbmdlTWU\n", known.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Unsubscribe", unknown.Text + unknown.Html, StringComparison.Ordinal);
        Assert.Contains("2021-04-08-morning-6f1c2a", known.Text, StringComparison.Ordinal);
        Assert.Contains("subscribes to the digest on: Strategic dialogue, Troop redeployment.", known.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_is_wrapped_and_addresses_are_whole()
    {
        var long1 = "https://outlet.example/" + new string('a', 300);
        var digest = SampleDigests.With("ar", SampleDigests.Story("1", string.Join(' ', Enumerable.Repeat("كلمة", 60)),
            [SampleDigests.Match("redeployment", Strength.Confirmed)], SampleDigests.Outlet("a", "A", long1, -1)));
        var text = (await _renderer.RenderAsync(digest)).Text;

        Assert.Contains(long1 + "\n", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n').Where(line => !line.Contains("https://", StringComparison.Ordinal)), line => Assert.InRange(line.Length, 0, 76));
    }

    [Fact]
    public async Task An_empty_digest_says_so()
    {
        var rendered = await _renderer.RenderAsync(SampleDigests.Of("ar", 0));

        Assert.Equal("لا أخبار جديدة", rendered.Subject);
        Assert.Contains("لا أخبار جديدة", rendered.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Beyond_the_bound_every_topic_keeps_its_share()
    {
        var digest = SampleDigests.With("en", [.. Enumerable.Range(0, 80).Select(number => SampleDigests.Story($"{number:00}", $"Story {number}",
            [SampleDigests.Match(number < 70 ? "strategic-dialogue" : "redeployment", Strength.Confirmed,
                new Mention("movement", "text", 0, 5, "words", "These words."))]))]);
        var view = DigestLayout.Arrange(digest);

        Assert.Equal([50, 10], view.Topics.Select(topic => topic.Confirmed.Count));
        Assert.Equal([20, 0], view.Topics.Select(topic => topic.Brief.Count));
        Assert.Contains("More stories, in brief", (await _renderer.RenderAsync(digest)).Html, StringComparison.Ordinal);
    }

    internal static IDocument Parse(string html) => new HtmlParser().ParseDocument(html);

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
