using System.Text.Json.Serialization;
using NewsMonitor.Hits;

namespace NewsMonitor.Webhooks;

/// <summary>Another program that is told of each hit; <c>webhooks/&lt;id&gt;.json</c>.</summary>
/// <param name="Id">16 hexadecimal digits of the URL's hash.</param>
/// <param name="Topics">Topic ids; empty means all.</param>
/// <param name="Secret">Standard Webhooks secret: <c>whsec_</c> and base64 of 24 to 64 bytes.</param>
/// <param name="Note">Why it is not active, or whatever its owner wants to remember.</param>
public sealed record Endpoint(
    int Schema, string Id, string Url, IReadOnlyList<string> Topics, string Secret, EndpointStatus Status, string? Note, DateTimeOffset Added)
{
    public const int CurrentSchema = 1;

    /// <summary>Whether it is to be told of a hit: never of what is backfilled, and by what the hit said first.</summary>
    public bool Wants(Hit hit) =>
        Status == EndpointStatus.Active && hit.Backfilled is null
        && (Topics.Count == 0 || hit.AsFirstStored.Topics.Any(topic => Topics.Contains(topic.Topic)));
}

[JsonConverter(typeof(JsonStringEnumConverter<EndpointStatus>))]
public enum EndpointStatus
{
    [JsonStringEnumMemberName("active")]
    Active,

    [JsonStringEnumMemberName("paused")]
    Paused,

    /// <summary>The endpoint answered 410 Gone.</summary>
    [JsonStringEnumMemberName("gone")]
    Gone,
}
