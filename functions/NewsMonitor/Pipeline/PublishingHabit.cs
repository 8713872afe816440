using NewsMonitor.Feeds;

namespace NewsMonitor.Pipeline;

/// <summary>How often a source publishes, and how long it is usually quiet.</summary>
internal static class PublishingHabit
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    private static readonly TimeSpan Remembered = TimeSpan.FromDays(60);

    /// <summary>A feed of an hour says little of a day.</summary>
    private static readonly TimeSpan ShortestSpan = TimeSpan.FromHours(1);

    /// <summary>How much of the longest gap is forgotten with each document: a feed that comes daily forgets half in ten weeks.</summary>
    private const double Forgetting = 0.01;

    /// <summary>
    /// What a document with new items says. Its dates tell at once what counting from poll to poll takes days for; where it has none, what
    /// came since the last poll counts.
    /// </summary>
    /// <param name="before">As it was before this document.</param>
    public static SourceState Learn(SourceState state, SourceState before, IReadOnlyList<FeedItem> items, int newItems, DateTimeOffset now)
    {
        var dates = items.Select(item => item.Published).OfType<DateTimeOffset>().Where(date => date <= now).Order().ToList();
        var lastNews = newItems == 0 ? before.LastNews ?? now
            : before.LastSuccess is null && dates.Count > 0 ? dates[^1]
            : now;
        return state with
        {
            LastNews = lastNews,
            PerDay = ByDates(dates, now) ?? ByCounting(before, newItems, now),
            LongestGap = Longest(before, dates, newItems > 0 ? now : null),
        };
    }

    private static double? ByDates(List<DateTimeOffset> dates, DateTimeOffset now)
    {
        var recent = dates.Where(date => now - date <= Week).ToList();
        if (dates.Count < 2)
            return null;
        if (recent.Count == 0)
            return 0;
        // A document that holds all of a week and more is counted by the week, a shorter one by what it holds.
        var span = recent.Count < dates.Count ? Week : now - recent[0];
        return recent.Count / (span < ShortestSpan ? ShortestSpan : span).TotalDays;
    }

    private static double? ByCounting(SourceState before, int newItems, DateTimeOffset now)
    {
        if (before.LastSuccess is not { } last || now - last < TimeSpan.FromMinutes(1))
            return before.PerDay;
        var rate = newItems / (now - last).TotalDays;
        return before.PerDay is { } known ? (0.7 * known) + (0.3 * rate) : rate;
    }

    private static TimeSpan? Longest(SourceState before, List<DateTimeOffset> dates, DateTimeOffset? news)
    {
        // One old item that is kept on top is no habit.
        var recent = dates.Where(date => dates[^1] - date <= Remembered).ToList();
        var gaps = recent.Zip(recent.Skip(1), (earlier, later) => later - earlier).ToList();
        if (before.LastSuccess is not null && before.LastNews is { } last && news is { } now)
            gaps.Add(now - last);
        if (before.LongestGap is { } known)
            gaps.Add(known * (1 - Forgetting));
        return gaps.Count == 0 ? null : gaps.Max();
    }
}
