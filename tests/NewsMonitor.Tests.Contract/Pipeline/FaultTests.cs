using NewsMonitor.Tests.Peers;

namespace NewsMonitor.Tests.Contract.Pipeline;

/// <summary>Nothing missed and nothing twice, wherever in a cycle the storage fails or the process dies.</summary>
public abstract class FaultContract(Receiver receiver, Azurite? azurite)
{
    /// <summary>One in how many operations is disturbed, other than the main thing: every one is carried out and then the process is dead.</summary>
    protected abstract int OneIn { get; }

    [Theory]
    [InlineData(Moment.Before, true)]
    [InlineData(Moment.After, true)]
    [InlineData(Moment.Before, false)]
    [InlineData(Moment.After, false)]
    public async Task A_fault_at_any_storage_operation_changes_nothing_in_the_end(Moment moment, bool dies)
    {
        var undisturbed = await RunAsync(Fault.None);
        Assert.Equal(3, undisturbed.Count(fact => fact.StartsWith("hit ", StringComparison.Ordinal)));
        Assert.Equal(2, undisturbed.Count(fact => fact.StartsWith("story ", StringComparison.Ordinal) && fact.EndsWith(" told 1 times", StringComparison.Ordinal)));
        Assert.Equal(3, undisturbed.Count(fact => fact.StartsWith("webhook ", StringComparison.Ordinal) && fact.EndsWith(" 1 body", StringComparison.Ordinal)));
        Assert.Equal(3, undisturbed.Count(fact => fact.EndsWith(" is Delivered", StringComparison.Ordinal)));
        Assert.Equal(11, undisturbed.Count);

        var all = await EveryOperation.DisturbAsync(
            at => new Fault(at, moment, dies), async fault => EveryOperation.Compare(undisturbed, await RunAsync(fault)), dies && moment == Moment.After ? 1 : OneIn);
        all.CheckBeyond(100);
    }

    /// <summary>
    /// The feeds have rolled on before the next process comes: what was stored must still become a story that is told and a webhook. (Of an article that
    /// was not stored before its source dropped it nobody can know.)
    /// </summary>
    [Theory]
    [InlineData(Moment.After, true)]
    [InlineData(Moment.Before, false)]
    [InlineData(Moment.After, false)]
    public async Task What_was_stored_is_told_though_the_feeds_have_dropped_it(Moment moment, bool dies)
    {
        Assert.SkipWhen(SmallMonitor.SecondLook is null, "Needs HousekeepingFunctions.LookAgain, which completes what a dead process left.");
        var all = await EveryOperation.DisturbAsync(
            at => new Fault(at, moment, dies), fault => RollAsync(monitor => DisturbAsync(monitor, fault), _ => Task.CompletedTask), dies ? OneIn : 3 * OneIn);
        all.CheckBeyond(100);
    }

    [Theory]
    [InlineData(Moment.After, true)]
    [InlineData(Moment.Before, false)]
    [InlineData(Moment.After, false)]
    public async Task A_second_look_that_is_disturbed_itself_loses_and_doubles_nothing(Moment moment, bool dies)
    {
        Assert.SkipWhen(SmallMonitor.SecondLook is null, "Needs HousekeepingFunctions.LookAgain, which completes what a dead process left.");
        var untold = await FirstUntoldAsync();
        var all = await EveryOperation.DisturbAsync(
            at => new Fault(at, moment, dies),
            fault => RollAsync(monitor => DisturbAsync(monitor, new Fault(untold, Moment.After, dies: true)), monitor => DisturbAsync(monitor, fault)),
            dies ? OneIn : 3 * OneIn);
        all.CheckBeyond(50);
    }

    /// <summary>The first operation after which a process dies that has stored a hit and no story of it.</summary>
    private async Task<int> FirstUntoldAsync()
    {
        for (var at = 1; at < 1000; at++)
        {
            using var monitor = await SmallMonitor.CreateAsync(receiver, azurite: azurite);
            await DisturbAsync(monitor, new Fault(at, Moment.After, dies: true));
            var facts = await monitor.ReadAsync();
            if (facts.Any(fact => fact.StartsWith("hit ", StringComparison.Ordinal) && fact.EndsWith(" is in 0 stories", StringComparison.Ordinal)))
                return at;
        }

        throw new InvalidOperationException("There is no such operation.");
    }

    /// <summary>What is wrong when a process was disturbed, the feeds rolled on, another worked on an hour later, and others after that.</summary>
    private async Task<IReadOnlyList<string>> RollAsync(Func<SmallMonitor, Task> first, Func<SmallMonitor, Task> second)
    {
        using var monitor = await SmallMonitor.CreateAsync(receiver, azurite: azurite);
        await first(monitor);
        var stored = EndState.Hits(await monitor.ReadAsync()).ToList();
        await monitor.PublishAsync(SmallMonitor.FirstFeed, SmallMonitor.Item("c1", "وزير الخارجية يصل إلى واشنطن لبدء الحوار الاستراتيجي", "خبر آخر."));
        await monitor.PublishAsync(SmallMonitor.SecondFeed, SmallMonitor.Item("c2", "الأسواق تفتح أبوابها في الموصل بعد العيد", "خبر."));
        monitor.Time.Advance(TimeSpan.FromHours(1));
        await second(monitor);
        await monitor.SettleAsync(every: TimeSpan.FromHours(1));
        var end = await monitor.ReadAsync();
        var hits = EndState.Hits(end).ToList();
        // The new article is one more.
        return [.. stored.Except(hits).Select(hit => $"- hit {hit}"), .. hits.Count > stored.Count ? Array.Empty<string>() : ["- a hit of the new feed"], .. EndState.Wrong(end)];
    }

    private static async Task DisturbAsync(SmallMonitor monitor, Fault fault)
    {
        await using var host = monitor.Start(fault);
        await monitor.CycleAsync(host, fault);
    }

    /// <summary>One disturbed cycle, then a new process that has none.</summary>
    private async Task<IReadOnlyList<string>> RunAsync(Fault fault)
    {
        using var monitor = await SmallMonitor.CreateAsync(receiver, azurite: azurite);
        await DisturbAsync(monitor, fault);
        await monitor.SettleAsync();
        return await monitor.ReadAsync();
    }
}

public sealed class FaultTests(Receiver receiver) : FaultContract(receiver, null), IClassFixture<Receiver>
{
    protected override int OneIn => 1;
}

/// <summary>
/// The same in Azurite, where a run takes five times as long: every operation is the last of a process, which covers also those that a dead process did
/// not begin (it had ended the one before); of the rest one in seven or fewer, other ones from day to day.
/// </summary>
public sealed class AzuriteFaultTests(Receiver receiver, AzuriteFixture fixture)
    : FaultContract(receiver, fixture.Azurite), IClassFixture<Receiver>, IClassFixture<AzuriteFixture>
{
    protected override int OneIn => 7;
}
