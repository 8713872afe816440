namespace NewsMonitor.Cli.Matching;

/// <summary>Blocks of articles from files and from standard input, which stands for <c>-</c>, one input after the other.</summary>
internal sealed class MatchInput(IEnumerable<string> files, Stream standardInput, BlockPool pool)
{
    private const string StandardInput = "standard input";

    private enum Format
    {
        Plain,
        Lines,
        Document,
    }

    /// <param name="cancel">Ends the wait for a free block.</param>
    public IEnumerable<ArticleBlock> Read(CancellationToken cancel) =>
        files.SelectMany(file => file == "-" ? ReadStandardInput(cancel) : ReadFile(file, cancel));

    private IEnumerable<ArticleBlock> ReadFile(string path, CancellationToken cancel)
    {
        FileStream? file = null;
        string fault = "";
        try
        {
            if (Directory.Exists(path))
                fault = "it is a folder; name the files in it";
            else
                file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            fault = e.Message;
        }

        using (file)
        {
            using var reader = new BlockReader(path, file ?? Stream.Null, pool, cancel);
            if (file is null)
            {
                yield return reader.GiveOut($"{path}: cannot be read: {fault}");
                yield break;
            }

            var format = Path.GetExtension(path).ToLowerInvariant() switch
            {
                ".ndjson" or ".jsonl" => Format.Lines,
                ".json" => Format.Document,
                _ => Format.Plain,
            };
            foreach (var block in Read(reader, format, textId: path))
                yield return block;
        }
    }

    private IEnumerable<ArticleBlock> ReadStandardInput(CancellationToken cancel)
    {
        using var reader = new BlockReader(StandardInput, standardInput, pool, cancel);
        Format? format;
        while ((format = FormatOf(reader.Bytes)) is null && reader.Fill())
        {
        }

        // Nothing but blanks, or a brace and nothing behind it.
        format ??= reader.Bytes.Contains((byte)'{') ? Format.Document : Format.Plain;
        foreach (var block in Read(reader, format.Value, textId: "-"))
            yield return block;
    }

    /// <summary>
    /// Standard input says by its first line that is not blank what it is: an object, begun and gone on with, is NDJSON; other JSON is a
    /// document; the rest is text. Null when more has to be read to tell.
    /// </summary>
    private static Format? FormatOf(ReadOnlySpan<byte> begin)
    {
        int first = begin.IndexOfAnyExcept(" \t\r\n"u8);
        if (first < 0)
            return null;
        if (begin[first] != '{')
            return begin[first] == '[' ? Format.Document : Format.Plain;

        int second = begin[(first + 1)..].IndexOfAnyExcept(" \t\r"u8);
        return second < 0 ? null : begin[first + 1 + second] == '\n' ? Format.Document : Format.Lines;
    }

    private static IEnumerable<ArticleBlock> Read(BlockReader reader, Format format, string textId)
    {
        foreach (var block in format switch
        {
            Format.Lines => LineBlocks.Read(reader),
            Format.Document => JsonBlocks.Read(reader),
            _ => [reader.GiveOutAll(textId)],
        })
        {
            yield return block;
        }

        if (reader.Fault is { } fault)
            yield return reader.GiveOut($"{reader.Name}: cannot be read further: {fault}");
    }
}
