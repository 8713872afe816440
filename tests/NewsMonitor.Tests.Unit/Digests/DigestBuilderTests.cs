using Microsoft.Extensions.Options;
using NewsMonitor.Digests;
using NewsMonitor.Digests.Mail;
using NewsMonitor.Tests.Unit.Hits;
using NewsMonitor.Topics;

namespace NewsMonitor.Tests.Unit.Digests;

public sealed class DigestBuilderTests
{
    /// <summary>23:30 on the 4th in UTC is 02:30 on the 5th in Baghdad.</summary>
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 23, 30, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("https://monitor.example.org")]
    [InlineData("https://monitor.example.org/")]
    public async Task The_mail_carries_the_readers_own_clock_and_the_link_that_unsubscribes(string publicUrl)
    {
        await using var desk = new DigestDesk(Now, publicUrl: publicUrl);
        var reader = await desk.Subscribers.ReadAsync(await desk.SubscribeAsync(DigestDesk.Reader()), Cancel);
        var mail = await desk.Builder.BuildAsync(reader!, Made(await desk.TellAsync("a")), Cancel);
        Assert.Equal($"https://monitor.example.org/unsubscribe/{reader!.Id}/{reader.Token}", mail.Unsubscribe!.AbsoluteUri);
        Assert.Equal((5, TimeSpan.FromHours(3)), (mail.Date.Day, mail.Date.Offset));
        Assert.Contains(mail.Unsubscribe.AbsoluteUri, mail.Content.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_public_address_there_is_no_link()
    {
        await using var desk = new DigestDesk(Now);
        var reader = await desk.Subscribers.ReadAsync(await desk.SubscribeAsync(DigestDesk.Reader()), Cancel);
        Assert.Null((await desk.Builder.BuildAsync(reader!, Made(await desk.TellAsync("a")), Cancel)).Unsubscribe);
    }

    [Fact]
    public async Task Of_a_story_only_the_topics_that_were_asked_for_are_told_and_one_that_is_gone_is_left_out()
    {
        await using var desk = new DigestDesk(Now);
        var reader = await desk.Subscribers.ReadAsync(await desk.SubscribeAsync(DigestDesk.Reader(topics: "asked")), Cancel);
        var hit = SampleHits.Hit("a") with { Topics = [SampleHits.Match("asked"), SampleHits.Match("unasked")] };
        var path = await desk.Stories.JoinAsync(hit, Cancel);
        var mail = await desk.Builder.BuildAsync(reader!, Made(path, "stories/2026/03/04/gone.json"), Cancel);
        Assert.Contains("asked", mail.Content.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("unasked", mail.Content.Text, StringComparison.Ordinal);
        Assert.Contains(SampleHits.Title, mail.Content.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Topics_come_in_the_order_of_the_file_and_one_that_left_it_comes_last_by_its_id()
    {
        await using var desk = new DigestDesk(Now);
        var known = TopicRules.Parse(Shipped.Read("topics.yaml").ToString(), "topics.yaml").Topics;
        var story = (await desk.Stories.ReadAsync(await desk.TellAsync("a"), Cancel))!;
        var told = story with { Topics = [SampleHits.Match("gone"), .. known.Reverse().Select(topic => SampleHits.Match(topic.Id))] };
        var digest = await desk.Builder.DigestAsync("e", "en", TimeZoneInfo.Utc, [told], null, Cancel);
        Assert.Equal([.. known.Select(topic => topic.Id), "gone"], digest.Topics.Select(topic => topic.Id));
        Assert.Equal([.. known.Select(topic => topic.TitleIn("en")), "gone"], digest.Topics.Select(topic => topic.Title));
    }

    [Theory]
    [InlineData("smtp", false, "smtp")]
    [InlineData("SMTP", false, "smtp")]
    [InlineData("outbox", false, "outbox")]
    [InlineData("smtp", true, "outbox")]
    public async Task The_configured_sender_is_chosen_unless_the_reader_is_only_tried_out_on(string setting, bool outboxOnly, string chosen)
    {
        await using var desk = new DigestDesk(Now);
        var senders = new MailSenders([desk.Outbox, desk.Sender], Options.Create(new MailOptions { Sender = setting }));
        var reader = await desk.Subscribers.ReadAsync(await desk.SubscribeAsync(DigestDesk.Reader(outboxOnly: outboxOnly)), Cancel);
        Assert.Equal(chosen, senders.For(reader!).Name);
    }

    private static Edition Made(params string[] stories) =>
        new(Edition.CurrentSchema, "reader-000001", Now, stories, EditionStatus.Waiting, null, 0, null, null, null);
}
