using System.Net.Mime;
using System.Text.Json;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.SystemTextJson;
using NewsMonitor.Hits;
using NewsMonitor.Storage;
using NewsMonitor.Topics;

namespace NewsMonitor.Webhooks;

/// <summary>
/// What a webhook receives: a CloudEvents 1.0 event in structured JSON. Made from the stored hit alone, as it was first stored, so that a
/// repeat has the same bytes. docs/webhooks.md documents it.
/// </summary>
public static class HitEvent
{
    public const string Type = "newsmonitor.hit.created.v1";

    private static readonly JsonEventFormatter Formatter = new(Documents.Compact, new JsonDocumentOptions());

    /// <summary>The event's id: one for each hit. With the endpoint's id it is the <c>webhook-id</c>.</summary>
    public static string IdOf(Hit hit) => $"hit-{hit.Id}";

    public static ReadOnlyMemory<byte> ToJson(Hit hit, Uri source)
    {
        hit = hit.AsFirstStored;
        var happened = new CloudEvent(CloudEventsSpecVersion.V1_0)
        {
            Id = IdOf(hit),
            Type = Type,
            Source = source,
            Subject = hit.Id,
            Time = hit.Found,
            DataContentType = MediaTypeNames.Application.Json,
            Data = new Data(
                hit.Id, hit.Found, hit.Article.Title, hit.Article.Url, hit.Article.Language, hit.Article.Published,
                new SourceData(hit.Article.SourceId, hit.Article.SourceTitle), hit.TopicsVersion, hit.Topics),
        };
        return Formatter.EncodeStructuredModeMessage(happened, out _);
    }

    /// <summary>Fields are added, never removed or retyped, as long as the type ends in <c>v1</c>.</summary>
    private sealed record Data(
        string Id, DateTimeOffset Found, string Title, string? Url, string Language, DateTimeOffset? Published,
        SourceData Source, string TopicsVersion, IReadOnlyList<TopicMatch> Topics);

    private sealed record SourceData(string Id, string Title);
}
