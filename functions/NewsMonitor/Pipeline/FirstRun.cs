using Microsoft.Extensions.Logging;
using NewsMonitor.Digests;
using NewsMonitor.Sources;
using NewsMonitor.Storage;
using NewsMonitor.Topics;

namespace NewsMonitor.Pipeline;

/// <summary>
/// Fills an empty store with the shipped lists, which the operator owns from then on, and one sample subscriber whose mail only ever
/// reaches the outbox. Done once a store: what the operator removes does not come back.
/// </summary>
public sealed class FirstRun(IBlobStore blobs, SubscriberStore subscribers, TimeProvider time, ILogger<FirstRun> logger)
{
    private const string MarkPath = "state/first-run.json";

    /// <summary>RFC 2606 keeps .invalid for addresses that can reach nobody.</summary>
    private const string SampleAddress = "sample-reader@newsmonitor.invalid";

    private static readonly string[] ShippedFiles = [SourceCatalog.ListName, TopicCatalog.FileName, TopicCatalog.ExamplesName, "sample-feed.xml"];

    private volatile bool _isDone;

    public async Task PrepareAsync(CancellationToken cancel)
    {
        if (_isDone)
            return;
        if (await blobs.ReadAsync(MarkPath, cancel) is null)
        {
            foreach (var file in ShippedFiles)
            {
                var shipped = await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "Shipped", file), cancel);
                if (await blobs.CreateAsync(file, BinaryData.FromBytes(shipped), cancel))
                    logger.LogInformation("First run: wrote {File}.", blobs.Locate(file));
            }

            await subscribers.AddAsync(
                new NewSubscriber(SampleAddress, "ar", "Asia/Baghdad", Cadence.Instant, default, default, [], Strength.Possible, OutboxOnly: true),
                cancel);
            await blobs.CreateDocumentAsync(MarkPath, new Mark(time.GetUtcNow()), cancel);
        }

        _isDone = true;
    }

    private sealed record Mark(DateTimeOffset At, int Schema = 1);
}
