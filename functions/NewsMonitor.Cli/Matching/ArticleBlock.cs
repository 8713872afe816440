using System.Buffers;
using System.Text;

namespace NewsMonitor.Cli.Matching;

/// <summary>What the number of an article counts.</summary>
internal enum Numbering
{
    /// <summary>Nothing: the input is one article.</summary>
    None,

    /// <summary>Lines, from 1.</summary>
    Line,

    /// <summary>Elements of an array, from 0.</summary>
    Element,
}

/// <summary>Where an article lies in its block, and which of its input it is.</summary>
internal readonly record struct ArticleRange(int Start, int Length, long Number);

/// <summary>A piece of an input with whole articles in it, and then what was found in them. Used again and again.</summary>
/// <param name="size">Bytes, as long as no article is longer.</param>
internal sealed class ArticleBlock(int size)
{
    /// <summary>The input, for messages.</summary>
    public string Name { get; set; } = "";

    public Numbering Numbering { get; set; }

    /// <summary>The id of the article, when it is plain text; null when it is JSON.</summary>
    public string? PlainId { get; set; }

    /// <summary>As they were read, in UTF-8.</summary>
    public byte[] Bytes { get; set; } = new byte[size];

    public List<ArticleRange> Articles { get; } = [];

    /// <summary>What to write.</summary>
    public ArrayBufferWriter<byte> Output { get; private set; } = new();

    /// <summary>What to tell, a line each.</summary>
    public StringBuilder Problems { get; private set; } = new();

    public string PlaceOf(in ArticleRange article) => Numbering switch
    {
        Numbering.Line => $"{Name}:{article.Number}",
        Numbering.Element => $"{Name}[{article.Number}]",
        _ => Name,
    };

    public void Tell(string problem) => Problems.Append(SafeText.Line(problem, 1000)).Append('\n');

    /// <summary>Forgets everything, and gives back what it needed beyond the usual.</summary>
    public void Clear()
    {
        if (Bytes.Length > size)
            Bytes = new byte[size];
        Articles.Clear();
        Problems = Problems.Length > size ? new StringBuilder() : Problems.Clear();
        if (Output.Capacity > 4 * size)
            Output = new ArrayBufferWriter<byte>();
        Output.ResetWrittenCount();
    }
}
