using System.Collections.Concurrent;
using NewsMonitor.Storage;

namespace NewsMonitor.Tests.Contract.Pipeline;

/// <summary>
/// Queues of a real service, with names of their own, on the tests' clock: a killed process's message shows itself again when that clock says
/// so. Sending, receiving, receipts, counts and deleting are the service's. What is not: when a time is over, this shows the message
/// by the latest receipt, and a delayed message is sent then. What the service's own clock does is tested where real processes are killed.
/// </summary>
internal sealed class ClockedQueues(IWorkQueues inner, string prefix, TimeProvider time) : IWorkQueues
{
    /// <summary>No test lasts so long.</summary>
    private static readonly TimeSpan Ever = TimeSpan.FromHours(12);

    private readonly ConcurrentDictionary<string, Hidden> _hidden = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Guid, Delayed> _delayed = new();

    public async Task SendAsync(string queue, string message, TimeSpan delay, CancellationToken cancel)
    {
        if (delay <= TimeSpan.Zero)
            await inner.SendAsync(prefix + queue, message, TimeSpan.Zero, cancel);
        else
            _delayed[Guid.NewGuid()] = new Delayed(queue, message, time.GetUtcNow() + delay);
    }

    public async Task<IReadOnlyList<QueueMessage>> ReceiveAsync(string queue, int most, TimeSpan visibility, CancellationToken cancel)
    {
        await ShowAsync(queue, cancel);
        var received = await inner.ReceiveAsync(prefix + queue, most, Ever, cancel);
        foreach (var message in received)
            _hidden[message.Id] = new Hidden(queue, message, time.GetUtcNow() + visibility);
        return received;
    }

    public async Task<QueueMessage?> HideAsync(string queue, QueueMessage message, TimeSpan visibility, CancellationToken cancel)
    {
        if (await inner.HideAsync(prefix + queue, message, visibility > TimeSpan.Zero ? Ever : TimeSpan.Zero, cancel) is not { } latest)
            return null;
        _hidden[message.Id] = new Hidden(queue, latest, time.GetUtcNow() + visibility);
        return latest;
    }

    public async Task<bool> DeleteAsync(string queue, QueueMessage message, CancellationToken cancel)
    {
        if (!await inner.DeleteAsync(prefix + queue, message, cancel))
            return false;
        _hidden.TryRemove(message.Id, out _);
        return true;
    }

    public async Task<int> CountAsync(string queue, CancellationToken cancel) =>
        await inner.CountAsync(prefix + queue, cancel) + _delayed.Values.Count(message => message.Queue == queue);

    private async Task ShowAsync(string queue, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        // Nobody's when somebody has renewed or deleted it meanwhile: its receipt is old then.
        foreach (var due in _hidden.Where(entry => entry.Value.Queue == queue && entry.Value.Until <= now))
        {
            if (_hidden.TryRemove(due))
                await inner.HideAsync(prefix + queue, due.Value.Message, TimeSpan.Zero, cancel);
        }

        foreach (var due in _delayed.Where(entry => entry.Value.Queue == queue && entry.Value.Until <= now))
        {
            if (_delayed.TryRemove(due))
                await inner.SendAsync(prefix + queue, due.Value.Text, TimeSpan.Zero, cancel);
        }
    }

    private sealed record Hidden(string Queue, QueueMessage Message, DateTimeOffset Until);

    private sealed record Delayed(string Queue, string Text, DateTimeOffset Until);
}
