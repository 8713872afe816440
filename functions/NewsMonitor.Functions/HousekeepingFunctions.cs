using Microsoft.Azure.Functions.Worker;
using NewsMonitor.Pipeline;

namespace NewsMonitor.Functions;

public sealed class HousekeepingFunctions(Housekeeping housekeeping, SecondLook secondLook)
{
    [Function(nameof(KeepHouse))]
    public Task KeepHouse([TimerTrigger("%HousekeepingSchedule%")] TimerInfo timer, CancellationToken cancel) =>
        housekeeping.RunAsync(cancel);

    [Function(nameof(LookAgain))]
    public Task LookAgain([TimerTrigger("%SecondLookSchedule%")] TimerInfo timer, CancellationToken cancel) =>
        secondLook.RunAsync(cancel);
}
