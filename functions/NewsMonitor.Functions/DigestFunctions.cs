using Microsoft.Azure.Functions.Worker;
using NewsMonitor.Digests;

namespace NewsMonitor.Functions;

public sealed class DigestFunctions(EditionSchedule schedule, EditionSender sender)
{
    [Function(nameof(ScheduleDigests))]
    public Task ScheduleDigests([TimerTrigger("%DigestSchedule%")] TimerInfo timer, CancellationToken cancel) =>
        schedule.EnqueueAsync(cancel);

    [Function(nameof(SendDigest))]
    public Task SendDigest([QueueTrigger(EditionSender.Queue)] DigestMessage message, CancellationToken cancel) =>
        sender.RunAsync(message, cancel);
}
