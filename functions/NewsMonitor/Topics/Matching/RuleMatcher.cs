using NewsMonitor.Topics.Rules;

namespace NewsMonitor.Topics.Matching;

/// <summary>Evaluates patterns and conditions over the occurrences in one article. Looks only near occurrences of a pattern's first element.</summary>
internal static class RuleMatcher
{
    /// <summary>So many words at most may be skipped between two of a phrase.</summary>
    public const int MostSkipped = 16;

    /// <summary>Whether each needed element occurs at all: the cheap question, asked first.</summary>
    public static bool CanMatch(Pattern pattern, Scan scan)
    {
        for (int e = 0; e < pattern.Needed; e++)
        {
            if (scan[pattern.Elements[e]].Count == 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the rule matches anywhere in what was scanned.</summary>
    public static bool Matches(Rule rule, Scan scan)
    {
        if (!CanMatch(rule.Pattern, scan))
            return false;

        foreach (var anchor in scan[rule.Pattern.Elements[0]])
        {
            if (At(rule.Pattern, scan, anchor) is { } match && OutcomeOf(rule, scan, match) is not null)
                return true;
        }

        return false;
    }

    /// <summary>The match that begins with this occurrence of the pattern's first element; null when there is none.</summary>
    public static Occurrence? At(Pattern pattern, Scan scan, in Occurrence anchor)
    {
        Occurrence? match = pattern.Kind switch
        {
            PatternKind.Any => anchor,
            PatternKind.Phrase => Phrase(pattern, scan, anchor),
            _ => All(pattern, scan, anchor),
        };
        return match is { } found && Hold(pattern.Conditions, scan, found) ? found : null;
    }

    /// <summary>What the rule makes of a match of its pattern; null when nothing.</summary>
    public static Outcome? OutcomeOf(Rule rule, Scan scan, in Occurrence match)
    {
        if ((rule.Fields & (match.First < scan.TitleWords ? Fields.Title : Fields.Text)) == 0)
            return null;

        foreach (var outcome in rule.Outcomes)
        {
            if (Hold(outcome.Conditions, scan, match))
                return outcome;
        }

        return null;
    }

    public static bool Hold(Conditions conditions, Scan scan, in Occurrence match)
    {
        foreach (var condition in conditions.Require)
        {
            if (!(scan.IsPartial && condition.NeedsArticle) && Find(condition, scan, match) is null)
                return false;
        }

        foreach (var condition in conditions.Unless)
        {
            if (!(scan.IsPartial && condition.NeedsArticle) && Find(condition, scan, match) is not null)
                return false;
        }

        return true;
    }

    private static Occurrence? Phrase(Pattern pattern, Scan scan, Occurrence anchor)
    {
        // The places where the phrase so far can end; a gap leaves several.
        const int MaxEnds = 80;
        int farthest = 1 + pattern.Gap + (pattern.Skip >= 0 ? MostSkipped : 0);
        Span<int> ends = stackalloc int[MaxEnds], next = stackalloc int[MaxEnds];
        ends[0] = anchor.Last;
        int count = 1;
        Occurrence? match = null;
        for (int e = 1; e < pattern.Elements.Length; e++)
        {
            var list = scan[pattern.Elements[e]];
            int found = 0;
            Occurrence first = default;
            for (int i = LowerBound(list, ends[0] + 1); i < list.Count && found < MaxEnds; i++)
            {
                var candidate = list[i];
                if (candidate.First > ends[count - 1] + farthest || candidate.Sentence != anchor.Sentence)
                {
                    break;
                }

                if (Follows(ends[..count], candidate.First, pattern, scan))
                {
                    // The nearest, and of several that start there the longest.
                    first = found == 0 || candidate.First == first.First ? candidate : first;
                    next[found++] = candidate.Last;
                }
            }

            if (found == 0)
            {
                break;
            }

            if (e >= pattern.Needed - 1)
            {
                match = anchor with { Last = first.Last, End = first.End, LastNeeded = match?.LastNeeded ?? first.Last };
                next[0] = first.Last;
                found = 1;
            }

            next[..found].Sort();
            next[..found].CopyTo(ends);
            count = found;
        }

        return match;

        static bool Follows(ReadOnlySpan<int> ends, int first, Pattern pattern, Scan scan)
        {
            foreach (int end in ends)
            {
                if (first > end && (first <= end + 1 + pattern.Gap || first <= end + 1 + pattern.Gap + Skipped(pattern.Skip, scan, end, first)))
                    return true;
            }

            return false;
        }
    }

    /// <summary>How many words between two places are of the set.</summary>
    private static int Skipped(int set, Scan scan, int end, int first)
    {
        if (set < 0)
            return 0;

        int skipped = 0, last = end;
        var list = scan[set];
        for (int i = LowerBound(list, end + 1); i < list.Count && list[i].First < first; i++)
        {
            int from = Math.Max(list[i].First, last + 1), to = Math.Min(list[i].Last, first - 1);
            skipped += Math.Max(0, to - from + 1);
            last = Math.Max(last, to);
        }

        return skipped;
    }

    private static Occurrence? All(Pattern pattern, Scan scan, Occurrence anchor)
    {
        // Words that one element has taken are not there for the next: "all: [a, c, c]" needs c twice.
        var span = anchor;
        Span<(int First, int Last)> taken = stackalloc (int, int)[pattern.Elements.Length];
        for (int e = 1; e < pattern.Elements.Length; e++)
        {
            int element = pattern.Elements[e];
            Occurrence? nearest = null;
            int best = int.MaxValue;
            var list = scan[element];
            for (int i = FirstAround(list, anchor, pattern.Within); i < list.Count && list[i].First <= anchor.Last + pattern.Within; i++)
            {
                var candidate = list[i];
                if (candidate.Sentence != anchor.Sentence || candidate.Last < anchor.First - pattern.Within)
                {
                    continue;
                }

                int distance = candidate.First > anchor.Last ? candidate.First - anchor.Last : anchor.First - candidate.Last;
                if (distance > 0 && distance < best && IsFree(taken[1..e], candidate))
                {
                    (nearest, best) = (candidate, distance);
                }
            }

            if (nearest is not { } found)
            {
                return null;
            }

            taken[e] = (found.First, found.Last);
            span = found.First < span.First ? span with { First = found.First, Start = found.Start } : span;
            span = found.Last > span.Last ? span with { Last = found.Last, End = found.End, LastNeeded = found.Last } : span;
        }

        return span;

        static bool IsFree(ReadOnlySpan<(int First, int Last)> taken, in Occurrence candidate)
        {
            foreach (var (first, last) in taken)
            {
                if (candidate.First <= last && candidate.Last >= first)
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>What makes a condition true of a match, null when nothing does.</summary>
    public static Occurrence? Find(Condition condition, Scan scan, in Occurrence match)
    {
        var list = scan[condition.Set];
        if (list.Count == 0)
            return null;

        switch (condition.Place)
        {
            case Place.Article:
                return AtLeast(condition.Times, list) ? list[0] : null;
            case Place.Title:
                return list[0].First < scan.TitleWords ? list[0] : null;
            case Place.Sentence:
                int sentence = match.Sentence;
                int low = 0, high = list.Count;
                while (low < high)
                {
                    int middle = (low + high) / 2;
                    (low, high) = list[middle].Sentence < sentence ? (middle + 1, high) : (low, middle);
                }

                return low < list.Count && list[low].Sentence == sentence ? list[low] : null;
            default:
                int within = condition.Within;
                for (int i = FirstAround(list, match, within); i < list.Count && list[i].First <= match.Last + within; i++)
                {
                    var found = list[i];
                    bool holds = found.Last >= match.First - within && condition.Place switch
                    {
                        Place.Around => true,
                        Place.Near => found.Sentence == match.Sentence,
                        Place.Before => found.Last < match.First && found.Sentence == match.Sentence,
                        Place.After => found.First > match.Last && found.Sentence == match.Sentence,
                        _ => found.First >= match.First && found.Last <= match.LastNeeded,
                    };
                    if (holds)
                        return found;
                }

                return null;
        }
    }

    /// <summary>Whether there are so many occurrences; those that overlap count as one.</summary>
    private static bool AtLeast(int times, List<Occurrence> list)
    {
        int end = -1;
        foreach (var occurrence in list)
        {
            if (occurrence.First > end && --times == 0)
                return true;
            end = Math.Max(end, occurrence.Last);
        }

        return false;
    }

    /// <summary>Where to begin looking for what lies no more than <paramref name="within"/> words before a match.</summary>
    private static int FirstAround(List<Occurrence> list, in Occurrence match, int within)
    {
        const int LongestExpression = 32;
        return LowerBound(list, match.First - within - LongestExpression);
    }

    private static int LowerBound(List<Occurrence> list, int first)
    {
        int low = 0, high = list.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = list[middle].First < first ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
