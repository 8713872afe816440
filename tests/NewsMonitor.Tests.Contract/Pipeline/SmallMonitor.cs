using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NewsMonitor.Functions;
using NewsMonitor.LocalHost;
using NewsMonitor.Storage;
using NewsMonitor.Tests.Peers;
using NewsMonitor.Webhooks;

namespace NewsMonitor.Tests.Contract.Pipeline;

/// <summary>
/// The real system, over files in a folder of its own or over a container and queues of its own in Azurite: two sources that are documents beside
/// the list, two small topics, one webhook endpoint, and the subscriber of the first run, who is told at once and only in the outbox.
/// </summary>
internal sealed class SmallMonitor : IDisposable
{
    public const string FirstFeed = "first.xml";
    public const string SecondFeed = "second.xml";

    private const string Topics = """
        language: 1
        words:
          dialogue: {noun: [حوار]}
          strategic: {adjective: [استراتيجي]}
          withdrawal: {noun: [انسحاب]}
          troops: {noun: [قوات]}
        topics:
          - id: strategic-dialogue
            title: {ar: الحوار, en: Dialogue}
            rules: [{id: dialogue, phrase: [dialogue, strategic]}]
          - id: troops
            title: {ar: القوات, en: Troops}
            rules: [{id: withdrawal, all: [withdrawal, troops], within: 5}]
        """;

    private const string Sources = """
        <opml version="2.0" xmlns:monitor="urn:newsmonitor:opml"><head><title>t</title></head><body>
          <outline type="rss" text="First" xmlUrl="first.xml" monitor:article="never" />
          <outline type="rss" text="Second" xmlUrl="second.xml" monitor:article="never" />
        </body></opml>
        """;

    private readonly IDisposable _store;
    private readonly Receiver _receiver;
    private readonly string _hook = $"/{Guid.NewGuid():n}";
    private readonly int _shards;
    private readonly Action<IServiceCollection> _services;

