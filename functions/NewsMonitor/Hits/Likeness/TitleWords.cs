namespace NewsMonitor.Hits.Likeness;

/// <summary>A title as its own words: without the outlet's name, and without "urgent" or "video" before it.</summary>
internal static class TitleWords
{
    private static readonly string[] OutletMarks = [" - ", " – ", " — ", " ـ ", " | ", " :: ", " / "];

    /// <summary>Longer names are part of the title.</summary>
    private const int LongestOutlet = 40;

    private static readonly HashSet<byte> Labels =
        [.. "عاجل بالصور بالصوره بالفيديو فيديو صور شاهد بالوثيقه وثيقه خاص حصري انفوغراف".Split(' ').Select(word => WordMarks.Of(word)[0])];

    public static List<byte> Of(string title)
    {
        var own = title.AsSpan();
        foreach (string mark in OutletMarks)
        {
            int at = own.LastIndexOf(mark, StringComparison.Ordinal);
            if (at > own.Length / 2 && own.Length - at <= LongestOutlet)
                own = own[..at];
        }

        var marks = WordMarks.Of(own);
        int first = 0;
        while (first < marks.Count && first < 3 && Labels.Contains(marks[first]))
            first++;
        marks.RemoveRange(0, first);
        while (marks.Count > 1 && Labels.Contains(marks[^1]))
            marks.RemoveAt(marks.Count - 1);
        return marks;
    }
}
