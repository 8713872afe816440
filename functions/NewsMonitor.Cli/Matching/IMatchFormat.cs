using System.Buffers;
using NewsMonitor.Topics;

namespace NewsMonitor.Cli.Matching;

/// <summary>How matches are written. Not for two threads at once.</summary>
internal interface IMatchFormat
{
    void Write(in FoundArticle article, TopicMatch match, IBufferWriter<byte> output);
}

/// <summary>An article that some topic was found in.</summary>
/// <param name="json">The object that it was read from; empty when it was text.</param>
internal readonly ref struct FoundArticle(string id, string title, ReadOnlySpan<byte> json)
{
    public string Id { get; } = id;

    public string Title { get; } = title;

    public ReadOnlySpan<byte> Json { get; } = json;
}
