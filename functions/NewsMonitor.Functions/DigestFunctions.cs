using Microsoft.Azure.Functions.Worker;
using NewsMonitor.Digests;
using NewsMonitor.Pipeline;

namespace NewsMonitor.Functions;

public sealed class DigestFunctions(EditionSchedule schedule, EditionSender sender, OperatorLetters letters)
{
    [Function(nameof(ScheduleDigests))]
    public Task ScheduleDigests([TimerTrigger("%DigestSchedule%")] TimerInfo timer, CancellationToken cancel) =>
        schedule.EnqueueAsync(cancel);

    [Function(nameof(TellOperators))]
    public Task TellOperators([TimerTrigger("%DigestSchedule%")] TimerInfo timer, CancellationToken cancel) =>
        letters.RunAsync(cancel);

    [Function(nameof(SendDigest))]
    public Task SendDigest([QueueTrigger(EditionSender.Queue)] DigestMessage message, CancellationToken cancel) =>
        sender.RunAsync(message, cancel);
}
