using System.Globalization;
using System.Text.Json.Serialization;

namespace NewsMonitor.Digests;

/// <summary>What one subscriber has been told; <c>digests/&lt;subscriber&gt;/log.json</c>.</summary>
/// <param name="Editions">How many there were; the next is one more, so that two who make it make the same one.</param>
/// <param name="LastEdition">When the latest was made, or when it was found that there was nothing to tell.</param>
/// <param name="Told">The stories and corrections that were told and may still be looked at, by their names (<see cref="Digests.Told"/>), oldest first.</param>
public sealed record EditionLog(int Schema, int Editions, DateTimeOffset LastEdition, IReadOnlyList<string> Told)
{
    public const int CurrentSchema = 1;

    public static string PathOf(string subscriber) => $"digests/{subscriber}/log.json";
}

/// <summary>One edition and what became of it; <c>digests/&lt;subscriber&gt;/&lt;number&gt;.json</c>. Its stories never change.</summary>
/// <param name="Stories">What it tells, by name (<see cref="Digests.Told"/>): stories, and corrections of stories that were told before.</param>
/// <param name="Until">While sending: nobody else tries before then. When put off: not before then.</param>
/// <param name="Taker">Random, of the latest try: tells whose it is.</param>
/// <param name="Detail">What the sender said last.</param>
public sealed record Edition(
    int Schema, string Id, DateTimeOffset Made, IReadOnlyList<string> Stories,
    EditionStatus Status, DateTimeOffset? Until, int Tries, string? Taker, string? Sender, string? Detail)
{
    public const int CurrentSchema = 1;

    /// <summary>What an edition for the operators tells in place of stories.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<OperatorNote>? Notes { get; init; }

    public static string PathOf(string subscriber, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"digests/{subscriber}/{number:d6}.json");

    public static string IdOf(string subscriber, int number) => string.Create(CultureInfo.InvariantCulture, $"{subscriber}-{number:d6}");

    /// <summary>Nothing more will be done about it.</summary>
    [JsonIgnore]
    public bool IsOver => Status is EditionStatus.Sent or EditionStatus.Unknown;
}

[JsonConverter(typeof(JsonStringEnumConverter<EditionStatus>))]
public enum EditionStatus
{
    /// <summary>Made, and not yet handed to a sender, or put off for another try.</summary>
    [JsonStringEnumMemberName("waiting")]
    Waiting,

    [JsonStringEnumMemberName("sending")]
    Sending,

    [JsonStringEnumMemberName("sent")]
    Sent,

    /// <summary>Handed over, and nobody knows whether it was taken: sending it again might be the second time.</summary>
    [JsonStringEnumMemberName("unknown")]
    Unknown,
}
