using System.Globalization;
using System.Runtime.CompilerServices;
using NewsMonitor.Storage;

namespace NewsMonitor.Tests.Unit;

/// <summary>A store in memory, for tests of what stands on one; any number of threads may use it.</summary>
internal sealed class MemoryBlobs : IBlobStore
{
    private readonly SortedDictionary<string, Blob> _blobs = new(StringComparer.Ordinal);
    private readonly Lock _door = new();
    private int _version;

    /// <summary>Runs before each replacement: somebody else who is quicker.</summary>
    public Action? BeforeReplace { get; set; }

    public string Locate(string path) => $"memory/{path}";

    public Task<Blob?> ReadAsync(string path, CancellationToken cancel)
    {
        lock (_door)
            return Task.FromResult(_blobs.GetValueOrDefault(BlobPath.Check(path)));
    }

    public Task<bool> CreateAsync(string path, BinaryData content, CancellationToken cancel, BlobLabels? labels = null)
    {
        lock (_door)
            return Task.FromResult(_blobs.TryAdd(BlobPath.Check(path), new Blob(content, NextTag())));
    }

    public Task<bool> ReplaceAsync(string path, BinaryData content, string etag, CancellationToken cancel, BlobLabels? labels = null)
    {
        BeforeReplace?.Invoke();
        lock (_door)
        {
            if (!_blobs.TryGetValue(BlobPath.Check(path), out var blob) || blob.ETag != etag)
                return Task.FromResult(false);

            _blobs[path] = new Blob(content, NextTag());
            return Task.FromResult(true);
        }
    }

    public Task<bool> DeleteAsync(string path, CancellationToken cancel)
    {
        lock (_door)
            return Task.FromResult(_blobs.Remove(path));
    }

    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var path in Paths(prefix))
            yield return path;

        await Task.CompletedTask;
    }

    /// <summary>What a test looks for.</summary>
    public IReadOnlyList<string> Paths(string prefix)
    {
        lock (_door)
            return [.. _blobs.Keys.Where(p => p.StartsWith(prefix, StringComparison.Ordinal))];
    }

    public void Put(string path, string content)
    {
        lock (_door)
            _blobs[path] = new Blob(BinaryData.FromString(content), NextTag());
    }

    private string NextTag() => (++_version).ToString(CultureInfo.InvariantCulture);
}
