using NewsMonitor.Storage;

namespace NewsMonitor.Tests.Unit;

/// <summary>Queues that remember what was sent, for tests of what sends.</summary>
internal sealed class MemoryQueues : IWorkQueues
{
    private readonly List<(string Queue, string Text, TimeSpan Delay)> _sent = [];

    public IEnumerable<string> In(string queue) => _sent.Where(message => message.Queue == queue).Select(message => message.Text);

    public void Clear() => _sent.Clear();

    public Task SendAsync(string queue, string message, TimeSpan delay, CancellationToken cancel)
    {
        _sent.Add((queue, message, delay));
        return Task.CompletedTask;
    }

    public Task<int> CountAsync(string queue, CancellationToken cancel) => Task.FromResult(In(queue).Count());

    public Task<IReadOnlyList<QueueMessage>> ReceiveAsync(string queue, int most, TimeSpan visibility, CancellationToken cancel) =>
        throw new NotSupportedException();

    public Task<QueueMessage?> HideAsync(string queue, QueueMessage message, TimeSpan visibility, CancellationToken cancel) =>
        throw new NotSupportedException();

    public Task<bool> DeleteAsync(string queue, QueueMessage message, CancellationToken cancel) => throw new NotSupportedException();
}
