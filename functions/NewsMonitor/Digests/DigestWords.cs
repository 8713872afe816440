using System.Globalization;

namespace NewsMonitor.Digests;

/// <summary>All that a digest says in its own voice, in one language. Digits are 0 to 9 in both, as Iraqi news sites write them.</summary>
public abstract class DigestWords
{
    public static DigestWords For(string language) =>
        language.StartsWith("ar", StringComparison.OrdinalIgnoreCase) ? new ArabicWords() : new EnglishWords();

    public abstract string Language { get; }
    public abstract bool IsRightToLeft { get; }
    public abstract string Title { get; }
    public abstract string NothingNew { get; }
    public abstract string Comma { get; }
    public abstract string OtherTopic { get; }
    public abstract string PossibleHeading { get; }
    public abstract string PossibleNote { get; }
    public abstract string Possible { get; }
    public abstract string BriefHeading { get; }
    public abstract string Unsubscribe { get; }
    public abstract string NoTitle { get; }

    /// <summary>Of a story that was told before.</summary>
    public abstract string Corrected { get; }

    /// <summary>The same, when what was told is not in it any more.</summary>
    public abstract string Withdrawn { get; }

    public abstract string Stories(int count);
    public abstract string Outlets(int count);
    public abstract string Topics(int count);

    /// <summary>A topic's name, when the mail has others too.</summary>
    public abstract string AndMore(string topic);
    public abstract string Found(string time);

    /// <summary>Stands before the name of the rule; then comes <see cref="Where"/>, and last the matched words, which may read the other way.</summary>
    public abstract string Why { get; }
    public abstract string Where(bool title, bool text);
    public abstract string WhyAlso(string topic);
    public abstract string MoreMentions(int count);
    public abstract string AlsoIn(int outlets);
    public abstract string MoreOutlets(int outlets);
    public abstract string ToldUnder(string topic);
    public abstract string YouGetThis(IReadOnlyList<string> topics);
    public abstract string Edition(string id);
    public abstract string TimesIn(string zone, string offset);
    public abstract string OpenQuote { get; }
    public abstract string CloseQuote { get; }

    public string Quote(string words) => OpenQuote + words + CloseQuote;

    protected abstract string Weekday(DayOfWeek day);
    protected abstract string Month(int month);

    /// <summary>"Monday 23 November 2026, 06:12", in the reader's zone.</summary>
    public string FullDate(DateTimeOffset local) =>
        $"{Weekday(local.DayOfWeek)} {local.Day} {Month(local.Month)} {local.Year}{Comma}{Clock(local)}";

    /// <summary>The clock alone on the edition's own day; the date too on another.</summary>
    public string Time(DateTimeOffset local, DateTimeOffset edition) =>
        local.Date == edition.Date ? Clock(local)
        : local.Year == edition.Year ? $"{local.Day} {Month(local.Month)}{Comma}{Clock(local)}"
        : $"{local.Day} {Month(local.Month)} {local.Year}{Comma}{Clock(local)}";

    public string Zone(TimeZoneInfo zone, DateTimeOffset local)
    {
        var offset = local.Offset;
        return TimesIn(zone.Id, $"UTC{(offset < TimeSpan.Zero ? '-' : '+')}{offset.ToString(@"hh\:mm", CultureInfo.InvariantCulture)}");
    }

    private static string Clock(DateTimeOffset local) => local.ToString("HH:mm", CultureInfo.InvariantCulture);
}
