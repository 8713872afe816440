using System.Globalization;

namespace NewsMonitor.Storage;

/// <summary>
/// Named documents with conditional writes. Every guarantee of the system rests on <see cref="CreateAsync"/> and
/// <see cref="ReplaceAsync"/>, which hold across processes and machines; nothing relies on a lock in memory.
/// Paths are relative, of the characters in <see cref="BlobPath"/>, with forward slashes.
/// When the store itself fails, each throws a <see cref="StorageException"/> that names the document.
/// </summary>
public interface IBlobStore
{
    /// <summary>Where a person finds a document: a file's path, or a URL without secrets.</summary>
    string Locate(string path);

    /// <summary>Null when there is no such document; one that is too large is refused.</summary>
    Task<Blob?> ReadAsync(string path, CancellationToken cancel);

    /// <summary>Writes only if the document is absent; false when it exists already.</summary>
    Task<bool> CreateAsync(string path, BinaryData content, CancellationToken cancel, BlobLabels? labels = null);

    /// <summary>Writes only if the document is unchanged since <paramref name="etag"/> was read; false when it changed or is gone.
    /// Labels are replaced too: without them, it has none.</summary>
    Task<bool> ReplaceAsync(string path, BinaryData content, string etag, CancellationToken cancel, BlobLabels? labels = null);

    /// <summary>False when there was nothing to delete.</summary>
    Task<bool> DeleteAsync(string path, CancellationToken cancel);

    /// <summary>Paths that begin with a prefix, in ordinal order.</summary>
    IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancel);
}

/// <summary>What a document is about, for a service that can find documents by it; a store without such a thing ignores them.</summary>
/// <param name="Topics">Ids, the most important first.</param>
/// <param name="Source">A source's id.</param>
/// <param name="Day">UTC.</param>
public sealed record BlobLabels(IReadOnlyList<string> Topics, string Source, DateOnly Day);

/// <summary>A document and the tag that its next conditional write needs.</summary>
public sealed record Blob(BinaryData Content, string ETag)
{
    /// <summary>Far above any document of ours; what is larger is somebody else's, and would only fill the memory.</summary>
    public const int MostBytes = 64 << 20;

    internal static int Bounded(long bytes, string place) =>
        bytes <= MostBytes
            ? (int)bytes
            : throw new MonitorException(
                string.Create(CultureInfo.InvariantCulture, $"{place} has {bytes:n0} bytes; the store keeps documents of up to {MostBytes:n0}. Move it away, or make it smaller."));
}
