using Microsoft.Extensions.Options;
using NewsMonitor.Storage;

namespace NewsMonitor.Pipeline;

/// <summary>One message a shard: what the poll timer does, and who wants a poll now.</summary>
public sealed class PollSchedule(IWorkQueues queues, FirstRun firstRun, IOptions<PipelineOptions> options)
{
    /// <param name="now">True: all sources, not only those that are due; but for those whose servers asked to be left alone.</param>
    public async Task EnqueueAsync(bool now, CancellationToken cancel)
    {
        await firstRun.PrepareAsync(cancel);
        var shards = options.Value.Shards;
        for (var shard = 0; shard < shards; shard++)
            await queues.SendDocumentAsync(Queues.Polls, new PollMessage(shard, shards, now), TimeSpan.Zero, cancel);
    }
}
