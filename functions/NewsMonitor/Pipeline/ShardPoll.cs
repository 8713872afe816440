using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using NewsMonitor.Sources;
using NewsMonitor.Storage;
using NewsMonitor.Topics;

namespace NewsMonitor.Pipeline;

/// <summary>
/// Polls the sources of one shard that are due. For each new item that matches, in this order: the hit, its story, its webhook messages; and
/// only when all that is stored for a source is its state (known items, validators) written. So a process that dies anywhere has at worst
/// left work that the next poll does again, and each step recognises what is there already.
/// </summary>
public sealed class ShardPoll(
    SourceCatalog sources, TopicCatalog topics, SourcePoll sourcePoll, ArticlePages pages, AlarmBook alarms, IBlobStore blobs,
    TimeProvider time, IOptions<PipelineOptions> options)
{
    public async Task RunAsync(PollMessage message, CancellationToken cancel)
    {
        if (message is not { Of: > 0, Shard: >= 0 } || message.Shard >= message.Of)
            throw new MonitorException($"There is no shard {message?.Shard} of {message?.Of}.");
        var list = await sources.ReadAsync(cancel);
        var ours = list.Sources.Where(source => source.Enabled && ShardOf(source, message.Of) == message.Shard).ToList();
        if (ours.Count == 0)
            return;

        var path = ShardState.PathOf(message.Shard, message.Of);
        var state = (await blobs.ReadDocumentAsync<ShardState>(path, cancel))?.Value ?? ShardState.Empty;
        var begun = time.GetUtcNow();
        var run = new PollRun(new Lazy<Task<TopicRules>>(() => topics.ReadAsync(cancel)), pages.Budget());
        var learned = new ConcurrentDictionary<string, SourceState>(StringComparer.Ordinal);
        try
        {
            await Parallel.ForEachAsync(
                HostByHost(ours),
                new ParallelOptions { MaxDegreeOfParallelism = options.Value.Concurrency, CancellationToken = cancel },
                async (source, token) =>
                {
                    // What cannot begin in time stays due, and is first in the next run's time.
                    if (time.GetUtcNow() - begun > TimeSpan.FromSeconds(options.Value.ShardSeconds))
                        return;
                    if (await PollAsync(source, state.Sources.GetValueOrDefault(source.Id), message.Now, run, token) is { } changed)
                        learned[source.Id] = changed;
                });
        }
        finally
        {
            // Also when the run is cut short: what is stored need not be read again. And now and then though no source is due: the timer lives.
            var isSilent = begun - state.LastPoll > TimeSpan.FromMinutes(options.Value.StaleAfterMinutes / 3.0);
            if (!learned.IsEmpty || (isSilent && !cancel.IsCancellationRequested))
            {
                state = await blobs.ChangeDocumentAsync<ShardState>(
                    path, old => (old ?? ShardState.Empty).With(time.GetUtcNow(), learned), CancellationToken.None);
                await alarms.SetAsync(message, ours.Select(source => (source, state!.Sources.GetValueOrDefault(source.Id) ?? SourceState.New)), CancellationToken.None);
            }
        }
    }

    /// <summary>Which shard a source belongs to: by its id, so that other sources coming and going do not move it.</summary>
    public static int ShardOf(Source source, int shards) => ShardOf(source.Id, shards);

    internal static int ShardOf(string id, int shards) => (int)(HashOf(id) % (uint)shards);

    /// <summary>The same on every machine and for ever.</summary>
    internal static uint HashOf(string text) => BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>The source's new state, null when nothing was due.</summary>
    private async Task<SourceState?> PollAsync(Source source, SourceState? stored, bool isAsked, PollRun run, CancellationToken cancel)
    {
        var known = stored ?? SourceState.New;
        var now = time.GetUtcNow();
        var isDue = known.Plan?.IsDue(now) != false || (isAsked && known.Plan.Reason != PollReason.RetryAfter);
        try
        {
            if (isDue)
                return await sourcePoll.RunAsync(source, known, run, cancel);
            if (known.Pending?.Any(page => page.Next <= now) == true)
                return await sourcePoll.RunPagesAsync(source, known, run, cancel);
            if (isAsked)
                sourcePoll.LeaveAlone(source, known);
            return null;
        }
        // A time-out within the storage client is reported as a cancellation too, but is none of ours.
        catch (Exception e) when (!cancel.IsCancellationRequested || e is not OperationCanceledException)
        {
            return sourcePoll.Broken(source, known, e);
        }
    }

    /// <summary>The first source of every host, then the second of each, …: one slow host must not take up all that runs at a time.</summary>
    private static IEnumerable<Source> HostByHost(IEnumerable<Source> all) => all
        .GroupBy(source => source.IsFile ? "" : new Uri(source.Address).Authority, StringComparer.OrdinalIgnoreCase)
        .SelectMany(host => host.Select((source, index) => (source, index)))
        .OrderBy(entry => entry.index)
        .Select(entry => entry.source);
}
