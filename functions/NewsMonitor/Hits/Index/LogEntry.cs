using System.Text.Json.Serialization;

namespace NewsMonitor.Hits.Index;

/// <summary>One line of the log: a hit that came or changed, or an operator's word on stories. Exactly one of the three stands in it.</summary>
public sealed record LogEntry
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GroupedHit? Hit { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StoriesJoined? Joined { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StorySplit? Split { get; init; }

    /// <summary>With <see cref="Hit"/>, until the log is merged: what the hit is found by.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public HitRow? Row { get; init; }
}

/// <summary>Which story a hit belongs to, and what its copies are recognised by.</summary>
/// <param name="Id">The hit's.</param>
/// <param name="Story">Path of the story; what others have joined it to is said by later lines.</param>
/// <param name="Sketch">Of its words; null when they are those of an earlier line.</param>
/// <param name="Merged">Stories that turned out to be the same one by this hit, which is like hits of each.</param>
/// <param name="Number">Of the hit's revision; 1 for the first.</param>
public sealed record GroupedHit(
    string Id, DateTimeOffset Found, string Story, string? Sketch,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Merged = null, int Number = 1);

/// <summary>An operator says that two stories are one.</summary>
/// <param name="Into">Path of the one that stays.</param>
/// <param name="From">Path of the one that becomes a note.</param>
public sealed record StoriesJoined(string Into, string From, DateTimeOffset At);

/// <summary>An operator says that some hits are another story than the one they are in, and that nothing shall join the two.</summary>
/// <param name="Hits">Ids; none when it only says that two stories are two.</param>
public sealed record StorySplit(string From, string Into, IReadOnlyList<string> Hits, DateTimeOffset At);
