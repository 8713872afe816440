using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using NewsMonitor.Digests;
using NewsMonitor.Pipeline;
using NewsMonitor.Storage;

namespace NewsMonitor.Tests.Unit.Pipeline;

/// <summary>A store with poll state, and the parts of the pipeline that look at it.</summary>
internal sealed class StoreRoom
{
    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 4, 5, 0, 0, TimeSpan.Zero));

    public MemoryBlobs Blobs { get; } = new();

    public MemoryQueues Queues { get; } = new();

    public IOptions<PipelineOptions> Options { get; } = Microsoft.Extensions.Options.Options.Create(new PipelineOptions { Shards = 2, StaleAfterMinutes = 15 });

    public SubscriberStore Subscribers => new(Blobs, Time, NullLogger<SubscriberStore>.Instance);

    public FirstRun FirstRun => new(Blobs, Subscribers, Time, NullLogger<FirstRun>.Instance);

    public Task<HealthReport> CheckAsync() => new Health(Blobs, Queues, Time, Options).CheckAsync(TestContext.Current.CancellationToken);

    /// <summary>What a poll of one shard leaves.</summary>
    public Task PolledAsync(int shard, params (string Id, bool Fails)[] sources) => Blobs.ChangeDocumentAsync<ShardState>(
        ShardState.PathOf(shard, Options.Value.Shards),
        old => (old ?? ShardState.Empty).With(Time.GetUtcNow(), sources.Select(source => KeyValuePair.Create(
            source.Id, SourceState.New with { LastPoll = Time.GetUtcNow(), FailingSince = source.Fails ? Time.GetUtcNow() : null }))),
        TestContext.Current.CancellationToken);
}
