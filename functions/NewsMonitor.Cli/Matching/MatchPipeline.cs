using System.Threading.Channels;

namespace NewsMonitor.Cli.Matching;

/// <summary>
/// One thread reads blocks, several match them, and one writes what they found in the order in which they were read. Who waits for whom is
/// settled by the pool: there is no more to read into than it has.
/// </summary>
/// <param name="write">Given each block when it is matched and its turn has come.</param>
internal sealed class MatchPipeline(BlockPool pool, int workers, Func<BlockMatcher> matcher, Action<ArticleBlock> write)
{
    private readonly Channel<Job> _toMatch = Channel.CreateUnbounded<Job>(), _toWrite = Channel.CreateUnbounded<Job>();

    private sealed record Job(ArticleBlock Block)
    {
        public TaskCompletionSource Matched { get; } = new();
    }

    /// <summary>Ends when all is written, or at once when it is told to: then what is under way is left alone.</summary>
    public async Task RunAsync(Func<CancellationToken, IEnumerable<ArticleBlock>> blocks, CancellationToken cancel)
    {
        // Whoever waits for input or for whom reads the output cannot be woken, and need not be.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var reading = Start(() => Read(blocks(stop.Token)));
        for (int i = 0; i < workers; i++)
            _ = Start(() => Match(stop.Token));
        try
        {
            await Start(() => Write(stop.Token)).WaitAsync(cancel);
            await reading;
        }
        finally
        {
            await stop.CancelAsync();
        }
    }

    private static Task Start(Action work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Read(IEnumerable<ArticleBlock> blocks)
    {
        try
        {
            foreach (var block in blocks)
            {
                var job = new Job(block);
                _toMatch.Writer.TryWrite(job);
                _toWrite.Writer.TryWrite(job);
            }
        }
        finally
        {
            _toMatch.Writer.Complete();
            _toWrite.Writer.Complete();
        }
    }

    private void Match(CancellationToken stop)
    {
        var own = matcher();
        foreach (var job in _toMatch.Reader.ReadAllAsync(stop).ToBlockingEnumerable(stop))
        {
            try
            {
                own.Match(job.Block);
                job.Matched.SetResult();
            }
            catch (Exception e)
            {
                job.Matched.SetException(e);
            }
        }
    }

    private void Write(CancellationToken stop)
    {
        foreach (var job in _toWrite.Reader.ReadAllAsync(stop).ToBlockingEnumerable(stop))
        {
            job.Matched.Task.GetAwaiter().GetResult();
            write(job.Block);
            pool.Return(job.Block);
        }
    }
}
