using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NewsMonitor.LocalHost;
using NewsMonitor.Storage;
using NewsMonitor.Tests.Peers;

namespace NewsMonitor.Tests.Unit.LocalHost;

public sealed class QueueListenerTests : IDisposable
{
    private const string Queue = "work";

    private static readonly TimeSpan HalfALease = TimeSpan.FromSeconds(30);

    private static readonly HostJson Host = new() { BatchSize = 2, NewBatchThreshold = 0, MaxDequeueCount = 3, VisibilityTimeout = TimeSpan.FromSeconds(30) };

    private readonly TemporaryFolder _folder = new();
    private readonly WatchedTime _time = new();
    private readonly WatchedQueues _queues;
    private readonly Work _work = new();
    private readonly ServiceProvider _services;

    public QueueListenerTests()
    {
        _queues = new WatchedQueues(new FileQueues(_folder.Path, _time));
        _services = new ServiceCollection().AddSingleton(_work).BuildServiceProvider();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _services.Dispose();
        _folder.Dispose();
    }

    private QueueListener Listener() => new(
        TheseTypes.Catalog(typeof(Worker)).Queues[0], Host, _queues, _services.GetRequiredService<IServiceScopeFactory>(), _time,
        NullLogger<QueueListener>.Instance);

    private Task SendAsync(string text) => _queues.SendAsync(Queue, text, TimeSpan.Zero, Cancel);

    private Task<int> DrainAsync() => Listener().DrainAsync(Cancel, Cancel);

    [Fact]
    public async Task Every_message_is_handled_and_deleted()
    {
        for (var i = 0; i < 5; i++)
            await SendAsync($$"""{"text":"{{i}}"}""");
        Assert.Equal(5, await DrainAsync());
        Assert.Equal(["0", "1", "2", "3", "4"], _work.Begun.Order(StringComparer.Ordinal));
        Assert.Equal(0, await _queues.CountAsync(Queue, Cancel));
    }

    [Fact]
    public async Task No_more_than_a_batch_is_in_hand_until_the_threshold_is_reached()
    {
        for (var i = 0; i < 5; i++)
            await SendAsync($$"""{"text":"{{i}}"}""");
        _work.Hold();
        var drain = DrainAsync();
        await _work.BegunAsync(2);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(1, _queues.Receives);
        _work.Release();
        Assert.Equal(5, await drain);
        Assert.Equal(2, _work.MostAtOnce);
    }

    [Fact]
    public async Task A_failed_message_is_hidden_for_the_visibility_timeout_and_goes_to_poison_after_the_last_try()
    {
        const string Text = """{"Text":"خبر","more":1}""";
        await SendAsync(Text);
        _work.Failure = new InvalidOperationException("no");
        for (var tries = 1; tries <= Host.MaxDequeueCount; tries++)
        {
            Assert.Equal(1, await DrainAsync());
            Assert.Equal(tries, _work.Begun.Count);
            Assert.Equal(0, await DrainAsync());
            _time.Advance(Host.VisibilityTimeout);
        }

        Assert.Equal(0, await DrainAsync());
        Assert.Equal(0, await _queues.CountAsync(Queue, Cancel));
        Assert.Equal(Text, Assert.Single(await _queues.ReceiveAsync($"{Queue}-poison", 32, TimeSpan.FromMinutes(1), Cancel)).Text);
    }

