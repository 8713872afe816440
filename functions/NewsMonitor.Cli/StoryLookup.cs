using Microsoft.Extensions.DependencyInjection;
using NewsMonitor.Hits;
using NewsMonitor.Hits.Index;
using NewsMonitor.Storage;

namespace NewsMonitor.Cli;

/// <summary>Finds a story by what an operator has of it: its path, its id, or the id of one of its hits.</summary>
internal sealed class StoryLookup(IBlobStore blobs, HitStore hits, HitIndex index, StoryStore stories)
{
    /// <summary>Hits of one story come near each other.</summary>
    private const int MostRemembered = 200;

    private readonly Dictionary<string, (string Path, Story Story)?> _followed = new(StringComparer.Ordinal);

    public static StoryLookup In(IServiceProvider services) => ActivatorUtilities.CreateInstance<StoryLookup>(services);

    /// <summary>The story, or what its note leads to; one that is not there is an error that says so.</summary>
    public async Task<(string Path, Story Story)> FindAsync(string asked, CancellationToken cancel) =>
        await PathAsync(asked, cancel) is { } path && await stories.FollowAsync(path, cancel) is { } found
            ? found
            : throw new MonitorException($"There is no story '{SafeText.Line(asked)}'; `stories list` shows what there is.");

    /// <summary>Where the story lies that was asked for, even if a note lies there by now; null when there is none.</summary>
    public async Task<string?> PathAsync(string asked, CancellationToken cancel)
    {
        if (asked.Contains('/', StringComparison.Ordinal) || asked.Contains('\\', StringComparison.Ordinal))
            return PathIn(asked);
        var id = asked.ToLowerInvariant();
        if (id.Length != 32 || !id.All(char.IsAsciiHexDigitLower))
            return null;
        if (await hits.FindAsync(id, cancel) is { } kept)
        {
            // A story has the name of its first hit, which may have been taken out of it since.
            var own = DatedPath.Of(kept.Hit.Backfilled is null ? StoryStore.News : StoryStore.OldNews, kept.Hit.Found, id);
            if (await stories.ReadAsync(own, cancel) is { IsNote: false })
                return own;
            return await OfHitAsync(id, kept.Hit.Found, cancel) ?? own;
        }

        // One that was taken out of another has a name of its own.
        await foreach (var path in blobs.ListAsync($"{StoryStore.News}/", cancel))
        {
            if (DatedPath.IdOf(path) == id && DatedPath.DayOf(path) is not null)
                return path;
        }

        return null;
    }

    /// <summary>Path of the story that a hit is in now; null when it is in none.</summary>
    public async Task<string?> OfHitAsync(string id, DateTimeOffset found, CancellationToken cancel) =>
        await index.RowAsync(id, DateOnly.FromDateTime(found.UtcDateTime), cancel) is { } row ? await OfRowAsync(row, cancel) : null;

    public async Task<string?> OfRowAsync(HitRow row, CancellationToken cancel)
    {
        if (await FollowAsync(row.Story, cancel) is not { } found)
            return null;
        if (Has(found.Story, row.Id))
            return found.Path;
        foreach (var apart in found.Story.Apart ?? [])
        {
            if (await FollowAsync(apart, cancel) is { } other && Has(other.Story, row.Id))
                return other.Path;
        }

        return found.Path;
    }

    private async Task<(string Path, Story Story)?> FollowAsync(string path, CancellationToken cancel)
    {
        if (_followed.TryGetValue(path, out var known))
            return known;
        if (_followed.Count == MostRemembered)
            _followed.Clear();
        return _followed[path] = BlobPath.IsValid(path) ? await stories.FollowAsync(path, cancel) : null;
    }

    private static bool Has(Story story, string hit) => story.Sources.Any(source => source.HitId == hit);

    /// <summary>Also in where a person found it: a file's path, or a URL.</summary>
    private static string? PathIn(string place)
    {
        var path = place.Replace('\\', '/');
        var at = path.LastIndexOf($"{StoryStore.News}/", StringComparison.Ordinal);
        if (at < 0 || (at > 0 && path[at - 1] != '/'))
            return null;
        path = path[at..].Split('?')[0];
        return BlobPath.IsValid(path) && DatedPath.DayOf(path) is not null ? path : null;
    }
}
