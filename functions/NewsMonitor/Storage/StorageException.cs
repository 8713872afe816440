namespace NewsMonitor.Storage;

/// <summary>
/// The store is out of order: full, refused, not reachable. The message is for people: what was being done, where, why, what to do.
/// Not a <see cref="MonitorException"/>: whoever passes over a torn document must not take an outage for one.
/// </summary>
public sealed class StorageException(string message, Exception inner) : Exception(message, inner)
{
    /// <param name="doing">"read", "write" …</param>
    /// <param name="why">A sentence for people, or null when the failure is none of the store's.</param>
    internal static async Task<T> TellAsync<T>(
        string doing, string place, Func<Task<T>> operation, Func<Exception, string?> why, CancellationToken cancel)
    {
        try
        {
            return await operation();
        }
        catch (AggregateException e) when (cancel.IsCancellationRequested)
        {
            // The client says so when it is stopped after a first try had failed.
            throw new OperationCanceledException(e.Message, e, cancel);
        }
        catch (Exception e) when (!(e is OperationCanceledException && cancel.IsCancellationRequested) && why(e) is { } problem)
        {
            throw new StorageException($"Cannot {doing} {place}: {problem}", e);
        }
    }
}
