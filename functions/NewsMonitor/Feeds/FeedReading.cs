namespace NewsMonitor.Feeds;

/// <summary>What the reading of one document shares: where and when it happens, and what was wrong.</summary>
internal sealed record FeedReading(Uri? Address, TimeZoneInfo Zone, DateTimeOffset Now, FeedProblems Problems)
{
    /// <summary>Clocks differ; a little ahead is not worth a word.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <summary>As XML counts white space: a no-break space is part of a title.</summary>
    private static readonly char[] LineSpace = [' ', '\t', '\r', '\n'];

    public Feed NoFeed() => new("", "", null, [], Problems.Lines());

    /// <summary>The first of the candidates that can be read, never later than now; null when none can.</summary>
    public DateTimeOffset? Date(params IEnumerable<string?> candidates)
    {
        string? unreadable = null;
        foreach (var text in candidates.OfType<string>())
        {
            if (FeedDates.Parse(text, Zone) is not { } date)
            {
                unreadable ??= text;
                continue;
            }

            if (date > Now + Skew)
                Problems.Add("a date in the future was set to now", text);

            return date > Now ? Now : date;
        }

        if (unreadable is not null)
            Problems.Add("a date could not be read and was left out", unreadable);

        return null;
    }

    /// <summary>One line, as titles and names are.</summary>
    public static string OneLine(string? text) =>
        text is null ? "" : string.Join(' ', text.Split(LineSpace, StringSplitOptions.RemoveEmptyEntries));
}