    private SmallMonitor(Receiver receiver, Azurite? azurite, int shards, Action<IServiceCollection> services)
    {
        _receiver = receiver;
        _shards = shards;
        _services = services;
        if (azurite is null)
        {
            var folder = TemporaryFolder.InMemory();
            (_store, Blobs, Queues) = (folder, new FileBlobs(folder.Path), new FileQueues(folder["queues"], Time));
        }
        else
        {
            var container = new OwnContainer(azurite);
            (_store, Blobs, Queues) = (container, container.Blobs, new ClockedQueues(container.Queues, $"{container.Name}-", Time));
        }
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 23, 6, 0, 0, TimeSpan.Zero));

    public IBlobStore Blobs { get; }

    public IWorkQueues Queues { get; }

    /// <summary>What came to the webhook endpoint, by webhook-id.</summary>
    public ILookup<string, string> Posts => _receiver.At(_hook);

    public static async Task<SmallMonitor> CreateAsync(
        Receiver receiver, int shards = 1, Action<IServiceCollection>? services = null, Azurite? azurite = null)
    {
        var monitor = new SmallMonitor(receiver, azurite, shards, services ?? (_ => { }));
        await monitor.Blobs.CreateAsync("sources.opml", BinaryData.FromString(Sources), default);
        await monitor.Blobs.CreateAsync("topics.yaml", BinaryData.FromString(Topics), default);
        await new EndpointStore(monitor.Blobs, monitor.Time, NullLogger<EndpointStore>.Instance).AddAsync(receiver.Address(monitor._hook), [], null, default);
        await monitor.PublishNewsAsync();
        return monitor;
    }

    /// <summary>An item whose address ends in the slug; more than 25 words of text make its opening a key of its story.</summary>
    public static string Item(string slug, string title, string text) =>
        $"<item><title>{title}</title><link>https://news.example/{slug}</link><description>{text}</description></item>";

    public static string Dialogue => "عقدت في بغداد اليوم جولة جديدة من الحوار الاستراتيجي، " + string.Concat(Enumerable.Repeat("وبحث الجانبان ملفات الأمن والطاقة ", 6));

    /// <summary>Two copies of one text in two outlets, another text, and one that no topic wants.</summary>
    public async Task PublishNewsAsync()
    {
        await PublishAsync(FirstFeed, Item("a1", "جولة جديدة من الحوار الاستراتيجي", Dialogue), Item("a2", "الطقس في بغداد غدا صحو", "صحو."));
        await PublishAsync(
            SecondFeed, Item("b1", "جولة جديدة من الحوار الاستراتيجي - وكالة", Dialogue), Item("b2", "الإعلان عن انسحاب القوات قريبا", "خبر."));
    }

    public async Task PublishAsync(string feed, params IEnumerable<string> items)
    {
        var document = BinaryData.FromString($"<rss version=\"2.0\"><channel><title>t</title>{string.Concat(items)}</channel></rss>");
        if (!await Blobs.CreateAsync(feed, document, default))
            Assert.True(await Blobs.ReplaceAsync(feed, document, (await Blobs.ReadAsync(feed, default))!.ETag, default));
    }

    /// <summary>What completes the work of dead processes whose sources do not show it any more; null as long as there is no such function.</summary>
    public static string? SecondLook { get; } = typeof(HousekeepingFunctions).GetMethod("LookAgain")?.Name;

    /// <summary>A process of its own over the same store.</summary>
    /// <param name="clock">Its own; null: the right one.</param>
    public LocalFunctionsHost Start(Fault fault, TimeProvider? clock = null)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["PollSchedule"] = "0 */5 * * * *",
            ["DigestSchedule"] = "30 2-57/5 * * * *",
            ["HousekeepingSchedule"] = "0 17 3 * * *",
            ["SecondLookSchedule"] = "0 47 * * * *",
            ["Http:AllowedNetworks"] = "127.0.0.1",
            ["Pipeline:Shards"] = _shards.ToString(CultureInfo.InvariantCulture),
        }).Build();
        return LocalFunctionsHost.Create(typeof(PollFunctions).Assembly, configuration, new Uri("http://127.0.0.1:0"), services =>
        {
            services.AddSingleton(clock ?? Time).AddLogging();
            _services(services);
            services.AddNewsMonitor(configuration);
            services.AddSingleton<IBlobStore>(new FaultyBlobs(Blobs, fault));
            services.AddSingleton<IWorkQueues>(new FaultyQueues(Queues, fault));
        });
    }

    /// <summary>Polls, matches, stores, looks again and tells; when a step fails the next one goes on, unless the process is dead.</summary>
    public async Task CycleAsync(LocalFunctionsHost host, Fault fault)
    {
        Func<Task>[] steps =
        [
            () => host.RunTimerAsync(nameof(PollFunctions.SchedulePolls)),
            () => host.DrainAsync(CancellationToken.None),
            () => SecondLook is null ? Task.CompletedTask : host.RunTimerAsync(SecondLook),
            () => host.RunTimerAsync(nameof(DigestFunctions.ScheduleDigests)),
            () => host.DrainAsync(CancellationToken.None),
        ];
        foreach (var step in steps)
        {
            try
            {
                await PassTimeDuringAsync(step());
            }
            catch (Exception) when (fault.Struck is not null)
            {
                if (fault.HasDied)
                    return;
            }
        }
    }

    /// <summary>A process without faults works until it has nothing more to do.</summary>
    /// <param name="every">Null: ten minutes. An hour is long enough for the second look to hold a process for dead.</param>
    /// <param name="atLeast">So many cycles, whether or not there are messages.</param>
    public async Task SettleAsync(TimeSpan? every = null, int atLeast = 2, TimeProvider? clock = null)
    {
        await using var host = Start(Fault.None, clock);
        for (var cycle = 1; cycle <= atLeast + 8; cycle++)
        {
            Time.Advance(every ?? TimeSpan.FromMinutes(10));
            await CycleAsync(host, Fault.None);
            if (cycle >= atLeast && await CountMessagesAsync() == 0)
                return;
        }
    }

    /// <summary>What the monitor has stored and told.</summary>
    public Task<IReadOnlyList<string>> ReadAsync() => EndState.ReadAsync(this);

    public async Task<IEnumerable<(string Path, T Document)>> ReadAllAsync<T>(string prefix, Func<string, bool>? isWanted = null)
        where T : class
    {
        var all = new List<(string, T)>();
        await foreach (var path in Blobs.ListAsync(prefix, default))
        {
            if (isWanted?.Invoke(path) != false)
                all.Add((path, (await Blobs.ReadDocumentAsync<T>(path, default))!.Value));
        }

        return all;
    }

    /// <summary>The clock goes on while something is waited for: five times as fast as any other.</summary>
    public async Task PassTimeDuringAsync(Task work)
    {
        while (await Task.WhenAny(work, Task.Delay(20)) != work)
            Time.Advance(TimeSpan.FromMilliseconds(100));
        await work;
    }

    public void Dispose() => _store.Dispose();

    public async Task<int> CountMessagesAsync()
    {
        var count = 0;
        foreach (var queue in NewsMonitor.Pipeline.Queues.All)
            count += await Queues.CountAsync(queue, default) + await Queues.CountAsync(NewsMonitor.Pipeline.Queues.PoisonOf(queue), default);
        return count;
    }
}
