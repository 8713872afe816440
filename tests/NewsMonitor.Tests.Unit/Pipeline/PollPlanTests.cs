using NewsMonitor.Feeds;
using NewsMonitor.Pipeline;
using NewsMonitor.Sources;

namespace NewsMonitor.Tests.Unit.Pipeline;

public sealed class PollPlanTests
{
    /// <summary>A Monday, 06:00 UTC.</summary>
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 6, 0, 0, TimeSpan.Zero);
    private static readonly Source Site = new("a.example-1", "وكالة", "https://a.example/rss", "ar", "IQ", null, "", true);
    private static readonly PipelineOptions Options = new();

    [Theory]
    [InlineData(1000.0, 0, 5, PollReason.Rate)] // as often as is allowed
    [InlineData(72.0, 0, 10, PollReason.Rate)] // every 20 minutes one: twice as often
    [InlineData(1.0, 0, 120, PollReason.Rate)]
    [InlineData(0.0, 0, 120, PollReason.Rate)]
    [InlineData(null, 0, 10, PollReason.Rate)] // not known yet
    [InlineData(72.0, 90, 10, PollReason.Rate)]
    [InlineData(72.0, 200, 20, PollReason.Quiet)] // at night
    [InlineData(72.0, 3000, 120, PollReason.Quiet)]
    public void A_source_is_polled_as_often_as_it_publishes_within_bounds(double? perDay, int quietMinutes, int minutes, PollReason reason)
    {
        var plan = PollPlan.After(Site, State(perDay) with { LastNews = Now.AddMinutes(-quietMinutes) }, null, Now, Options);
        Assert.Equal((Now.AddMinutes(minutes), reason, minutes), (plan.Next, plan.Reason, plan.Minutes));
    }

    [Theory]
    [InlineData(30, null, 30, PollReason.Asked)]
    [InlineData(null, 45, 45, PollReason.Asked)]
    [InlineData(30, 45, 45, PollReason.Asked)]
    [InlineData(5, 6, 10, PollReason.Rate)]
    [InlineData(600, null, 120, PollReason.Asked)] // within the operator's limits
    public void What_the_feed_and_its_server_ask_for_is_honoured_within_bounds(int? ttl, int? fresh, int minutes, PollReason reason)
    {
        var state = State(72) with { Pace = ttl is { } t ? new FeedPace(TimeSpan.FromMinutes(t), [], []) : null };
        var plan = PollPlan.After(Site, state, fresh is { } f ? TimeSpan.FromMinutes(f) : null, Now, Options);
        Assert.Equal((minutes, reason), (plan.Minutes, plan.Reason));
    }

    [Theory]
    [InlineData(null, 20, 1000.0, 5)]
    [InlineData(null, 20, 1.0, 20)]
    [InlineData(30, null, 1000.0, 30)]
    [InlineData(180, null, 1000.0, 180)] // over the settings' maximum: the source's own word counts
    [InlineData(null, 2, 1.0, 2)] // under the settings' minimum
    [InlineData(15, 15, 40.0, 15)]
    public void A_source_may_have_bounds_of_its_own(int? minimum, int? maximum, double perDay, int minutes) =>
        Assert.Equal(minutes, PollPlan.After(Site with { MinimumMinutes = minimum, MaximumMinutes = maximum }, State(perDay), null, Now, Options).Minutes);

    [Theory]
    [InlineData(new[] { 6 }, new DayOfWeek[0], 7, 0)] // 06:10 is skipped until 07:00
    [InlineData(new[] { 7 }, new DayOfWeek[0], 6, 10)]
    [InlineData(new[] { 6, 7, 8, 9 }, new DayOfWeek[0], 8, 0)] // not beyond the longest interval
    [InlineData(new int[0], new[] { DayOfWeek.Monday }, 8, 0)]
    [InlineData(new int[0], new[] { DayOfWeek.Friday }, 6, 10)]
    public void Hours_and_days_without_news_are_skipped(int[] hours, DayOfWeek[] days, int hour, int minute)
    {
        var plan = PollPlan.After(Site, State(72) with { Pace = new FeedPace(null, hours, days) }, null, Now, Options);
        Assert.Equal(new DateTimeOffset(2026, 11, 23, hour, minute, 0, TimeSpan.Zero), plan.Next);
    }

    [Fact]
    public void A_source_that_fails_is_asked_less_and_less_often_up_to_a_day()
    {
        var waits = Enumerable.Range(1, 12)
            .Select(failures => PollPlan.AfterFailure(Site, State(72) with { Failures = failures }, null, Now, Options).Minutes).ToList();
        for (var i = 0; i < waits.Count; i++)
            Assert.InRange(waits[i], Math.Min(5 * Math.Pow(2, i) * 0.8, 1440) - 0.1, Math.Min(5 * Math.Pow(2, i) * 1.2, 1440) + 0.1);
        Assert.Equal(1440, waits[^1]);
        Assert.Equal(waits.Order(), waits);
    }

    [Fact]
    public void Sources_that_fail_together_do_not_come_back_together()
    {
        var waits = Enumerable.Range(0, 100).Select(i =>
            PollPlan.AfterFailure(Site with { Id = $"s{i}" }, State(72) with { Failures = 3 }, null, Now, Options).Minutes).ToList();
        Assert.InRange(waits.Min(), 16, 17);
        Assert.InRange(waits.Max(), 23, 24);
        Assert.True(waits.Distinct().Count() > 30);
    }

    [Theory]
    [InlineData(60, PollReason.RetryAfter)]
    [InlineData(1, PollReason.Failing)] // sooner than we would come anyway
    public void A_server_that_names_its_time_is_left_alone_until_then(int minutes, PollReason reason)
    {
        var plan = PollPlan.AfterFailure(Site, State(72) with { Failures = 1 }, TimeSpan.FromMinutes(minutes), Now, Options);
        Assert.Equal(reason, plan.Reason);
        Assert.True(plan.Next >= Now.AddMinutes(minutes));
    }

    [Fact]
    public void A_file_is_always_due()
    {
        var file = Site with { Address = "sample.xml" };
        Assert.True(PollPlan.After(file, State(1), null, Now, Options).IsDue(Now));
        Assert.True(PollPlan.AfterFailure(file, State(1) with { Failures = 9 }, null, Now, Options).IsDue(Now));
    }

    [Fact]
    public void A_timer_that_fires_a_little_early_finds_it_due()
    {
        var plan = new PollPlan(Now, PollReason.Rate, 5);
        Assert.True(plan.IsDue(Now.AddSeconds(-20)));
        Assert.False(plan.IsDue(Now.AddSeconds(-60)));
    }

    private static SourceState State(double? perDay) => SourceState.New with { PerDay = perDay, LastNews = Now };
}
