using Microsoft.Azure.Functions.Worker;
using NewsMonitor.Pipeline;

namespace NewsMonitor.Functions;

public sealed class PollFunctions(PollSchedule schedule, ShardPoll poll)
{
    [Function(nameof(SchedulePolls))]
    public Task SchedulePolls([TimerTrigger("%PollSchedule%")] TimerInfo timer, CancellationToken cancel) =>
        schedule.EnqueueAsync(now: false, cancel);

    [Function(nameof(PollShard))]
    public Task PollShard([QueueTrigger(Queues.Polls)] PollMessage message, CancellationToken cancel) =>
        poll.RunAsync(message, cancel);
}
