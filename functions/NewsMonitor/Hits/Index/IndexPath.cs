using System.Globalization;

namespace NewsMonitor.Hits.Index;

/// <summary>
/// Where the index lies: <c>index/yyyy/MM/dd.ndjson</c> has the hits found on a UTC day (of very many, <c>dd-0002.ndjson</c> and so on has further ones), <c>index/yyyy/MM.ndjson</c> those of the days of a month that were
/// put together; a line a hit, after one that states the schema.
/// </summary>
internal static class IndexPath
{
    public const string Folder = "index";

    public const int CurrentSchema = 1;

    private const string Extension = ".ndjson";

    public static ReadOnlyMemory<byte> Header { get; } = Lines.Of(new IndexHeader(CurrentSchema));

    public static string Of(DateOnly day, int piece = 1) => string.Create(CultureInfo.InvariantCulture, $"{Folder}/{day:yyyy/MM/dd}{Suffix(piece)}{Extension}");

    public static string OfMonth(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{Folder}/{day:yyyy/MM}{Extension}");

    public static string Name(DateOnly day, int piece = 1) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + Suffix(piece);

    /// <summary>The days that a part of the index is about; null for what is none.</summary>
    public static (DateOnly First, DateOnly Last)? DaysOf(string path)
    {
        if (!path.EndsWith(Extension, StringComparison.Ordinal))
            return null;
        var parts = path[..^Extension.Length].Split('/');
        var isDay = parts.Length == 4;
        if (isDay && parts[3] is [_, _, '-', ..] name && int.TryParse(name.AsSpan(3), NumberStyles.None, CultureInfo.InvariantCulture, out _))
            parts[3] = name[..2];
        if (parts[0] != Folder || parts.Length is < 3 or > 4
            || !DateOnly.TryParseExact($"{parts[1]}{parts[2]}{(isDay ? parts[3] : "01")}", "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first))
            return null;
        return (first, isDay ? first : first.AddMonths(1).AddDays(-1));
    }

    private static string Suffix(int piece) => piece == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{piece:d4}");
}

/// <summary>The first line of each part.</summary>
public sealed record IndexHeader(int Schema);