    [Fact]
    public async Task A_message_that_fails_once_succeeds_when_it_is_shown_again()
    {
        await SendAsync("""{"text":"a"}""");
        _work.Failure = new InvalidOperationException("no");
        await DrainAsync();
        _work.Failure = null;
        _time.Advance(Host.VisibilityTimeout);
        Assert.Equal(1, await DrainAsync());
        Assert.Equal(0, await _queues.CountAsync(Queue, Cancel));
        Assert.Equal(0, await _queues.CountAsync($"{Queue}-poison", Cancel));
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task A_message_that_is_not_what_the_function_takes_ends_as_poison_with_its_text(string text)
    {
        await SendAsync(text);
        for (var tries = 0; tries < Host.MaxDequeueCount; tries++)
        {
            await DrainAsync();
            _time.Advance(Host.VisibilityTimeout);
        }

        Assert.Empty(_work.Begun);
        Assert.Equal(text, Assert.Single(await _queues.ReceiveAsync($"{Queue}-poison", 32, TimeSpan.FromMinutes(1), Cancel)).Text);
    }

    [Fact]
    public async Task A_message_that_killed_every_process_is_not_tried_again()
    {
        await SendAsync("""{"text":"a"}""");
        for (var deaths = 0; deaths < Host.MaxDequeueCount; deaths++)
        {
            Assert.Single(await _queues.ReceiveAsync(Queue, 1, TimeSpan.FromMinutes(1), Cancel));
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(1, await DrainAsync());
        Assert.Empty(_work.Begun);
        Assert.Equal(1, await _queues.CountAsync($"{Queue}-poison", Cancel));
        Assert.Equal(0, await _queues.CountAsync(Queue, Cancel));
    }

    [Fact]
    public async Task A_message_in_hand_stays_hidden_as_long_as_its_function_runs()
    {
        await SendAsync("""{"text":"a"}""");
        _work.Hold();
        var drain = DrainAsync();
        await _work.BegunAsync(1);
        for (var renewals = 1; renewals <= 6; renewals++)
        {
            await UntilAsync(() => _time.Waits(HalfALease) >= renewals);
            _time.Advance(HalfALease);
            await UntilAsync(() => _queues.Hides >= renewals);
            Assert.Equal(0, await DrainAsync());
        }

        _work.Release();
        Assert.Equal(1, await drain);
        Assert.Single(_work.Begun);
        Assert.Equal(0, await _queues.CountAsync(Queue, Cancel));
    }

    [Fact]
    public async Task A_renewal_that_fails_leaves_the_function_in_hand()
    {
        await SendAsync("""{"text":"a"}""");
        _work.Hold();
        _queues.FailHide = 1;
        var drain = DrainAsync();
        await _work.BegunAsync(1);
        for (var renewals = 1; renewals <= 2; renewals++)
        {
            await UntilAsync(() => _time.Waits(HalfALease) >= renewals || drain.IsCompleted);
            Assert.False(drain.IsCompleted);
            _time.Advance(HalfALease);
            await UntilAsync(() => _queues.Hides >= renewals);
        }

        _work.Release();
        Assert.Equal(1, await drain);
        Assert.Equal(0, await _queues.CountAsync(Queue, Cancel));
    }

    [Fact]
    public async Task What_is_in_hand_is_finished_before_a_queue_that_cannot_be_read_is_reported()
    {
        await SendAsync("""{"text":"a"}""");
        _work.Hold();
        _queues.FailReceive = 2;
        var drain = Listener2();
        await _work.BegunAsync(1);
        await PassUntilAsync(() => _queues.Receives >= 2);
        _work.Release();
        await Assert.ThrowsAsync<TaskCanceledException>(() => drain);
        Assert.Equal(1, _work.Done);
        Assert.Equal(0, await _queues.CountAsync(Queue, Cancel));

        // With room for a second look while one message is in hand.
        Task<int> Listener2() => new QueueListener(
            TheseTypes.Catalog(typeof(Worker)).Queues[0], Host with { NewBatchThreshold = 4 }, _queues,
            _services.GetRequiredService<IServiceScopeFactory>(), _time, NullLogger<QueueListener>.Instance).DrainAsync(Cancel, Cancel);
    }

    [Fact]
    public async Task A_time_out_of_the_storage_does_not_end_the_listener()
    {
        _queues.FailReceive = 1;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var listen = Listener().ListenAsync(stop.Token, Cancel);
        await SendAsync("""{"text":"a"}""");
        await PassUntilAsync(() => _work.Done == 1 || listen.IsCompleted);
        Assert.False(listen.IsCompleted);
        await stop.CancelAsync();
        await listen;
    }

    [Fact]
    public async Task After_the_wish_to_stop_what_is_in_hand_is_finished_and_nothing_is_begun()
    {
        for (var i = 0; i < 4; i++)
            await SendAsync($$"""{"text":"{{i}}"}""");
        _work.Hold();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var listen = Listener().ListenAsync(stop.Token, Cancel);
        await _work.BegunAsync(2);
        await stop.CancelAsync();
        _work.Release();
        await listen;
        Assert.Equal(2, _work.Done);
        Assert.Equal(2, await _queues.CountAsync(Queue, Cancel));
    }

    [Fact]
    public async Task An_aborted_message_shows_itself_again()
    {
        await SendAsync("""{"text":"a"}""");
        _work.Hold();
        using var abort = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var drain = Listener().DrainAsync(Cancel, abort.Token);
        await _work.BegunAsync(1);
        await abort.CancelAsync();
        await drain;
        Assert.Equal(0, _work.Done);
        _work.Release();
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await DrainAsync());
        Assert.Equal(1, _work.Done);
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        for (var steps = 0; !isSo(); steps++)
        {
            Assert.True(steps < 10_000, "It never comes about.");
            await Task.Delay(1, Cancel);
        }
    }

    /// <summary>Lets the clock run until something has come about.</summary>
    private async Task PassUntilAsync(Func<bool> isSo)
    {
        for (var steps = 0; !isSo(); steps++)
        {
            Assert.True(steps < 10_000, "It never comes about.");
            _time.Advance(TimeSpan.FromMilliseconds(500));
            await Task.Delay(1, Cancel);
        }
    }

    private sealed record Note(string Text);

    private sealed class Worker(Work work)
    {
        [Function(nameof(Handle))]
        public Task Handle([QueueTrigger(Queue)] Note note, CancellationToken cancel) => work.DoAsync(note.Text, cancel);
    }

    private sealed class Work
    {
        private readonly Channel<string> _begun = Channel.CreateUnbounded<string>();
        private TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _atOnce, _mostAtOnce, _done;

        public Work() => Release();

        public ConcurrentQueue<string> Begun { get; } = new();

        public Exception? Failure { get; set; }

        public int Done => _done;

        public int MostAtOnce => _mostAtOnce;

        public void Hold() => _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Release() => _gate.TrySetResult();

        public async Task BegunAsync(int count)
        {
            for (var i = 0; i < count; i++)
                await _begun.Reader.ReadAsync(Cancel);
        }

        public async Task DoAsync(string text, CancellationToken cancel)
        {
            Begun.Enqueue(text);
            _mostAtOnce = Math.Max(_mostAtOnce, Interlocked.Increment(ref _atOnce));
            _begun.Writer.TryWrite(text);
            await _gate.Task.WaitAsync(cancel);
            Interlocked.Decrement(ref _atOnce);
            if (Failure is { } failure)
                throw failure;
            Interlocked.Increment(ref _done);
        }
    }

    /// <summary>Counts, and lets the n-th receipt or renewal fail as the storage client reports a time-out.</summary>
    private sealed class WatchedQueues(IWorkQueues inner) : IWorkQueues
    {
        private int _receives, _hides;

        public int FailReceive { get; set; }

        public int FailHide { get; set; }

        public int Receives => _receives;

        public int Hides => _hides;

        public Task SendAsync(string queue, string message, TimeSpan delay, CancellationToken cancel) => inner.SendAsync(queue, message, delay, cancel);

        public Task<IReadOnlyList<QueueMessage>> ReceiveAsync(string queue, int most, TimeSpan visibility, CancellationToken cancel) =>
            Interlocked.Increment(ref _receives) == FailReceive
                ? throw new TaskCanceledException("The storage did not answer in time.")
                : inner.ReceiveAsync(queue, most, visibility, cancel);

        public async Task<QueueMessage?> HideAsync(string queue, QueueMessage message, TimeSpan visibility, CancellationToken cancel)
        {
            var hidden = _hides + 1 == FailHide ? null : await inner.HideAsync(queue, message, visibility, cancel);
            return Interlocked.Increment(ref _hides) == FailHide ? throw new TaskCanceledException("The storage did not answer in time.") : hidden;
        }

        public Task<bool> DeleteAsync(string queue, QueueMessage message, CancellationToken cancel) => inner.DeleteAsync(queue, message, cancel);

        public Task<int> CountAsync(string queue, CancellationToken cancel) => inner.CountAsync(queue, cancel);
    }
}
