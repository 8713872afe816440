namespace NewsMonitor.Quality;

/// <summary>How often a topic was found and should have been. Rates are null where there is nothing to divide by.</summary>
/// <param name="Found">Found rightly.</param>
/// <param name="Missed">Not found, but there.</param>
/// <param name="Alarms">Found, but not there.</param>
public readonly record struct Tally(int Found, int Missed, int Alarms)
{
    public double? Precision => Rate(Found, Found + Alarms);

    public double? Recall => Rate(Found, Found + Missed);

    /// <summary>The harmonic mean of both; null when nothing was found and nothing was there.</summary>
    public double? F1 => Rate(2 * Found, (2 * Found) + Missed + Alarms);

    public static Tally operator +(Tally a, Tally b) => new(a.Found + b.Found, a.Missed + b.Missed, a.Alarms + b.Alarms);

    /// <summary>One article: is it about the topic, and was it found?</summary>
    public static Tally Of(bool about, bool found) => new(about && found ? 1 : 0, about && !found ? 1 : 0, !about && found ? 1 : 0);

    private static double? Rate(int part, int all) => all == 0 ? null : (double)part / all;
}

/// <summary>
/// Mentions against the quotes of an article: both are right when they share a letter. Not a <see cref="Tally"/>, since several mentions may be in one
/// quote, and several quotes in one mention.
/// </summary>
/// <param name="Quoted">Quotes that there are.</param>
/// <param name="Met">Quotes that some mention meets.</param>
/// <param name="Marked">Mentions that there are.</param>
/// <param name="Right">Mentions that meet some quote.</param>
public readonly record struct MentionTally(int Quoted, int Met, int Marked, int Right)
{
    public double? Recall => Quoted == 0 ? null : (double)Met / Quoted;

    public double? Precision => Marked == 0 ? null : (double)Right / Marked;

    public static MentionTally operator +(MentionTally a, MentionTally b) =>
        new(a.Quoted + b.Quoted, a.Met + b.Met, a.Marked + b.Marked, a.Right + b.Right);
}
