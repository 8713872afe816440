using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NewsMonitor.Storage;

namespace NewsMonitor.LocalHost;

/// <summary>
/// Runs a queue's messages through its function as the Functions host does: in batches, several at a time, a failed message is shown
/// again after the visibility time-out, and one that fails too often is moved to the poison queue.
/// </summary>
internal sealed class QueueListener(
    QueueFunction function, HostJson host, IWorkQueues queues, IServiceScopeFactory scopes, TimeProvider time, ILogger<QueueListener> logger)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// How long a message in hand is hidden, renewed at half time. The Functions host takes ten minutes; one minute lets another
    /// process go on sooner with what a killed one left.
    /// </summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private static readonly JsonSerializerOptions CaseInsensitive = new() { PropertyNameCaseInsensitive = true };

    /// <summary>Handles what is visible now and what appears meanwhile, until nothing is; returns how many messages that were.</summary>
    public async Task<int> DrainAsync(CancellationToken stopping, CancellationToken abort)
    {
        var handled = 0;
        var inHand = new List<Task>();
        try
        {
            while (true)
            {
                var hasRoom = inHand.Count <= host.NewBatchThreshold && !stopping.IsCancellationRequested;
                var batch = hasRoom ? await ReceiveAsync(stopping) : [];
                handled += batch.Count;
                inHand.AddRange(batch.Select(message => HandleAsync(message, abort)));
                if (inHand.Count == 0)
                    return handled;
                if (batch.Count > 0)
                    continue;
                // Look again when a message is done, or, so that a slow one delays no other, after a pause.
                await Task.WhenAny([.. inHand, Task.Delay(ShortestPause * 5, time, CancellationToken.None)]);
                inHand.RemoveAll(task => task.IsCompleted);
            }
        }
        finally
        {
            // Also when the queue cannot be read: what is in hand is finished first.
            await Task.WhenAll(inHand);
        }
    }

    /// <summary>Drains until stopped, with pauses that grow while the queue is empty.</summary>
    public async Task ListenAsync(CancellationToken stopping, CancellationToken abort)
    {
        var pause = ShortestPause;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                pause = await DrainAsync(stopping, abort) > 0 ? ShortestPause : pause * 2;
            }
            catch (Exception e)
            {
                // A time-out of the storage client, too, which comes as a cancellation.
                logger.LogWarning("Queue {Queue}: cannot be read: {Problem}", function.Queue, e.Message);
                pause = host.MaxPollingInterval;
            }

            pause = pause < host.MaxPollingInterval ? pause : host.MaxPollingInterval;
            await Task.Delay(pause, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<IReadOnlyList<QueueMessage>> ReceiveAsync(CancellationToken stopping)
    {
        try
        {
            return await queues.ReceiveAsync(function.Queue, host.BatchSize, Lease, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return [];
        }
    }

    private async Task HandleAsync(QueueMessage message, CancellationToken abort)
    {
        try
        {
            if (message.DequeueCount > host.MaxDequeueCount)
            {
                // Nobody saw it fail: each process that had it in hand died.
                await PoisonAsync(message, abort);
                return;
            }

            var (latest, failure) = await RunAsync(message, abort);
            if (latest is null)
                logger.LogWarning("Queue {Queue}: message {Id} was lost to another process while it ran.", function.Queue, message.Id);
            else if (failure is null)
                await queues.DeleteAsync(function.Queue, latest, abort);
            else if (message.DequeueCount >= host.MaxDequeueCount)
                await PoisonAsync(latest, abort);
            else
                await queues.HideAsync(function.Queue, latest, host.VisibilityTimeout, abort);
        }
        catch (OperationCanceledException) when (abort.IsCancellationRequested)
        {
            // The message shows itself again when its lease is over.
        }
        catch (Exception e)
        {
            logger.LogWarning("Queue {Queue}: message {Id}: {Problem}", function.Queue, message.Id, e.Message);
        }
    }

    /// <summary>Runs the function and keeps the message hidden meanwhile; the message with its latest receipt, null when it was lost.</summary>
    private async Task<(QueueMessage? Latest, Exception? Failure)> RunAsync(QueueMessage message, CancellationToken abort)
    {
        var run = InvokeAsync(message, abort);
        QueueMessage? latest = message;
        while (latest is not null && await Task.WhenAny(run, Task.Delay(Lease / 2, time, abort)) != run && !abort.IsCancellationRequested)
            latest = await RenewAsync(latest, abort);
        try
        {
            await run;
            return (latest, null);
        }
        catch (OperationCanceledException) when (abort.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e)
        {
            logger.LogWarning("{Function}, try {Try} of {Most}: {Problem}",
                function.Function.Name, message.DequeueCount, host.MaxDequeueCount, e is MonitorException ? e.Message : e.ToString());
            return (latest, e);
        }
    }

    /// <summary>The function runs on when this fails once: half of the lease is left to try again.</summary>
    private async Task<QueueMessage?> RenewAsync(QueueMessage message, CancellationToken abort)
    {
        try
        {
            return await queues.HideAsync(function.Queue, message, Lease, abort);
        }
        catch (Exception e)
        {
            logger.LogWarning("Queue {Queue}: message {Id} could not be kept hidden: {Problem}", function.Queue, message.Id, e.Message);
            return message;
        }
    }

    private async Task InvokeAsync(QueueMessage message, CancellationToken abort)
    {
        var type = function.Function.Trigger.ParameterType;
        var argument = type == typeof(string)
            ? message.Text
            : JsonSerializer.Deserialize(message.Text, type, CaseInsensitive) ?? throw new JsonException("The message is null.");
        await using var scope = scopes.CreateAsyncScope();
        await function.Function.InvokeAsync(scope.ServiceProvider, argument, abort);
    }

    private async Task PoisonAsync(QueueMessage message, CancellationToken abort)
    {
        await queues.SendAsync($"{function.Queue}-poison", message.Text, TimeSpan.Zero, abort);
        await queues.DeleteAsync(function.Queue, message, abort);
        logger.LogError("Queue {Queue}: a message failed {Times} times and was moved to {Queue}-poison.",
            function.Queue, message.DequeueCount, function.Queue);
    }
}
