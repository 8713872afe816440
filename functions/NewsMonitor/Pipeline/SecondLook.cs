using Microsoft.Extensions.Logging;
using NewsMonitor.Hits;
using NewsMonitor.Hits.Index;
using NewsMonitor.Storage;
using NewsMonitor.Webhooks;

namespace NewsMonitor.Pipeline;

/// <summary>
/// Looks at every hit once more, some time after it was stored: a process may have died before the hit was in a story or on its way to the endpoints, and
/// the feed may have dropped the item before the next poll. What is there already is left as it is.
/// </summary>
public sealed class SecondLook(
    HitStore hits, HitIndex index, StoryStore stories, EndpointStore endpoints, WebhookDelivery webhooks, IBlobStore blobs, TimeProvider time,
    ILogger<SecondLook> logger)
{
    private const string Path = "state/second-look.json";

    /// <summary>Whoever stores a hit now is given so long to do the rest.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>It is looked back so far at most: the first time, and after an outage.</summary>
    private static readonly TimeSpan Farthest = TimeSpan.FromDays(14);

    public async Task RunAsync(CancellationToken cancel)
    {
        var until = time.GetUtcNow() - Patience;
        var last = (await blobs.ReadDocumentAsync<Looked>(Path, cancel))?.Value.Until ?? until - Farthest;
        if (last > until)
        {
            // A clock that was wrong is put right: what was stored meanwhile is looked at from then on.
            await WriteAsync(until, cancel);
            return;
        }

        var from = last < until - Farthest ? until - Farthest : last;
        // A day more: what a slow clock has dated back.
        var (first, today) = (Day(from).AddDays(-1), Day(time.GetUtcNow()));
        var rows = new Dictionary<string, HitRow>(StringComparer.Ordinal);
        await foreach (var row in index.AllAsync(new HitQuery(first, today.AddDays(1)) { All = true }, cancel))
            rows[row.Id] = row;

        var all = (await endpoints.ListAsync(cancel)).ToList();
        await foreach (var path in hits.ListAsync(first, today.AddDays(1), cancel))
        {
            var isKnown = rows.TryGetValue(DatedPath.IdOf(path), out var row);
            if (isKnown && (row!.Found <= from - Patience || row.Backfilled is not null))
                continue;
            try
            {
                await LookAsync(path, until, all, cancel);
            }
            catch (MonitorException e)
            {
                logger.LogError("A hit may be untold: {Problem}", e.Message);
            }
        }

        await WriteAsync(until, cancel);
    }

    private async Task LookAsync(string path, DateTimeOffset until, IReadOnlyList<Endpoint> all, CancellationToken cancel)
    {
        if (await hits.ReadLatestAsync(path, cancel) is not { } hit || (hit.Backfilled ?? hit.Found) > until)
            return;
        await stories.JoinAsync([new KeptHit(path, hit, IsNew: false)], cancel);
        var first = hit.Number == 1 ? hit : (await hits.ReadAsync(path, cancel))!;
        // An endpoint that came later never was to be told.
        foreach (var endpoint in all.Where(endpoint => endpoint.Wants(first) && endpoint.Added <= first.Found))
            await webhooks.EnqueueIfUntoldAsync(endpoint, new KeptHit(path, first, IsNew: false), cancel);
    }

    private Task WriteAsync(DateTimeOffset until, CancellationToken cancel) =>
        blobs.ChangeDocumentAsync<Looked>(Path, old => old?.Until == until ? null : new Looked(Looked.CurrentSchema, until), cancel);

    private static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);

    /// <summary>Hits that were found before then need no second look.</summary>
    private sealed record Looked(int Schema, DateTimeOffset Until)
    {
        public const int CurrentSchema = 1;
    }
}
