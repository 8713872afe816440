using NewsMonitor.Storage;

namespace NewsMonitor.Tests.Unit.Cli;

/// <summary>A store that breaks down when some documents are read.</summary>
internal sealed class FailingBlobs(IBlobStore inner, string prefix) : IBlobStore
{
    public string Locate(string path) => inner.Locate(path);

    public Task<Blob?> ReadAsync(string path, CancellationToken cancel) =>
        path.StartsWith(prefix, StringComparison.Ordinal) ? throw new IOException("the disk is gone") : inner.ReadAsync(path, cancel);

    public Task<bool> CreateAsync(string path, BinaryData content, CancellationToken cancel, BlobLabels? labels = null) => inner.CreateAsync(path, content, cancel, labels);

    public Task<bool> ReplaceAsync(string path, BinaryData content, string etag, CancellationToken cancel, BlobLabels? labels = null) =>
        inner.ReplaceAsync(path, content, etag, cancel, labels);

    public Task<bool> DeleteAsync(string path, CancellationToken cancel) => inner.DeleteAsync(path, cancel);

    public IAsyncEnumerable<string> ListAsync(string path, CancellationToken cancel) => inner.ListAsync(path, cancel);
}
