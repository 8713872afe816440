using Microsoft.Azure.Functions.Worker;
using NewsMonitor.Pipeline;

namespace NewsMonitor.Functions;

public sealed class HousekeepingFunctions(Housekeeping housekeeping)
{
    [Function(nameof(KeepHouse))]
    public Task KeepHouse([TimerTrigger("%HousekeepingSchedule%")] TimerInfo timer, CancellationToken cancel) =>
        housekeeping.RunAsync(cancel);
}
