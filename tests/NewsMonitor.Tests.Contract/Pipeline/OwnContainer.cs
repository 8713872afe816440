using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using NewsMonitor.Storage;
using NewsMonitor.Tests.Peers;

namespace NewsMonitor.Tests.Contract.Pipeline;

/// <summary>A container in Azurite and the queues that go with it, which are gone when the test is over: Azurite searches all there are.</summary>
internal sealed class OwnContainer : IDisposable
{
    private readonly string _account;

    public OwnContainer(Azurite azurite)
    {
        _account = azurite.ConnectionString;
        var stores = Stores.Open(new StorageOptions { Account = _account, Container = Name }, TimeProvider.System);
        (Blobs, Queues) = (stores.Blobs, stores.Queues);
    }

    /// <summary>Short: with it queues have names of at most 63 characters.</summary>
    public string Name { get; } = $"run-{Guid.NewGuid():n}"[..20];

    public IBlobStore Blobs { get; }

    public IWorkQueues Queues { get; }

    public void Dispose()
    {
        // As the stores open it: a version of the REST API that any Azurite knows.
        new BlobContainerClient(_account, Name, new BlobClientOptions(BlobClientOptions.ServiceVersion.V2023_11_03)).DeleteIfExists();
        var queues = new QueueServiceClient(_account, new QueueClientOptions(QueueClientOptions.ServiceVersion.V2023_11_03));
        foreach (var queue in queues.GetQueues(prefix: Name).ToList())
            queues.DeleteQueue(queue.Name);
    }
}
