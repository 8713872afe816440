using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;

namespace NewsMonitor.Storage;

/// <summary>JSON documents in a store: read, created, and changed without losing anybody's change.</summary>
public static class Documents
{
    /// <summary>Indented, and Arabic unescaped: a person reads these in a storage browser. Never put into HTML as they are.</summary>
    public static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        RespectNullableAnnotations = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { RequireWhatCannotBeNull } },
    };

    /// <summary>The same on one line, for machines.</summary>
    public static readonly JsonSerializerOptions Compact = new(Readable) { WriteIndented = false };

    private const int MostTries = 50;

    /// <summary>What is wrong with some JSON, without the place, which is told as lines of a file.</summary>
    public static string Why(this JsonException e) => e.Message.Split(" LineNumber:")[0];

    public static BinaryData ToBlob<T>(T document) => BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(document, Readable));

    /// <summary>Null when absent; a document that cannot be read is an error that names it.</summary>
    public static async Task<Stored<T>?> ReadDocumentAsync<T>(this IBlobStore blobs, string path, CancellationToken cancel)
        where T : class
    {
        if (await blobs.ReadAsync(path, cancel) is not { } blob)
            return null;
        try
        {
            var value = JsonSerializer.Deserialize<T>(WithoutMark(blob.Content), Readable) ?? throw new JsonException("it is null");
            return new Stored<T>(value, blob.ETag);
        }
        catch (JsonException e)
        {
            throw new MonitorException($"{blobs.Locate(path)} is not the JSON it should be: {e.Message} Mend the document, or move it away.", e);
        }
    }

    /// <summary>Null also when the document cannot be read, which is logged: in a list, one torn document must not hide the others.</summary>
    public static async Task<T?> OrSkippedAsync<T>(this Task<T?> reading, ILogger logger)
        where T : class
    {
        try
        {
            return await reading;
        }
        catch (MonitorException e)
        {
            logger.LogWarning("Skipped: {Problem}", e.Message);
            return null;
        }
    }

    public static Task<bool> CreateDocumentAsync<T>(
        this IBlobStore blobs, string path, T document, CancellationToken cancel, BlobLabels? labels = null) =>
        blobs.CreateAsync(path, ToBlob(document), cancel, labels);

    public static Task<bool> ReplaceDocumentAsync<T>(
        this IBlobStore blobs, string path, T document, string etag, CancellationToken cancel, BlobLabels? labels = null) =>
        blobs.ReplaceAsync(path, ToBlob(document), etag, cancel, labels);

    /// <summary>Some editors begin a file with a byte order mark, which the reader of JSON does not expect.</summary>
    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> json) =>
        json.StartsWith(Encoding.UTF8.Preamble) ? json[Encoding.UTF8.Preamble.Length..] : json;

    /// <summary>
    /// A document of another shape is told as such when it is read, instead of failing somewhere later for a null. A number or a date
    /// that is missing is its default, as ever: members that came later read from older documents.
    /// </summary>
    private static void RequireWhatCannotBeNull(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.AssociatedParameter is { IsNullable: false, HasDefaultValue: false, ParameterType.IsValueType: false })
                property.IsRequired = true;
        }
    }

    /// <summary>Puts a small reference on a queue, as the functions' triggers read it.</summary>
    public static Task SendDocumentAsync<T>(this IWorkQueues queues, string queue, T message, TimeSpan delay, CancellationToken cancel) =>
        queues.SendAsync(queue, JsonSerializer.Serialize(message, Compact), delay, cancel);

    /// <summary>
    /// Reads, changes and writes until nobody was in between. <paramref name="change"/> gets null when the document is absent, may run
    /// several times, must recognise its own work (a write whose answer was lost is repeated), and returns null to leave all as it is.
    /// </summary>
    /// <returns>The document as it stands afterwards.</returns>
    public static async Task<T?> ChangeDocumentAsync<T>(
        this IBlobStore blobs, string path, Func<T?, T?> change, CancellationToken cancel)
        where T : class
    {
        for (var tries = 1; ; tries++)
        {
            var stored = await blobs.ReadDocumentAsync<T>(path, cancel);
            if (change(stored?.Value) is not { } changed)
                return stored?.Value;
            var written = stored is null
                ? await blobs.CreateDocumentAsync(path, changed, cancel)
                : await blobs.ReplaceDocumentAsync(path, changed, stored.ETag, cancel);
            if (written)
                return changed;
            if (tries == MostTries)
                throw new MonitorException($"{blobs.Locate(path)} is being changed by others all the time; gave up after {tries} tries.");
            await Task.Delay(Random.Shared.Next(1, 10 * tries), cancel);
        }
    }
}

/// <summary>A document as it was read, and the tag for replacing it.</summary>
public sealed record Stored<T>(T Value, string ETag);
