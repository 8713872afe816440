using System.Globalization;
using NewsMonitor.Digests;
using NewsMonitor.Storage;
using NewsMonitor.Topics;

namespace NewsMonitor.Tests.Unit.Digests;

public sealed class EditionScheduleTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    // Daily at 07:00: the first moment that is due, in UTC.
    [InlineData("Asia/Baghdad", "07:00", "2026-03-04T12:00Z", "2026-03-05T04:00Z")] // UTC+3 all year
    [InlineData("Asia/Baghdad", "01:30", "2026-03-04T12:00Z", "2026-03-04T22:30Z")] // still the day before in UTC
    [InlineData("Europe/Berlin", "07:00", "2026-03-28T12:00Z", "2026-03-29T05:00Z")] // the clocks went forward that night
    [InlineData("Europe/Berlin", "07:00", "2026-10-24T12:00Z", "2026-10-25T06:00Z")] // and back
    [InlineData("America/New_York", "07:00", "2026-03-07T13:00Z", "2026-03-08T11:00Z")]
    [InlineData("America/New_York", "07:00", "2026-10-31T13:00Z", "2026-11-01T12:00Z")]
    // A time that does not exist that day: an hour later. One that is there twice: the first.
    [InlineData("Europe/Berlin", "02:30", "2026-03-28T12:00Z", "2026-03-29T01:30Z")]
    [InlineData("Europe/Berlin", "02:30", "2026-10-24T12:00Z", "2026-10-25T00:30Z")]
    [InlineData("America/New_York", "02:30", "2026-03-07T13:00Z", "2026-03-08T07:30Z")]
    [InlineData("America/New_York", "01:30", "2026-10-31T13:00Z", "2026-11-01T05:30Z")]
    public void A_daily_edition_is_due_at_its_local_time(string zone, string at, string last, string due)
    {
        var reader = Reader(Cadence.Daily, zone, at);
        Assert.False(EditionSchedule.IsDue(reader, Log(last), Moment(due).AddTicks(-1)));
        Assert.True(EditionSchedule.IsDue(reader, Log(last), Moment(due)));
        Assert.False(EditionSchedule.IsDue(reader, Log(due), Moment(due)));
    }

    [Theory]
    [InlineData("Europe/Berlin", "02:30", "2026-10-25T00:30Z", "2026-10-26T01:30Z")] // the second 02:30 of that night is not another
    [InlineData("America/New_York", "01:30", "2026-11-01T05:30Z", "2026-11-02T06:30Z")]
    [InlineData("Europe/Berlin", "02:30", "2026-03-29T01:30Z", "2026-03-30T00:30Z")]
    public void After_the_night_of_the_change_the_next_is_due_the_next_day(string zone, string at, string last, string due)
    {
        var reader = Reader(Cadence.Daily, zone, at);
        Assert.False(EditionSchedule.IsDue(reader, Log(last), Moment(due).AddTicks(-1)));
        Assert.True(EditionSchedule.IsDue(reader, Log(last), Moment(due)));
    }

    [Theory]
    [InlineData("Asia/Baghdad", "08:00", DayOfWeek.Sunday, "2026-03-01T05:00Z", "2026-03-08T05:00Z")]
    [InlineData("Asia/Baghdad", "01:00", DayOfWeek.Sunday, "2026-02-28T22:00Z", "2026-03-07T22:00Z")] // Saturday in UTC
    [InlineData("Europe/Berlin", "02:30", DayOfWeek.Sunday, "2026-03-22T01:30Z", "2026-03-29T01:30Z")] // skipped
    [InlineData("Europe/Berlin", "09:00", DayOfWeek.Monday, "2026-10-19T07:00Z", "2026-10-26T08:00Z")]
    [InlineData("America/New_York", "18:00", DayOfWeek.Friday, "2026-10-30T22:00Z", "2026-11-06T23:00Z")]
    public void A_weekly_edition_is_due_on_its_local_day(string zone, string at, DayOfWeek on, string last, string due)
    {
        var reader = Reader(Cadence.Weekly, zone, at, on);
        Assert.False(EditionSchedule.IsDue(reader, Log(last), Moment(due).AddTicks(-1)));
        Assert.True(EditionSchedule.IsDue(reader, Log(last), Moment(due)));
    }

    [Theory]
    [InlineData("2026-03-04T11:00Z", "2026-03-04T11:59:59Z", false)]
    [InlineData("2026-03-04T11:00Z", "2026-03-04T12:00Z", true)]
    [InlineData("2026-03-04T11:59:59Z", "2026-03-04T12:00Z", true)]
    [InlineData("2026-03-04T12:00Z", "2026-03-04T12:00Z", false)]
    [InlineData("2026-03-01T00:00Z", "2026-03-04T12:34Z", true)]
    public void An_hourly_edition_is_due_once_an_hour_has_begun(string last, string now, bool due) =>
        Assert.Equal(due, EditionSchedule.IsDue(Reader(Cadence.Hourly), Log(last), Moment(now)));

    [Fact]
    public void An_instant_edition_is_always_due() => Assert.True(EditionSchedule.IsDue(Reader(Cadence.Instant), Log("2026-03-04T11:00Z"), Moment("2026-03-04T11:00Z")));

    [Fact]
    public void A_day_that_was_missed_is_made_up_for_at_once_and_once()
    {
        var reader = Reader(Cadence.Daily, "Asia/Baghdad", "07:00");
        var late = Moment("2026-03-07T19:00Z");
        Assert.True(EditionSchedule.IsDue(reader, Log("2026-03-04T04:00Z"), late));
        Assert.False(EditionSchedule.IsDue(reader, Log("2026-03-07T19:00Z"), late.AddHours(8)));
        Assert.True(EditionSchedule.IsDue(reader, Log("2026-03-07T19:00Z"), late.AddHours(9)));
    }

    [Fact]
    public void Who_subscribes_after_todays_time_begins_tomorrow()
    {
        var reader = Reader(Cadence.Daily, "Asia/Baghdad", "07:00") with { Added = Moment("2026-03-04T04:00:01Z") };
        Assert.False(EditionSchedule.IsDue(reader, null, Moment("2026-03-05T03:59Z")));
        Assert.True(EditionSchedule.IsDue(reader, null, Moment("2026-03-05T04:00Z")));
    }

    [Fact]
    public async Task Only_who_is_active_and_due_is_queued_and_the_instant_only_with_news()
    {
        await using var desk = new DigestDesk(Now);
        var instant = await desk.SubscribeAsync(DigestDesk.Reader("instant"));
        var daily = await desk.SubscribeAsync(DigestDesk.Reader("daily", Cadence.Daily, at: new TimeOnly(8, 7)));
        var paused = await desk.SubscribeAsync(DigestDesk.Reader("paused"));
        await desk.Subscribers.ChangeStatusAsync(paused, SubscriberStatus.Paused, Cancel);
        Assert.Empty(await QueuedAsync(desk));

        await desk.TellAsync("a");
        Assert.Equal([instant], await QueuedAsync(desk));
        desk.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(Sorted(instant, daily), await QueuedAsync(desk));
        await desk.RunAsync(instant);
        await desk.RunAsync(daily);
        Assert.Empty(await QueuedAsync(desk));
    }

    [Theory]
    [InlineData("{ not json")]
    [InlineData("""{"schema":1,"id":"0000","address":"x@example.org","language":"ar","timeZone":"Mars/Base","cadence":"daily","at":"07:00:00","on":0,"topics":[],"minimumStrength":"possible","status":"active","outboxOnly":false,"added":"2026-01-01T00:00:00Z","token":"t"}""")]
    public async Task One_broken_subscriber_keeps_nobody_else_from_being_told(string document)
    {
        await using var desk = new DigestDesk(Now);
        desk.Blobs.Put("subscribers/0000.json", document);
        var reader = await desk.SubscribeAsync(DigestDesk.Reader());
        await desk.TellAsync("a");
        Assert.Equal([reader], await QueuedAsync(desk));
    }

    private static async Task<string[]> QueuedAsync(DigestDesk desk)
    {
        desk.Queues.Clear();
        await desk.Schedule.EnqueueAsync(Cancel);
        return Sorted([.. desk.Queues.In(EditionSender.Queue).Select(text =>
            System.Text.Json.JsonSerializer.Deserialize<DigestMessage>(text, Documents.Compact)!.Subscriber)]);
    }

    private static string[] Sorted(params string[] ids) => [.. ids.Order(StringComparer.Ordinal)];

    private static Subscriber Reader(Cadence cadence, string zone = "Asia/Baghdad", string at = "07:00", DayOfWeek on = DayOfWeek.Sunday) => new(
        Subscriber.CurrentSchema, "0123456789abcdef", "reader@example.org", "ar", zone, cadence, TimeOnly.Parse(at, CultureInfo.InvariantCulture), on, [],
        Strength.Possible, SubscriberStatus.Active, OutboxOnly: false, Moment("2026-01-01T00:00Z"), "token");

    private static EditionLog Log(string last) => new(EditionLog.CurrentSchema, 1, Moment(last), []);

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
