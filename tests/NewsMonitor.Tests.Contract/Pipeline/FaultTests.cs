using System.Collections.Concurrent;

namespace NewsMonitor.Tests.Contract.Pipeline;

/// <summary>Nothing missed and nothing twice, wherever in a cycle the storage fails or the process dies.</summary>
public sealed class FaultTests(Receiver receiver) : IClassFixture<Receiver>
{
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

        var differences = new ConcurrentQueue<string>();
        var last = 0;
        await Parallel.ForEachAsync(Enumerable.Range(1, 1000), TestContext.Current.CancellationToken, async (at, _) =>
        {
            if (last > 0 && at > last)
                return;
            var fault = new Fault(at, moment, dies);
            var found = await RunAsync(fault);
            if (fault.Struck is null)
                last = at;
            else if (!found.SequenceEqual(undisturbed))
                differences.Enqueue($"{at} {fault.Struck}: {string.Join("; ", undisturbed.Except(found).Select(f => "- " + f).Concat(found.Except(undisturbed).Select(f => "+ " + f)))}");
        });

        Assert.InRange(last, 100, 999);
        Assert.Empty(differences);
    }

    /// <summary>One disturbed cycle, then a new process that has none.</summary>
    private async Task<IReadOnlyList<string>> RunAsync(Fault fault)
    {
        using var monitor = await SmallMonitor.CreateAsync(receiver);
        await using (var host = monitor.Start(fault))
            await monitor.CycleAsync(host, fault);
        await monitor.SettleAsync();
        return await monitor.ReadAsync();
    }
}
