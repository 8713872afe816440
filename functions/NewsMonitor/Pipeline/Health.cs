using Microsoft.Extensions.Options;
using NewsMonitor.Storage;

namespace NewsMonitor.Pipeline;

/// <summary>Whether the monitor does its work. A timer may stop while HTTP stays healthy; the age of the last poll shows it.</summary>
public sealed class Health(IBlobStore blobs, IWorkQueues queues, TimeProvider time, IOptions<PipelineOptions> options)
{
    public async Task<HealthReport> CheckAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var shards = await PollStates.ReadAllAsync(blobs, options.Value.Shards, cancel);
        var lastPoll = shards.Count == 0 ? (DateTimeOffset?)null : shards.Max(shard => shard.LastPoll);
        var sources = shards.SelectMany(shard => shard.Sources.Values).ToList();
        var poison = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var queue in Queues.All)
        {
            if (await queues.CountAsync(Queues.PoisonOf(queue), cancel) is > 0 and var count)
                poison[Queues.PoisonOf(queue)] = count;
        }

        var problems = new List<string>();
        if (lastPoll is null)
            problems.Add("Nothing was polled yet.");
        else if (now - lastPoll > TimeSpan.FromMinutes(options.Value.StaleAfterMinutes))
            problems.Add($"The last poll was at {lastPoll:u}, over {options.Value.StaleAfterMinutes} minutes ago: the poll timer does not fire. POST /api/poll polls now.");
        var failing = sources.Count(source => source.FailingSince is not null);
        var warnings = new List<string>();
        if (failing > 0)
            warnings.Add($"{failing} of {sources.Count} sources fail.");
        var alarms = shards.SelectMany(shard => shard.Sources).Where(source => source.Value.Alarm is not null)
            .Select(source => new AlarmedSource(source.Key, source.Value.Alarm!.Kind, source.Value.Alarm.Since, source.Value.Problem)).ToList();
        warnings.AddRange(alarms.Select(alarm => alarm.ToString()));
        foreach (var (queue, count) in poison)
            warnings.Add($"{count} messages failed for good and lie in {queue}.");
        return new HealthReport(problems.Count == 0, lastPoll, sources.Count, failing, poison, problems, warnings, alarms);
    }
}

/// <param name="IsHealthy">False when what the monitor is for does not happen; failing sources and poisoned messages are warnings.</param>
public sealed record HealthReport(
    bool IsHealthy, DateTimeOffset? LastPoll, int Sources, int Failing, IReadOnlyDictionary<string, int> Poison,
    IReadOnlyList<string> Problems, IReadOnlyList<string> Warnings, IReadOnlyList<AlarmedSource> Alarms)
{
    /// <summary>When not even the state can be read.</summary>
    public static HealthReport Unknown(string problem) => new(false, null, 0, 0, new Dictionary<string, int>(), [problem], [], []);
}

/// <summary>A source that has been failing or silent for too long.</summary>
public sealed record AlarmedSource(string Id, AlarmKind Kind, DateTimeOffset Since, string? Problem)
{
    /// <summary>For people: what, since when, and what to do.</summary>
    public override string ToString() => $"{Id} {new SourceAlarm(Kind, Since).Explain()}" + (Kind == AlarmKind.Silent
        ? $"; look whether the site has moved its feed (`sources test {Id}`)."
        : $"{(Problem is null ? "" : $": {SafeText.Line(Problem, 200).TrimEnd('.')}")}. `sources test {Id}` tries it now.");
}
