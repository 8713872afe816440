using System.Globalization;
using NewsMonitor.Hits;

namespace NewsMonitor.Digests;

/// <summary>What editions tell, by name: a story by its path, a correction of one by that and <c>#hit-number</c>.</summary>
internal static class Told
{
    private const char Mark = '#';

    public static string Correction(string path, StoryCorrection correction) =>
        string.Create(CultureInfo.InvariantCulture, $"{path}{Mark}{correction.HitId}-{correction.Number}");

    public static string PathOf(string name) => name.Split(Mark)[0];

    public static bool IsCorrection(string name) => name.Contains(Mark, StringComparison.Ordinal);

    /// <summary>Whoever is told of a story is told of it as it is: the corrections that it has by then are no news.</summary>
    public static IEnumerable<string> With(string path, Story story) => [path, .. (story.Corrections ?? []).Select(correction => Correction(path, correction))];
}
