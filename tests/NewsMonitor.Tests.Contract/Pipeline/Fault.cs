using System.Runtime.CompilerServices;
using Azure;
using NewsMonitor.Storage;

namespace NewsMonitor.Tests.Contract.Pipeline;

public enum Moment
{
    /// <summary>The operation is refused and not carried out.</summary>
    Before,

    /// <summary>The operation is carried out and its answer is lost.</summary>
    After,
}

/// <summary>
/// Lets one storage operation of a process fail, counted from 1 (among those on certain paths or queues), and with
/// <paramref name="dies"/> every later one too.
/// </summary>
internal sealed class Fault(int at, Moment moment, bool dies, Func<string, bool>? counts = null)
{
    private int _operations;
    private volatile bool _isDead;

    public static Fault None => new(0, Moment.Before, dies: false);

    /// <summary>The operation that failed, null as long as none did.</summary>
    public string? Struck { get; private set; }

    public bool HasDied => _isDead;

    public async Task<T> AroundAsync<T>(Func<Task<T>> operation, string what, [CallerMemberName] string name = "")
    {
        var number = counts?.Invoke(what) == false ? 0 : Interlocked.Increment(ref _operations);
        if (_isDead)
            throw new StorageException("This process is dead.", new IOException("Dead."));
        if (number == 0 || number != at)
            return await operation();
        Struck = $"{moment} {name} {what}";
        _isDead = dies;
        if (moment == Moment.Before)
            throw new StorageException("The storage failed.", new RequestFailedException(500, "Failed."));
        await operation();
        throw new StorageException("The storage did not answer in time.", new TaskCanceledException("Too late."));
    }
}

internal sealed class FaultyBlobs(IBlobStore inner, Fault fault) : IBlobStore
{
    public string Locate(string path) => inner.Locate(path);

    public Task<Blob?> ReadAsync(string path, CancellationToken cancel) => fault.AroundAsync(() => inner.ReadAsync(path, cancel), path);

    public Task<bool> CreateAsync(string path, BinaryData content, CancellationToken cancel, BlobLabels? labels = null) =>
        fault.AroundAsync(() => inner.CreateAsync(path, content, cancel, labels), path);

    public Task<bool> ReplaceAsync(string path, BinaryData content, string etag, CancellationToken cancel, BlobLabels? labels = null) =>
        fault.AroundAsync(() => inner.ReplaceAsync(path, content, etag, cancel, labels), path);

    public Task<bool> DeleteAsync(string path, CancellationToken cancel) => fault.AroundAsync(() => inner.DeleteAsync(path, cancel), path);

    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancel)
    {
        await fault.AroundAsync(() => Task.FromResult(true), prefix);
        await foreach (var path in inner.ListAsync(prefix, cancel))
            yield return path;
    }
}

internal sealed class FaultyQueues(IWorkQueues inner, Fault fault) : IWorkQueues
{
    public Task SendAsync(string queue, string message, TimeSpan delay, CancellationToken cancel) =>
        fault.AroundAsync(
            async () =>
            {
                await inner.SendAsync(queue, message, delay, cancel);
                return true;
            },
            queue);

    public Task<IReadOnlyList<QueueMessage>> ReceiveAsync(string queue, int most, TimeSpan visibility, CancellationToken cancel) =>
        fault.AroundAsync(() => inner.ReceiveAsync(queue, most, visibility, cancel), queue);

    public Task<QueueMessage?> HideAsync(string queue, QueueMessage message, TimeSpan visibility, CancellationToken cancel) =>
        fault.AroundAsync(() => inner.HideAsync(queue, message, visibility, cancel), queue);

    public Task<bool> DeleteAsync(string queue, QueueMessage message, CancellationToken cancel) =>
        fault.AroundAsync(() => inner.DeleteAsync(queue, message, cancel), queue);

    public Task<int> CountAsync(string queue, CancellationToken cancel) => fault.AroundAsync(() => inner.CountAsync(queue, cancel), queue);
}
