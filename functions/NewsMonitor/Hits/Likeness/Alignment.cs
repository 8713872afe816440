namespace NewsMonitor.Hits.Likeness;

/// <summary>Two texts laid side by side: what they share, and what one has in the place of the other's.</summary>
internal readonly record struct Alignment
{
    /// <summary>Words in both, in the same order or moved as a block.</summary>
    public int Matched { get; init; }

    /// <summary>Words of each before the first that they share.</summary>
    public int HeadA { get; init; }

    public int HeadB { get; init; }

    /// <summary>Words of each after the last that they share.</summary>
    public int TailA { get; init; }

    public int TailB { get; init; }

    /// <summary>Single words, or a few, that stand for others in the midst of what is shared.</summary>
    public int Changed { get; init; }

    /// <summary>Places where both have a number, and not the same.</summary>
    public int ChangedNumbers { get; init; }

    /// <summary>Words in passages that stand for others.</summary>
    public int Replaced { get; init; }

    /// <summary>What share of the first words, from the first that both have, the other has in order.</summary>
    public double Lead { get; init; }

    /// <summary>The longest run of words without a change.</summary>
    public int LongestRun { get; init; }

    private const int LeadWords = 30;

    /// <summary>Shorter runs are found anywhere.</summary>
    private const int LeastRun = 3;

    /// <summary>A shorter run that stands elsewhere is a phrase that is used twice, not a passage that was moved.</summary>
    private const int LeastMoved = 12;

    /// <summary>Longer gaps are passages.</summary>
    private const int LongestGap = 16;

    private const int MostRuns = 256;

    private const int Slots = 512;

    private readonly record struct Run(int A, int B, int Length) : IComparable<Run>
    {
        public int CompareTo(Run other) =>
            Length != other.Length ? other.Length.CompareTo(Length) : A != other.A ? A.CompareTo(other.A) : B.CompareTo(other.B);
    }

    /// <param name="whole">Whether both end where the texts end.</param>
    public static Alignment Of(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, bool whole = true)
    {
        Span<Run> found = stackalloc Run[MostRuns];
        int count = FindRuns(a, b, found);
        if (count == 0)
            return new() { HeadA = a.Length, HeadB = b.Length };
        found[..count].Sort();
        Span<Run> chosen = stackalloc Run[MostRuns];
        int inOrder = Choose(found[..count], a.Length, b.Length, chosen, out int matched);
        chosen[..inOrder].Sort((one, other) => one.A.CompareTo(other.A));
        inOrder = DropPhrases(chosen[..inOrder], ref matched);
        int changed = 0, numbers = 0, replaced = 0;
        for (int r = 1; r < inOrder; r++)
        {
            var (before, after) = (chosen[r - 1], chosen[r]);
            var gapA = a[(before.A + before.Length)..after.A];
            var gapB = b[(before.B + before.Length)..after.B];
            if (gapA.Length <= LongestGap && gapB.Length <= LongestGap)
            {
                int common = Common(gapA, gapB);
                matched += common;
                changed += Math.Min(gapA.Length, gapB.Length) - common;
                numbers += OtherNumbers(gapA, gapB);
            }
            else
            {
                replaced += Math.Min(gapA.Length, gapB.Length);
            }
        }

        var (first, last) = (chosen[0], chosen[inOrder - 1]);
        var tailA = a[(last.A + last.Length)..];
        var tailB = b[(last.B + last.Length)..];
        if (whole && tailA.Length <= LongestGap && tailB.Length <= LongestGap)
            numbers += OtherNumbers(tailA, tailB);
        if (first.A <= LongestGap && first.B <= LongestGap)
            numbers += OtherNumbers(a[..first.A], b[..first.B]);
        return new()
        {
            Matched = matched,
            HeadA = first.A,
            HeadB = first.B,
            TailA = tailA.Length,
            TailB = tailB.Length,
            Changed = changed,
            ChangedNumbers = numbers,
            Replaced = replaced,
            LongestRun = found[0].Length,
            Lead = LeadOf(chosen[..inOrder], a.Length, b.Length),
        };
    }

    /// <summary>Short runs that lie in line with neither neighbour are phrases that both texts happen to use.</summary>
    private static int DropPhrases(Span<Run> runs, ref int matched)
    {
        const int phrase = 6, inLine = 4;
        int kept = 0;
        for (int r = 0; r < runs.Length; r++)
        {
            var run = runs[r];
            bool alone = run.Length < phrase && runs.Length > 1
                && (kept == 0 || OutOfLine(run, runs[kept - 1])) && (r + 1 == runs.Length || OutOfLine(run, runs[r + 1]));
            if (alone && (kept > 0 || r + 1 < runs.Length))
                matched -= run.Length;
            else
                runs[kept++] = run;
        }

        return kept;

        static bool OutOfLine(Run one, Run other) => Math.Abs(one.A - one.B - other.A + other.B) > inLine;
    }

    private static double LeadOf(ReadOnlySpan<Run> runs, int lengthA, int lengthB)
    {
        var first = runs[0];
        int words = Math.Min(LeadWords, Math.Min(lengthA - first.A, lengthB - first.B)), shared = 0;
        foreach (var run in runs)
            shared += Math.Clamp(Math.Min(first.A + words - run.A, first.B + words - run.B), 0, run.Length);
        return (double)shared / words;
    }

    /// <summary>All longest common runs, bounded: by place in a for each group of three words, by places in b.</summary>
    private static int FindRuns(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, Span<Run> found)
    {
        const int samePlaces = 6;
        if (a.Length < LeastRun || b.Length < LeastRun)
            return 0;
        Span<short> heads = stackalloc short[Slots];
        Span<short> next = stackalloc short[a.Length];
        heads.Fill(-1);
        // From the end, so that the first places of a repeated group are looked at first.
        for (int i = a.Length - LeastRun; i >= 0; i--)
        {
            int slot = Slot(a, i);
            next[i] = heads[slot];
            heads[slot] = (short)i;
        }

        int count = 0;
        for (int j = 0; j + LeastRun <= b.Length; j++)
        {
            int looked = 0;
            for (int i = heads[Slot(b, j)]; i >= 0 && looked < samePlaces; i = next[i])
            {
                if (a[i] != b[j] || a[i + 1] != b[j + 1] || a[i + 2] != b[j + 2])
                    continue;
                looked++;
                if (i > 0 && j > 0 && a[i - 1] == b[j - 1])
                    continue;
                int length = a[i..].CommonPrefixLength(b[j..]);
                if (count < found.Length)
                    found[count++] = new(i, j, length);
            }
        }

        return count;
    }

    private static int Slot(ReadOnlySpan<byte> marks, int at) =>
        (int)((marks[at] * 0x9E3779B1u ^ marks[at + 1] * 0x85EBCA77u ^ marks[at + 2] * 0xC2B2AE3Du) >> 23);

    /// <summary>The longest first; each word belongs to one run; runs out of order only when they are long.</summary>
    private static int Choose(ReadOnlySpan<Run> found, int lengthA, int lengthB, Span<Run> chosen, out int matched)
    {
        Span<bool> takenA = stackalloc bool[lengthA];
        Span<bool> takenB = stackalloc bool[lengthB];
        int inOrder = 0;
        matched = 0;
        foreach (var run in found)
        {
            var (i, j, length) = run;
            while (length > 0 && (takenA[i] || takenB[j]))
                (i, j, length) = (i + 1, j + 1, length - 1);
            int free = 0;
            while (free < length && !takenA[i + free] && !takenB[j + free])
                free++;
            if (free < LeastRun)
                continue;
            bool ordered = true;
            foreach (var other in chosen[..inOrder])
                ordered &= i < other.A == j < other.B;
            if (!ordered && free < LeastMoved)
                continue;
            takenA.Slice(i, free).Fill(true);
            takenB.Slice(j, free).Fill(true);
            matched += free;
            if (ordered)
                chosen[inOrder++] = new(i, j, free);
        }

        return inOrder;
    }

    /// <summary>Words that both gaps have, in the same order.</summary>
    private static int Common(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        if (a.IsEmpty || b.IsEmpty)
            return 0;
        Span<int> row = stackalloc int[LongestGap + 1];
        row.Clear();
        foreach (byte mark in a)
        {
            int diagonal = 0;
            for (int j = 0; j < b.Length; j++)
            {
                int above = row[j + 1];
                row[j + 1] = mark == b[j] ? diagonal + 1 : Math.Max(above, row[j]);
                diagonal = above;
            }
        }

        return row[b.Length];
    }

    /// <summary>Numbers in the place of other numbers.</summary>
    private static int OtherNumbers(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        int onlyA = Missing(a, b);
        return onlyA == 0 ? 0 : Math.Min(onlyA, Missing(b, a));

        static int Missing(ReadOnlySpan<byte> from, ReadOnlySpan<byte> other)
        {
            int missing = 0;
            foreach (byte mark in from)
            {
                if (mark < WordMarks.FirstWord && !other.Contains(mark))
                    missing++;
            }

            return missing;
        }
    }
}
