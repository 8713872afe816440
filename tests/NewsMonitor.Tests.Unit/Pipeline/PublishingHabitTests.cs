using NewsMonitor.Feeds;
using NewsMonitor.Pipeline;

namespace NewsMonitor.Tests.Unit.Pipeline;

/// <summary>How often a source publishes, and when its silence is unusual.</summary>
public sealed class PublishingHabitTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_dates_of_one_document_tell_how_often_it_publishes()
    {
        // 30 items, one every 20 minutes: 72 a day, though the document holds ten hours only.
        var state = Learn(SourceState.New, [.. Enumerable.Range(0, 30).Select(i => Now.AddMinutes(-20 * i))]);
        Assert.InRange(state.PerDay!.Value, 70, 76);
        // One a day, for a month.
        Assert.InRange(Learn(SourceState.New, [.. Enumerable.Range(0, 30).Select(i => Now.AddDays(-i))]).PerDay!.Value, 1, 1.2);
        // Dead for a year.
        Assert.Equal(0, Learn(SourceState.New, [.. Enumerable.Range(0, 30).Select(i => Now.AddDays(-365 - i))]).PerDay);
    }

    [Fact]
    public void Without_dates_what_comes_between_polls_tells()
    {
        var first = Learn(SourceState.New, [null, null, null], newItems: 3);
        Assert.Null(first.PerDay);
        var second = Learn(first with { LastSuccess = Now.AddHours(-1) }, [null, null, null], newItems: 2);
        Assert.Equal(48, second.PerDay!.Value, 1);
        var third = Learn(second with { LastSuccess = Now.AddHours(-1) }, [null, null, null], newItems: 0);
        Assert.Equal(48 * 0.7, third.PerDay!.Value, 1);
    }

    [Theory]
    [InlineData(0.25, 23, false)] // an outlet of every six hours, quiet for 23
    [InlineData(0.25, 25, true)]
    [InlineData(1.0, 71, false)] // a daily one
    [InlineData(1.0, 73, true)]
    [InlineData(7.0, 24 * 20, false)] // a weekly one
    [InlineData(7.0, 24 * 22, true)]
    public void Silence_is_unusual_when_it_is_three_times_the_longest_before_and_a_day(double everyDays, int quietHours, bool isAlarming)
    {
        var state = Learn(SourceState.New, [.. Enumerable.Range(0, 9).Select(i => Now.AddDays(-i * everyDays))]) with { LastSuccess = Now };
        var alarm = SourceAlarm.Of(state, Now.AddHours(quietHours));
        Assert.Equal(isAlarming ? new SourceAlarm(AlarmKind.Silent, Now) : null, alarm);
    }

    [Fact]
    public void A_feed_that_is_dead_when_it_is_added_is_told_at_once()
    {
        var state = Learn(SourceState.New, [Now.AddDays(-200), Now.AddDays(-201)]) with { LastSuccess = Now };
        Assert.Equal(new SourceAlarm(AlarmKind.Silent, Now.AddDays(-200)), SourceAlarm.Of(state, Now));
    }

    [Fact]
    public void One_old_item_kept_on_top_is_no_habit()
    {
        var dates = Enumerable.Range(0, 9).Select(i => (DateTimeOffset?)Now.AddHours(-i)).Append(Now.AddYears(-3)).ToArray();
        Assert.Equal(TimeSpan.FromHours(1), Learn(SourceState.New, dates).LongestGap);
    }

    [Fact]
    public void A_longer_silence_that_ended_is_remembered_and_slowly_forgotten()
    {
        var before = SourceState.New with { LastSuccess = Now, LastNews = Now.AddDays(-2), LongestGap = TimeSpan.FromHours(1) };
        var state = Learn(before, [Now, Now.AddHours(-1)]);
        Assert.Equal(TimeSpan.FromDays(2), state.LongestGap);
        for (var i = 0; i < 200; i++)
            state = Learn(state with { LastSuccess = Now, LastNews = Now }, [Now, Now.AddHours(-1)]);
        Assert.InRange(state.LongestGap!.Value, TimeSpan.FromHours(1), TimeSpan.FromHours(8));
    }

    [Fact]
    public void Failing_is_told_after_a_day_and_a_blip_is_not()
    {
        var failing = SourceState.New with { FailingSince = Now, LastNews = Now };
        Assert.Null(SourceAlarm.Of(failing, Now.AddHours(23)));
        Assert.Equal(new SourceAlarm(AlarmKind.Failing, Now), SourceAlarm.Of(failing, Now.AddHours(24)));

        // A silent one that has a blip stays silent: that is not told twice.
        var silent = new SourceAlarm(AlarmKind.Silent, Now.AddDays(-40));
        Assert.Equal(silent, SourceAlarm.Of(failing with { Alarm = silent, LastNews = silent.Since }, Now.AddHours(1)));
    }

    private static SourceState Learn(SourceState before, DateTimeOffset?[] dates, int newItems = 1) =>
        PublishingHabit.Learn(before, before, [.. dates.Select(date => new FeedItem(null, "t", null, date, null, null, "", ""))], newItems, Now);

    private static SourceState Learn(SourceState before, DateTimeOffset[] dates) => Learn(before, [.. dates.Select(date => (DateTimeOffset?)date)]);
}
