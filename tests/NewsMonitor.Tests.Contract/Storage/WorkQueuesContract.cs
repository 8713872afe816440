using Microsoft.Extensions.Time.Testing;
using NewsMonitor.Storage;
using NewsMonitor.Tests.Peers;

namespace NewsMonitor.Tests.Contract.Storage;

/// <summary>What every implementation of the queues promises.</summary>
public abstract class WorkQueuesContract
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    private readonly string _queue = $"work-{Guid.NewGuid():n}";

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected abstract IWorkQueues Queues { get; }

    [Fact]
    public async Task A_message_arrives_once_and_is_hidden_from_others()
    {
        await Queues.SendAsync(_queue, """{"shard":3,"text":"خبر"}""", TimeSpan.Zero, Cancel);
        var message = Assert.Single(await Queues.ReceiveAsync(_queue, 32, Long, Cancel));
        Assert.Equal("""{"shard":3,"text":"خبر"}""", message.Text);
        Assert.Equal(1, message.DequeueCount);
        Assert.Empty(await Queues.ReceiveAsync(_queue, 32, Long, Cancel));
        Assert.Equal(1, await Queues.CountAsync(_queue, Cancel));
    }

    [Fact]
    public async Task A_deleted_message_is_gone()
    {
        await Queues.SendAsync(_queue, "x", TimeSpan.Zero, Cancel);
        var message = Assert.Single(await Queues.ReceiveAsync(_queue, 1, Long, Cancel));
        Assert.True(await Queues.DeleteAsync(_queue, message, Cancel));
        Assert.False(await Queues.DeleteAsync(_queue, message, Cancel));
        Assert.Equal(0, await Queues.CountAsync(_queue, Cancel));
    }

    [Fact]
    public async Task A_message_made_visible_again_counts_its_receipts()
    {
        await Queues.SendAsync(_queue, "x", TimeSpan.Zero, Cancel);
        var first = Assert.Single(await Queues.ReceiveAsync(_queue, 1, Long, Cancel));
        var shown = await Queues.HideAsync(_queue, first, TimeSpan.Zero, Cancel);
        Assert.NotNull(shown);
        var second = Assert.Single(await Queues.ReceiveAsync(_queue, 1, Long, Cancel));
        Assert.Equal(2, second.DequeueCount);
        Assert.Equal(first.Id, second.Id);
        Assert.Equal("x", second.Text);
    }

    [Fact]
    public async Task An_old_receipt_neither_hides_nor_deletes()
    {
        await Queues.SendAsync(_queue, "x", TimeSpan.Zero, Cancel);
        var first = Assert.Single(await Queues.ReceiveAsync(_queue, 1, Long, Cancel));
        await Queues.HideAsync(_queue, first, TimeSpan.Zero, Cancel);
        var second = Assert.Single(await Queues.ReceiveAsync(_queue, 1, Long, Cancel));
        Assert.Null(await Queues.HideAsync(_queue, first, Long, Cancel));
        Assert.False(await Queues.DeleteAsync(_queue, first, Cancel));
        Assert.True(await Queues.DeleteAsync(_queue, second, Cancel));
    }

    [Fact]
    public async Task A_delayed_message_waits()
    {
        await Queues.SendAsync(_queue, "later", Long, Cancel);
        Assert.Empty(await Queues.ReceiveAsync(_queue, 32, Long, Cancel));
        Assert.Equal(1, await Queues.CountAsync(_queue, Cancel));
    }

    [Fact]
    public async Task Competing_receivers_share_without_overlap()
    {
        for (var i = 0; i < 60; i++)
            await Queues.SendAsync(_queue, $"{i}", TimeSpan.Zero, Cancel);
        var received = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(DrainAsync, Cancel)));
        Assert.Equal(Enumerable.Range(0, 60), received.SelectMany(r => r).Select(int.Parse).Order());
    }

    [Fact]
    public async Task At_most_as_many_as_asked_arrive()
    {
        for (var i = 0; i < 5; i++)
            await Queues.SendAsync(_queue, $"{i}", TimeSpan.Zero, Cancel);
        Assert.Equal(3, (await Queues.ReceiveAsync(_queue, 3, Long, Cancel)).Count);
        Assert.Equal(2, (await Queues.ReceiveAsync(_queue, 32, Long, Cancel)).Count);
    }

    private async Task<List<string>> DrainAsync()
    {
        var texts = new List<string>();
        while (await Queues.ReceiveAsync(_queue, 4, Long, Cancel) is { Count: > 0 } messages)
        {
            foreach (var message in messages)
            {
                texts.Add(message.Text);
                Assert.True(await Queues.DeleteAsync(_queue, message, Cancel));
            }
        }

        return texts;
    }
}

public sealed class FileQueuesTests : WorkQueuesContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 6, 0, 0, TimeSpan.Zero));

    public FileQueuesTests() => Queues = new FileQueues(_folder.Path, _time);

    protected override IWorkQueues Queues { get; }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Hidden_and_delayed_messages_appear_when_their_time_has_come()
    {
        await Queues.SendAsync("q", "now", TimeSpan.Zero, Cancel);
        await Queues.SendAsync("q", "later", TimeSpan.FromSeconds(90), Cancel);
        Assert.Equal(["now"], (await Queues.ReceiveAsync("q", 32, TimeSpan.FromSeconds(60), Cancel)).Select(m => m.Text));
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(["now"], (await Queues.ReceiveAsync("q", 32, TimeSpan.FromSeconds(60), Cancel)).Select(m => m.Text));
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal([("later", 1), ("now", 3)],
            (await Queues.ReceiveAsync("q", 32, TimeSpan.FromSeconds(60), Cancel)).Select(m => (m.Text, m.DequeueCount)).Order());
    }
}

public sealed class AzureQueuesTests(AzuriteFixture fixture) : WorkQueuesContract, IClassFixture<AzuriteFixture>
{
    protected override IWorkQueues Queues { get; } =
        Stores.Open(new StorageOptions { Account = fixture.Azurite.ConnectionString }, TimeProvider.System).Queues;
}
