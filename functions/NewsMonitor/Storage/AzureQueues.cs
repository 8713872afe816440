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

    public Task SendAsync(string queue, string message, TimeSpan delay, CancellationToken cancel) =>
        // -1 s: a message waits for its reader as long as it takes, however long the outage.
        OnAsync(queue, "put a message into", client => client.SendMessageAsync(message, delay, TimeSpan.FromSeconds(-1), cancel), cancel);

    public Task<IReadOnlyList<QueueMessage>> ReceiveAsync(string queue, int most, TimeSpan visibility, CancellationToken cancel) =>
        OnAsync<IReadOnlyList<QueueMessage>>(
            queue, "receive from",
            async client =>
            {
                var messages = await client.ReceiveMessagesAsync(Math.Min(most, 32), visibility, cancel);
                return [.. messages.Value.Select(m => new QueueMessage(m.MessageId, m.PopReceipt, m.Body.ToString(), (int)m.DequeueCount))];
            },
            cancel);

    public Task<QueueMessage?> HideAsync(string queue, QueueMessage message, TimeSpan visibility, CancellationToken cancel) =>
        OnAsync(
            queue, "hide a message of",
            async client =>
            {
                try
                {
                    var receipt = await client.UpdateMessageAsync(message.Id, message.Receipt, visibilityTimeout: visibility, cancellationToken: cancel);
                    return message with { Receipt = receipt.Value.PopReceipt };
                }
                catch (RequestFailedException e) when (IsStale(e))
                {
                    return null;
                }
            },
            cancel);

    public Task<bool> DeleteAsync(string queue, QueueMessage message, CancellationToken cancel) =>
        OnAsync(
            queue, "delete a message of",
            async client =>
            {
                try
                {
                    await client.DeleteMessageAsync(message.Id, message.Receipt, cancel);
                    return true;
                }
                catch (RequestFailedException e) when (IsStale(e))
                {
                    return false;
                }
            },
            cancel);

    public Task<int> CountAsync(string queue, CancellationToken cancel) =>
        OnAsync(queue, "count", async client => (await client.GetPropertiesAsync(cancel)).Value.ApproximateMessagesCount, cancel);

    private async Task<T> OnAsync<T>(string queue, string doing, Func<QueueClient, Task<T>> operation, CancellationToken cancel)
    {
        var (client, exists) = _queues.GetOrAdd(queue, name =>
        {
            var made = service.GetQueueClient(name);
            return (made, new FirstUse(c => TellAsync("make", made, () => made.CreateIfNotExistsAsync(cancellationToken: c), c)));
        });
        await exists.EnsureAsync(cancel);
        try
        {
            return await TellAsync(doing, client, () => operation(client), cancel);
        }
        catch (StorageException e) when (e.InnerException is RequestFailedException { ErrorCode: "QueueNotFound" })
        {
            exists.Forget();
            throw;
        }
    }

    private static Task<T> TellAsync<T>(string doing, QueueClient queue, Func<Task<T>> operation, CancellationToken cancel) =>
        StorageException.TellAsync(
            $"{doing} the queue", new UriBuilder(queue.Uri) { Query = "" }.Uri.AbsoluteUri, operation, AccountFaults.Why, cancel);

    private static bool IsStale(RequestFailedException e) => e.Status == 404 || e.ErrorCode == "PopReceiptMismatch";
}
