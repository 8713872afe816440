using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using NewsMonitor.Storage;
using NewsMonitor.Topics;

namespace NewsMonitor.Cli.Matching;

/// <summary>Matches the articles of one block after the other. Not for two threads at once.</summary>
internal sealed class BlockMatcher(TopicRules rules, IMatchFormat format)
{
    private readonly ArticleReader _article = new();
    private ArrayBufferWriter<byte> _written = new();

    public void Match(ArticleBlock block)
    {
        foreach (var range in block.Articles)
        {
            try
            {
                if (Match(block, range) is { } problem)
                    block.Tell($"{block.PlaceOf(range)}: {problem}");
            }
            catch (JsonException e)
            {
                string line = block.Numbering == Numbering.None ? JsonBlocks.LineOf(e) : "";
                block.Tell($"{block.PlaceOf(range)}{line}: not valid JSON, skipped: {e.Why()}");
            }
            catch (OutOfMemoryException)
            {
                block.Tell($"{block.PlaceOf(range)}: there is not enough memory to match it, skipped");
            }
        }
    }

    /// <returns>What is to be told.</returns>
    private string? Match(ArticleBlock block, ArticleRange range)
    {
        var bytes = block.Bytes.AsSpan(range.Start, range.Length);
        if (block.PlainId is not null)
            _article.ReadPlain(bytes);
        else if (_article.Read(bytes) is { } fault)
            return fault + ", skipped";

        if (rules.Match(_article.Title, _article.Text) is { Count: > 0 } matches)
            Write(block, range, bytes, matches);
        return _article.IsValid ? null : "not valid UTF-8; matched with U+FFFD for what cannot be read";
    }

    private void Write(ArticleBlock block, ArticleRange range, ReadOnlySpan<byte> bytes, IReadOnlyList<TopicMatch> matches)
    {
        string id = block.PlainId ?? _article.Id(bytes) ?? block.PlaceOf(range);
        var json = block.PlainId is not null ? [] : Utf8.IsValid(bytes) ? bytes : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes));
        var found = new FoundArticle(id, _article.Title.ToString(), json);
        foreach (var match in matches)
            format.Write(found, match, _written);
        // All or nothing of an article.
        block.Output.Write(_written.WrittenSpan);
        if (_written.Capacity > 1 << 20)
            _written = new ArrayBufferWriter<byte>();
        _written.ResetWrittenCount();
    }
}
