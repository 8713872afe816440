namespace NewsMonitor.Storage;

/// <summary>
/// Named documents with conditional writes. Every guarantee of the system rests on <see cref="CreateAsync"/> and
/// <see cref="ReplaceAsync"/>, which hold across processes and machines; nothing relies on a lock in memory.
/// Paths are relative, of the characters in <see cref="BlobPath"/>, with forward slashes.
/// </summary>
public interface IBlobStore
{
    /// <summary>Where a person finds a document: a file's path, or a URL without secrets.</summary>
    string Locate(string path);

    /// <summary>Null when there is no such document.</summary>
    Task<Blob?> ReadAsync(string path, CancellationToken cancel);

    /// <summary>Writes only if the document is absent; false when it exists already.</summary>
    Task<bool> CreateAsync(string path, BinaryData content, CancellationToken cancel);

    /// <summary>Writes only if the document is unchanged since <paramref name="etag"/> was read; false when it changed or is gone.</summary>
    Task<bool> ReplaceAsync(string path, BinaryData content, string etag, CancellationToken cancel);

    /// <summary>False when there was nothing to delete.</summary>
    Task<bool> DeleteAsync(string path, CancellationToken cancel);

    /// <summary>Paths that begin with a prefix, in ordinal order.</summary>
    IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancel);
}

/// <summary>A document and the tag that its next conditional write needs.</summary>
public sealed record Blob(BinaryData Content, string ETag);
