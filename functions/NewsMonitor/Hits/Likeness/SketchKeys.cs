namespace NewsMonitor.Hits.Likeness;

/// <summary>The hashes that a sketch is found by, about twenty.</summary>
internal static class SketchKeys
{
    /// <summary>Copies that were cut short have the opening.</summary>
    private const int OpeningWords = 54;

    private const int Window = 8;

    /// <summary>Copies with passages before the opening have most of the rest.</summary>
    private const int FromAll = 6;

    /// <summary>Shorter titles say too little to be found by alone.</summary>
    private const int FewestTitleWords = 4;

    public static void Of(TextSketch sketch, List<uint> keys)
    {
        keys.Clear();
        var marks = sketch.Marks;
        Shingles.Winnow(marks[..Math.Min(OpeningWords, marks.Length)], Window, keys);
        Span<uint> lowest = stackalloc uint[TextSketch.LargestSample];
        int count = 0;
        if (sketch.IsWhole)
            Lowest(marks, lowest[..FromAll], out count);
        else
            sketch.CopySample(lowest, out count);
        foreach (uint key in lowest[..Math.Min(count, FromAll)])
        {
            if (!keys.Contains(key))
                keys.Add(key);
        }

        if (sketch.Title.Length >= FewestTitleWords)
            keys.Add(TitleKey(sketch.Title));
    }

    private static uint TitleKey(ReadOnlySpan<byte> title)
    {
        uint hash = 2166136261;
        foreach (byte mark in title)
            hash = (hash ^ mark) * 16777619;
        return WordMarks.Mix(hash);
    }

    /// <summary>The lowest hashes of all groups, without repeats, in order.</summary>
    private static void Lowest(ReadOnlySpan<byte> marks, Span<uint> lowest, out int count)
    {
        count = 0;
        for (int i = 0; i < Shingles.Count(marks.Length); i++)
        {
            uint hash = Shingles.Hash(marks, i);
            if (count == lowest.Length && hash >= lowest[^1])
                continue;
            int at = lowest[..count].BinarySearch(hash);
            if (at >= 0)
                continue;
            at = ~at;
            count = Math.Min(count + 1, lowest.Length);
            lowest[at..(count - 1)].CopyTo(lowest[(at + 1)..]);
            lowest[at] = hash;
        }
    }
}
