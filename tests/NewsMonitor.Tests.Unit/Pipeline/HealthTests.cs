using NewsMonitor.Digests;
using NewsMonitor.Pipeline;

namespace NewsMonitor.Tests.Unit.Pipeline;

public sealed class HealthTests
{
    private readonly StoreRoom _room = new();

    [Fact]
    public async Task What_never_polled_is_ill()
    {
        var report = await _room.CheckAsync();
        Assert.False(report.IsHealthy);
        Assert.Null(report.LastPoll);
        Assert.Equal("Nothing was polled yet.", Assert.Single(report.Problems));
    }

    [Theory]
    [InlineData(15, true)]
    [InlineData(16, false)]
    public async Task After_the_time_set_without_a_poll_it_is_ill_and_says_since_when(int minutes, bool healthy)
    {
        await _room.PolledAsync(0, ("a", false));
        _room.Time.Advance(TimeSpan.FromMinutes(minutes));
        var report = await _room.CheckAsync();
        Assert.Equal(healthy, report.IsHealthy);
        Assert.Equal(healthy ? 0 : 1, report.Problems.Count(problem => problem.Contains("2026-03-04 05:00:00Z", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Failing_sources_are_a_warning()
    {
        await _room.PolledAsync(0, ("a", false), ("b", true));
        await _room.PolledAsync(1, ("c", true));
        var report = await _room.CheckAsync();
        Assert.True(report.IsHealthy);
        Assert.Equal((3, 2), (report.Sources, report.Failing));
        Assert.Equal("2 of 3 sources fail.", Assert.Single(report.Warnings));
    }

    [Fact]
    public async Task Poisoned_messages_are_a_warning_for_each_queue_that_has_any()
    {
        var cancel = TestContext.Current.CancellationToken;
        await _room.PolledAsync(0, ("a", false));
        await _room.Queues.SendAsync(Queues.PoisonOf(EditionSender.Queue), "x", TimeSpan.Zero, cancel);
        await _room.Queues.SendAsync(Queues.PoisonOf(EditionSender.Queue), "y", TimeSpan.Zero, cancel);
        await _room.Queues.SendAsync(EditionSender.Queue, "fine", TimeSpan.Zero, cancel);
        var report = await _room.CheckAsync();
        Assert.True(report.IsHealthy);
        Assert.Equal([KeyValuePair.Create("monitor-digests-poison", 2)], report.Poison);
        Assert.Contains("monitor-digests-poison", Assert.Single(report.Warnings), StringComparison.Ordinal);
    }
}
