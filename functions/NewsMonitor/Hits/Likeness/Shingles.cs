namespace NewsMonitor.Hits.Likeness;

/// <summary>Hashes of word groups, and which of them stand for a text.</summary>
internal static class Shingles
{
    /// <summary>Words in a group.</summary>
    public const int Size = 4;

    /// <summary>Of the group that begins at <paramref name="at"/>.</summary>
    public static uint Hash(ReadOnlySpan<byte> marks, int at) =>
        WordMarks.Mix(marks[at] | (uint)marks[at + 1] << 8 | (uint)marks[at + 2] << 16 | (uint)marks[at + 3] << 24);

    public static int Count(int words) => Math.Max(0, words - Size + 1);

    /// <summary>The lowest hashes of a text, without repeats, in order: a sample that other texts with the same groups share.</summary>
    public static uint[] Lowest(ReadOnlySpan<byte> marks, int most)
    {
        var all = new uint[Count(marks.Length)];
        for (int i = 0; i < all.Length; i++)
            all[i] = Hash(marks, i);
        Array.Sort(all);
        int kept = 0;
        for (int i = 0; i < all.Length && kept < most; i++)
        {
            if (kept == 0 || all[kept - 1] != all[i])
                all[kept++] = all[i];
        }

        return all[..kept];
    }

    /// <summary>
    /// The lowest hash of each <paramref name="window"/> neighbours (winnowing): any run of window + 3 words that two texts share has a
    /// hash that both chose, whatever stands before and after it.
    /// </summary>
    public static void Winnow(ReadOnlySpan<byte> marks, int window, List<uint> chosen)
    {
        int count = Count(marks.Length), last = -1;
        for (int start = 0; start == 0 || start + window <= count; start++)
        {
            int end = Math.Min(start + window, count), best = -1;
            uint lowest = uint.MaxValue;
            for (int i = start; i < end; i++)
            {
                uint hash = Hash(marks, i);
                if (best < 0 || hash <= lowest)
                    (best, lowest) = (i, hash);
            }

            if (best >= 0 && best != last && !chosen.Contains(lowest))
                chosen.Add(lowest);
            last = best;
        }
    }
}
