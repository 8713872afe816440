namespace NewsMonitor.Tests.Contract.Pipeline;

/// <summary>Two processes over one store, at the same time, on the same sources.</summary>
public sealed class ManyProcessesTests(Receiver receiver) : IClassFixture<Receiver>
{
    private const int Cycles = 6;

    [Fact]
    public async Task Two_processes_at_once_keep_and_tell_everything_once()
    {
        receiver.Takes = TimeSpan.FromMilliseconds(50);
        using var monitor = await SmallMonitor.CreateAsync(receiver, shards: 2);
        await using var one = monitor.Start(Fault.None);
        await using var other = monitor.Start(Fault.None);
        for (var cycle = 0; cycle < Cycles; cycle++)
        {
            var number = "واحد اثنان ثلاثة أربعة خمسة ستة".Split(' ')[cycle];
            // Both feeds carry one article under the same address, and one text under different addresses.
            var shared = SmallMonitor.Item($"shared-{cycle}", $"انسحاب القوات من القاعدة {number} بدأ اليوم", "خبر مشترك.");
            await monitor.PublishAsync(SmallMonitor.FirstFeed, shared, SmallMonitor.Item($"a-{cycle}", $"جولة الحوار الاستراتيجي رقم {number} تبدأ غدا", "خبر."));
            await monitor.PublishAsync(SmallMonitor.SecondFeed, SmallMonitor.Item($"b-{cycle}", $"جولة الحوار الاستراتيجي رقم {number} تبدأ غدا", "خبر."), shared);
            await Task.WhenAll(
                Task.Run(() => monitor.CycleAsync(one, Fault.None), TestContext.Current.CancellationToken),
                Task.Run(() => monitor.CycleAsync(other, Fault.None), TestContext.Current.CancellationToken));
            monitor.Time.Advance(TimeSpan.FromMinutes(5));
        }

        await monitor.SettleAsync();
        var facts = await monitor.ReadAsync();
        Assert.Equal(3 * Cycles, facts.Count(fact => fact.StartsWith("hit ", StringComparison.Ordinal)));
        Assert.Equal(3 * Cycles, facts.Where(fact => fact.StartsWith("hit ", StringComparison.Ordinal)).Distinct().Count());
        var stories = facts.Where(fact => fact.StartsWith("story ", StringComparison.Ordinal)).ToList();
        Assert.Equal(2 * Cycles, stories.Count);
        Assert.All(stories, story => Assert.EndsWith(" told 1 times", story, StringComparison.Ordinal));
        Assert.Equal(3 * Cycles, monitor.Posts.Count);
        Assert.All(monitor.Posts, post => Assert.Single(post));
        // Hits, stories, deliveries, webhooks, and nothing that went wrong.
        Assert.Equal((3 + 2 + 3 + 3) * Cycles, facts.Count);
    }
}
