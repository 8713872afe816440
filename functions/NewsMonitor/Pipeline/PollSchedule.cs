using Microsoft.Extensions.Options;
using NewsMonitor.Storage;

namespace NewsMonitor.Pipeline;

/// <summary>What the poll timer does: one message a shard.</summary>
public sealed class PollSchedule(IWorkQueues queues, FirstRun firstRun, IOptions<PipelineOptions> options)
{
    public async Task EnqueueAsync(CancellationToken cancel)
    {
        await firstRun.PrepareAsync(cancel);
        var shards = options.Value.Shards;
        for (var shard = 0; shard < shards; shard++)
            await queues.SendDocumentAsync(Queues.Polls, new PollMessage(shard, shards), TimeSpan.Zero, cancel);
    }
}
