using System.Globalization;
using System.Text.Json;
using NewsMonitor.Storage;

namespace NewsMonitor.Cli.Matching;

/// <summary>A JSON document: an article, or an array of them, which may be of any length.</summary>
internal static class JsonBlocks
{
    public static IEnumerable<ArticleBlock> Read(BlockReader reader)
    {
        int start;
        while ((start = Blank(reader.Bytes)) == reader.Length && reader.Fill())
        {
        }

        return start < reader.Length && reader.Bytes[start] == '[' ? Elements(reader) : [reader.GiveOutAll()];
    }

    /// <summary>The line of a document in which it is wrong, where that is not all too clear.</summary>
    public static string LineOf(JsonException e) =>
        e.LineNumber is > 0 and var line ? (line + 1).ToString(CultureInfo.InvariantCulture).Insert(0, ":") : "";

    private static int Blank(ReadOnlySpan<byte> bytes)
    {
        int length = bytes.IndexOfAnyExcept(" \t\r\n"u8);
        return length < 0 ? bytes.Length : length;
    }

    private static IEnumerable<ArticleBlock> Elements(BlockReader reader)
    {
        var scan = new ElementScan();
        for (int wanted = 1; !scan.IsDone;)
        {
            while (reader.Length < wanted && reader.Fill())
            {
            }

            int used = scan.Read(reader.Bytes, reader.IsAtEnd);
            wanted = 1;
            if (used > 0)
                yield return reader.GiveOut(used, Numbering.Element, scan.Found);
            else if (!reader.IsFull)
                wanted = 2 * reader.Length; // not to read a long element again for each bit of it that comes
            else
                scan.Stop($"[{scan.Next}]: {reader.TooLong}, skipped with all that follows");
        }

        reader.Abandon();
        if (scan.Fault is { } fault)
            yield return reader.GiveOut($"{reader.Name}{fault}");
    }

    /// <summary>Finds where the elements of an array begin and end.</summary>
    private sealed class ElementScan
    {
        private JsonReaderState _state;

        public List<ArticleRange> Found { get; } = [];

        public long Next { get; private set; }

        public bool IsDone { get; private set; }

        public string? Fault { get; private set; }

        public void Stop(string fault) => (IsDone, Fault) = (true, fault);

        /// <returns>How many bytes are done with.</returns>
        public int Read(ReadOnlySpan<byte> json, bool isFinal)
        {
            Found.Clear();
            var reader = new Utf8JsonReader(json, isFinal, _state);
            var before = reader;
            try
            {
                while (reader.Read())
                {
                    int start = (int)reader.TokenStartIndex;
                    bool isElement = reader.CurrentDepth > 0 || reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.EndArray);
                    if (isElement && !reader.TrySkip())
                        break;
                    if (isElement)
                        Found.Add(new ArticleRange(start, (int)reader.BytesConsumed - start, Next++));
                    before = reader;
                }

                IsDone = isFinal;
            }
            catch (JsonException e)
            {
                Stop($"{LineOf(e)}: not valid JSON, skipped with all that follows: {e.Why()}");
            }

            _state = before.CurrentState;
            return (int)before.BytesConsumed;
        }
    }
}
