using System.Text.Json.Serialization;

namespace NewsMonitor.Webhooks;

/// <summary>The ledger of one hit and one endpoint; <c>deliveries/&lt;endpoint&gt;/yyyy/MM/dd/&lt;hit&gt;.json</c>, by the hit's day.</summary>
/// <param name="Until">While sending: nobody else tries before then. While waiting: when the next try is due.</param>
public sealed record Delivery(int Schema, string WebhookId, DeliveryStatus Status, DateTimeOffset? Until, IReadOnlyList<Attempt> Attempts)
{
    public const int CurrentSchema = 1;

    public static string PathOf(string endpoint, string hitPath) => $"deliveries/{endpoint}/{hitPath["hits/".Length..]}";
}

/// <param name="Answer">The HTTP status, or what went wrong in one line.</param>
public sealed record Attempt(DateTimeOffset At, string Answer, int Milliseconds);

[JsonConverter(typeof(JsonStringEnumConverter<DeliveryStatus>))]
public enum DeliveryStatus
{
    [JsonStringEnumMemberName("sending")]
    Sending,

    [JsonStringEnumMemberName("waiting")]
    Waiting,

    [JsonStringEnumMemberName("delivered")]
    Delivered,

    /// <summary>Tried for three days, or refused for good.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,
}
