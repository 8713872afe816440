using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using NewsMonitor.Digests;
using NewsMonitor.Digests.Mail;
using NewsMonitor.Hits;
using NewsMonitor.Storage;
using NewsMonitor.Tests.Unit.Hits;
using NewsMonitor.Topics;

namespace NewsMonitor.Tests.Unit.Digests;

/// <summary>All that makes and sends editions, on a store in memory, a clock that stands and a sender that obeys.</summary>
internal sealed class DigestDesk : IAsyncDisposable
{
    private readonly RazorHtml _razor = new(NullLoggerFactory.Instance);

    /// <param name="repeatable">Of the sender.</param>
    public DigestDesk(DateTimeOffset now, bool repeatable = false, string? publicUrl = null)
    {
        Time = new FakeTimeProvider(now);
        Sender = new ScriptedSender("smtp", repeatable);
        Outbox = new ScriptedSender("outbox", repeatable: true);
        Blobs.Put("topics.yaml", Shipped.Read("topics.yaml").ToString());
        var mail = Options.Create(new MailOptions { Sender = "smtp", From = "monitor@news.example.org" });
        Subscribers = new SubscriberStore(Blobs, Time, NullLogger<SubscriberStore>.Instance);
        Stories = new HitDesk(Blobs, Time).Stories;
        Builder = new DigestBuilder(
            Stories, new TopicCatalog(Blobs, Options.Create(new TopicsOptions()), NullLogger<TopicCatalog>.Instance), new DigestRenderer(_razor),
            Options.Create(new DigestOptions { PublicUrl = publicUrl }), mail, Time);
        var journal = new Journal(NullLogger<Journal>.Instance);
        journal.Written += happening =>
        {
            lock (Happenings)
                Happenings.Add(happening);
        };
        Editions = new EditionSender(
            Subscribers, Stories, Builder, new MailSenders([Outbox, Sender], mail), Blobs, Time, journal, mail, NullLogger<EditionSender>.Instance);
        Schedule = new EditionSchedule(Subscribers, Stories, Blobs, Queues, Time, NullLogger<EditionSchedule>.Instance);
    }

    public FakeTimeProvider Time { get; }

    public MemoryBlobs Blobs { get; } = new();

    public MemoryQueues Queues { get; } = new();

    public ScriptedSender Sender { get; }

    public ScriptedSender Outbox { get; }

    public SubscriberStore Subscribers { get; }

    public StoryStore Stories { get; }

    public DigestBuilder Builder { get; }

    public EditionSender Editions { get; }

    public EditionSchedule Schedule { get; }

    public List<Happening> Happenings { get; } = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static NewSubscriber Reader(
        string name = "reader", Cadence cadence = Cadence.Instant, string zone = "Asia/Baghdad", TimeOnly at = default,
        DayOfWeek on = DayOfWeek.Sunday, Strength strength = Strength.Possible, bool outboxOnly = false, params string[] topics) =>
        new($"{name}@example.org", "ar", zone, cadence, at, on, topics, strength, outboxOnly);

    /// <summary>The new subscriber's id.</summary>
    public async Task<string> SubscribeAsync(NewSubscriber wanted)
    {
        Assert.True(await Subscribers.AddAsync(wanted, Cancel));
        return SubscriberStore.IdOf(wanted.Address);
    }

    /// <summary>A story of its own, found now; its path.</summary>
    public Task<string> TellAsync(string name, string topic = "dialogue", Strength strength = Strength.Confirmed) =>
        Stories.JoinAsync(SampleHits.Hit(name, $"خبر {name}", "نص", found: Time.GetUtcNow(), topic: topic, strength: strength), Cancel);

    /// <summary>Another outlet's fuller copy of a story: the same title, more topics.</summary>
    public Task<string> CopyAsync(string name, string title, string topic, Strength strength = Strength.Confirmed) =>
        Stories.JoinAsync(SampleHits.Hit(name, title, found: Time.GetUtcNow(), topic: topic, strength: strength), Cancel);

    public Task RunAsync(string subscriber) => Editions.RunAsync(new DigestMessage(subscriber), Cancel);

    /// <summary>What the timer and then the queue do once.</summary>
    public async Task TickAsync()
    {
        Queues.Clear();
        await Schedule.EnqueueAsync(Cancel);
        foreach (var message in Queues.In(EditionSender.Queue).ToList())
            await Editions.RunAsync(System.Text.Json.JsonSerializer.Deserialize<DigestMessage>(message, Documents.Compact)!, Cancel);
    }

    public async Task<Edition?> EditionAsync(string subscriber, int number) =>
        (await Blobs.ReadDocumentAsync<Edition>(Edition.PathOf(subscriber, number), Cancel))?.Value;

    public async Task<EditionLog?> LogAsync(string subscriber) =>
        (await Blobs.ReadDocumentAsync<EditionLog>(EditionLog.PathOf(subscriber), Cancel))?.Value;

    public ValueTask DisposeAsync() => _razor.DisposeAsync();
}
