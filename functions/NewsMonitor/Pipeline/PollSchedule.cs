using System.Text.Json;
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
        {
            var message = JsonSerializer.Serialize(new PollMessage(shard, shards), Documents.Compact);
            await queues.SendAsync(Queues.Polls, message, TimeSpan.Zero, cancel);
        }
    }
}
