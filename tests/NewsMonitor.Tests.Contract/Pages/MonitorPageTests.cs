using System.Text.Json;
using AngleSharp.Dom;
using Microsoft.Extensions.DependencyInjection;
using NewsMonitor.Articles;
using NewsMonitor.Hits;
using NewsMonitor.Pipeline;
using NewsMonitor.Sources;
using NewsMonitor.Storage;
using NewsMonitor.Topics;

namespace NewsMonitor.Tests.Contract.Pages;

public sealed class MonitorPageTests
{
    private static readonly char[] TurnsDirection = ['\u202A', '\u202B', '\u202D', '\u202E', '\u2066', '\u2067', '\u2068'];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/", "ar", "rtl", "مرصد الأخبار", "مؤكد")]
    [InlineData("/?lang=en", "en", "ltr", "NewsMonitor", "confirmed")]
    [InlineData("/?lang=%3Cscript%3E", "ar", "rtl", "مرصد الأخبار", "مؤكد")]
    public async Task The_page_speaks_both_languages_and_is_well_formed(string path, string language, string direction, string title, string confirmed)
    {
        await using var site = await PageSite.StartAsync();
        await KeepAsync(site, "a", "الحوار الستراتيجي يبدأ", "https://nas.example/1");
        var page = await site.PageAsync(path);
        Assert.Equal((language, direction), (page.DocumentElement.GetAttribute("lang"), page.DocumentElement.GetAttribute("dir")));
        Assert.Equal(title, page.Title);
        var card = Assert.Single(page.QuerySelectorAll("article"));
        Assert.Equal("https://nas.example/1", card.QuerySelector("h3 a")!.GetAttribute("href"));
        Assert.Contains(confirmed, card.TextContent, StringComparison.Ordinal);
        Assert.Equal("الحوار الستراتيجي", card.QuerySelector("blockquote mark")!.TextContent);
        Assert.True(page.QuerySelectorAll("tbody tr").Length > 25);
        Assert.Distinct(page.QuerySelectorAll("[id]").Select(element => element.Id));
    }

