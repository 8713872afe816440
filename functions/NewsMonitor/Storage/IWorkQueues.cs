namespace NewsMonitor.Storage;

/// <summary>
/// Work for later, by queue name. A message is seen again when nobody deletes it within its visibility time-out,
/// so handling it must be repeatable. Messages are small JSON references, never payloads.
/// </summary>
public interface IWorkQueues
{
    Task SendAsync(string queue, string message, TimeSpan delay, CancellationToken cancel);

    /// <summary>Up to <paramref name="most"/> visible messages (at most 32), hidden from others for <paramref name="visibility"/>.</summary>
    Task<IReadOnlyList<QueueMessage>> ReceiveAsync(string queue, int most, TimeSpan visibility, CancellationToken cancel);

    /// <summary>Hides a received message for <paramref name="visibility"/> from now; null when somebody else has received it since.</summary>
    Task<QueueMessage?> HideAsync(string queue, QueueMessage message, TimeSpan visibility, CancellationToken cancel);

    /// <summary>False when somebody else has received the message since.</summary>
    Task<bool> DeleteAsync(string queue, QueueMessage message, CancellationToken cancel);

    /// <summary>How many messages there are, visible or not; near enough for people.</summary>
    Task<int> CountAsync(string queue, CancellationToken cancel);
}

/// <param name="Receipt">Proves the latest receipt; changes whenever the message is received or hidden.</param>
/// <param name="DequeueCount">1 at the first receipt.</param>
public sealed record QueueMessage(string Id, string Receipt, string Text, int DequeueCount);
