using Microsoft.Extensions.DependencyInjection;
using NewsMonitor.Hits;
using NewsMonitor.Hits.Index;
using NewsMonitor.Pipeline;
using NewsMonitor.Sources;
using NewsMonitor.Storage;
using NewsMonitor.Tests.Contract.Pages;

namespace NewsMonitor.Tests.Contract.Pipeline;

/// <summary>An outlet changes an article after we have read it.</summary>
public sealed class CorrectionTests : IAsyncLifetime
{
    private const string Dialogue = "أعلنت الحكومة العراقية أن الجولة المقبلة من الحوار الاستراتيجي بين العراق والولايات المتحدة ستعقد في واشنطن.";
    private const string Weather = "الطقس في بغداد غدا صحو مع ارتفاع في درجات الحرارة.";

    private readonly List<Happening> _happenings = [];
    private PageSite _site = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private HitStore Hits => _site.Services.GetRequiredService<HitStore>();

    public async ValueTask InitializeAsync()
    {
        _site = await PageSite.StartAsync();
        _site.Services.GetRequiredService<Journal>().Written += _happenings.Add;
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task What_is_mentioned_stays_so_the_new_version_is_kept_and_nobody_is_told()
    {
        await PollAsync("عنوان", Dialogue);
        await PollAsync("عنوان", $"{Dialogue} وأضاف البيان تفاصيل أخرى.");
        var (first, latest) = await OneAsync();
        Assert.Equal(Dialogue, first.Article.Text);
        Assert.EndsWith("تفاصيل أخرى.", latest.Article.Text, StringComparison.Ordinal);
        Assert.Equal((2, RevisionReason.Correction, false), (latest.Number, latest.Revision!.Reason, latest.Revision.ChangesMentions));
        Assert.Null((await StoryAsync()).Corrections);
        Assert.False(Assert.Single(_happenings.OfType<HitCorrected>()).ChangesMentions);
    }

    [Fact]
    public async Task Another_number_in_what_is_mentioned_is_told_and_the_latest_is_found()
    {
        await PollAsync("عنوان", Dialogue.Replace("المقبلة", "رقم 3", StringComparison.Ordinal));
        await PollAsync("عنوان آخر", Dialogue.Replace("المقبلة", "رقم 4", StringComparison.Ordinal));
        var (_, latest) = await OneAsync();
        Assert.True(latest.Revision!.ChangesMentions);
        var story = await StoryAsync();
        Assert.Equal(new StoryCorrection(latest.Id, 2, latest.Revision.At), Assert.Single(story.Corrections!));
        Assert.Contains("رقم 4", story.Topics[0].Mentions[0].Sentence, StringComparison.Ordinal);
        Assert.Equal("عنوان آخر", story.Headline);
        var today = DateOnly.FromDateTime(_site.Time.GetUtcNow().UtcDateTime);
        var page = await _site.Services.GetRequiredService<HitIndex>().FindAsync(new HitQuery(today, today) { Words = "آخر" }, Cancel);
        Assert.Equal(2, Assert.Single(page.Rows).Number);
    }

    [Fact]
    public async Task What_was_mentioned_is_taken_out_and_told_and_the_evidence_is_kept()
    {
        await PollAsync("عنوان", Dialogue);
        await PollAsync("عنوان", Weather);
        var (first, latest) = await OneAsync();
        Assert.True(first.IsCurrent);
        Assert.False(latest.IsCurrent);
        Assert.Single((await StoryAsync()).Corrections!);
        Assert.Empty((await StoryAsync()).Topics);
        Assert.Empty(System.Text.Json.JsonDocument.Parse(await _site.TextAsync("/api/hits")).RootElement.EnumerateArray());
    }

    [Fact]
    public async Task An_article_that_comes_to_mention_something_becomes_a_hit()
    {
        await PollAsync("عاجل", Weather);
        Assert.Empty(await Hits.ListIdsAsync(Cancel).ToListAsync(Cancel));
        await PollAsync("عاجل", $"{Weather} {Dialogue}");
        Assert.Equal(1, (await OneAsync()).Latest.Number);
        Assert.Single(_happenings.OfType<HitKept>());
    }

    [Theory]
    [InlineData("قرأه 1 شخصا", "قرأه 23 شخصا")] // a counter
    [InlineData("نصّ", "نص")] // harakat
    public async Task What_is_no_other_text_is_no_correction(string before, string after)
    {
        await PollAsync("عنوان", $"{Dialogue} {before}");
        await PollAsync("عنوان", $"{Dialogue} {after}");
        Assert.Equal(1, (await OneAsync()).Latest.Number);
    }

    [Fact]
    public async Task Reading_it_again_after_a_lost_state_makes_no_revision()
    {
        await PollAsync("عنوان", Dialogue);
        await foreach (var path in _site.Blobs.ListAsync("state/polls/", Cancel))
            await _site.Blobs.DeleteAsync(path, Cancel);
        await PollAsync("عنوان", $"{Dialogue} تفاصيل أخرى.");
        Assert.Equal(1, (await OneAsync()).Latest.Number);
        Assert.Single((await StoryAsync()).Sources);
    }

    [Fact]
    public async Task Of_an_outlet_that_allows_excerpts_only_no_more_is_kept_also_of_corrections()
    {
        const string Secret = "وهذا ما لا يجوز حفظه.";
        await PollAsync("عنوان", $"مقدمة. {Secret} {Dialogue} {Secret}", "monitor:keep=\"excerpt\"");
        await PollAsync("عنوان", $"مقدمة. {Secret} {Dialogue.Replace("واشنطن", "بغداد", StringComparison.Ordinal)} {Secret}", "monitor:keep=\"excerpt\"");
        var (first, latest) = await OneAsync();
        Assert.Equal(2, latest.Number);
        Assert.Equal(TextKept.Excerpt, latest.Article.Kept);
        foreach (var path in await _site.Blobs.ListAsync("", Cancel).Where(path => path != "feed.xml").ToListAsync(Cancel))
            Assert.DoesNotContain("حفظه", (await _site.Blobs.ReadAsync(path, Cancel))!.Content.ToString(), StringComparison.Ordinal);
        Assert.All(latest.Topics.SelectMany(topic => topic.Mentions), mention => Assert.Equal(mention.Text, latest.Article.Text[mention.Start..mention.End]));
        Assert.NotEqual(first.Article.Text, latest.Article.Text);
    }

    private async Task PollAsync(string title, string text, string settings = "")
    {
        var feed = BinaryData.FromString(
            $"<rss version=\"2.0\"><channel><title>t</title><item><title>{title}</title><link>https://news.example/1</link><guid>1</guid><description>{text}</description></item></channel></rss>");
        if (await _site.Blobs.ReadAsync("feed.xml", Cancel) is { } stored)
            Assert.True(await _site.Blobs.ReplaceAsync("feed.xml", feed, stored.ETag, Cancel));
        else
            Assert.True(await _site.Blobs.CreateAsync("feed.xml", feed, Cancel));
        await _site.ListAsync("feed.xml", $"monitor:article=\"never\" {settings}");
        await _site.PollAsync(now: true);
        _site.Time.Advance(TimeSpan.FromMinutes(10));
    }

    private async Task<(Hit First, Hit Latest)> OneAsync()
    {
        var found = (await Hits.FindAsync(Assert.Single(await Hits.ListIdsAsync(Cancel).ToListAsync(Cancel)), Cancel))!;
        return ((await Hits.ReadAsync(found.Path, Cancel))!, found.Hit);
    }

    private async Task<Story> StoryAsync() =>
        (await _site.Blobs.ReadDocumentAsync<Story>(Assert.Single(await _site.Blobs.ListAsync("stories/", Cancel).ToListAsync(Cancel)), Cancel))!.Value;
}
