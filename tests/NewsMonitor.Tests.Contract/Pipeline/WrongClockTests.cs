namespace NewsMonitor.Tests.Contract.Pipeline;

/// <summary>
/// Processes whose clocks are hours apart, on both sides of midnight, and one whose clock jumps by a day: nothing is lost or told twice. (What is put
/// off until a time waits for that time on the clock of whoever looks.)
/// </summary>
public sealed class WrongClockTests(Receiver receiver) : IClassFixture<Receiver>
{
    private const int Rounds = 6;

    /// <summary>After 06:00, where monitors of tests begin; three hours later, or earlier, it is another day.</summary>
    private static readonly TimeSpan LateEvening = TimeSpan.FromHours(16);
    private static readonly TimeSpan EarlyMorning = TimeSpan.FromHours(19);

    [Theory]
    [InlineData(3)]
    [InlineData(-3)]
    public async Task What_a_dead_process_left_is_finished_by_one_with_another_clock(int hours)
    {
        var all = await EveryOperation.DisturbAsync(
            at => new Fault(at, Moment.After, dies: true),
            async fault =>
            {
                using var monitor = await SubscribedAsync();
                monitor.Time.Advance(hours > 0 ? LateEvening : EarlyMorning);
                await monitor.PublishNewsAsync();
                await using (var host = monitor.Start(fault))
                    await monitor.CycleAsync(host, fault);
                await monitor.SettleAsync(TimeSpan.FromHours(1), atLeast: 6, new ShiftedClock(monitor.Time) { By = TimeSpan.FromHours(hours) });
                return Wrong(await monitor.ReadAsync(), hits: 3);
            },
            step: 3);
        all.CheckBeyond(80);
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(-3, -3)]
    [InlineData(0, 24)]
    [InlineData(0, -24)]
    public async Task Two_processes_with_different_clocks_keep_and_tell_everything_once(int first, int then)
    {
        using var monitor = await SubscribedAsync();
        monitor.Time.Advance(first >= 0 ? LateEvening : EarlyMorning);
        var clock = new ShiftedClock(monitor.Time);
        await using var right = monitor.Start(Fault.None);
        await using var other = monitor.Start(Fault.None, clock);
        List<string> earlier = [], later = [];
        for (var round = 0; round < Rounds; round++)
        {
            var number = "واحد اثنان ثلاثة أربعة خمسة ستة".Split(' ')[round];
            var shared = SmallMonitor.Item($"shared-{round}", $"انسحاب القوات من القاعدة {number} بدأ اليوم", "خبر مشترك.");
            earlier.AddRange([shared, SmallMonitor.Item($"a-{round}", $"جولة الحوار الاستراتيجي رقم {number} تبدأ غدا", "خبر.")]);
            later.AddRange([SmallMonitor.Item($"b-{round}", $"جولة الحوار الاستراتيجي رقم {number} تبدأ غدا", "خبر."), shared]);
            await monitor.PublishAsync(SmallMonitor.FirstFeed, earlier);
            await monitor.PublishAsync(SmallMonitor.SecondFeed, later);
            clock.By = TimeSpan.FromHours(round % 2 == 0 ? first : then);
            await Task.WhenAll(
                Task.Run(() => monitor.CycleAsync(right, Fault.None), TestContext.Current.CancellationToken),
                Task.Run(() => monitor.CycleAsync(other, Fault.None), TestContext.Current.CancellationToken));
            monitor.Time.Advance(TimeSpan.FromMinutes(5));
        }

        // So long that all that was put off on any clock is due on the right one.
        await monitor.SettleAsync(TimeSpan.FromHours(5), atLeast: 6);
        var facts = await monitor.ReadAsync();
        var wrong = Wrong(facts, 3 * Rounds);
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(2 * Rounds, facts.Count(fact => fact.StartsWith("story ", StringComparison.Ordinal)));
    }

    /// <summary>With a subscriber of some hours ago: what was first seen before somebody subscribed, by whichever clock, is not his.</summary>
    private async Task<SmallMonitor> SubscribedAsync()
    {
        var monitor = await SmallMonitor.CreateAsync(receiver);
        await monitor.PublishAsync(SmallMonitor.FirstFeed);
        await monitor.PublishAsync(SmallMonitor.SecondFeed);
        await monitor.SettleAsync();
        return monitor;
    }

    private static IReadOnlyList<string> Wrong(IReadOnlyList<string> facts, int hits) =>
        EndState.Hits(facts).Count() is var found && found != hits ? [$"{found} hits", .. EndState.Wrong(facts)] : EndState.Wrong(facts);

    /// <summary>Shows another time; what waits, waits as long as by the right one.</summary>
    private sealed class ShiftedClock(TimeProvider right) : TimeProvider
    {
        public TimeSpan By { get; set; }

        public override long TimestampFrequency => right.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => right.GetUtcNow() + By;

        public override long GetTimestamp() => right.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            right.CreateTimer(callback, state, dueTime, period);
    }
}
