namespace NewsMonitor.Topics;

/// <summary>Evaluates patterns and conditions over the occurrences in one article. Looks only near occurrences of a pattern's first element.</summary>
internal static class RuleMatcher
{
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

    /// <summary>Where the pattern matches and its own conditions hold, in order.</summary>
    public static IEnumerable<Occurrence> Find(Pattern pattern, Scan scan)
    {
        foreach (var anchor in scan[pattern.Elements[0]])
        {
            Occurrence? match = pattern.Kind switch
            {
                PatternKind.Any => anchor,
                PatternKind.Phrase => Phrase(pattern, scan, anchor),
                _ => All(pattern, scan, anchor),
            };
            if (match is { } found && Hold(pattern.Conditions, scan, found))
            {
                yield return found;
            }
        }
    }

    public static bool Hold(Conditions conditions, Scan scan, in Occurrence match)
    {
        foreach (var condition in conditions.Require)
        {
            if (!Holds(condition, scan, match))
            {
                return false;
            }
        }

        foreach (var condition in conditions.Unless)
        {
            if (Holds(condition, scan, match))
            {
                return false;
            }
        }

        return true;
    }

    private static Occurrence? Phrase(Pattern pattern, Scan scan, Occurrence anchor)
    {
        // The places where the phrase so far can end; a gap leaves several.
        const int MaxEnds = 80;
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
                if (candidate.First > ends[count - 1] + 1 + pattern.Gap || candidate.Sentence != anchor.Sentence)
                {
                    break;
                }

                if (Follows(ends[..count], candidate.First, pattern.Gap))
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
                match = anchor with { Last = first.Last, End = first.End };
                next[0] = first.Last;
                found = 1;
            }

            next[..found].Sort();
            next[..found].CopyTo(ends);
            count = found;
        }

        return match;

        static bool Follows(ReadOnlySpan<int> ends, int first, int gap)
        {
            foreach (int end in ends)
            {
                if (first > end && first <= end + 1 + gap)
                {
                    return true;
                }
            }

            return false;
        }
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
            span = found.Last > span.Last ? span with { Last = found.Last, End = found.End } : span;
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

    /// <summary>Whether there are so many occurrences; those that overlap count as one.</summary>
    private static bool AtLeast(int times, List<Occurrence> list)
    {
        int end = -1;
        foreach (var occurrence in list)
        {
            if (occurrence.First > end && --times == 0)
            {
                return true;
            }

            end = Math.Max(end, occurrence.Last);
        }

        return false;
    }

    private static bool Holds(Condition condition, Scan scan, in Occurrence match)
    {
        var list = scan[condition.Set];
        if (list.Count == 0)
        {
            return false;
        }

        switch (condition.Place)
        {
            case Place.Article:
                return AtLeast(condition.Times, list);
            case Place.Title:
                return list[0].First < scan.TitleWords;
            case Place.Sentence:
                int sentence = match.Sentence;
                int low = 0, high = list.Count;
                while (low < high)
                {
                    int middle = (low + high) / 2;
                    (low, high) = list[middle].Sentence < sentence ? (middle + 1, high) : (low, middle);
                }

                return low < list.Count && list[low].Sentence == sentence;
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
                        _ => found.First >= match.First && found.Last <= match.Last,
                    };
                    if (holds)
                    {
                        return true;
                    }
                }

                return false;
        }
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
