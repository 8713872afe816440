using Microsoft.Extensions.Time.Testing;
using NewsMonitor.Http;

namespace NewsMonitor.Tests.Unit.Http;

public sealed class HostGateTests
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_host_gets_so_many_at_a_time_and_another_is_not_held_up()
    {
        var gate = new HostGate(2, TimeSpan.Zero, _time);
        var first = await gate.EnterAsync("a", false, Cancel);
        using var second = await gate.EnterAsync("a", false, Cancel);
        var third = gate.EnterAsync("a", false, Cancel);
        using var other = await gate.EnterAsync("b", false, Cancel);
        Assert.False(third.IsCompleted);
        first.Dispose();
        first.Dispose(); // counts once
        using var entered = await third;
        Assert.False(gate.EnterAsync("a", false, Cancel).IsCompleted);
    }

    [Fact]
    public async Task Between_two_requests_to_one_host_lies_a_pause()
    {
        var gate = new HostGate(2, Pause, _time);
        (await gate.EnterAsync("a", false, Cancel)).Dispose();
        var second = gate.EnterAsync("a", false, Cancel);
        var third = gate.EnterAsync("a", false, Cancel);
        Assert.False(second.IsCompleted);
        _time.Advance(Pause);
        (await second).Dispose();
        Assert.False(third.IsCompleted);
        _time.Advance(Pause);
        (await third).Dispose();
        _time.Advance(Pause);
        Assert.True(gate.EnterAsync("a", false, Cancel).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task This_machine_is_asked_without_pauses()
    {
        var gate = new HostGate(1, Pause, _time);
        for (var i = 0; i < 3; i++)
            (await gate.EnterAsync("127.0.0.1:80", true, Cancel)).Dispose();
    }

    [Fact]
    public async Task Who_gives_up_waiting_takes_no_place()
    {
        var gate = new HostGate(1, Pause, _time);
        var first = await gate.EnterAsync("a", false, Cancel);
        using var stop = new CancellationTokenSource();
        var waiting = gate.EnterAsync("a", false, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        first.Dispose();

        using var again = new CancellationTokenSource();
        var pausing = gate.EnterAsync("a", false, again.Token); // has a place, waits for its moment
        await again.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pausing);
        _time.Advance(Pause * 2);
        Assert.True(gate.EnterAsync("a", false, Cancel).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Hosts_that_are_not_asked_any_more_are_forgotten_and_those_in_use_are_not()
    {
        var gate = new HostGate(1, Pause, _time);
        using var busy = await gate.EnterAsync("busy", false, Cancel);
        for (var i = 0; i < 3_000; i++)
            (await gate.EnterAsync($"host{i}", false, Cancel)).Dispose();
        Assert.False(gate.EnterAsync("busy", false, Cancel).IsCompleted);
    }
}
