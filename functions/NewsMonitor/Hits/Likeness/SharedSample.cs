namespace NewsMonitor.Hits.Likeness;

/// <summary>What share of the shorter text's word groups the longer has, by those groups that a sample of both would hold.</summary>
/// <param name="Count">Of how many groups it was told.</param>
internal sealed record SharedSample(double Share, int Count)
{
    /// <param name="a">The one with fewer words.</param>
    public static SharedSample Of(TextSketch a, TextSketch b)
    {
        Span<uint> spaceA = stackalloc uint[Most];
        Span<uint> spaceB = stackalloc uint[Most];
        var groupsA = GroupsOf(a, spaceA, out uint limitA);
        var groupsB = GroupsOf(b, spaceB, out uint limitB);
        uint limit = Math.Min(limitA, limitB);
        int count = 0, shared = 0;
        foreach (uint group in groupsA)
        {
            if (group > limit)
                break;
            count++;
            if (groupsB.BinarySearch(group) >= 0)
                shared++;
        }

        return new((double)shared / Math.Max(1, count), count);
    }

    private const int Most = 256;

    /// <summary>In order, with the highest that the sample would hold.</summary>
    private static ReadOnlySpan<uint> GroupsOf(TextSketch sketch, Span<uint> space, out uint limit)
    {
        limit = uint.MaxValue;
        int count;
        if (sketch.IsWhole)
        {
            var marks = sketch.Marks;
            count = Shingles.Count(marks.Length);
            for (int i = 0; i < count; i++)
                space[i] = Shingles.Hash(marks, i);
            space[..count].Sort();
        }
        else
        {
            sketch.CopySample(space, out count);
            if (count == TextSketch.LargestSample)
                limit = space[count - 1];
        }

        return space[..count];
    }
}
