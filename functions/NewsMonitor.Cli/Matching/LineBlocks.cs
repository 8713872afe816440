namespace NewsMonitor.Cli.Matching;

/// <summary>NDJSON: an article a line. Lines end with a line feed; what stands before it may be a carriage return.</summary>
internal static class LineBlocks
{
    private const byte LineFeed = (byte)'\n';

    private static ReadOnlySpan<byte> Mark => "\uFEFF"u8;

    public static IEnumerable<ArticleBlock> Read(BlockReader reader)
    {
        long line = 0;
        var articles = new List<ArticleRange>();
        for (int searched = 0; !reader.IsDone;)
        {
            int last = reader.Bytes[searched..].LastIndexOf(LineFeed);
            int whole = reader.IsAtEnd ? reader.Length : last < 0 ? 0 : searched + last + 1;
            if (whole > 0)
            {
                articles.Clear();
                line = Split(reader.Bytes[..whole], line, articles);
                yield return reader.GiveOut(whole, Numbering.Line, articles);
                searched = 0;
            }
            else if (reader.IsFull)
            {
                Skip(reader);
                yield return reader.GiveOut($"{reader.Name}:{++line}: {reader.TooLong}, skipped");
                searched = 0;
            }
            else
            {
                searched = reader.Length;
                reader.Fill();
            }
        }
    }

    /// <returns>The number of the last line.</returns>
    private static long Split(ReadOnlySpan<byte> lines, long line, List<ArticleRange> articles)
    {
        for (int start = 0; start < lines.Length;)
        {
            int length = lines[start..].IndexOf(LineFeed);
            length = length < 0 ? lines.Length - start : length;
            line++;
            // Files that were put together have marks inside.
            int mark = lines.Slice(start, length).StartsWith(Mark) ? Mark.Length : 0;
            if (lines.Slice(start + mark, length - mark).IndexOfAnyExcept((byte)' ', (byte)'\t', (byte)'\r') >= 0)
                articles.Add(new ArticleRange(start + mark, length - mark, line));
            start += length + 1;
        }

        return line;
    }

    private static void Skip(BlockReader reader)
    {
        int end;
        while ((end = reader.Bytes.IndexOf(LineFeed)) < 0 && !reader.IsAtEnd)
        {
            reader.Drop(reader.Length);
            reader.Fill();
        }

        reader.Drop(end < 0 ? reader.Length : end + 1);
    }
}
