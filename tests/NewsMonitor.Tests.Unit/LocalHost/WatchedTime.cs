using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace NewsMonitor.Tests.Unit.LocalHost;

/// <summary>A clock, set to 23 November 2026 06:00 UTC, that tells who has begun to wait.</summary>
internal sealed class WatchedTime() : FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 6, 0, 0, TimeSpan.Zero))
{
    private readonly ConcurrentQueue<TimeSpan> _waits = new();

    /// <summary>How often somebody began to wait for just so long.</summary>
    public int Waits(TimeSpan time) => _waits.Count(wait => wait == time);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _waits.Enqueue(dueTime);
        return timer;
    }
}
