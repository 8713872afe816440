using System.Text;

namespace NewsMonitor.Feeds;

/// <summary>What the reading of one document shares: where and when it happens, and what was wrong.</summary>
internal sealed record FeedReading(Uri? Address, TimeZoneInfo Zone, DateTimeOffset Now, FeedProblems Problems)
{
    /// <summary>Clocks differ; a little ahead is not worth a word.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <summary>As XML counts white space: a no-break space is part of a title.</summary>
    private static readonly char[] LineSpace = [' ', '\t', '\r', '\n'];

    /// <summary>Of one feed, the first; no honest one has more.</summary>
    public const int MaximumItems = 10_000;

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

    /// <summary>A title, HTML or text, on one line and without what is not read: comments, scripts, styles.</summary>
    public static string Title(string? markup)
    {
        var title = Mojibake.Field(markup ?? "");
        if (title.Contains('<', StringComparison.Ordinal))
            title = Without(Without(Without(title, "<script", "</script>"), "<style", "</style>"), "<!--", "-->");

        return OneLine(title);
    }

    /// <summary>Without the parts from a mark to its end; one that never ends goes as far as the text, where it is a comment.</summary>
    private static string Without(string text, string start, string end)
    {
        var kept = new StringBuilder();
        var from = 0;
        for (int at; (at = text.IndexOf(start, from, StringComparison.OrdinalIgnoreCase)) >= 0;)
        {
            var stop = text.IndexOf(end, at, StringComparison.OrdinalIgnoreCase);
            if (stop < 0 && end != "-->")
                break;

            kept.Append(text, from, at - from);
            from = stop < 0 ? text.Length : stop + end.Length;
        }

        return from == 0 ? text : kept.Append(text, from, text.Length - from).ToString();
    }

    /// <summary>One line, as titles and names are.</summary>
    public static string OneLine(string? text) =>
        text is null ? "" : string.Join(' ', text.Split(LineSpace, StringSplitOptions.RemoveEmptyEntries));
}
