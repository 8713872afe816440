using System.Runtime.CompilerServices;

namespace NewsMonitor.Storage;

/// <summary>What storage was asked for since the process began: what a month costs is computed from these.</summary>
public sealed class StorageCounts
{
    private long _reads, _writes, _lists, _queueOperations;

    public long Reads => Interlocked.Read(ref _reads);

    public long Writes => Interlocked.Read(ref _writes);

    public long Lists => Interlocked.Read(ref _lists);

    public long QueueOperations => Interlocked.Read(ref _queueOperations);

    internal void Read() => Interlocked.Increment(ref _reads);

    internal void Write() => Interlocked.Increment(ref _writes);

    internal void List() => Interlocked.Increment(ref _lists);

    internal void QueueOperation() => Interlocked.Increment(ref _queueOperations);
}

/// <summary>Counts each operation asked of a store; the service's own retries and pages are not seen here.</summary>
public sealed class CountedBlobs(IBlobStore inner, StorageCounts counts) : IBlobStore
{
    public string Locate(string path) => inner.Locate(path);

    public Task<Blob?> ReadAsync(string path, CancellationToken cancel)
    {
        counts.Read();
        return inner.ReadAsync(path, cancel);
    }

    public Task<bool> CreateAsync(string path, BinaryData content, CancellationToken cancel, BlobLabels? labels = null)
    {
        counts.Write();
        return inner.CreateAsync(path, content, cancel, labels);
    }

    public Task<bool> ReplaceAsync(string path, BinaryData content, string etag, CancellationToken cancel, BlobLabels? labels = null)
    {
        counts.Write();
        return inner.ReplaceAsync(path, content, etag, cancel, labels);
    }

    public Task<bool> DeleteAsync(string path, CancellationToken cancel)
    {
        counts.Write();
        return inner.DeleteAsync(path, cancel);
    }

    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancel)
    {
        counts.List();
        await foreach (var path in inner.ListAsync(prefix, cancel))
            yield return path;
    }
}

/// <summary>Counts each operation asked of the queues, as <see cref="CountedBlobs"/> does.</summary>
public sealed class CountedQueues(IWorkQueues inner, StorageCounts counts) : IWorkQueues
{
    public Task SendAsync(string queue, string message, TimeSpan delay, CancellationToken cancel)
    {
        counts.QueueOperation();
        return inner.SendAsync(queue, message, delay, cancel);
    }

    public Task<IReadOnlyList<QueueMessage>> ReceiveAsync(string queue, int most, TimeSpan visibility, CancellationToken cancel)
    {
        counts.QueueOperation();
        return inner.ReceiveAsync(queue, most, visibility, cancel);
    }

    public Task<QueueMessage?> HideAsync(string queue, QueueMessage message, TimeSpan visibility, CancellationToken cancel)
    {
        counts.QueueOperation();
        return inner.HideAsync(queue, message, visibility, cancel);
    }

    public Task<bool> DeleteAsync(string queue, QueueMessage message, CancellationToken cancel)
    {
        counts.QueueOperation();
        return inner.DeleteAsync(queue, message, cancel);
    }

    public Task<int> CountAsync(string queue, CancellationToken cancel)
    {
        counts.QueueOperation();
        return inner.CountAsync(queue, cancel);
    }
}
