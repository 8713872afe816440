using System.Threading.Channels;

namespace NewsMonitor.Cli.Matching;

/// <param name="Block">Bytes of a block, as long as no article is longer.</param>
/// <param name="Longest">Bytes of an article, at most.</param>
internal sealed record BlockSizes(int Block, int Longest)
{
    public static BlockSizes Usual { get; } = new(1 << 18, 1 << 28);

    /// <summary>A longer article is alone in memory.</summary>
    public int Large => (int)Math.Min(Longest, 64L * Block);
}

/// <summary>All blocks that there are. Whoever reads waits for a free one, so that memory does not grow with the input.</summary>
internal sealed class BlockPool
{
    private readonly Channel<ArticleBlock> _free = Channel.CreateUnbounded<ArticleBlock>();
    private readonly int _count;

    public BlockPool(int count, BlockSizes sizes)
    {
        (_count, Sizes) = (count, sizes);
        for (int i = 0; i < count; i++)
            Return(new ArticleBlock(sizes.Block));
    }

    public BlockSizes Sizes { get; }

    public ArticleBlock Take(CancellationToken cancel) =>
        _free.Reader.TryRead(out var block) ? block : _free.Reader.ReadAsync(cancel).AsTask().GetAwaiter().GetResult();

    public void Return(ArticleBlock block)
    {
        block.Clear();
        _free.Writer.TryWrite(block);
    }

    /// <summary>Waits until all but one, which the caller has, are free.</summary>
    public void AwaitOthers(CancellationToken cancel)
    {
        var others = new List<ArticleBlock>();
        while (others.Count < _count - 1)
            others.Add(Take(cancel));
        others.ForEach(Return);
    }
}
