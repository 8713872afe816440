using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NewsMonitor.LocalHost;
using NewsMonitor.Storage;
using NewsMonitor.Tests.Peers;

namespace NewsMonitor.Tests.Unit.LocalHost;

public sealed class TimerListenerTests : IDisposable
{
    private const string StatePath = "state/timers/Tick.json";

    private readonly TemporaryFolder _folder = new();
    private readonly WatchedTime _time = new();
    private readonly Ticks _ticks = new();
    private readonly WatchedBlobs _blobs;
    private readonly ServiceProvider _services;
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly List<Task> _listening = [];

    public TimerListenerTests()
    {
        _blobs = new WatchedBlobs(new FileBlobs(_folder.Path));
        _services = new ServiceCollection().AddSingleton(_ticks).BuildServiceProvider();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _stop.Dispose();
        _services.Dispose();
        _folder.Dispose();
    }

    private TimerListener Listener(string schedule, Type? type = null) => new(
        TheseTypes.Catalog(type ?? typeof(Clock), ("Schedule", schedule)).Timers[0], _blobs, _services.GetRequiredService<IServiceScopeFactory>(),
        _time, NullLogger<TimerListener>.Instance);

    private void Start(string schedule, Type? type = null) => _listening.Add(Listener(schedule, type).ListenAsync(_stop.Token, Cancel));

