using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using NewsMonitor.Articles;
using NewsMonitor.Hits;
using NewsMonitor.Http;
using NewsMonitor.Storage;
using NewsMonitor.Tests.Peers;
using NewsMonitor.Topics;
using NewsMonitor.Webhooks;

namespace NewsMonitor.Tests.Contract.Webhooks;

/// <summary>A stored hit, the sender as it is in production, stores in a folder, and a clock that the test moves.</summary>
internal sealed class DeliveryDesk : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ServiceProvider _services;

    public DeliveryDesk(int totalSeconds = 15)
    {
        Blobs = new FileBlobs(_folder.Path);
        Queues = new FileQueues(_folder["queues"], Time);
        Endpoints = new EndpointStore(Blobs, Time, NullLogger<EndpointStore>.Instance);
        Hits = new HitStore(Blobs, Time);
        _services = new ServiceCollection()
            .AddSingleton<TimeProvider>(Time)
            .Configure<WebhookOptions>(options => options.TotalSeconds = totalSeconds)
            .Configure<HttpOptions>(options => options.AllowedNetworks = "127.0.0.1")
            .AddWebhookClient()
            .BuildServiceProvider();
        Journal = new Journal(NullLogger<Journal>.Instance);
        Journal.Written += Happenings.Add;
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));

    public IBlobStore Blobs { get; }

    public FileQueues Queues { get; }

    public EndpointStore Endpoints { get; }

    public HitStore Hits { get; }

    public Journal Journal { get; }

    public List<Happening> Happenings { get; } = [];

    public string Folder => _folder.Path;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public WebhookDelivery Delivery => new(
        Blobs, Queues, Endpoints, Hits, _services.GetRequiredService<WebhookSender>(), Time, Journal,
        _services.GetRequiredService<IOptions<WebhookOptions>>());

    /// <summary>Queues a hit's message to the endpoint, as a poll does.</summary>
    public async Task<KeptHit> QueueAsync(Endpoint endpoint)
    {
        var mention = new Mention("by-name", "title", 0, 17, "الحوار الستراتيجي", "الحوار الستراتيجي يبدأ");
        var hit = await Hits.KeepAsync(
            new Hit(
                Hit.CurrentSchema, "00112233445566778899aabbccddeeff", Time.GetUtcNow(), "0f1e", [new TopicMatch("dialogue", Strength.Confirmed, 1, [mention])],
                new Article(
                    "00112233445566778899aabbccddeeff", "https://nas.example/1", "الحوار الستراتيجي يبدأ", "نص", null, null, Time.GetUtcNow(), "nas", "ناس", "ar", "ab")),
            Cancel);
        await Delivery.EnqueueAsync(endpoint, hit, Cancel);
        return hit;
    }

    /// <summary>Works off what is visible in the queue now; how many messages that was.</summary>
    public async Task<int> WorkAsync()
    {
        var messages = await Queues.ReceiveAsync(WebhookDelivery.Queue, 32, TimeSpan.FromMinutes(10), Cancel);
        foreach (var message in messages)
        {
            await Delivery.RunAsync(System.Text.Json.JsonSerializer.Deserialize<WebhookMessage>(message.Text, Documents.Compact)!, Cancel);
            await Queues.DeleteAsync(WebhookDelivery.Queue, message, Cancel);
        }

        return messages.Count;
    }

    public async Task<Delivery> LedgerAsync(Endpoint endpoint, KeptHit hit) =>
        (await Blobs.ReadDocumentAsync<Delivery>(NewsMonitor.Webhooks.Delivery.PathOf(endpoint.Id, hit.Path), Cancel))!.Value;

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _folder.Dispose();
    }
}
