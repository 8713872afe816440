namespace NewsMonitor.Tests.Contract.Pipeline;

/// <summary>What goes wrong with one source stays its own.</summary>
public sealed class OneSourceTests(Receiver receiver) : IClassFixture<Receiver>
{
    [Theory]
    [InlineData(Moment.Before)]
    [InlineData(Moment.After)]
    public async Task A_storage_fault_in_one_source_neither_stops_the_others_nor_the_shard(Moment moment)
    {
        using var monitor = await SmallMonitor.CreateAsync(receiver);
        var fault = new Fault(1, moment, dies: false, path => path == SmallMonitor.FirstFeed);
        await using var host = monitor.Start(fault);
        await monitor.CycleAsync(host, fault);

        Assert.NotNull(fault.Struck);
        var facts = await monitor.ReadAsync();
        Assert.Equal(2, facts.Count(fact => fact.StartsWith("hit ", StringComparison.Ordinal)));
        // The message is done: the next poll reads the source again.
        Assert.DoesNotContain(facts, fact => fact.EndsWith(" messages left", StringComparison.Ordinal));
    }
}
