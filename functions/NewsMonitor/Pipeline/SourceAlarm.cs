using System.Text.Json.Serialization;

namespace NewsMonitor.Pipeline;

/// <summary>A source that people should look at: it is raised once and falls once. A blip raises none.</summary>
/// <param name="Since">When it last published, or began to fail; UTC.</param>
public sealed record SourceAlarm(AlarmKind Kind, DateTimeOffset Since)
{
    private static readonly TimeSpan FailingTooLong = TimeSpan.FromDays(1);

    /// <summary>Of silence, however often a source publishes: nights and holidays are quiet everywhere.</summary>
    private static readonly TimeSpan ShortestSilence = TimeSpan.FromDays(1), LongestSilence = TimeSpan.FromDays(30);

    private static readonly TimeSpan SilenceWithoutHabit = TimeSpan.FromDays(7);

    /// <summary>Null when all is as usual.</summary>
    public static SourceAlarm? Of(SourceState state, DateTimeOffset now)
    {
        if (state.FailingSince is { } failing)
            return now - failing >= FailingTooLong ? new SourceAlarm(AlarmKind.Failing, failing) : state.Alarm;
        return state.LastNews is { } news && now - news >= SilentAfter(state) ? new SourceAlarm(AlarmKind.Silent, news) : null;
    }

    /// <summary>For people: what, since when.</summary>
    public string Explain() => Kind == AlarmKind.Silent
        ? $"has published nothing since {Since:u}, far longer than is usual for it"
        : $"has failed since {Since:u}";

    /// <summary>Three times the longest that it has been quiet before.</summary>
    public static TimeSpan SilentAfter(SourceState state)
    {
        var usual = state.LongestGap * 3 ?? SilenceWithoutHabit;
        return usual < ShortestSilence ? ShortestSilence : usual > LongestSilence ? LongestSilence : usual;
    }
}

[JsonConverter(typeof(JsonStringEnumConverter<AlarmKind>))]
public enum AlarmKind
{
    /// <summary>It answers, and has published nothing for far longer than is usual for it.</summary>
    [JsonStringEnumMemberName("silent")]
    Silent,

    /// <summary>It has failed for a day.</summary>
    [JsonStringEnumMemberName("failing")]
    Failing,
}
