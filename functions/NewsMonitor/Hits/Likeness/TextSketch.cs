using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace NewsMonitor.Hits.Likeness;

/// <summary>
/// What is remembered of an article's words: enough to recognise its copies. One byte a word (<see cref="WordMarks"/>), in order, so
/// that two texts can be laid side by side; of a long text the opening, and a sample of its word groups. Stored in files, hence stable.
/// </summary>
public sealed class TextSketch
{
    /// <summary>At or over this two texts are copies.</summary>
    public const double Copy = 0.5;

    private const byte Version = 1;

    private const int MostTitleWords = 20;

    /// <summary>A text of no more words is kept whole.</summary>
    private const int WholeWords = 216;

    /// <summary>Of a longer one, as much of its opening.</summary>
    private const int OpeningWords = 112;

    private const int SampleSize = 26;

    // version, words of the text (2 bytes), words of the title, the title's marks, the text's marks, the sample's hashes.
    private const int HeadSize = 4;

    private readonly byte[] _packed;

    private TextSketch(byte[] packed) => _packed = packed;

    /// <summary>Words of the text; at most 65,535.</summary>
    internal int Words => BinaryPrimitives.ReadUInt16LittleEndian(_packed.AsSpan(1));

    internal bool IsWhole => Words <= WholeWords;

    internal ReadOnlySpan<byte> Title => _packed.AsSpan(HeadSize, _packed[3]);

    /// <summary>All words of a text, or those of its opening.</summary>
    internal ReadOnlySpan<byte> Marks => _packed.AsSpan(HeadSize + _packed[3], IsWhole ? Words : OpeningWords);

    /// <summary>The lowest hashes of the word groups of a long text, in order. Empty when all its words are known.</summary>
    internal void CopySample(Span<uint> sample, out int count)
    {
        var bytes = _packed.AsSpan(HeadSize + _packed[3] + Marks.Length);
        count = bytes.Length / sizeof(uint);
        for (int i = 0; i < count; i++)
            sample[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(i * sizeof(uint))..]);
    }

    internal const int LargestSample = SampleSize;

    internal ReadOnlySpan<byte> Packed => _packed;

    public static TextSketch Of(string title, string text)
    {
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(text);
        var titleMarks = TitleWords.Of(title.Length > 1000 ? title[..1000] : title);
        if (titleMarks.Count > MostTitleWords)
            titleMarks.RemoveRange(MostTitleWords, titleMarks.Count - MostTitleWords);
        var marks = CollectionsMarshal.AsSpan(WordMarks.Of(text));
        if (marks.Length > ushort.MaxValue)
            marks = marks[..ushort.MaxValue];
        bool whole = marks.Length <= WholeWords;
        uint[] sample = whole ? [] : Shingles.Lowest(marks, SampleSize);
        var kept = whole ? marks : marks[..OpeningWords];
        var packed = new byte[HeadSize + titleMarks.Count + kept.Length + sample.Length * sizeof(uint)];
        packed[0] = Version;
        BinaryPrimitives.WriteUInt16LittleEndian(packed.AsSpan(1), (ushort)marks.Length);
        packed[3] = (byte)titleMarks.Count;
        CollectionsMarshal.AsSpan(titleMarks).CopyTo(packed.AsSpan(HeadSize));
        kept.CopyTo(packed.AsSpan(HeadSize + titleMarks.Count));
        var rest = packed.AsSpan(HeadSize + titleMarks.Count + kept.Length);
        for (int i = 0; i < sample.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(rest[(i * sizeof(uint))..], sample[i]);
        return new TextSketch(packed);
    }

    public string Pack() => Convert.ToBase64String(_packed);

    /// <summary>Null for what is not a sketch, or one of a version that is not known here.</summary>
    public static TextSketch? Unpack(string? packed)
    {
        // No sketch is longer: what is stored may be anything.
        if (packed is null || packed.Length > 600)
            return null;
        var bytes = new byte[packed.Length * 3 / 4];
        if (!Convert.TryFromBase64String(packed, bytes, out int length) || length < HeadSize || bytes[0] != Version || bytes[3] > MostTitleWords)
            return null;
        var sketch = new TextSketch(bytes[..length]);
        int rest = length - HeadSize - bytes[3] - (sketch.IsWhole ? sketch.Words : OpeningWords);
        return sketch.IsWhole ? rest == 0 ? sketch : null : rest is > 0 and <= SampleSize * sizeof(uint) && rest % sizeof(uint) == 0 ? sketch : null;
    }

    /// <summary>How surely two articles are copies of one text, from 0 to 1; the same whichever comes first.</summary>
    /// <param name="apart">How long one was published after the other.</param>
    public static double Likeness(TextSketch a, TextSketch b, TimeSpan apart)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        bool inOrder = a.Words != b.Words ? a.Words < b.Words : a.Packed.SequenceCompareTo(b.Packed) <= 0;
        return inOrder ? CopyJudge.Likeness(a, b, apart.Duration()) : CopyJudge.Likeness(b, a, apart.Duration());
    }
}
