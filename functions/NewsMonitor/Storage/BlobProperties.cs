using System.Globalization;
using Azure.Storage.Blobs.Models;

namespace NewsMonitor.Storage;

/// <summary>What a document in a container is labelled with: so that it opens readably in a browser, and can be found.</summary>
internal static class BlobProperties
{
    private const string Changes = "no-cache";
    private const string WrittenOnce = "private, max-age=31536000, immutable";

    /// <summary>By the beginning of the path, the longest first.</summary>
    private static readonly (string Prefix, string Kind, string CacheControl, string? Language)[] Kinds =
    [
        ("hits/", "hit", WrittenOnce, "ar"),
        ("revisions/", "revision", WrittenOnce, "ar"),
        ("stories/", "story", Changes, "ar"),
        ("digests/", "edition", Changes, null),
        ("outbox/", "mail", Changes, null),
        ("deliveries/", "delivery", Changes, null),
        ("subscribers/", "subscriber", Changes, null),
        ("webhooks/", "endpoint", Changes, null),
        ("index/", "index", Changes, "ar"),
        ("state/index/", "index", Changes, "ar"),
        ("state/", "state", Changes, null),
        ("", "settings", Changes, null),
    ];

    private static readonly string Writer = $"NewsMonitor/{typeof(BlobProperties).Assembly.GetName().Version?.ToString(3)}";

    public static BlobUploadOptions Of(string path)
    {
        var (_, kind, cacheControl, language) = Kinds.First(known => path.StartsWith(known.Prefix, StringComparison.Ordinal));
        return new BlobUploadOptions
        {
            HttpHeaders = new BlobHttpHeaders { ContentType = TypeOf(path), ContentLanguage = language, CacheControl = cacheControl },
            Metadata = new Dictionary<string, string> { ["kind"] = kind, ["writer"] = Writer },
        };
    }

    /// <summary>
    /// Blob index tags <c>day</c>, <c>source</c>, <c>topic</c>, <c>topic2</c>, <c>topic3</c>: the service takes ten, and finds by
    /// <c>"topic" = 'dialogue' AND "day" >= '2026-11-01'</c>.
    /// </summary>
    public static Dictionary<string, string>? TagsOf(BlobLabels? labels)
    {
        if (labels is null)
            return null;

        var tags = new Dictionary<string, string> { ["day"] = labels.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) };
        if (labels.Source.Length > 0)
            tags["source"] = TagValue(labels.Source);
        for (var i = 0; i < Math.Min(labels.Topics.Count, 3); i++)
            tags[i == 0 ? "topic" : $"topic{i + 1}"] = TagValue(labels.Topics[i]);
        return tags;
    }

    /// <summary>At most 256 of letters, digits, space and <c>+ - . / : = _</c>, as the service wants it.</summary>
    private static string TagValue(string text) =>
        string.Concat(text.Take(256).Select(c => char.IsAsciiLetterOrDigit(c) || " +-./:=_".Contains(c, StringComparison.Ordinal) ? c : '_'));

    private static string TypeOf(string path) => Path.GetExtension(path) switch
    {
        ".json" => "application/json; charset=utf-8",
        // Browsers offer to save what is called NDJSON; as text they show it.
        ".ndjson" or ".txt" or ".md" => "text/plain; charset=utf-8",
        ".csv" => "text/csv; charset=utf-8",
        ".yaml" or ".yml" => "application/yaml; charset=utf-8",
        ".html" => "text/html; charset=utf-8",
        ".opml" or ".xml" => "text/xml; charset=utf-8",
        ".eml" => "message/rfc822",
        ".zip" => "application/zip",
        ".gz" => "application/gzip",
        _ => "application/octet-stream",
    };
}