    [Fact]
    public async Task Nothing_is_fetched_from_anybody_else_and_nothing_runs()
    {
        await using var site = await PageSite.StartAsync();
        await KeepAsync(site, "a", "الحوار الستراتيجي", "https://nas.example/1");
        var reader = await site.SubscribeAsync();
        foreach (var path in (string[])["/", $"/unsubscribe/{reader.Id}/{reader.Token}"])
        {
            var page = await site.PageAsync(path);
            Assert.Empty(page.QuerySelectorAll("script, img, iframe, object, embed, video, audio, style, base, [style], [src], [srcset]"));
            Assert.Equal(["/page.css"], page.QuerySelectorAll("link").Select(link => link.GetAttribute("href")));
            Assert.All(page.QuerySelectorAll("a[href^=http]"), link => Assert.Contains("noreferrer", link.GetAttribute("rel"), StringComparison.Ordinal));
        }

        var css = await site.TextAsync("/page.css");
        Assert.DoesNotContain("url(", css, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", css, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("</h3></article></main><form action=https://evil.example>")]
    [InlineData("&lt;b&gt; &amp; <b>")]
    [InlineData("عنوان\u202Eمقلوب\u2066 \u0007\u0000وطنين")]
    public async Task What_strangers_wrote_is_text_wherever_it_stands(string hostile)
    {
        await using var site = await PageSite.StartAsync();
        await KeepAsync(site, "a", hostile, "https://nas.example/1", hostile);
        await PolledAsync(site, hostile);
        var page = await site.PageAsync("/");
        Assert.Empty(page.QuerySelectorAll("script, img, form, b"));
        Assert.Single(page.QuerySelectorAll("article"));
        var shown = SafeText.Line(hostile, 300);
        Assert.Equal(shown, page.QuerySelector("article h3")!.TextContent.Trim());
        Assert.Equal(shown, page.QuerySelector("article bdi")!.TextContent);
        Assert.Contains(page.QuerySelectorAll("tbody .soft"), problem => problem.TextContent == SafeText.Line(hostile));
        foreach (var attribute in page.All.SelectMany(element => element.Attributes))
            Assert.False(attribute.Name.StartsWith("on", StringComparison.Ordinal), attribute.Name);
        Assert.DoesNotContain(page.DocumentElement.TextContent, letter => TurnsDirection.Contains(letter) || (char.IsControl(letter) && letter is not ('\n' or '\r' or '\t')));
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("JaVaScRiPt:alert(1)")]
    [InlineData("data:text/html,<script>alert(1)</script>")]
    [InlineData("vbscript:x")]
    [InlineData("//evil.example/")]
    [InlineData("/relative")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://bank.example@evil.example/")]
    [InlineData("https://")]
    [InlineData(null)]
    public async Task An_address_that_is_not_of_the_web_is_no_link(string? url)
    {
        await using var site = await PageSite.StartAsync();
        await KeepAsync(site, "a", "الحوار الستراتيجي", url);
        Assert.Empty((await site.PageAsync("/")).QuerySelectorAll("article a"));
    }

    [Fact]
    public async Task A_hit_that_no_topic_matches_any_more_is_not_shown()
    {
        await using var site = await PageSite.StartAsync();
        await KeepAsync(site, "a", "الحوار الستراتيجي يبدأ", null);
        await KeepAsync(site, "b", "الحوار الستراتيجي ينتهي", null);
        var hits = site.Services.GetRequiredService<HitStore>();
        var kept = (await hits.FindAsync(await hits.ListIdsAsync(Cancel).FirstAsync(Cancel), Cancel))!;
        var revised = await hits.ReviseAsync(kept.Path, RevisionReason.Topics, hit => hit with { Topics = [] }, Cancel);
        await site.Services.GetRequiredService<StoryStore>().JoinAsync([kept with { Hit = revised }], Cancel);
        Assert.Single((await site.PageAsync("/")).QuerySelectorAll("article"));
        Assert.Equal(1, JsonDocument.Parse(await site.TextAsync("/api/hits")).RootElement.GetArrayLength());
    }

    [Fact]
    public async Task Of_very_many_hits_the_newest_are_shown()
    {
        await using var site = await PageSite.StartAsync();
        for (var number = 0; number < 130; number++)
        {
            site.Time.Advance(TimeSpan.FromSeconds(1));
            await KeepAsync(site, $"{number}", $"خبر {number}", null);
        }

        var titles = (await site.PageAsync("/")).QuerySelectorAll("article h3").Select(title => title.TextContent.Trim());
        Assert.Equal(Enumerable.Range(105, 25).Reverse().Select(number => $"خبر {number}"), titles);
        var hits = JsonDocument.Parse(await site.TextAsync("/api/hits")).RootElement;
        Assert.Equal("خبر 129", hits[0].GetProperty("article").GetProperty("title").GetString());

        // The next ones are where the answer says, also when more have come meanwhile.
        using var first = await site.AskAsync(HttpMethod.Get, "/api/hits?size=3");
        await KeepAsync(site, "later", "خبر آخر", null);
        var next = Assert.Single(first.Headers.GetValues("Link"));
        var second = JsonDocument.Parse(await site.TextAsync(next[1..next.IndexOf('>', StringComparison.Ordinal)])).RootElement;
        Assert.Equal(["خبر 126", "خبر 125", "خبر 124"], second.EnumerateArray().Select(hit => hit.GetProperty("article").GetProperty("title").GetString()));
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, (await site.AskAsync(HttpMethod.Get, "/api/hits?after=nonsense")).StatusCode);
    }

    private static async Task KeepAsync(PageSite site, string name, string title, string? url, string outlet = "ناس")
    {
        var id = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name)), 0, 16);
        var now = site.Time.GetUtcNow();
        var mention = new Mention("by-name", "title", 0, 17, "الحوار الستراتيجي", $"{title} الحوار الستراتيجي");
        var kept = await site.Services.GetRequiredService<HitStore>().KeepAsync(
            new Hit(
                Hit.CurrentSchema, id, now, "0f1e", [new TopicMatch("dialogue", Strength.Confirmed, 1, [mention])],
                new Article(id, url, title, "نص", null, null, now, "nas", outlet, "ar", "ab")),
            Cancel);
        await site.Services.GetRequiredService<StoryStore>().JoinAsync([kept], Cancel);
    }

    /// <summary>One source failed, and its server said something.</summary>
    private static async Task PolledAsync(PageSite site, string problem)
    {
        var now = site.Time.GetUtcNow();
        var source = (await site.Services.GetRequiredService<SourceCatalog>().ReadAsync(Cancel)).Sources[0];
        await site.Blobs.CreateDocumentAsync(
            ShardState.PathOf(0, 4),
            ShardState.Empty.With(now, [new(source.Id, SourceState.New with { LastPoll = now, FailingSince = now, Problem = problem })]), Cancel);
    }
}
