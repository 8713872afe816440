using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using NewsMonitor.Hits;
using NewsMonitor.Hits.Index;
using NewsMonitor.Storage;

namespace NewsMonitor.Tests.Unit.Hits;

/// <summary>All that keeps hits, over one store: what one process has of it.</summary>
internal sealed class HitDesk : IDisposable
{
    public HitDesk(IBlobStore blobs, TimeProvider time)
    {
        Hits = new HitStore(blobs, time);
        Log = new HitLog(blobs, time, new Logger<HitLog>(Told));
        Index = new HitIndex(blobs, Log, new Logger<HitIndex>(Told));
        Rebuild = new IndexRebuild(blobs, Hits, Log, Index, time, new Logger<IndexRebuild>(Told));
        StoryIndex = new StoryIndex(Log, Index, Rebuild, time);
        Stories = new StoryStore(blobs, Hits, StoryIndex, time);
    }

    /// <summary>What was logged.</summary>
    public ConcurrentQueue<string> Told { get; } = new();

    public HitStore Hits { get; }

    public HitLog Log { get; }

    public HitIndex Index { get; }

    public IndexRebuild Rebuild { get; }

    public StoryIndex StoryIndex { get; }

    public StoryStore Stories { get; }

    public void Dispose() => StoryIndex.Dispose();

    private sealed class Logger<T>(ConcurrentQueue<string> told) : ILogger<T>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            told.Enqueue(formatter(state, exception));
    }
}

internal static class StoryStoreExtensions
{
    /// <summary>As a poll does with a hit that it finds stored, or has just stored.</summary>
    public static async Task<string> JoinAsync(this StoryStore stories, Hit hit, CancellationToken cancel) =>
        (await stories.JoinAsync([new KeptHit(DatedPath.Of("hits", hit.Found, hit.Id), hit, IsNew: false)], cancel))[0];
}
