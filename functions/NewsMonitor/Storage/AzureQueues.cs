using System.Collections.Concurrent;
using Azure;
using Azure.Storage.Queues;

namespace NewsMonitor.Storage;

/// <summary>
/// Azure Storage queues, made on first use. Messages are plain text (host.json says <c>"messageEncoding": "none"</c>), so that a
/// person can read them. The service must have been made with <see cref="QueueMessageEncoding.None"/>.
/// </summary>
public sealed class AzureQueues(QueueServiceClient service) : IWorkQueues
{
    private readonly ConcurrentDictionary<string, (QueueClient Client, FirstUse Exists)> _queues = new(StringComparer.Ordinal);

    public async Task SendAsync(string queue, string message, TimeSpan delay, CancellationToken cancel)
    {
        var client = await QueueAsync(queue, cancel);
        // -1 s: a message waits for its reader as long as it takes, however long the outage.
        await client.SendMessageAsync(message, delay, TimeSpan.FromSeconds(-1), cancel);
    }

    public async Task<IReadOnlyList<QueueMessage>> ReceiveAsync(string queue, int most, TimeSpan visibility, CancellationToken cancel)
    {
        var client = await QueueAsync(queue, cancel);
        var messages = await client.ReceiveMessagesAsync(Math.Min(most, 32), visibility, cancel);
        return [.. messages.Value.Select(m => new QueueMessage(m.MessageId, m.PopReceipt, m.Body.ToString(), (int)m.DequeueCount))];
    }

    public async Task<QueueMessage?> HideAsync(string queue, QueueMessage message, TimeSpan visibility, CancellationToken cancel)
    {
        var client = await QueueAsync(queue, cancel);
        try
        {
            var receipt = await client.UpdateMessageAsync(message.Id, message.Receipt, visibilityTimeout: visibility, cancellationToken: cancel);
            return message with { Receipt = receipt.Value.PopReceipt };
        }
        catch (RequestFailedException e) when (IsStale(e))
        {
            return null;
        }
    }

    public async Task<bool> DeleteAsync(string queue, QueueMessage message, CancellationToken cancel)
    {
        var client = await QueueAsync(queue, cancel);
        try
        {
            await client.DeleteMessageAsync(message.Id, message.Receipt, cancel);
            return true;
        }
        catch (RequestFailedException e) when (IsStale(e))
        {
            return false;
        }
    }

    public async Task<int> CountAsync(string queue, CancellationToken cancel)
    {
        var client = await QueueAsync(queue, cancel);
        var properties = await client.GetPropertiesAsync(cancel);
        return properties.Value.ApproximateMessagesCount;
    }

    private async ValueTask<QueueClient> QueueAsync(string queue, CancellationToken cancel)
    {
        var (client, exists) = _queues.GetOrAdd(queue, name =>
        {
            var made = service.GetQueueClient(name);
            return (made, new FirstUse(c => made.CreateIfNotExistsAsync(cancellationToken: c)));
        });
        await exists.EnsureAsync(cancel);
        return client;
    }

    private static bool IsStale(RequestFailedException e) => e.Status == 404 || e.ErrorCode == "PopReceiptMismatch";
}
