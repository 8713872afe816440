using System.Collections.Concurrent;
using System.Diagnostics;

namespace NewsMonitor.Benchmarks;

/// <summary>
/// One of those that take turns, on a thread of its own: the matcher keeps what it has learnt of words with its thread, and must not lose it for
/// the others' turns.
/// </summary>
/// <param name="bytes">That one pass reads, in UTF-8.</param>
internal sealed class Lane(string name, long bytes, Func<long> pass) : IDisposable
{
    private static readonly TimeSpan s_turn = TimeSpan.FromSeconds(1);

    private readonly BlockingCollection<Action> _work = [];
    private readonly List<double> _seconds = [];
    private Thread? _thread;

    public string Name => name;

    /// <summary>What a pass found: articles, phrases, tokens or lines.</summary>
    public long Found { get; private set; }

    public double Best => bytes / _seconds.Min() / 1e6;

    public double Median => bytes / _seconds.Order().ElementAt(_seconds.Count / 2) / 1e6;

    /// <summary>As many whole passes as begin in a second; they are counted only when this is no warm-up.</summary>
    public void Turn(bool counts)
    {
        GC.Collect();
        Run(() =>
        {
            var turn = Stopwatch.StartNew();
            do
            {
                long before = Stopwatch.GetTimestamp();
                Found = pass();
                if (counts)
                    _seconds.Add(Stopwatch.GetElapsedTime(before).TotalSeconds);
            }
            while (turn.Elapsed < s_turn);
            return 0L;
        });
    }

    /// <summary>Bytes that one pass allocates, after a first that does not count.</summary>
    public long Allocated() => Run(() =>
    {
        pass();
        long before = GC.GetAllocatedBytesForCurrentThread();
        pass();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    });

    private long Run(Func<long> work)
    {
        if (_thread is null)
        {
            _thread = new Thread(Work) { IsBackground = true, Name = name };
            _thread.Start();
        }

        var result = new TaskCompletionSource<long>();
        _work.Add(() =>
        {
            try
            {
                result.SetResult(work());
            }
            catch (Exception e)
            {
                result.SetException(e);
            }
        });
        return result.Task.GetAwaiter().GetResult();
    }

    private void Work()
    {
        foreach (var next in _work.GetConsumingEnumerable())
            next();
    }

    public void Dispose()
    {
        _work.CompleteAdding();
        _thread?.Join();
        _work.Dispose();
    }
}