    private async Task StopAsync()
    {
        await _stop.CancelAsync();
        // Whoever is just about to claim an occurrence stops there, as in the host.
        await Task.WhenAll(_listening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    [Fact]
    public async Task It_fires_at_the_second_the_schedule_names_and_says_what_comes_next()
    {
        Start("30 */5 * * * *");
        await PassUntilAsync(() => _ticks.Count >= 3);
        await StopAsync();
        Assert.Equal(
            [("06:00:30", "06:05:30", false), ("06:05:30", "06:10:30", false), ("06:10:30", "06:15:30", false)],
            _ticks.Select(t => ($"{t.ScheduleStatus!.Last:HH:mm:ss}", $"{t.ScheduleStatus.Next:HH:mm:ss}", t.IsPastDue)));
    }

    [Fact]
    public async Task The_first_start_makes_up_for_nothing_and_a_start_after_a_missed_run_does_once()
    {
        // Stopped before anything was due.
        Start("0 17 3 * * *");
        await PassUntilAsync(() => File.Exists(_folder[StatePath]));
        await StopAsync();
        Assert.Empty(_ticks);

        _time.Advance(TimeSpan.FromDays(3));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var second = Listener("0 17 3 * * *").ListenAsync(stop.Token, Cancel);
        await PassUntilAsync(() => _ticks.Count >= 2);
        await stop.CancelAsync();
        await second;
        Assert.Equal([true, false], _ticks.Select(tick => tick.IsPastDue));
    }

    [Fact]
    public async Task Of_two_processes_one_runs_each_occurrence()
    {
        Start("0 * * * * *");
        Start("0 * * * * *");
        await PassUntilAsync(() => _ticks.Count >= 4);
        await StopAsync();
        Assert.Equal(_ticks.Select(tick => tick.ScheduleStatus!.Last).Distinct(), _ticks.Select(tick => tick.ScheduleStatus!.Last));
    }

    [Fact]
    public async Task Of_two_processes_that_start_at_once_one_makes_up_for_what_was_missed()
    {
        await _blobs.CreateDocumentAsync(StatePath, new ScheduleStatus { Next = new DateTime(2026, 11, 23, 3, 17, 0, DateTimeKind.Utc) }, Cancel);
        // Both look before either acts, and no two looks at the clock show the same time.
        _blobs.FirstReads = new Barrier(2);
        _time.AutoAdvanceAmount = TimeSpan.FromMilliseconds(1);
        var both = new[] { 1, 2 }.Select(_ => Task.Run(() => Listener("0 17 3 * * *").ListenAsync(_stop.Token, Cancel), Cancel)).ToList();
        await PassUntilAsync(() => _time.Waits(TimeSpan.FromHours(1)) == 2, TimeSpan.Zero);
        await _stop.CancelAsync();
        await Task.WhenAll(both);
        Assert.True(Assert.Single(_ticks).IsPastDue);
    }

    [Fact]
    public async Task Without_monitor_nothing_is_remembered_and_each_process_runs()
    {
        Start("0 * * * * *", typeof(Unmonitored));
        Start("0 * * * * *", typeof(Unmonitored));
        await PassUntilAsync(() => _ticks.Count >= 2);
        await StopAsync();
        Assert.All(_ticks, tick => Assert.Null(tick.ScheduleStatus));
        Assert.False(File.Exists(_folder[StatePath]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_time_out_of_the_storage_does_not_end_the_timer(int read)
    {
        _blobs.FailRead = read;
        Start("0 * * * * *");
        await PassUntilAsync(() => _ticks.Count >= 2 || _listening[0].IsCompleted);
        Assert.False(_listening[0].IsCompleted);
        await StopAsync();
    }

    [Fact]
    public async Task A_function_that_fails_is_fired_again_at_the_next_occurrence()
    {
        _ticks.Failure = new TaskCanceledException("The storage did not answer in time.");
        Start("0 * * * * *");
        await PassUntilAsync(() => _ticks.Count >= 2 || _listening[0].IsCompleted);
        Assert.False(_listening[0].IsCompleted);
        await StopAsync();
    }

    [Theory]
    [InlineData("*/5 * * * *")]
    [InlineData("0 0 25 * * *")]
    [InlineData("every morning")]
    public void A_schedule_that_is_not_six_fields_is_an_error_that_shows_it(string schedule)
    {
        var error = Assert.Throws<MonitorException>(() => Listener(schedule));
        Assert.Contains($"'{schedule}' of Tick", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Lets the clock run until something has come about.</summary>
    private async Task PassUntilAsync(Func<bool> isSo, TimeSpan? step = null)
    {
        for (var steps = 0; !isSo(); steps++)
        {
            Assert.True(steps < 10_000, "It never comes about.");
            await Task.Delay(1, Cancel);
            _time.Advance(step ?? TimeSpan.FromSeconds(_ticks.IsLong ? 1200 : 5));
        }
    }

    private sealed class Ticks : ConcurrentQueue<TimerInfo>
    {
        public Exception? Failure { get; set; }

        public bool IsLong => !IsEmpty && TryPeek(out var first) && first.IsPastDue;
    }

    private sealed class Clock(Ticks ticks)
    {
        [Function("Tick")]
        public Task Tick([TimerTrigger("%Schedule%")] TimerInfo timer)
        {
            ticks.Enqueue(timer);
            return ticks.Failure is { } failure ? Task.FromException(failure) : Task.CompletedTask;
        }
    }

    private sealed class Unmonitored(Ticks ticks)
    {
        [Function("Tick")]
        public Task Tick([TimerTrigger("%Schedule%", UseMonitor = false)] TimerInfo timer)
        {
            ticks.Enqueue(timer);
            return Task.CompletedTask;
        }
    }

    /// <summary>Lets the n-th read fail as the storage client reports a time-out, or the first ones wait for one another.</summary>
    private sealed class WatchedBlobs(IBlobStore inner) : IBlobStore
    {
        private int _reads;

        public int FailRead { get; set; }

        public Barrier? FirstReads { get; set; }

        public string Locate(string path) => inner.Locate(path);

        public async Task<Blob?> ReadAsync(string path, CancellationToken cancel)
        {
            var number = Interlocked.Increment(ref _reads);
            if (number == FailRead)
                throw new TaskCanceledException("The storage did not answer in time.");
            var blob = await inner.ReadAsync(path, cancel);
            if (number <= FirstReads?.ParticipantCount)
                FirstReads.SignalAndWait(cancel);
            return blob;
        }

        public Task<bool> CreateAsync(string path, BinaryData content, CancellationToken cancel, BlobLabels? labels = null) => inner.CreateAsync(path, content, cancel, labels);

        public Task<bool> ReplaceAsync(string path, BinaryData content, string etag, CancellationToken cancel, BlobLabels? labels = null) =>
            inner.ReplaceAsync(path, content, etag, cancel, labels);

        public Task<bool> DeleteAsync(string path, CancellationToken cancel) => inner.DeleteAsync(path, cancel);

        public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancel)
        {
            await foreach (var path in inner.ListAsync(prefix, cancel))
                yield return path;
        }
    }
}
