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

    /// <summary>
    /// RSS's ttl, skipHours and skipDays; null when there is none of them. Not sy:updatePeriod: WordPress writes "hourly" into the feed of
    /// every site, which says nothing of the site and would make all its news an hour late.
    /// </summary>
    internal static FeedPace? Of(XElement channel)
    {
        var ttl = Whole(Text(channel, Core, "ttl")) is { } minutes ? Believed(minutes) : null;
        int[] hours = [.. Listed(channel, "skipHours", "hour").Select(Whole).OfType<int>().Where(h => h is >= 0 and <= 24).Select(h => h % 24).Distinct().Order()];
        DayOfWeek[] days = [.. Listed(channel, "skipDays", "day").Select(Day).OfType<DayOfWeek>().Distinct().Order()];

        // A feed that is never to be fetched says nothing.
        hours = hours.Length == 24 ? [] : hours;
        days = days.Length == 7 ? [] : days;
        return ttl is not null || hours.Length + days.Length > 0 ? new FeedPace(ttl, hours, days) : null;
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
