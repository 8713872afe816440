using System.Globalization;

namespace NewsMonitor.Hits;

/// <summary>A story's path in few bytes: <c>stories/yyyy/MM/dd/&lt;id&gt;.json</c>, or the same in <c>stories/backfilled</c>.</summary>
/// <param name="Day">As <see cref="DateOnly.DayNumber"/> counts.</param>
/// <param name="IsOld">Of backfilled hits.</param>
internal readonly record struct StoryRef(UInt128 Id, int Day, bool IsOld)
{
    private const string Old = $"{StoryStore.OldNews}/";

    public static StoryRef New(Hit hit) =>
        new(Number(hit.Id) ?? throw new MonitorException($"'{SafeText.Line(hit.Id, 40)}' is not the id of a hit."), DayOf(hit.Found), hit.Backfilled is not null);

    /// <summary>Null for what is no such path.</summary>
    public static StoryRef? Of(string path) =>
        DatedPath.DayOf(path) is { } day && Number(DatedPath.IdOf(path)) is { } id
            ? new StoryRef(id, day.DayNumber, path.StartsWith(Old, StringComparison.Ordinal))
            : null;

    /// <summary>Ids of hits and stories are 32 hexadecimal digits.</summary>
    public static UInt128? Number(string id) =>
        id.Length == 32 && UInt128.TryParse(id, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) ? number : null;

    public string Path => DatedPath.Of(
        IsOld ? StoryStore.OldNews : StoryStore.News, DateOnly.FromDayNumber(Day).ToDateTime(default, DateTimeKind.Utc), Text);

    private string Text => Id.ToString("x32", CultureInfo.InvariantCulture);

    private static int DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime).DayNumber;
}
