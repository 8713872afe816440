using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using NewsMonitor.Articles;
using NewsMonitor.Feeds;
using NewsMonitor.Hits;
using NewsMonitor.Http;
using NewsMonitor.Sources;
using NewsMonitor.Storage;
using NewsMonitor.Topics;
using NewsMonitor.Webhooks;

namespace NewsMonitor.Pipeline;

/// <summary>
/// Polls the sources of one shard. For each new item that matches, in this order: the hit, its story, its webhook messages; and only
/// when all that is stored for a source is its state ("seen", validators) written. So a process that dies anywhere has at worst left
/// work that the next poll does again, and each step recognises what is there already.
/// </summary>
public sealed class ShardPoll(
    SourceCatalog sources, TopicCatalog topics, Fetcher fetcher, HitStore hits, StoryStore stories, EndpointStore endpoints,
    WebhookDelivery webhooks, IBlobStore blobs, TimeProvider time, Journal journal, IOptions<PipelineOptions> options)
{
    public async Task RunAsync(PollMessage message, CancellationToken cancel)
    {
        if (message is not { Of: > 0, Shard: >= 0 } || message.Shard >= message.Of)
            throw new MonitorException($"There is no shard {message?.Shard} of {message?.Of}.");
        var list = await sources.ReadAsync(cancel);
        var ours = list.Sources.Where(source => source.Enabled && ShardOf(source, message.Of) == message.Shard).ToList();
        if (ours.Count == 0)
            return;
        var rules = await topics.ReadAsync(cancel);
        var path = ShardState.PathOf(message.Shard, message.Of);
        var state = (await blobs.ReadDocumentAsync<ShardState>(path, cancel))?.Value ?? ShardState.Empty;
        var learned = new ConcurrentDictionary<string, SourceState>(StringComparer.Ordinal);
        try
        {
            await Parallel.ForEachAsync(
                ours,
                new ParallelOptions { MaxDegreeOfParallelism = options.Value.Concurrency, CancellationToken = cancel },
                async (source, token) =>
                {
                    var known = state.Sources.GetValueOrDefault(source.Id) ?? SourceState.New;
                    if (await PollSafelyAsync(source, known, rules, token) is { } changed)
                        learned[source.Id] = changed;
                });
        }
        finally
        {
            // Also when the run is cut short: what is stored need not be read again. And when all sources wait: the poll took place.
            if (!learned.IsEmpty || !cancel.IsCancellationRequested)
            {
                await blobs.ChangeDocumentAsync<ShardState>(
                    path, old => (old ?? ShardState.Empty).With(time.GetUtcNow(), learned), CancellationToken.None);
            }
        }
    }

    /// <summary>Which shard a source belongs to: by its id, so that other sources coming and going do not move it.</summary>
    public static int ShardOf(Source source, int shards) =>
        (int)(BitConverter.ToUInt32(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(source.Id))) % (uint)shards);

    /// <summary>Whatever goes wrong with one source stays its own: it keeps its old validators and is read again by the next poll.</summary>
    private async Task<SourceState?> PollSafelyAsync(Source source, SourceState known, TopicRules rules, CancellationToken cancel)
    {
        try
        {
            return await PollAsync(source, known, rules, cancel);
        }
        // A time-out within the storage client is reported as a cancellation too, but is none of ours.
        catch (Exception e) when (!cancel.IsCancellationRequested || e is not OperationCanceledException)
        {
            var problem = $"could not be processed, and will be tried again: {SafeText.Line(e.Message)}";
            journal.Write(new SourcePolled(source.Id, source.Title, PollResult.Failed, 0, 0, 0, problem));
            var now = time.GetUtcNow();
            return known with { LastPoll = now, Problem = problem, FailingSince = known.FailingSince ?? now };
        }
    }

    /// <summary>The source's new state, null when there is nothing new to say.</summary>
    private async Task<SourceState?> PollAsync(Source source, SourceState known, TopicRules rules, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (known.NotBefore > now)
        {
            journal.Write(new SourcePolled(source.Id, source.Title, PollResult.Waiting, 0, 0, 0, known.Problem));
            return null;
        }

        switch (await FetchAsync(source, known, cancel))
        {
            case FetchResult.NotModified:
                return Unchanged(source, known, now);
            case FetchResult.Failed failed:
                journal.Write(new SourcePolled(source.Id, source.Title, PollResult.Failed, 0, 0, 0, failed.Reason));
                return known with
                {
                    LastPoll = now,
                    Problem = failed.Reason,
                    FailingSince = known.FailingSince ?? now,
                    NotBefore = now + failed.RetryAfter,
                };
            case FetchResult.Fetched fetched:
                return await ReadAsync(source, known, fetched, rules, now, cancel);
            case var other:
                throw new InvalidOperationException($"No such fetch result: {other}.");
        }
    }

    private async Task<FetchResult> FetchAsync(Source source, SourceState known, CancellationToken cancel)
    {
        if (!source.IsFile)
            return await fetcher.FetchAsync(new Uri(source.Address), known.ETag, known.LastModified, cancel);
        try
        {
            var content = await sources.OpenFileAsync(source, cancel);
            return new FetchResult.Fetched(content.ToMemory(), null, null, null, null, new Uri($"file:///{source.Address}"), Freshness.None);
        }
        catch (MonitorException e)
        {
            return new FetchResult.Failed(e.Message);
        }
    }

    private async Task<SourceState> ReadAsync(
        Source source, SourceState known, FetchResult.Fetched fetched, TopicRules rules, DateTimeOffset now, CancellationToken cancel)
    {
        var contentHash = Convert.ToHexStringLower(SHA256.HashData(fetched.Bytes.Span));
        var answered = known with { ETag = fetched.ETag, LastModified = fetched.LastModified };
        if (contentHash == known.ContentHash)
            return Unchanged(source, answered, now);

        var feed = FeedParser.Parse(
            fetched.Bytes, fetched.Charset, source.IsFile ? null : fetched.Final, CountryZones.Of(source.Country), time);
        var seen = known.Seen.ToHashSet(StringComparer.Ordinal);
        var inDocument = new List<string>(feed.Items.Count);
        var newItems = 0;
        var kept = new List<KeptHit>();
        foreach (var article in ArticleReader.ReadAll(source, feed, now, contentHash))
        {
            var fingerprint = SeenItems.Fingerprint(article.Id);
            inDocument.Add(fingerprint);
            if (!seen.Add(fingerprint))
                continue;
            newItems++;
            if (rules.Match(article.Title, article.Text) is { Count: > 0 } matches)
                kept.Add(await KeepAsync(new Hit(Hit.CurrentSchema, article.Id, now, rules.Version, matches, article), cancel));
        }

        // After all hits: an endpoint's document that cannot be read must not keep a hit from being stored.
        await TellEndpointsAsync(kept, cancel);

        var problem = feed.Problems.Count == 0 ? null : string.Join(' ', feed.Problems.Take(3));
        journal.Write(new SourcePolled(
            source.Id, source.Title, feed.IsFeed ? PollResult.Read : PollResult.Failed, feed.Items.Count, newItems, kept.Count(hit => hit.IsNew), problem));
        if (!feed.IsFeed)
        {
            // Without its validators: "not modified" would make a page that is no feed look well.
            return known with { LastPoll = now, Problem = problem, FailingSince = known.FailingSince ?? now, NotBefore = null };
        }

        return answered with
        {
            LastPoll = now,
            ContentHash = contentHash,
            LastSuccess = now,
            LastNews = newItems > 0 ? now : known.LastNews,
            Problem = problem,
            FailingSince = null,
            NotBefore = null,
            Items = feed.Items.Count,
            Seen = SeenItems.Merge(known.Seen, inDocument),
        };
    }

    private async Task<KeptHit> KeepAsync(Hit hit, CancellationToken cancel)
    {
        var kept = await hits.KeepAsync(hit, cancel);
        await stories.JoinAsync(kept.Hit, cancel);
        if (kept.IsNew)
            journal.Write(new HitKept(kept.Path, kept.Hit.Article.Title, [.. kept.Hit.Topics.Select(topic => topic.Topic)]));
        return kept;
    }

    private async Task TellEndpointsAsync(IReadOnlyList<KeptHit> kept, CancellationToken cancel)
    {
        if (kept.Count == 0)
            return;
        var all = await endpoints.ListAsync(cancel);
        foreach (var hit in kept)
        {
            foreach (var endpoint in all.Where(endpoint => endpoint.Wants(hit.Hit)))
                await webhooks.EnqueueAsync(endpoint, hit, cancel);
        }
    }

    private SourceState Unchanged(Source source, SourceState known, DateTimeOffset now)
    {
        journal.Write(new SourcePolled(source.Id, source.Title, PollResult.Unchanged, 0, 0, 0, null));
        return known with
        {
            LastPoll = now,
            LastSuccess = now,
            // What was wrong with the document still is; what was wrong with the server is over.
            Problem = known.FailingSince is null ? known.Problem : null,
            FailingSince = null,
            NotBefore = null,
        };
    }
}
