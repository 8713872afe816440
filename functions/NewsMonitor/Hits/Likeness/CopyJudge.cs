namespace NewsMonitor.Hits.Likeness;

/// <summary>
/// Decides whether two texts are copies. A false yes joins two whole stories, so doubt is a no. What tells: copies begin with the same
/// text, after a head of a few words; they end anywhere; what one has more stands in blocks. Texts of one template differ in words and
/// numbers all over, a follow-up has a lead of its own, and a roundup begins with another story.
/// </summary>
internal static class CopyJudge
{
    private const double No = 0;

    /// <summary>When both begin with words of their own, more than this are leads. A dateline, an agency, an outlet's words are fewer.</summary>
    private const int LongestHead = 12;

    /// <summary>A longer text of which all is in another at this place is one with passages before it, not one of several stories.</summary>
    private const double MostAdded = 1.7;

    /// <summary>Fewer words are a flash: any change makes it another one.</summary>
    private const int FlashWords = 18;

    private const int FewestTitleWords = 4;

    private static readonly TimeSpan BodyLasts = TimeSpan.FromDays(30);

    private static readonly TimeSpan FlashLasts = TimeSpan.FromDays(3);

    private static readonly TimeSpan TitleLasts = TimeSpan.FromDays(3);

    /// <param name="a">The one with fewer words.</param>
    public static double Likeness(TextSketch a, TextSketch b, TimeSpan apart)
    {
        if (apart > BodyLasts)
            return No;
        bool sameTitle = a.Title.Length >= FewestTitleWords && a.Title.SequenceEqual(b.Title) && apart <= TitleLasts;
        var laid = Alignment.Of(a.Marks, b.Marks, a.IsWhole && b.IsWhole);
        double body = a.Words < FlashWords && !sameTitle ? apart > FlashLasts ? No : Flash(a, b, laid)
            : Body(a, b, laid, sameTitle);
        return body > No || !sameTitle ? body : ByTitle(a, b, laid);
    }

    private static double Flash(TextSketch a, TextSketch b, Alignment laid) =>
        laid.Matched > 0 && laid.Matched >= 0.9 * a.Words && laid is { Changed: 0, ChangedNumbers: 0 }
            && Math.Min(laid.TailA, laid.TailB) == 0 && Math.Min(laid.HeadA, laid.HeadB) <= 1 && b.Words <= MostAdded * a.Words ? Sure(1) : No;

    private static double Body(TextSketch a, TextSketch b, Alignment laid, bool sameTitle)
    {
        bool fits = b.Words <= MostAdded * a.Words;
        var sample = b.IsWhole ? null : SharedSample.Of(a, b);
        if (laid.Matched < Math.Min(24, a.Words / 2))
        {
            // So much was put before it that its opening lies beyond what is known of the other.
            return fits && sameTitle && sample is { Share: >= 0.7, Count: >= 12 } ? Sure(sample.Share) : No;
        }

        if (IsTemplate(a, b, laid) || Math.Min(laid.HeadA, laid.HeadB) > LongestHead + a.Marks.Length / 20)
            return No;
        // What of the shorter one could be in the words that are known of the other.
        int within = b.IsWhole ? a.Marks.Length : Math.Min(a.Marks.Length, b.Marks.Length - Math.Max(0, laid.HeadB - laid.HeadA));
        double covered = (double)laid.Matched / within;
        bool sameLead = laid.Lead >= 0.6;
        if (laid.Replaced > (sameLead ? 0.3 : 0.1) * laid.Matched)
            return No;
        if (sample is { Count: >= 8 })
            covered = Math.Max(sample.Share, Math.Min(covered, sample.Share + 0.3));
        int head = Math.Max(laid.HeadA, laid.HeadB);
        if (sameLead && head <= (fits || sameTitle ? 2 * LongestHead + a.Marks.Length / 20 : LongestHead))
            return covered >= (sameTitle ? 0.4 : head > LongestHead ? 0.75 : 0.55) && laid.Matched >= Math.Min(FlashWords, a.Words - 4) ? Sure(covered) : No;
        return fits && head <= (sameTitle ? 0.4 : 0.25) * b.Words && covered >= 0.75 && (sample is null || sample.Share >= 0.6) ? Sure(covered) : No;
    }

    /// <summary>The same text with other names and numbers. Editors change a word here and there, but hardly in a short text.</summary>
    private static bool IsTemplate(TextSketch a, TextSketch b, Alignment laid)
    {
        int matched = laid.Matched;
        if (laid.ChangedNumbers > (matched < 60 ? 0 : matched / 60))
            return true;
        // As long to the word, and a word is another one, or the names at the end are.
        if (matched < 80 && a.Words == b.Words && (laid.Changed > 0 || (laid.TailA == laid.TailB && laid.TailA is >= 2 and <= 8)))
            return true;
        if (matched < 80 && laid.Changed > 0 && Math.Min(laid.TailA, laid.TailB) is >= 2 and <= 8)
            return true;
        double allowed = matched < 40 ? 0 : 1 + (matched - 40) * 0.06;
        return laid.Changed > (HasOtherName(a.Title, b.Title) ? allowed / 3 : allowed);
    }

    /// <summary>Titles that differ in a word or two, which stand in the same place.</summary>
    private static bool HasOtherName(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        int before = a.CommonPrefixLength(b), after = 0;
        while (after < Math.Min(a.Length, b.Length) - before && a[^(after + 1)] == b[^(after + 1)])
            after++;
        int otherA = a.Length - before - after, otherB = b.Length - before - after;
        return before + after >= 2 && otherA is 1 or 2 && otherB is 1 or 2;
    }

    /// <summary>One has hardly a text, or they are told in other words but not quite.</summary>
    private static double ByTitle(TextSketch a, TextSketch b, Alignment laid)
    {
        const int hardlyText = 12;
        if (a.Words < hardlyText)
            return laid.ChangedNumbers == 0 ? 0.55 : No;
        return laid.Matched >= 0.3 * a.Marks.Length && !IsTemplate(a, b, laid) ? 0.55 : No;
    }

    private static double Sure(double covered) => TextSketch.Copy + (1 - TextSketch.Copy) * Math.Clamp(covered, 0, 1);
}
