using System.Text.Json.Serialization;
using NewsMonitor.Topics;

namespace NewsMonitor.Digests;

/// <summary>Who gets an email, when and about what; <c>subscribers/&lt;id&gt;.json</c>.</summary>
/// <param name="Id">From the address, without showing it: 16 hexadecimal digits.</param>
/// <param name="Language">"ar" or "en".</param>
/// <param name="TimeZone">IANA name.</param>
/// <param name="At">Local time of a daily or weekly edition.</param>
/// <param name="On">Local day of a weekly edition.</param>
/// <param name="Topics">Topic ids; empty means all.</param>
/// <param name="OutboxOnly">True: editions are written to the outbox folder whatever sender is configured.</param>
/// <param name="Token">Secret that unsubscribes this one person; one token a recipient.</param>
public sealed record Subscriber(
    int Schema, string Id, string Address, string Language, string TimeZone,
    Cadence Cadence, TimeOnly At, DayOfWeek On,
    IReadOnlyList<string> Topics, Strength MinimumStrength,
    SubscriberStatus Status, bool OutboxOnly, DateTimeOffset Added, string Token)
{
    public const int CurrentSchema = 1;
}

[JsonConverter(typeof(JsonStringEnumConverter<Cadence>))]
public enum Cadence
{
    [JsonStringEnumMemberName("instant")]
    Instant,

    [JsonStringEnumMemberName("hourly")]
    Hourly,

    [JsonStringEnumMemberName("daily")]
    Daily,

    [JsonStringEnumMemberName("weekly")]
    Weekly,
}

[JsonConverter(typeof(JsonStringEnumConverter<SubscriberStatus>))]
public enum SubscriberStatus
{
    [JsonStringEnumMemberName("active")]
    Active,

    [JsonStringEnumMemberName("paused")]
    Paused,

    [JsonStringEnumMemberName("unsubscribed")]
    Unsubscribed,
}
