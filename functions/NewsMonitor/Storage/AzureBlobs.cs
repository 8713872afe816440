using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Logging;

namespace NewsMonitor.Storage;

/// <summary>
/// Documents in one blob container, made on first use. The client retries by itself, so a create or replace that was carried out
/// but whose answer was lost is reported as false: callers must treat false as "look again", never as "somebody else did it".
/// </summary>
public sealed class AzureBlobs : IBlobStore
{
    private readonly BlobContainerClient _container;
    private readonly ILogger? _logger;
    private readonly string _place;
    private readonly FirstUse _containerExists;
    private volatile bool _refusesTags;

    public AzureBlobs(BlobContainerClient container, ILogger? logger = null)
    {
        _container = container;
        _logger = logger;
        _place = new UriBuilder(container.Uri) { Query = "" }.Uri.AbsoluteUri;
        _containerExists = new(cancel => TellAsync("make the container", _place, () => container.CreateIfNotExistsAsync(cancellationToken: cancel), cancel));
    }

    public string Locate(string path) => $"{_place}/{BlobPath.Check(path)}";

    public async Task<Blob?> ReadAsync(string path, CancellationToken cancel)
    {
        var place = Locate(path);
        await _containerExists.EnsureAsync(cancel);
        return await TellAsync("read", place, () => DownloadAsync(path, place, cancel), cancel);
    }

    public Task<bool> CreateAsync(string path, BinaryData content, CancellationToken cancel, BlobLabels? labels = null) =>
        UploadAsync(path, content, new BlobRequestConditions { IfNoneMatch = ETag.All }, labels, cancel);

    public Task<bool> ReplaceAsync(string path, BinaryData content, string etag, CancellationToken cancel, BlobLabels? labels = null) =>
        UploadAsync(path, content, new BlobRequestConditions { IfMatch = new ETag(etag) }, labels, cancel);

    public async Task<bool> DeleteAsync(string path, CancellationToken cancel)
    {
        var place = Locate(path);
        await _containerExists.EnsureAsync(cancel);
        return (await TellAsync("delete", place, () => _container.GetBlobClient(path).DeleteIfExistsAsync(cancellationToken: cancel), cancel)).Value;
    }

    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancel)
    {
        await _containerExists.EnsureAsync(cancel);
        await using var pages = _container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancel).AsPages().GetAsyncEnumerator(cancel);
        while (await TellAsync("list", $"{_place}/{prefix}…", () => pages.MoveNextAsync().AsTask(), cancel))
        {
            foreach (var blob in pages.Current.Values)
                yield return blob.Name;
        }
    }

    private async Task<Blob?> DownloadAsync(string path, string place, CancellationToken cancel)
    {
        try
        {
            // Streamed, to see how long it is before it is in memory.
            using var answer = (await _container.GetBlobClient(path).DownloadStreamingAsync(cancellationToken: cancel)).Value;
            var bytes = new byte[Blob.Bounded(answer.Details.ContentLength, place)];
            await answer.Content.ReadExactlyAsync(bytes, cancel);
            return new Blob(BinaryData.FromBytes(bytes), answer.Details.ETag.ToString());
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    private async Task<bool> UploadAsync(
        string path, BinaryData content, BlobRequestConditions conditions, BlobLabels? labels, CancellationToken cancel)
    {
        var place = Locate(path);
        Blob.Bounded(content.ToMemory().Length, place);
        await _containerExists.EnsureAsync(cancel);
        var tags = _refusesTags ? null : BlobProperties.TagsOf(labels);
        return await TellAsync("write", place, () => PutTaggedAsync(path, content, conditions, tags, cancel), cancel);
    }

    /// <summary>
    /// Accounts of some kinds (hierarchical namespace, premium, v1) and identities without the right to tags refuse a write for its
    /// tags, under codes that differ by kind and year: what goes through without them was refused for them.
    /// </summary>
    private async Task<bool> PutTaggedAsync(
        string path, BinaryData content, BlobRequestConditions conditions, Dictionary<string, string>? tags, CancellationToken cancel)
    {
        try
        {
            return await PutAsync(path, content, conditions, tags, cancel);
        }
        catch (RequestFailedException e) when (tags is not null && e.Status is 400 or 403 or 409 or 501)
        {
            var written = await PutAsync(path, content, conditions, tags: null, cancel);
            if (written && !_refusesTags)
            {
                _refusesTags = true;
                _logger?.LogWarning(
                    "{Container} takes no blob index tags (HTTP {Status}, {Code}): documents are written without them, and can be found by their path only. "
                    + "Tags need a general-purpose v2 account without hierarchical namespace and the role Storage Blob Data Owner.",
                    _place, e.Status, e.ErrorCode);
            }

            return written;
        }
    }

    private async Task<bool> PutAsync(
        string path, BinaryData content, BlobRequestConditions conditions, Dictionary<string, string>? tags, CancellationToken cancel)
    {
        try
        {
            var options = BlobProperties.Of(path);
            options.Conditions = conditions;
            options.Tags = tags;
            await _container.GetBlobClient(path).UploadAsync(content, options, cancel);
            return true;
        }
        // It exists; it changed; there is nothing to replace. Other conflicts (a lease, a policy) do not go away by looking again.
        catch (RequestFailedException e) when (
            e.ErrorCode is "BlobAlreadyExists" or "ConditionNotMet" or "TargetConditionNotMet" || (e.Status == 404 && conditions.IfMatch is not null))
        {
            return false;
        }
        catch (RequestFailedException e) when (e.ErrorCode == "ContainerNotFound")
        {
            _containerExists.Forget();
            throw;
        }
    }

    private static Task<T> TellAsync<T>(string doing, string place, Func<Task<T>> operation, CancellationToken cancel) =>
        StorageException.TellAsync(doing, place, operation, AccountFaults.Why, cancel);
}
