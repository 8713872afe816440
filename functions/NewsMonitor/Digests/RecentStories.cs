using Microsoft.Extensions.Logging;
using NewsMonitor.Hits;
using NewsMonitor.Storage;

namespace NewsMonitor.Digests;

/// <summary>
/// What subscribers have not been told. By what is stored and not by the clock: a story that was written late into a recent day is still
/// found, because what was told is remembered by name. Each story is read once, for as many subscribers as ask.
/// </summary>
public sealed class RecentStories(StoryStore stories, ILogger logger)
{
    /// <summary>
    /// Stories that were written late, by a slow clock or after a crash, are looked for this far back; and those that a copy may still
    /// join and add a topic to, which is for seven days.
    /// </summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromDays(8);

    private readonly Dictionary<string, Story?> _read = new(StringComparer.Ordinal);
    private IReadOnlyList<string> _listed = [];
    private DateOnly? _listedSince;

    /// <summary>
    /// The stories that are this subscriber's and untold, and the corrections of those that were told, as <see cref="Told"/> names them. A story that is not
    /// his (its topics, its strength) is looked at again next time: a later copy may bring what the first lacked.
    /// </summary>
    public async Task<IReadOnlyList<string>> UntoldAsync(Subscriber subscriber, EditionLog? log, CancellationToken cancel)
    {
        var since = DateOnly.FromDateTime((log?.LastEdition ?? subscriber.Added).UtcDateTime - Overlap);
        if (_listedSince is null || since < _listedSince)
        {
            _listed = await stories.ListSinceAsync(since, cancel);
            _listedSince = since;
        }

        var told = (log?.Told ?? []).ToHashSet(StringComparer.Ordinal);
        var untold = new List<string>();
        foreach (var path in _listed.Where(path => DatedPath.DayOf(path) >= since))
        {
            if (!_read.TryGetValue(path, out var story))
                _read[path] = story = await stories.ReadAsync(path, cancel).OrSkippedAsync(logger);
            if (story is { IsNote: false } && story.FirstSeen >= subscriber.Added)
                untold.AddRange(Untold(path, story, told, DigestBuilder.IsFor(subscriber, story)));
        }

        return untold;
    }

    /// <summary>
    /// Of a story that was told, by whatever name, the corrections since, also when it is not the subscriber's any more by them; of another, if it is
    /// his, it is one with all its corrections.
    /// </summary>
    private static IEnumerable<string> Untold(string path, Story story, HashSet<string> told, bool isFor)
    {
        var isTold = told.Contains(path) || story.Merged?.Any(told.Contains) == true;
        if (!isTold)
            return isFor ? Told.With(path, story) : [];
        return (story.Corrections ?? []).Select(correction => Told.Correction(path, correction)).Where(name => !told.Contains(name));
    }
}
