using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace NewsMonitor.Storage;

/// <summary>
/// Documents in one blob container, made on first use. The client retries by itself, so a create or replace that was carried out
/// but whose answer was lost is reported as false: callers must treat false as "look again", never as "somebody else did it".
/// </summary>
public sealed class AzureBlobs(BlobContainerClient container) : IBlobStore
{
    private readonly FirstUse _containerExists = new(cancel => container.CreateIfNotExistsAsync(cancellationToken: cancel));

    public string Locate(string path) =>
        new UriBuilder(container.GetBlobClient(BlobPath.Check(path)).Uri) { Query = "" }.Uri.AbsoluteUri;

    public async Task<Blob?> ReadAsync(string path, CancellationToken cancel)
    {
        await _containerExists.EnsureAsync(cancel);
        try
        {
            var answer = await container.GetBlobClient(BlobPath.Check(path)).DownloadContentAsync(cancel);
            return new Blob(answer.Value.Content, answer.Value.Details.ETag.ToString());
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    public Task<bool> CreateAsync(string path, BinaryData content, CancellationToken cancel, BlobLabels? labels = null) =>
        UploadAsync(path, content, new BlobRequestConditions { IfNoneMatch = ETag.All }, cancel);

    public Task<bool> ReplaceAsync(string path, BinaryData content, string etag, CancellationToken cancel, BlobLabels? labels = null) =>
        UploadAsync(path, content, new BlobRequestConditions { IfMatch = new ETag(etag) }, cancel);

    public async Task<bool> DeleteAsync(string path, CancellationToken cancel)
    {
        await _containerExists.EnsureAsync(cancel);
        return await container.GetBlobClient(BlobPath.Check(path)).DeleteIfExistsAsync(cancellationToken: cancel);
    }

    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancel)
    {
        await _containerExists.EnsureAsync(cancel);
        await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancel))
            yield return blob.Name;
    }

    private async Task<bool> UploadAsync(string path, BinaryData content, BlobRequestConditions conditions, CancellationToken cancel)
    {
        await _containerExists.EnsureAsync(cancel);
        try
        {
            var options = new BlobUploadOptions
            {
                Conditions = conditions,
                HttpHeaders = new BlobHttpHeaders { ContentType = ContentTypeOf(path), CacheControl = "no-cache" },
            };
            await container.GetBlobClient(BlobPath.Check(path)).UploadAsync(content, options, cancel);
            return true;
        }
        // 409: it exists; 412: it changed; 404: there is nothing to replace.
        catch (RequestFailedException e) when (e.Status is 409 or 412 || (e.Status == 404 && conditions.IfMatch is not null))
        {
            return false;
        }
    }

    /// <summary>So that a document opens readably in a browser.</summary>
    private static string ContentTypeOf(string path) => Path.GetExtension(path) switch
    {
        ".json" => "application/json; charset=utf-8",
        ".yaml" => "application/yaml; charset=utf-8",
        ".eml" => "message/rfc822",
        ".opml" or ".xml" => "text/xml; charset=utf-8",
        _ => "application/octet-stream",
    };
}
