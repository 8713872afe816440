using System.Globalization;
using System.Xml.Linq;
using static NewsMonitor.Feeds.FeedElements;

namespace NewsMonitor.Feeds;

/// <summary>How often a feed asks to be fetched.</summary>
/// <param name="Ttl">How long what was fetched stays good: a minute to 31 days; what is stated beyond that is not believed.</param>
/// <param name="SkipHours">Hours of the day in UTC, 0 to 23, ascending, in which nothing is published; never all of them.</param>
/// <param name="SkipDays">Days in UTC on which nothing is published, from Sunday; never all of them.</param>
public sealed record FeedPace(TimeSpan? Ttl, IReadOnlyList<int> SkipHours, IReadOnlyList<DayOfWeek> SkipDays)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    /// <summary>RSS's ttl, skipHours and skipDays, and RSS 1.0's syndication module; null when there is none of them.</summary>
    internal static FeedPace? Of(XElement channel)
    {
        var ttl = Whole(Text(channel, Core, "ttl")) is { } minutes ? Believed(minutes) : null;
        int[] hours = [.. Listed(channel, "skipHours", "hour").Select(Whole).OfType<int>().Where(h => h is >= 0 and <= 24).Select(h => h % 24).Distinct().Order()];
        DayOfWeek[] days = [.. Listed(channel, "skipDays", "day").Select(Day).OfType<DayOfWeek>().Distinct().Order()];

        // A feed that is never to be fetched says nothing.
        hours = hours.Length == 24 ? [] : hours;
        days = days.Length == 7 ? [] : days;
        return (ttl ?? Syndication(channel)) is var pace && (pace is not null || hours.Length + days.Length > 0) ? new FeedPace(pace, hours, days) : null;
    }

    private static TimeSpan? Syndication(XElement channel)
    {
        string? period = Text(channel, FeedElements.Syndication, "updatePeriod"), frequency = Text(channel, FeedElements.Syndication, "updateFrequency");
        if (period is null && frequency is null)
            return null;

        double? every = period?.ToUpperInvariant() switch
        {
            "HOURLY" => 60,
            "DAILY" or null => 24 * 60,
            "WEEKLY" => 7 * 24 * 60,
            "MONTHLY" => 30 * 24 * 60,
            "YEARLY" => 365 * 24 * 60,
            _ => null,
        };
        var times = frequency is null ? 1 : Whole(frequency) ?? 0;
        return times > 0 && every is { } minutes ? Believed(minutes / times) : null;
    }

    private static TimeSpan? Believed(double minutes) =>
        minutes >= Shortest.TotalMinutes && minutes <= Longest.TotalMinutes ? TimeSpan.FromMinutes(minutes) : null;

    private static IEnumerable<string> Listed(XElement channel, string list, string entry) =>
        Children(channel, Core, list).SelectMany(l => Children(l, Core, entry)).Select(e => e.Value.Trim()).Take(100);

    private static int? Whole(string? text) =>
        int.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static DayOfWeek? Day(string name) => Enum.GetValues<DayOfWeek>()
        .Where(d => string.Equals(d.ToString(), name, StringComparison.OrdinalIgnoreCase)).Select(d => (DayOfWeek?)d).FirstOrDefault();
}
