using System.Text.Json.Serialization;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NCrontab;
using NewsMonitor.Storage;

namespace NewsMonitor.LocalHost;

/// <summary>
/// Fires a timer function by its NCRONTAB schedule in UTC. As in the Functions host, the last occurrence is remembered in storage: a
/// run missed while nothing ran is made up for once (<see cref="TimerInfo.IsPastDue"/>), and of several processes on the same storage
/// one runs each occurrence.
/// </summary>
internal sealed class TimerListener(
    TimerFunction timer, IBlobStore blobs, IServiceScopeFactory scopes, TimeProvider time, ILogger<TimerListener> logger)
{
    // TimeProvider timers take at most about 49 days; and a clock that was set is noticed within the hour.
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private readonly CrontabSchedule _schedule = Parse(timer);

    /// <summary>Tells our claims from those of other processes.</summary>
    private readonly string _id = Guid.NewGuid().ToString("n");

    private string StatePath => $"state/timers/{timer.Function.Name}.json";

    public async Task ListenAsync(CancellationToken stopping, CancellationToken abort)
    {
        var isPastDue = await IsPastDueAsync(stopping);
        if (isPastDue || timer.RunOnStartup)
            await FireAsync(time.GetUtcNow(), isPastDue, stopping, abort);
        while (!stopping.IsCancellationRequested)
        {
            var next = NextAfter(time.GetUtcNow());
            while (!stopping.IsCancellationRequested && next - time.GetUtcNow() is var wait && wait > TimeSpan.Zero)
            {
                await Task.Delay(wait < LongestWait ? wait : LongestWait, time, stopping)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            if (!stopping.IsCancellationRequested)
                await FireAsync(next, isPastDue: false, stopping, abort);
        }
    }

    /// <summary>
    /// Runs the function now, whatever the schedule, and counts that as an occurrence: nothing is past due afterwards. Its failure is the
    /// caller's to report.
    /// </summary>
    public async Task RunNowAsync(CancellationToken cancel)
    {
        var status = timer.UseMonitor ? await ClaimAsync(time.GetUtcNow(), isPastDue: false, cancel) : null;
        await InvokeAsync(new TimerInfo { ScheduleStatus = status }, cancel);
    }

    private async Task<bool> IsPastDueAsync(CancellationToken cancel)
    {
        if (!timer.UseMonitor)
            return false;
        try
        {
            var now = time.GetUtcNow();
            if (await blobs.ReadDocumentAsync<TimerState>(StatePath, cancel) is { Value: var status })
                return Utc(status.Next) < now;
            // As in the Functions host: the first start notes when the next run is due, or a machine that never runs at that hour
            // would never know that it missed one.
            await blobs.CreateDocumentAsync(
                StatePath, new TimerState(default, NextAfter(now).UtcDateTime, now.UtcDateTime, _id), cancel);
            return false;
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            // The timer must outlive it: the next occurrence comes.
            logger.LogError("{Function}: cannot tell whether a run was missed: {Problem}", timer.Function.Name, e.Message);
            return false;
        }
    }

    private async Task FireAsync(DateTimeOffset occurrence, bool isPastDue, CancellationToken stopping, CancellationToken abort)
    {
        try
        {
            if (!timer.UseMonitor)
                await InvokeAsync(new TimerInfo(), abort);
            else if (await ClaimAsync(occurrence, isPastDue, stopping) is { } status)
                await InvokeAsync(new TimerInfo { ScheduleStatus = status, IsPastDue = isPastDue }, abort);
        }
        // A time-out of the storage client comes as a cancellation, too: it must not end the timer.
        catch (Exception e) when (e is not OperationCanceledException || !(stopping.IsCancellationRequested || abort.IsCancellationRequested))
        {
            logger.LogError("{Function}: {Problem}", timer.Function.Name, e is MonitorException ? e.Message : e.ToString());
        }
    }

    /// <summary>Null when another process has this occurrence.</summary>
    private async Task<ScheduleStatus?> ClaimAsync(DateTimeOffset occurrence, bool isPastDue, CancellationToken cancel)
    {
        var stored = await blobs.ReadDocumentAsync<TimerState>(StatePath, cancel);
        // What was missed is made up for by one process: with it the next run lies in the future again.
        if (stored is not null && Utc(isPastDue ? stored.Value.Next : stored.Value.Last) >= occurrence)
            return null;
        var claimed = new TimerState(occurrence.UtcDateTime, NextAfter(occurrence).UtcDateTime, time.GetUtcNow().UtcDateTime, _id);
        var won = stored is null
            ? await blobs.CreateDocumentAsync(StatePath, claimed, cancel)
            : await blobs.ReplaceDocumentAsync(StatePath, claimed, stored.ETag, cancel);
        // False may also mean that our write was carried out and its answer lost.
        return won || await blobs.ReadDocumentAsync<TimerState>(StatePath, cancel) is { Value: var now } && now.By == _id
            ? claimed.Status
            : null;
    }

    private async Task InvokeAsync(TimerInfo info, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        await timer.Function.InvokeAsync(scope.ServiceProvider, info, cancel);
    }

    private DateTimeOffset NextAfter(DateTimeOffset moment) => Utc(_schedule.GetNextOccurrence(moment.UtcDateTime));

    private static DateTimeOffset Utc(DateTime moment) => new(DateTime.SpecifyKind(moment, DateTimeKind.Utc));

    private static CrontabSchedule Parse(TimerFunction timer) =>
        CrontabSchedule.TryParse(timer.Schedule, new CrontabSchedule.ParseOptions { IncludingSeconds = true })
        ?? throw new MonitorException(
            $"The schedule '{timer.Schedule}' of {timer.Function.Name} is not NCRONTAB: six fields, second minute hour day month weekday, as in '0 */5 * * * *'.");

    /// <summary>What is remembered of a timer; <c>state/timers/&lt;function&gt;.json</c>.</summary>
    private sealed record TimerState(DateTime Last, DateTime Next, DateTime LastUpdated, string? By, int Schema = 1)
    {
        [JsonIgnore]
        public ScheduleStatus Status => new() { Last = Last, Next = Next, LastUpdated = LastUpdated };
    }
}
