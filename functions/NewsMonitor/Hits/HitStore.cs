using System.Globalization;
using NewsMonitor.Storage;

namespace NewsMonitor.Hits;

/// <summary>
/// Keeps each hit once. First a claim by article id (<c>state/articles</c>) fixes the day, hence the path; then the hit is created
/// there. Whoever comes second, or again after a crash, finds the claim, tries the same path and gets the hit that is stored.
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

    public async Task<Hit?> ReadAsync(string path, CancellationToken cancel)
    {
        var hit = (await blobs.ReadDocumentAsync<Hit>(path, cancel))?.Value;
        if (hit is { Schema: > Hit.CurrentSchema })
            throw new MonitorException($"{blobs.Locate(path)} was written by a newer version (schema {hit.Schema}); update this one.");
        return hit;
    }

    /// <summary>The hit of an article, by its id; null when there is none.</summary>
    public async Task<Hit?> FindAsync(string id, CancellationToken cancel) =>
        id.Length > 2 && BlobPath.IsValid(ClaimPathOf(id)) && await blobs.ReadDocumentAsync<Claim>(ClaimPathOf(id), cancel) is { } claim
            ? await ReadAsync(claim.Value.Hit, cancel)
            : null;

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

    private async Task<string> ClaimAsync(Hit hit, CancellationToken cancel)
    {
        var claimPath = ClaimPathOf(hit.Id);
        var wanted = new Claim(DatedPath.Of("hits", hit.Found, hit.Id), hit.Found);
        if (await blobs.CreateDocumentAsync(claimPath, wanted, cancel))
            return wanted.Hit;
        var claim = await blobs.ReadDocumentAsync<Claim>(claimPath, cancel)
            ?? throw new MonitorException($"{blobs.Locate(claimPath)} vanished while it was being written.");
        var isAbandoned = hit.Found - claim.Value.At > ClaimLife && await blobs.ReadAsync(claim.Value.Hit, cancel) is null;
        if (!isAbandoned || await blobs.ReplaceDocumentAsync(claimPath, wanted, claim.ETag, cancel))
            return isAbandoned ? wanted.Hit : claim.Value.Hit;
        return (await blobs.ReadDocumentAsync<Claim>(claimPath, cancel))!.Value.Hit;
    }

    private static string ClaimPathOf(string id) => $"state/articles/{id[..2]}/{id}.json";

    private sealed record Claim(string Hit, DateTimeOffset At);
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
