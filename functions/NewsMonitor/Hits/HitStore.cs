using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using NewsMonitor.Storage;
using NewsMonitor.Topics;

namespace NewsMonitor.Hits;

/// <summary>
/// Keeps each hit once. First a claim by article id (<c>state/articles</c>) fixes the day, hence the path; then the hit is created
/// there. Whoever comes second, or again after a crash, finds the claim, tries the same path and gets the hit that is stored. A backfill
/// leaves an article to the poll that has claimed it.
/// </summary>
public sealed class HitStore(IBlobStore blobs, TimeProvider time)
{
    /// <summary>A claim this old whose hit was never written is moved to today, where readers of recent days look.</summary>
    private static readonly TimeSpan ClaimLife = TimeSpan.FromDays(1);

    /// <summary>Stores the hit unless its article has one; returns the one that is stored.</summary>
    public async Task<KeptHit> KeepAsync(Hit hit, CancellationToken cancel)
    {
        var path = await ClaimAsync(hit, cancel);
        if (await blobs.CreateDocumentAsync(path, hit, cancel))
            return new KeptHit(path, hit, IsNew: true);
        var stored = await ReadAsync(path, cancel)
            ?? throw new MonitorException($"{blobs.Locate(path)} vanished while it was being written.");
        return new KeptHit(path, stored, IsNew: false);
    }

    public async Task<Hit?> ReadAsync(string path, CancellationToken cancel) =>
        Known(path, (await blobs.ReadDocumentAsync<Hit>(path, cancel))?.Value);

    /// <summary>The hit of an article, by its id; null when there is none.</summary>
    public async Task<KeptHit?> FindAsync(string id, CancellationToken cancel) =>
        id.Length > 2 && BlobPath.IsValid(ClaimPathOf(id)) && await blobs.ReadDocumentAsync<Claim>(ClaimPathOf(id), cancel) is { } claim
        && await ReadAsync(claim.Value.Hit, cancel) is { } hit
            ? new KeptHit(claim.Value.Hit, hit, IsNew: false)
            : null;

    /// <summary>
    /// Puts what other topics find in the place of what is stored, and keeps that behind it: evidence is never lost. Nothing is written
    /// when both say the same. Returns the hit as it stands afterwards.
    /// </summary>
    public async Task<Hit> ReviseAsync(string path, string topicsVersion, IReadOnlyList<TopicMatch> topics, CancellationToken cancel)
    {
        var revised = await blobs.ChangeDocumentAsync<Hit>(
            path,
            old => Known(path, old) is { } hit && TopicChange.Between(hit.Topics, topics).Count > 0
                ? hit with
                {
                    TopicsVersion = topicsVersion,
                    Topics = topics,
                    Earlier = [.. hit.Earlier ?? [], new EarlierMatch(hit.TopicsVersion, hit.Topics, time.GetUtcNow())],
                }
                : null,
            cancel);
        return revised ?? throw new MonitorException($"{blobs.Locate(path)} is gone.");
    }

    /// <summary>Paths of the hits of the last days, the latest day first.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(int days, CancellationToken cancel)
    {
        var today = time.GetUtcNow();
        var paths = new List<string>();
        for (var back = 0; back < days; back++)
        {
            await foreach (var path in blobs.ListAsync(DatedPath.Day("hits", today.AddDays(-back)), cancel))
                paths.Add(path);
        }

        return paths;
    }

    /// <summary>Paths of the hits of some UTC days, the earliest day first.</summary>
    public async IAsyncEnumerable<string> ListAsync(DateOnly first, DateOnly last, [EnumeratorCancellation] CancellationToken cancel)
    {
        for (var month = new DateOnly(first.Year, first.Month, 1); month <= last; month = month.AddMonths(1))
        {
            await foreach (var path in blobs.ListAsync(DatedPath.Month("hits", month.ToDateTime(default, DateTimeKind.Utc)), cancel))
            {
                if (DatedPath.DayOf(path) is { } day && day >= first && day <= last)
                    yield return path;
            }
        }
    }

    /// <summary>The ids of all hits.</summary>
    public async IAsyncEnumerable<string> ListIdsAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var path in blobs.ListAsync("hits/", cancel))
            yield return DatedPath.IdOf(path);
    }

    private async Task<string> ClaimAsync(Hit hit, CancellationToken cancel)
    {
        var claimPath = ClaimPathOf(hit.Id);
        var now = hit.Backfilled ?? hit.Found;
        var wanted = new Claim(DatedPath.Of("hits", hit.Found, hit.Id), now, hit.Backfilled is null ? null : true);
        if (await blobs.CreateDocumentAsync(claimPath, wanted, cancel))
            return wanted.Hit;
        var claim = await blobs.ReadDocumentAsync<Claim>(claimPath, cancel)
            ?? throw new MonitorException($"{blobs.Locate(claimPath)} vanished while it was being written.");
        var isOld = now - claim.Value.At > ClaimLife;
        // A backfill that filled in for a poll would make its news old.
        var isOfPoll = hit.Backfilled is not null && claim.Value.Backfill is null;
        if (!(isOld || isOfPoll) || await blobs.ReadAsync(claim.Value.Hit, cancel) is not null)
            return claim.Value.Hit;
        if (!isOld)
            throw new MonitorException("a poll is storing this article, or died while it did; left to the next poll");
        if (await blobs.ReplaceDocumentAsync(claimPath, wanted, claim.ETag, cancel))
            return wanted.Hit;
        return (await blobs.ReadDocumentAsync<Claim>(claimPath, cancel))!.Value.Hit;
    }

    private Hit? Known(string path, Hit? hit) => hit is not { Schema: > Hit.CurrentSchema }
        ? hit
        : throw new MonitorException($"{blobs.Locate(path)} was written by a newer version (schema {hit.Schema}); update this one.");

    private static string ClaimPathOf(string id) => $"state/articles/{id[..2]}/{id}.json";

    /// <param name="At">When it was claimed.</param>
    /// <param name="Backfill">True when it was a backfill that did, else null.</param>
    private sealed record Claim(
        string Hit, DateTimeOffset At, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Backfill = null);
}

/// <param name="IsNew">False when it was stored before, by us or by another.</param>
public sealed record KeptHit(string Path, Hit Hit, bool IsNew);

/// <summary><c>kind/yyyy/MM/dd/id.json</c>, by UTC day.</summary>
public static class DatedPath
{
    public static string Of(string kind, DateTimeOffset at, string id) => $"{Day(kind, at)}{id}.json";

    public static string Day(string kind, DateTimeOffset at) =>
        string.Create(CultureInfo.InvariantCulture, $"{kind}/{at.UtcDateTime:yyyy/MM/dd}/");

    public static string Month(string kind, DateTimeOffset at) =>
        string.Create(CultureInfo.InvariantCulture, $"{kind}/{at.UtcDateTime:yyyy/MM}/");

    /// <summary>The UTC day in a dated path, null when it has none.</summary>
    public static DateOnly? DayOf(string path) =>
        path.Split('/') is [_, var year, var month, var day, _]
        && DateOnly.TryParseExact($"{year}{month}{day}", "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : null;

    /// <summary>The id in a dated path.</summary>
    public static string IdOf(string path) => Path.GetFileNameWithoutExtension(path);
}
