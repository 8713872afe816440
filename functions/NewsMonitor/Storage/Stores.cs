using Azure.Core;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Logging;

namespace NewsMonitor.Storage;

/// <summary>Opens the store that the options name. Touches no network; the file store makes its folder.</summary>
public sealed record Stores(IBlobStore Blobs, IWorkQueues Queues)
{
    public static Stores Open(StorageOptions options, TimeProvider time, ILogger<Stores>? logger = null)
    {
        if (options.Account.Length == 0)
            return new Stores(new FileBlobs(options.Data), new FileQueues(Path.Combine(options.Data, "queues"), time));

        var (blobs, queues) = Services(options.Account);
        return new Stores(new AzureBlobs(blobs.GetBlobContainerClient(options.Container), logger), new AzureQueues(queues));
    }

    private static (BlobServiceClient Blobs, QueueServiceClient Queues) Services(string account)
    {
        // A version of the REST API that has all we use, so that any Azurite since 2023 is a peer, without switches.
        var blobOptions = Bounded(new BlobClientOptions(BlobClientOptions.ServiceVersion.V2023_11_03));
        var queueOptions = Bounded(new QueueClientOptions(QueueClientOptions.ServiceVersion.V2023_11_03) { MessageEncoding = QueueMessageEncoding.None });
        try
        {
            // A connection string has the form name=value;…, the two others never hold an equals sign.
            if (account.Contains('=', StringComparison.Ordinal))
                return (new BlobServiceClient(account, blobOptions), new QueueServiceClient(account, queueOptions));

            var blobService = account.Contains("://", StringComparison.Ordinal)
                ? new Uri(account)
                : new Uri($"https://{account}.blob.core.windows.net");
            var queueService = new UriBuilder(blobService) { Host = blobService.Host.Replace(".blob.", ".queue.", StringComparison.Ordinal) }.Uri;
            var identity = new DefaultAzureCredential();
            return (new BlobServiceClient(blobService, identity, blobOptions), new QueueServiceClient(queueService, identity, queueOptions));
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
            // The value may hold a key: it is never repeated.
            throw new MonitorException(
                "The storage account (--storage, Storage:Account) is not a connection string, a blob service URL or an account name.", e);
        }
    }

    private static T Bounded<T>(T options)
        where T : ClientOptions
    {
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(30);
        options.Retry.MaxRetries = 4;
        options.Retry.MaxDelay = TimeSpan.FromSeconds(10);
        return options;
    }
}
