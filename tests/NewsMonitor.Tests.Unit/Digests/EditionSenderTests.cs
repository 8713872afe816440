using NewsMonitor.Digests;
using NewsMonitor.Digests.Mail;
using NewsMonitor.Hits;
using NewsMonitor.Tests.Unit.Hits;
using NewsMonitor.Topics;

namespace NewsMonitor.Tests.Unit.Digests;

public sealed class EditionSenderTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_accepted_mail_is_an_edition_that_is_over_and_counted()
    {
        await using var desk = new DigestDesk(Now);
        var reader = await desk.SubscribeAsync(DigestDesk.Reader());
        var story = await desk.TellAsync("a");
        await desk.RunAsync(reader);

        var edition = await desk.EditionAsync(reader, 1);
        Assert.Equal((EditionStatus.Sent, 1, "smtp", "taken"), (edition!.Status, edition.Tries, edition.Sender, edition.Detail));
        Assert.Equal([story], edition.Stories);
        var log = await desk.LogAsync(reader);
        Assert.Equal((1, Now), (log!.Editions, log.LastEdition));
        Assert.Equal([story], log.Told);
        Assert.Equal($"{reader}-000001", Assert.IsType<DigestSent>(Assert.Single(desk.Happenings)).EditionId);
        var mail = Assert.Single(desk.Sender.Sent);
        Assert.Equal(("reader@example.org", $"{reader}-000001@news.example.org"), (mail.To, mail.MessageId));
    }

    [Fact]
    public async Task Called_twice_it_sends_once_and_the_next_story_makes_the_next_edition()
    {
        await using var desk = new DigestDesk(Now);
        var reader = await desk.SubscribeAsync(DigestDesk.Reader());
        await desk.TellAsync("a");
        await desk.RunAsync(reader);
        await desk.RunAsync(reader);
        Assert.Single(desk.Sender.Sent);

        var second = await desk.TellAsync("b");
        await desk.RunAsync(reader);
        Assert.Equal([$"{reader}-000001", $"{reader}-000002"], desk.Sender.Sent.Select(mail => mail.EditionId));
        Assert.Equal([second], (await desk.EditionAsync(reader, 2))!.Stories);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task In_parallel_it_sends_once(bool repeatable)
    {
        await using var desk = new DigestDesk(Now, repeatable);
        var reader = await desk.SubscribeAsync(DigestDesk.Reader());
        await desk.TellAsync("a");
        await desk.TellAsync("b");
        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => desk.RunAsync(reader), Cancel)));
        await desk.RunAsync(reader);
        Assert.Single(desk.Sender.Sent);
        Assert.Equal(EditionStatus.Sent, (await desk.EditionAsync(reader, 1))!.Status);
        Assert.Null(await desk.EditionAsync(reader, 2));
    }

    [Fact]
    public async Task What_may_be_tried_later_is_tried_after_the_pause_with_the_same_stories()
    {
        await using var desk = new DigestDesk(Now);
        var reader = await desk.SubscribeAsync(DigestDesk.Reader());
        var story = await desk.TellAsync("a");
        desk.Sender.Answers(SendResult.TryLater, "busy");
        await desk.RunAsync(reader);
        Assert.Equal((EditionStatus.Waiting, Now.AddMinutes(1)), await StandAsync(desk, reader));
        Assert.Contains("busy", Assert.IsType<DigestNotSent>(desk.Happenings[^1]).Problem, StringComparison.Ordinal);

        await desk.TellAsync("later"); // belongs to the next edition
        desk.Time.Advance(TimeSpan.FromSeconds(59));
        await desk.RunAsync(reader);
        Assert.Single(desk.Sender.Sent);

        desk.Sender.Answers(SendResult.Accepted);
        desk.Time.Advance(TimeSpan.FromSeconds(1));
        await desk.RunAsync(reader);
        Assert.Equal([story], (await desk.EditionAsync(reader, 1))!.Stories);
        Assert.Equal(2, desk.Sender.Sent.Count);
        await desk.RunAsync(reader);
        Assert.Equal($"{reader}-000002", desk.Sender.Sent[^1].EditionId);
    }

    [Theory]
    [InlineData(SendResult.TryLater, 30, 60)] // less than our own pause
    [InlineData(SendResult.TryLater, 600, 600)]
    [InlineData(SendResult.TryLater, 400_000_000, 86_400)] // a server that asks for twelve years
    [InlineData(SendResult.Refused, null, 21_600)]
    public async Task The_pause_is_what_the_server_asks_for_within_bounds(SendResult result, int? asked, int seconds)
    {
        await using var desk = new DigestDesk(Now);
        var reader = await desk.SubscribeAsync(DigestDesk.Reader());
        await desk.TellAsync("a");
        desk.Sender.Answers(result, retryAfter: asked is { } wait ? TimeSpan.FromSeconds(wait) : null);
        await desk.RunAsync(reader);
        Assert.Equal((EditionStatus.Waiting, Now.AddSeconds(seconds)), await StandAsync(desk, reader));
    }

    [Theory]
    [InlineData(false, EditionStatus.Unknown, 1)]
    [InlineData(true, EditionStatus.Sent, 2)]
    public async Task An_unknown_outcome_is_repeated_only_where_a_repeat_makes_no_second_mail(bool repeatable, EditionStatus status, int mails)
    {
        await using var desk = new DigestDesk(Now, repeatable);
        var reader = await desk.SubscribeAsync(DigestDesk.Reader());
        await desk.TellAsync("a");
        desk.Sender.Answers(SendResult.Unknown);
        await desk.RunAsync(reader);
        desk.Sender.Answers(SendResult.Accepted);
        desk.Time.Advance(TimeSpan.FromHours(1));
        await desk.RunAsync(reader);
        Assert.Equal(status, (await desk.EditionAsync(reader, 1))!.Status);
        Assert.Equal(mails, desk.Sender.Sent.Count);
        Assert.Equal(1, (await desk.LogAsync(reader))!.Editions);
    }

    [Theory]
    [InlineData(false, EditionStatus.Unknown, 1)]
    [InlineData(true, EditionStatus.Sent, 2)]
    public async Task A_process_that_died_while_sending_is_waited_for_and_then_judged(bool repeatable, EditionStatus status, int mails)
    {
        await using var desk = new DigestDesk(Now, repeatable);
        var reader = await desk.SubscribeAsync(DigestDesk.Reader());
        await desk.TellAsync("a");
        desk.Sender.Answer = (_, _) => throw new InvalidOperationException("the process dies here");
        await Assert.ThrowsAsync<InvalidOperationException>(() => desk.RunAsync(reader));
        Assert.Equal((EditionStatus.Sending, Now.AddMinutes(5)), await StandAsync(desk, reader));

        desk.Sender.Answers(SendResult.Accepted);
        desk.Time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        await desk.RunAsync(reader);
        Assert.Single(desk.Sender.Sent);
        desk.Time.Advance(TimeSpan.FromSeconds(1));
        await desk.RunAsync(reader);
        Assert.Equal(status, (await desk.EditionAsync(reader, 1))!.Status);
        Assert.Equal(mails, desk.Sender.Sent.Count);
        Assert.Equal(1, (await desk.LogAsync(reader))!.Editions);
    }

    [Fact]
    public async Task What_fails_before_the_mail_leaves_costs_no_edition()
    {
        await using var desk = new DigestDesk(Now);
        var reader = await desk.SubscribeAsync(DigestDesk.Reader());
        await desk.TellAsync("a");
        desk.Blobs.Put("topics.yaml", "topics: ["); // an operator in the middle of a change
        await Assert.ThrowsAsync<MonitorException>(() => desk.RunAsync(reader));
        Assert.Empty(desk.Sender.Sent);

        desk.Blobs.Put("topics.yaml", Shipped.Read("topics.yaml").ToString());
        desk.Time.Advance(TimeSpan.FromMinutes(6));
        await desk.RunAsync(reader);
        Assert.Equal(EditionStatus.Sent, (await desk.EditionAsync(reader, 1))!.Status);
        Assert.Single(desk.Sender.Sent);
    }

    [Fact]
    public async Task A_host_that_stops_before_the_mail_leaves_costs_no_edition()
    {
        await using var desk = new DigestDesk(Now);
        var reader = await desk.SubscribeAsync(DigestDesk.Reader());
        await desk.TellAsync("a");
        using var stop = new CancellationTokenSource();
        desk.Sender.Answer = async (_, cancel) =>
        {
            await stop.CancelAsync();
            throw new OperationCanceledException(cancel);
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => desk.Editions.RunAsync(new DigestMessage(reader), stop.Token));

        desk.Sender.Answers(SendResult.Accepted);
        await desk.RunAsync(reader);
        Assert.Equal(EditionStatus.Sent, (await desk.EditionAsync(reader, 1))!.Status);
    }

    [Fact]
    public async Task A_process_that_died_before_counting_sends_nothing_again()
    {
        await using var desk = new DigestDesk(Now);
        var reader = await desk.SubscribeAsync(DigestDesk.Reader());
        await desk.TellAsync("a");
        await desk.RunAsync(reader);
        await desk.Blobs.DeleteAsync(EditionLog.PathOf(reader), Cancel);
        await desk.RunAsync(reader);
        Assert.Single(desk.Sender.Sent);
        Assert.Equal(1, (await desk.LogAsync(reader))!.Editions);
    }

    [Fact]
    public async Task Stories_of_other_topics_or_strength_are_not_told()
    {
        await using var desk = new DigestDesk(Now);
        var reader = await desk.SubscribeAsync(DigestDesk.Reader(strength: Strength.Confirmed, topics: "dialogue"));
        await desk.TellAsync("other", topic: "redeployment");
        await desk.TellAsync("weak", strength: Strength.Possible);
        await desk.RunAsync(reader);
        Assert.Empty(desk.Sender.Sent);

        var wanted = await desk.TellAsync("wanted");
        await desk.RunAsync(reader);
        Assert.Equal([wanted], (await desk.EditionAsync(reader, 1))!.Stories);
    }

    [Theory]
    [InlineData("redeployment", Strength.Confirmed)]
    [InlineData("dialogue", Strength.Possible)]
    public async Task A_fuller_copy_that_brings_the_topic_or_the_strength_is_told(string firstTopic, Strength firstStrength)
    {
        const string Title = "بغداد وواشنطن تعلنان موعد الجولة المقبلة من المحادثات";
        await using var desk = new DigestDesk(Now);
        var reader = await desk.SubscribeAsync(DigestDesk.Reader(strength: Strength.Confirmed, topics: "dialogue"));
        var story = await desk.CopyAsync("short", Title, firstTopic, firstStrength);
        await desk.TickAsync();
        Assert.Empty(desk.Sender.Sent);

        // Days later, when other stories have been told meanwhile.
        desk.Time.Advance(TimeSpan.FromDays(5));
        await desk.TellAsync("other");
        await desk.TickAsync();
        desk.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(story, await desk.CopyAsync("full", Title, "dialogue"));
        await desk.TickAsync();
        Assert.Equal([story], (await desk.EditionAsync(reader, 2))!.Stories);
        await desk.CopyAsync("third", Title, "dialogue");
        await desk.TickAsync();
        Assert.Equal(2, desk.Sender.Sent.Count);
    }

    [Theory]
    [InlineData("troops")]
    [InlineData("dialogue")]
    public async Task A_correction_of_a_story_that_was_told_is_told_once_and_says_so(string nowTopic)
    {
        await using var desk = new DigestDesk(Now);
        var reader = await desk.SubscribeAsync(DigestDesk.Reader(topics: "dialogue"));
        var hits = new HitStore(desk.Blobs, desk.Time);
        var kept = await hits.KeepAsync(SampleHits.Hit("a", found: desk.Time.GetUtcNow()), TestContext.Current.CancellationToken);
        var path = (await desk.Stories.JoinAsync([kept], TestContext.Current.CancellationToken))[0];
        await desk.TickAsync();

        desk.Time.Advance(TimeSpan.FromDays(1));
        await desk.TickAsync();
        Assert.Single(desk.Sender.Sent);
        var match = SampleHits.Match(nowTopic);
        var other = match with { Mentions = [match.Mentions[0] with { Sentence = "جملة أخرى" }] };
        var latest = await hits.ReviseAsync(kept.Path, RevisionReason.Correction, hit => hit with { Topics = [other] }, TestContext.Current.CancellationToken);
        await desk.Stories.JoinAsync([kept with { Hit = latest }], TestContext.Current.CancellationToken);
        await desk.TickAsync();
        Assert.Equal([$"{path}#{kept.Hit.Id}-2"], (await desk.EditionAsync(reader, 2))!.Stories);
        var mail = desk.Sender.Sent[^1].Content;
        var label = nowTopic == "dialogue" ? DigestWords.For("ar").Corrected : DigestWords.For("ar").Withdrawn;
        Assert.Contains(label, mail.Text, StringComparison.Ordinal);
        Assert.Contains(label, mail.Html, StringComparison.Ordinal);

        desk.Time.Advance(TimeSpan.FromDays(1));
        await desk.TickAsync();
        Assert.Equal(2, desk.Sender.Sent.Count);
        // Whoever comes to the story now is told of it as it is, and not of its correction.
        var late = await desk.SubscribeAsync(DigestDesk.Reader("late"));
        await desk.TickAsync();
        Assert.Null(await desk.EditionAsync(late, 1));
    }

    [Fact]
    public async Task Stories_that_became_one_after_one_of_them_was_told_are_not_told_again()
    {
        await using var desk = new DigestDesk(Now);
        var reader = await desk.SubscribeAsync(DigestDesk.Reader());
        var one = await desk.TellAsync("one");
        await desk.TickAsync();
        var other = await desk.TellAsync("other");
        await desk.Stories.JoinAsync(one, other, TestContext.Current.CancellationToken);
        desk.Time.Advance(TimeSpan.FromDays(1));
        await desk.TickAsync();
        Assert.Single(desk.Sender.Sent);
        Assert.Null(await desk.EditionAsync(reader, 2));
    }

    [Fact]
    public async Task A_paused_subscriber_is_told_later_of_all_that_was_missed()
    {
        await using var desk = new DigestDesk(Now);
        var reader = await desk.SubscribeAsync(DigestDesk.Reader());
        var told = await desk.TellAsync("before");
        await desk.TickAsync();
        await desk.Subscribers.ChangeStatusAsync(reader, SubscriberStatus.Paused, Cancel);
        var missed = new List<string>();
        for (var day = 0; day < 20; day++)
        {
            missed.Add(await desk.TellAsync($"day{day}"));
            await desk.TickAsync();
            await desk.RunAsync(reader); // a message that was queued before
            desk.Time.Advance(TimeSpan.FromDays(1));
        }

        Assert.Single(desk.Sender.Sent);
        await desk.Subscribers.ChangeStatusAsync(reader, SubscriberStatus.Active, Cancel);
        await desk.TickAsync();
        Assert.Equal([told], (await desk.EditionAsync(reader, 1))!.Stories);
        Assert.Equal(Sorted([.. missed]), Sorted([.. (await desk.EditionAsync(reader, 2))!.Stories]));
    }

    [Fact]
    public async Task Who_unsubscribed_or_was_never_there_gets_nothing()
    {
        await using var desk = new DigestDesk(Now);
        var reader = await desk.SubscribeAsync(DigestDesk.Reader());
        await desk.TellAsync("a");
        desk.Sender.Answers(SendResult.TryLater);
        await desk.RunAsync(reader);
        await desk.Subscribers.ChangeStatusAsync(reader, SubscriberStatus.Unsubscribed, Cancel);
        desk.Time.Advance(TimeSpan.FromDays(1));
        await desk.TickAsync();
        await desk.RunAsync(reader);
        await desk.RunAsync("0123456789abcdef");
        Assert.Single(desk.Sender.Sent);
    }

    [Fact]
    public async Task Who_is_outbox_only_never_meets_the_configured_sender()
    {
        await using var desk = new DigestDesk(Now);
        await desk.SubscribeAsync(DigestDesk.Reader(outboxOnly: true));
        await desk.TellAsync("a");
        await desk.TickAsync();
        Assert.Empty(desk.Sender.Sent);
        Assert.Single(desk.Outbox.Sent);
    }

    private static async Task<(EditionStatus Status, DateTimeOffset? Until)> StandAsync(DigestDesk desk, string reader) =>
        await desk.EditionAsync(reader, 1) is { } edition ? (edition.Status, edition.Until) : throw new InvalidOperationException("No edition.");

    private static string[] Sorted(params string[] paths) => [.. paths.Order(StringComparer.Ordinal)];
}
