using System.Text.Json.Serialization;
using NewsMonitor.Feeds;
using NewsMonitor.Sources;

namespace NewsMonitor.Pipeline;

/// <summary>When a source is polled next, and why.</summary>
/// <param name="Next">UTC.</param>
/// <param name="Minutes">How long from the poll before, in minutes.</param>
/// <param name="PerDay">Items a day, where known.</param>
public sealed record PollPlan(DateTimeOffset Next, PollReason Reason, double Minutes, double? PerDay = null)
{
    private const double DefaultMinutes = 10;
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromDays(1);

    /// <summary>Timers fire a little early and late.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(30);

    public bool IsDue(DateTimeOffset now) => Next <= now + Slack;

    /// <summary>
    /// Twice as often as items come; the longer it has been quiet the less often, but never less often than a tenth of that time; and no more
    /// often than the server and the feed ask for. All within the source's bounds.
    /// </summary>
    /// <param name="state">As this poll leaves it.</param>
    /// <param name="fresh">For how long the answer is good, by its HTTP headers.</param>
    public static PollPlan After(Source source, SourceState state, TimeSpan? fresh, DateTimeOffset now, PipelineOptions options)
    {
        if (source.IsFile)
            return new PollPlan(now, PollReason.File, 0, state.PerDay);

        var (minimum, maximum) = Bounds(source, options);
        var minutes = state.PerDay is { } perDay ? perDay > 0 ? 24 * 60 / perDay / 2 : maximum : DefaultMinutes;
        var reason = PollReason.Rate;
        var quiet = (now - (state.LastNews ?? now)).TotalMinutes / 10;
        if (quiet > minutes)
            (minutes, reason) = (quiet, PollReason.Quiet);
        var asked = Math.Max(fresh?.TotalMinutes ?? 0, state.Pace?.Ttl?.TotalMinutes ?? 0);
        if (asked > minutes)
            (minutes, reason) = (asked, PollReason.Asked);
        minutes = Math.Clamp(minutes, minimum, maximum);

        var next = now.AddMinutes(minutes);
        var published = AfterSkipped(next, state.Pace);
        if (published > next)
            (next, reason) = (published < now.AddMinutes(maximum) ? published : now.AddMinutes(maximum), PollReason.Asked);
        return new PollPlan(next, reason, Math.Round((next - now).TotalMinutes, 1), state.PerDay is { } rate ? Math.Round(rate, 1) : null);
    }

    /// <summary>The shortest interval, doubled with each failure in a row, a fifth more or less, up to a day; or as the server asks.</summary>
    /// <param name="state">As this failure leaves it.</param>
    public static PollPlan AfterFailure(Source source, SourceState state, TimeSpan? retryAfter, DateTimeOffset now, PipelineOptions options)
    {
        if (source.IsFile)
            return new PollPlan(now, PollReason.File, 0, state.PerDay);

        var doubled = Bounds(source, options).Minimum * Math.Pow(2, Math.Min(state.Failures, 20) - 1);
        // Not from a random number: the same failure gives the same plan, whoever computes it.
        var jitter = 0.8 + (0.4 * (ShardPoll.HashOf($"{source.Id} {state.Failures}") / (double)uint.MaxValue));
        var wait = TimeSpan.FromMinutes(Math.Min(doubled * jitter, LongestBackOff.TotalMinutes));
        return retryAfter > wait
            ? new PollPlan(now + retryAfter.Value, PollReason.RetryAfter, Math.Round(retryAfter.Value.TotalMinutes, 1), state.PerDay)
            : new PollPlan(now + wait, PollReason.Failing, Math.Round(wait.TotalMinutes, 1), state.PerDay);
    }

    private static (double Minimum, double Maximum) Bounds(Source source, PipelineOptions options)
    {
        double minimum = source.MinimumMinutes ?? options.MinimumMinutes, maximum = source.MaximumMinutes ?? options.MaximumMinutes;
        // The source's own word stands before the settings', whichever of the two bounds it names.
        return minimum <= maximum ? (minimum, maximum)
            : source.MaximumMinutes is null ? (minimum, minimum)
            : (maximum, maximum);
    }

    /// <summary>The first full hour that is in none of the hours and days in which the feed says that it publishes nothing.</summary>
    private static DateTimeOffset AfterSkipped(DateTimeOffset next, FeedPace? pace)
    {
        if (pace is null)
            return next;
        var at = next.ToUniversalTime();
        for (var hours = 0; hours < 24 * 7 && (pace.SkipHours.Contains(at.Hour) || pace.SkipDays.Contains(at.DayOfWeek)); hours++)
            at = new DateTimeOffset(at.Year, at.Month, at.Day, at.Hour, 0, 0, TimeSpan.Zero).AddHours(1);
        return at;
    }
}

/// <summary>What decided when a source is polled next.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PollReason>))]
public enum PollReason
{
    /// <summary>How often it publishes.</summary>
    [JsonStringEnumMemberName("rate")]
    Rate,

    /// <summary>It has published nothing for long.</summary>
    [JsonStringEnumMemberName("quiet")]
    Quiet,

    /// <summary>The feed (ttl, skipHours, skipDays) or its server (Cache-Control, Expires).</summary>
    [JsonStringEnumMemberName("asked")]
    Asked,

    /// <summary>It fails, and is asked the less often the longer.</summary>
    [JsonStringEnumMemberName("failing")]
    Failing,

    /// <summary>The server said when (Retry-After): it is not asked before, not even by hand.</summary>
    [JsonStringEnumMemberName("retryAfter")]
    RetryAfter,

    /// <summary>A file beside the list costs nothing to read.</summary>
    [JsonStringEnumMemberName("file")]
    File,
}
