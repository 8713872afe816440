using System.Globalization;

namespace NewsMonitor.Hits;

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
        path.Split('/') is [.., var year, var month, var day, _]
        && DateOnly.TryParseExact($"{year}{month}{day}", "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : null;

    /// <summary>The id in a dated path.</summary>
    public static string IdOf(string path) => Path.GetFileNameWithoutExtension(path);
}
