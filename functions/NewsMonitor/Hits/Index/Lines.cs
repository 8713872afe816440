using System.IO.Hashing;
using System.Text.Json;
using NewsMonitor.Storage;

namespace NewsMonitor.Hits.Index;

/// <summary>JSON documents one a line, as bytes. A torn line costs itself, and none of the others.</summary>
internal static class Lines
{
    public static ReadOnlyMemory<byte> Of<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Documents.Compact);

    /// <summary>The lines that are not empty, in their order; the last may lack its end.</summary>
    public static List<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> content)
    {
        var lines = new List<ReadOnlyMemory<byte>>();
        while (!content.IsEmpty)
        {
            var end = content.Span.IndexOf((byte)'\n');
            var line = end < 0 ? content : content[..end];
            if (line.Span.IndexOfAnyExcept(" \r\t"u8) >= 0)
                lines.Add(line);
            content = end < 0 ? default : content[(end + 1)..];
        }

        return lines;
    }

    public static BinaryData Join(params IEnumerable<ReadOnlyMemory<byte>> lines)
    {
        var content = new MemoryStream();
        foreach (var line in lines)
        {
            content.Write(line.Span);
            content.WriteByte((byte)'\n');
        }

        return BinaryData.FromBytes(content.GetBuffer().AsMemory(0, (int)content.Length));
    }

    /// <summary>The lines, and those of others that are not among them.</summary>
    public static List<ReadOnlyMemory<byte>> Union(IReadOnlyList<ReadOnlyMemory<byte>> lines, IEnumerable<ReadOnlyMemory<byte>> others)
    {
        var known = lines.Select(line => XxHash128.HashToUInt128(line.Span)).ToHashSet();
        return [.. lines, .. others.Where(line => known.Add(XxHash128.HashToUInt128(line.Span)))];
    }

    /// <summary>
    /// The content with further lines, but for those that are among its last ones: what was added by somebody who was cut short is there, and the rest of
    /// a large content need not be looked at.
    /// </summary>
    public static BinaryData? Append(ReadOnlyMemory<byte> content, IReadOnlyList<ReadOnlyMemory<byte>> lines)
    {
        var start = content.Length;
        for (var looked = 0; looked <= 2 * lines.Count && start > 0; looked++)
            start = content.Span[..(start - 1)].LastIndexOf((byte)'\n') + 1;
        var tail = Split(content[start..]);
        var all = Union(tail, lines);
        if (all.Count == tail.Count)
            return null;
        var grown = new MemoryStream(content.Length + all.Skip(tail.Count).Sum(line => line.Length + 1) + 1);
        grown.Write(content.Span);
        if (content.Length > 0 && content.Span[^1] != (byte)'\n')
            grown.WriteByte((byte)'\n');
        grown.Write(Join(all.Skip(tail.Count)).ToMemory().Span);
        return BinaryData.FromBytes(grown.GetBuffer().AsMemory(0, (int)grown.Length));
    }

    /// <summary>False for what is no such document, with what is wrong with it.</summary>
    public static bool TryRead<T>(ReadOnlyMemory<byte> line, out T value, out string? problem)
        where T : class
    {
        try
        {
            value = JsonSerializer.Deserialize<T>(line.Span, Documents.Compact)!;
            problem = value is null ? "it is null" : null;
        }
        catch (JsonException e)
        {
            (value, problem) = (null!, SafeText.Line(e.Why()));
        }

        return problem is null;
    }
}
