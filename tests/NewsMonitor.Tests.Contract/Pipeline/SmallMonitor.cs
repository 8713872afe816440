using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NewsMonitor.Digests;
using NewsMonitor.Functions;
using NewsMonitor.Hits;
using NewsMonitor.LocalHost;
using NewsMonitor.Storage;
using NewsMonitor.Tests.Peers;
using NewsMonitor.Webhooks;

namespace NewsMonitor.Tests.Contract.Pipeline;

/// <summary>
/// The real system over files in a folder of its own: two sources that are files, two small topics, one webhook endpoint, and the
/// subscriber of the first run, who is told at once and only in the outbox.
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

    private readonly TemporaryFolder _folder = TemporaryFolder.InMemory();
    private readonly Receiver _receiver;
    private readonly string _hook = $"/{Guid.NewGuid():n}";
    private readonly int _shards;
    private readonly Action<IServiceCollection> _services;

    private SmallMonitor(Receiver receiver, int shards, Action<IServiceCollection> services)
    {
        _receiver = receiver;
        _shards = shards;
        _services = services;
        Blobs = new FileBlobs(_folder.Path);
        Queues = new FileQueues(_folder["queues"], Time);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 23, 6, 0, 0, TimeSpan.Zero));

    public IBlobStore Blobs { get; }

    public IWorkQueues Queues { get; }

    /// <summary>What came to the webhook endpoint, by webhook-id.</summary>
    public ILookup<string, string> Posts => _receiver.At(_hook);

    public static async Task<SmallMonitor> CreateAsync(Receiver receiver, int shards = 1, Action<IServiceCollection>? services = null)
    {
        var monitor = new SmallMonitor(receiver, shards, services ?? (_ => { }));
        await monitor.Blobs.CreateAsync("sources.opml", BinaryData.FromString(Sources), default);
        await monitor.Blobs.CreateAsync("topics.yaml", BinaryData.FromString(Topics), default);
        await new EndpointStore(monitor.Blobs, monitor.Time, NullLogger<EndpointStore>.Instance).AddAsync(receiver.Address(monitor._hook), [], null, default);
        monitor.Publish(FirstFeed, Item("a1", "جولة جديدة من الحوار الاستراتيجي", Dialogue), Item("a2", "الطقس في بغداد غدا صحو", "صحو."));
        monitor.Publish(
            SecondFeed, Item("b1", "جولة جديدة من الحوار الاستراتيجي - وكالة", Dialogue), Item("b2", "الإعلان عن انسحاب القوات قريبا", "خبر."));
        return monitor;
    }

    /// <summary>An item whose address ends in the slug; more than 25 words of text make its opening a key of its story.</summary>
    public static string Item(string slug, string title, string text) =>
        $"<item><title>{title}</title><link>https://news.example/{slug}</link><description>{text}</description></item>";

    public static string Dialogue => "عقدت في بغداد اليوم جولة جديدة من الحوار الاستراتيجي، " + string.Concat(Enumerable.Repeat("وبحث الجانبان ملفات الأمن والطاقة ", 6));

    public void Publish(string feed, params IEnumerable<string> items) =>
        File.WriteAllText(_folder[feed], $"<rss version=\"2.0\"><channel><title>t</title>{string.Concat(items)}</channel></rss>");

    /// <summary>A process of its own over the same folder.</summary>
    public LocalFunctionsHost Start(Fault fault)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["PollSchedule"] = "0 */5 * * * *",
            ["DigestSchedule"] = "30 2-57/5 * * * *",
            ["HousekeepingSchedule"] = "0 17 3 * * *",
            ["Storage:Data"] = _folder.Path,
            ["Http:AllowedNetworks"] = "127.0.0.1",
            ["Pipeline:Shards"] = _shards.ToString(CultureInfo.InvariantCulture),
        }).Build();
        return LocalFunctionsHost.Create(typeof(PollFunctions).Assembly, configuration, new Uri("http://127.0.0.1:0"), services =>
        {
            services.AddSingleton<TimeProvider>(Time).AddLogging();
            _services(services);
            services.AddNewsMonitor(configuration);
            services.AddSingleton<IBlobStore>(new FaultyBlobs(Blobs, fault));
            services.AddSingleton<IWorkQueues>(new FaultyQueues(Queues, fault));
        });
    }

    /// <summary>Polls, matches, stores and tells; when a step fails the next one goes on, unless the process is dead.</summary>
    public async Task CycleAsync(LocalFunctionsHost host, Fault fault)
    {
        Func<Task>[] steps =
        [
            () => host.RunTimerAsync(nameof(PollFunctions.SchedulePolls)),
            () => host.DrainAsync(CancellationToken.None),
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

    /// <summary>A process without faults works, every ten minutes, until it has nothing more to do.</summary>
    public async Task SettleAsync()
    {
        await using var host = Start(Fault.None);
        for (var cycle = 1; cycle <= 10; cycle++)
        {
            Time.Advance(TimeSpan.FromMinutes(10));
            await CycleAsync(host, Fault.None);
            if (cycle > 1 && await CountMessagesAsync() == 0)
                return;
        }
    }

    /// <summary>What the monitor has stored and told, in words that do not depend on times or on who was first.</summary>
    public async Task<IReadOnlyList<string>> ReadAsync()
    {
        var facts = new List<string>();
        await foreach (var path in Blobs.ListAsync("hits/", default))
            facts.Add($"hit {DatedPath.IdOf(path)}");
        var told = (await ReadAllAsync<Edition>("digests/", path => !path.EndsWith("/log.json", StringComparison.Ordinal))).ToList();
        foreach (var (path, story) in await ReadAllAsync<Story>("stories/"))
        {
            var sources = string.Join('+', story.Sources.Select(source => source.HitId).Order(StringComparer.Ordinal));
            facts.Add($"story {sources}, told {told.Count(edition => edition.Document.Stories.Contains(path))} times");
        }

        foreach (var (path, edition) in told.Where(edition => edition.Document.Status != EditionStatus.Sent))
            facts.Add($"edition {path} is {edition.Status}");
        var outbox = 0;
        await foreach (var path in Blobs.ListAsync("outbox/", default))
            outbox++;
        if (outbox != told.Count)
            facts.Add($"{told.Count} editions, {outbox} mails");
        foreach (var (path, delivery) in await ReadAllAsync<Delivery>("deliveries/"))
            facts.Add($"delivery {DatedPath.IdOf(path)} is {delivery.Status}");
        foreach (var post in Posts)
            facts.Add($"webhook {post.Key[..36]} with {post.Distinct(StringComparer.Ordinal).Count()} body");
        if (await CountMessagesAsync() is > 0 and var messages)
            facts.Add($"{messages} messages left");
        facts.Sort(StringComparer.Ordinal);
        return facts;
    }

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

    public void Dispose() => _folder.Dispose();

    private async Task<int> CountMessagesAsync()
    {
        var count = 0;
        foreach (var queue in NewsMonitor.Pipeline.Queues.All)
            count += await Queues.CountAsync(queue, default) + await Queues.CountAsync(NewsMonitor.Pipeline.Queues.PoisonOf(queue), default);
        return count;
    }
}
