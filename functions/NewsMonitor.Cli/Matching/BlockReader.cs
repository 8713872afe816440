using System.Text;

namespace NewsMonitor.Cli.Matching;

/// <summary>Fills blocks from a stream, one after the other. What is left over of one begins the next.</summary>
internal sealed class BlockReader : IDisposable
{
    private readonly Stream _stream;
    private readonly BlockPool _pool;
    private readonly CancellationToken _cancel;
    private byte[] _rest = [];
    private ArticleBlock? _block;

    /// <param name="name">The input, for messages.</param>
    public BlockReader(string name, Stream stream, BlockPool pool, CancellationToken cancel)
    {
        (Name, _stream, _pool, _cancel) = (name, stream, pool, cancel);
        _stream = SkipMark(stream);
    }

    public string Name { get; }

    /// <summary>What was read and not yet given out.</summary>
    public ReadOnlySpan<byte> Bytes => _block is null ? [] : _block.Bytes.AsSpan(0, Length);

    public int Length { get; private set; }

    /// <summary>Whether nothing more will come.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>Whether everything was given out.</summary>
    public bool IsDone => IsAtEnd && Length + _rest.Length == 0;

    /// <summary>Whether an article is longer than any may be.</summary>
    public bool IsFull => Length >= _pool.Sizes.Longest;

    /// <summary>Why it ended before the end.</summary>
    public string? Fault { get; private set; }

    /// <summary>Says how long an article may be.</summary>
    public string TooLong => $"longer than {_pool.Sizes.Longest / (1 << 20)} MB";

    /// <summary>Reads on, once: what has come so far is not to wait for what comes later. False when it did not.</summary>
    public bool Fill()
    {
        _block ??= Begin();
        if (IsAtEnd || IsFull)
            return false;
        if (Length == _block.Bytes.Length)
            Grow(_block);
        // Not more than the usual at once, so that a short article does not have to go with a long one before it.
        Length += Read(_block.Bytes.AsSpan(Length, Math.Min(_block.Bytes.Length - Length, _pool.Sizes.Block)));
        return !IsAtEnd;
    }

    /// <summary>The block, with articles in its first bytes.</summary>
    public ArticleBlock GiveOut(int used, Numbering numbering, IEnumerable<ArticleRange> articles)
    {
        var block = _block ??= Begin();
        _rest = Bytes[used..].ToArray();
        (_block, Length) = (null, 0);
        (block.Name, block.Numbering, block.PlainId) = (Name, numbering, null);
        block.Articles.AddRange(articles);
        return block;
    }

    /// <summary>A block with nothing in it but something to tell.</summary>
    public ArticleBlock GiveOut(string problem)
    {
        var block = GiveOut(0, Numbering.None, []);
        block.Tell(problem);
        return block;
    }

    /// <summary>All that there is, as one article.</summary>
    /// <param name="plainId">Its id, when it is plain text.</param>
    public ArticleBlock GiveOutAll(string? plainId = null)
    {
        while (Fill())
        {
        }

        if (IsFull)
        {
            Abandon();
            return GiveOut($"{Name}: {TooLong}, skipped");
        }

        var block = GiveOut(Length, Numbering.None, [new ArticleRange(0, Length, 0)]);
        block.PlainId = plainId;
        return block;
    }

    /// <summary>Forgets the first bytes.</summary>
    public void Drop(int count)
    {
        Bytes[count..].CopyTo(_block!.Bytes);
        Length -= count;
    }

    /// <summary>Forgets the rest, read or not.</summary>
    public void Abandon() => (IsAtEnd, Length, _rest) = (true, 0, []);

    public void Dispose()
    {
        if (_block is not null)
            _pool.Return(_block);
        _block = null;
    }

    private ArticleBlock Begin()
    {
        var block = _pool.Take(_cancel);
        if (_rest.Length > block.Bytes.Length)
            block.Bytes = new byte[_rest.Length];
        _rest.CopyTo(block.Bytes, 0);
        (Length, _rest) = (_rest.Length, []);
        return block;
    }

    private void Grow(ArticleBlock block)
    {
        int size = (int)Math.Min(2L * Length, _pool.Sizes.Longest);
        if (size >= _pool.Sizes.Large)
            _pool.AwaitOthers(_cancel);
        byte[] bytes = new byte[size];
        Bytes.CopyTo(bytes);
        block.Bytes = bytes;
    }

    /// <summary>Skips a byte order mark. Programs on Windows write UTF-16, and say so by it.</summary>
    private Stream SkipMark(Stream stream)
    {
        Span<byte> mark = stackalloc byte[3];
        int length = Read(mark[..1]);
        length += length == 1 ? Read(mark.Slice(1, 1)) : 0;
        length += mark is [0xEF, 0xBB, _] ? Read(mark[2..]) : 0;
        Encoding? wide = mark is [0xFF, 0xFE, _] ? Encoding.Unicode : mark is [0xFE, 0xFF, _] ? Encoding.BigEndianUnicode : null;
        _rest = wide is not null || mark is [0xEF, 0xBB, 0xBF] ? [] : mark[..length].ToArray();
        return wide is null ? stream : Encoding.CreateTranscodingStream(stream, wide, Encoding.UTF8, leaveOpen: true);
    }

    private int Read(Span<byte> into)
    {
        try
        {
            int read = _stream.Read(into);
            IsAtEnd = read == 0;
            return read;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            (IsAtEnd, Fault) = (true, e.Message);
            return 0;
        }
    }
}
