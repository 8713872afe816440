using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using NewsMonitor.Digests.Mail;
using NewsMonitor.Storage;
using NewsMonitor.Topics;

namespace NewsMonitor.Digests;

/// <summary>What an operator says of a new subscriber; the rest is made here.</summary>
public sealed record NewSubscriber(
    string Address, string Language, string TimeZone, Cadence Cadence, TimeOnly At, DayOfWeek On,
    IReadOnlyList<string> Topics, Strength MinimumStrength, bool OutboxOnly);

/// <summary>Who gets mail: one document a subscriber. An address is compared without regard to case.</summary>
public sealed class SubscriberStore(IBlobStore blobs, TimeProvider time, ILogger<SubscriberStore> logger)
{
    private const string Prefix = "subscribers/";

    public async Task<IReadOnlyList<Subscriber>> ListAsync(CancellationToken cancel)
    {
        var subscribers = new List<Subscriber>();
        await foreach (var path in blobs.ListAsync(Prefix, cancel))
        {
            if (await blobs.ReadDocumentAsync<Subscriber>(path, cancel).OrSkippedAsync(logger) is { } stored)
                subscribers.Add(stored.Value);
        }

        return subscribers;
    }

    public async Task<Subscriber?> ReadAsync(string id, CancellationToken cancel) =>
        (await blobs.ReadDocumentAsync<Subscriber>(PathOf(id), cancel))?.Value;

    /// <summary>False when the address is subscribed already; what is stored stays as it is.</summary>
    public async Task<bool> AddAsync(NewSubscriber wanted, CancellationToken cancel)
    {
        Validate(wanted);
        var subscriber = new Subscriber(
            Subscriber.CurrentSchema, IdOf(wanted.Address), wanted.Address, wanted.Language, wanted.TimeZone, wanted.Cadence, wanted.At, wanted.On,
            wanted.Topics, wanted.MinimumStrength, SubscriberStatus.Active, wanted.OutboxOnly, time.GetUtcNow(),
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));
        return await blobs.CreateDocumentAsync(PathOf(subscriber.Id), subscriber, cancel);
    }

    /// <summary>The subscriber as it stands afterwards, null when there is none.</summary>
    public Task<Subscriber?> ChangeStatusAsync(string id, SubscriberStatus status, CancellationToken cancel) =>
        blobs.ChangeDocumentAsync<Subscriber>(PathOf(id), old => old is null || old.Status == status ? null : old with { Status = status }, cancel);

    /// <summary>Unsubscribes whoever the token belongs to; false when it belongs to nobody, and nothing else is told.</summary>
    public async Task<bool> UnsubscribeAsync(string id, string token, CancellationToken cancel)
    {
        if (!await IsTokenAsync(id, token, cancel))
            return false;
        await ChangeStatusAsync(id, SubscriberStatus.Unsubscribed, cancel);
        return true;
    }

    public async Task<bool> IsTokenAsync(string id, string token, CancellationToken cancel) =>
        BlobPath.IsValid(PathOf(id))
        && await ReadAsync(id, cancel) is { } subscriber
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(subscriber.Token), Encoding.UTF8.GetBytes(token));

    /// <summary>Erases the address.</summary>
    public Task<bool> RemoveAsync(string id, CancellationToken cancel) => blobs.DeleteAsync(PathOf(id), cancel);

    /// <summary>Says which address without showing it.</summary>
    public static string IdOf(string address) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address.Trim().ToLowerInvariant())).AsSpan(0, 8));

    private static void Validate(NewSubscriber wanted)
    {
        if (!MimeMessages.TryAddress(wanted.Address, out _))
            throw new MonitorException($"'{SafeText.Line(wanted.Address)}' is not an email address; give it bare, as in reader@example.org.");
        if (wanted.Language is not ("ar" or "en"))
            throw new MonitorException($"'{SafeText.Line(wanted.Language)}' is not a language of digests; give ar or en.");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(wanted.TimeZone, out _))
            throw new MonitorException($"'{SafeText.Line(wanted.TimeZone)}' is not a time zone; give an IANA name, as in Asia/Baghdad.");
    }

    private static string PathOf(string id) => $"{Prefix}{id}.json";
}
