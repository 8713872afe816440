using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using NewsMonitor.Storage;

namespace NewsMonitor.Webhooks;

/// <summary>The operator's webhook endpoints, one document each.</summary>
public sealed class EndpointStore(IBlobStore blobs, TimeProvider time, ILogger<EndpointStore> logger)
{
    private const string Prefix = "webhooks/";

    public async Task<IReadOnlyList<Endpoint>> ListAsync(CancellationToken cancel)
    {
        var endpoints = new List<Endpoint>();
        await foreach (var path in blobs.ListAsync(Prefix, cancel))
        {
            if (await blobs.ReadDocumentAsync<Endpoint>(path, cancel).OrSkippedAsync(logger) is { } stored)
                endpoints.Add(stored.Value);
        }

        return endpoints;
    }

    public async Task<Endpoint?> ReadAsync(string id, CancellationToken cancel) =>
        (await blobs.ReadDocumentAsync<Endpoint>(PathOf(id), cancel))?.Value;

    /// <summary>Adds an endpoint and makes its secret; the URL decides the id, so that adding it again is an error.</summary>
    public async Task<Endpoint> AddAsync(string url, IReadOnlyList<string> topics, string? note, CancellationToken cancel)
    {
        if (!WebAddress.TryRead(url, null, out var address))
            throw new MonitorException($"'{SafeText.Line(url)}' is not an address for a webhook: give an absolute https (or http) URL.");
        // Not repeated: it may hold a password.
        if (address.UserInfo.Length > 0)
            throw new MonitorException($"A webhook's address on {SafeText.Line(address.Host)} must be an https (or http) URL without user name.");
        var endpoint = new Endpoint(
            Endpoint.CurrentSchema, IdOf(address), address.AbsoluteUri, topics, WebhookSignature.NewSecret(), EndpointStatus.Active, note,
            time.GetUtcNow());
        // False also when it was our own answer that was lost; only then is it our secret that stands there.
        if (!await blobs.CreateDocumentAsync(PathOf(endpoint.Id), endpoint, cancel)
            && (await ReadAsync(endpoint.Id, cancel))?.Secret != endpoint.Secret)
            throw new MonitorException($"There is a webhook for {SafeText.Line(address.AbsoluteUri)} already: {endpoint.Id}.");
        return endpoint;
    }

    public Task<Endpoint?> ChangeAsync(string id, Func<Endpoint, Endpoint> change, CancellationToken cancel) =>
        blobs.ChangeDocumentAsync<Endpoint>(PathOf(id), old => old is null ? null : change(old), cancel);

    public Task<bool> RemoveAsync(string id, CancellationToken cancel) => blobs.DeleteAsync(PathOf(id), cancel);

    private static string PathOf(string id) => $"{Prefix}{id}.json";

    private static string IdOf(Uri address) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address.AbsoluteUri)).AsSpan(0, 8));
}
