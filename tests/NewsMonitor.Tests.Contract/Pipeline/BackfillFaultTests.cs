using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using NewsMonitor.Articles;
using NewsMonitor.Feeds;
using NewsMonitor.Hits;
using NewsMonitor.LocalHost;
using NewsMonitor.Pipeline;
using NewsMonitor.Sources;
using NewsMonitor.Storage;
using NewsMonitor.Topics;

namespace NewsMonitor.Tests.Contract.Pipeline;

/// <summary>
/// The topics are changed and run over what is stored and over an archive, beside a monitor that goes on: nothing is lost, nothing is
/// there twice, and nobody is told, wherever the storage fails or the process dies.
/// </summary>
public sealed class BackfillFaultTests(Receiver receiver) : IClassFixture<Receiver>
{
    /// <summary>The dialogue goes, the weather comes, and the withdrawal has another rule.</summary>
    private const string Changed = """
        language: 1
        words:
          weather: {noun: [طقس]}
          withdrawal: {noun: [انسحاب]}
          troops: {noun: [قوات]}
        topics:
          - id: weather
            title: {ar: الطقس, en: Weather}
            rules: [{id: weather, any: [weather]}]
          - id: troops
            title: {ar: القوات, en: Troops}
            rules: [{id: troops-leave, all: [withdrawal, troops], within: 5}]
        """;

    private static readonly TopicRules Topics = TopicRules.Parse(Changed, "topics.yaml");

    private static readonly ArchiveLine[] Archive =
    [
        // What the first feed carries and did not match; two copies that nobody polled; and one that is stored.
        Line("a2", "الطقس في بغداد غدا صحو", "صحو."),
        Line("c1", "بدء انسحاب القوات من القاعدة الجوية", "خبر."), Line("c2", "بدء انسحاب القوات من القاعدة الجوية - وكالة", "خبر."),
        Line("b2", "الإعلان عن انسحاب القوات قريبا", "خبر."),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Moment.Before)]
    [InlineData(Moment.After)]
    public async Task A_fault_at_any_storage_operation_changes_nothing_in_the_end(Moment moment)
    {
        var undisturbed = await RunAsync(Fault.None);
        Assert.Equal(
            [
                "a1: , before strategic-dialogue", "a2: weather/weather, backfilled", "b1: , before strategic-dialogue", "b2: troops/troops-leave, before troops",
                "c1: troops/troops-leave, backfilled", "c2: troops/troops-leave, backfilled",
            ],
            undisturbed.Where(fact => fact[2] == ':'));
        // Of the two old stories there is one with two sources; the monitor's two were told once, when they were news.
        Assert.Equal([0, 0, 1, 1], undisturbed.Where(fact => fact.StartsWith("story ", StringComparison.Ordinal)).Select(fact => int.Parse(fact[^7..^6], null)).Order());
        Assert.Equal(1, undisturbed.Count(fact => fact.StartsWith("story ", StringComparison.Ordinal) && fact.EndsWith(", told 0 times", StringComparison.Ordinal) && fact.Contains('+', StringComparison.Ordinal)));
        Assert.Equal(3, undisturbed.Count(fact => fact.StartsWith("webhook ", StringComparison.Ordinal) && fact.EndsWith(" 1 body", StringComparison.Ordinal)));
        Assert.Equal(6 + 6 + 4 + 3 + 3, undisturbed.Count);

        var differences = new ConcurrentQueue<string>();
        var last = 0;
        await Parallel.ForEachAsync(Enumerable.Range(1, 1000), Cancel, async (at, _) =>
        {
            if (last > 0 && at > last)
                return;
            var fault = new Fault(at, moment, dies: true);
            var found = await RunAsync(fault);
            if (fault.Struck is null)
                last = at;
            else if (!found.SequenceEqual(undisturbed))
                differences.Enqueue($"{at} {fault.Struck}: {string.Join("; ", undisturbed.Except(found).Select(f => "- " + f).Concat(found.Except(undisturbed).Select(f => "+ " + f)))}");
        });

        Assert.InRange(last, 50, 999);
        Assert.Empty(differences);
    }

    [Fact]
    public async Task Two_backfills_and_a_monitor_at_once_make_one_hit_of_each_article()
    {
        // The feed carries them in one order and the archive in the other, so that they meet.
        var titles = Enumerable.Range(10, 80).Select(number => (Slug: $"{number}", Title: $"انسحاب القوات من القاعدة رقم {number} اليوم")).ToList();
        var archive = titles.Select(title => Line(title.Slug, title.Title, "خبر.")).Reverse().ToArray();
        using var monitor = await SmallMonitor.CreateAsync(receiver);
        await ReplaceTopicsAsync(monitor);
        await monitor.PublishAsync(SmallMonitor.FirstFeed, titles.Select(title => SmallMonitor.Item(title.Slug, title.Title, "خبر.")));
        await monitor.PublishAsync(SmallMonitor.SecondFeed);
        await using var one = monitor.Start(Fault.None);
        await using var other = monitor.Start(Fault.None);
        await using var polling = monitor.Start(Fault.None);
        await Task.WhenAll(
            Task.Run(() => monitor.CycleAsync(polling, Fault.None), Cancel),
            Task.Run(() => BackfillAsync(one, archive), Cancel), Task.Run(() => BackfillAsync(other, archive), Cancel));
        await BackfillAsync(one, archive);
        await monitor.SettleAsync();

        var hits = (await monitor.ReadAllAsync<Hit>("hits/")).Select(hit => hit.Document).ToList();
        Assert.Equal(titles.Select(title => title.Slug), hits.Select(Slug).Order(StringComparer.Ordinal));
        Assert.Empty(await monitor.ReadAllAsync<Hit>("revisions/"));
        // Whoever was first: what a poll found is told once, and what a backfill did not at all.
        var news = hits.Where(hit => hit.Backfilled is null).Select(hit => $"hit-{hit.Id}").Order(StringComparer.Ordinal);
        Assert.Equal(news, monitor.Posts.Select(post => post.Key[..36]).Order(StringComparer.Ordinal));
        foreach (var (path, story) in await monitor.ReadAllAsync<Story>("stories/"))
        {
            foreach (var hit in hits.Where(hit => story.Sources.Any(source => source.HitId == hit.Id)))
                Assert.Equal(hit.Backfilled is not null, path.StartsWith("stories/backfilled/", StringComparison.Ordinal));
        }
    }

    /// <summary>A monitor that has told its news; a backfill that may be cut short, and another; and the monitor reads everything again.</summary>
    private async Task<IReadOnlyList<string>> RunAsync(Fault fault)
    {
        using var monitor = await SmallMonitor.CreateAsync(receiver);
        await monitor.SettleAsync();
        await ReplaceTopicsAsync(monitor);
        await using (var host = monitor.Start(fault))
        {
            try
            {
                await BackfillAsync(host, Archive);
            }
            catch (StorageException) when (fault.Struck is not null)
            {
                // As if it had been killed.
            }
        }

        await using (var host = monitor.Start(Fault.None))
            await BackfillAsync(host, Archive);
        Assert.True(await monitor.Blobs.DeleteAsync("state/polls/0000-of-0001.json", Cancel));
        await monitor.SettleAsync();

        var facts = (await monitor.ReadAsync()).ToList();
        var store = new HitStore(monitor.Blobs, monitor.Time);
        foreach (var (path, first) in await monitor.ReadAllAsync<Hit>("hits/"))
        {
            var all = await store.ReadAllAsync(path, Cancel);
            facts.Add(
                $"{Slug(first)}: {string.Join(' ', all[^1].Topics.Select(topic => $"{topic.Topic}/{topic.Mentions[0].Rule}"))}"
                + string.Concat(all.SkipLast(1).Select(earlier => $", before {string.Join(' ', earlier.Topics.Select(topic => topic.Topic))}"))
                + (first.Backfilled is null ? "" : ", backfilled"));
        }

        facts.Sort(StringComparer.Ordinal);
        return facts;
    }

    private static async Task BackfillAsync(LocalFunctionsHost host, IEnumerable<ArchiveLine> archive)
    {
        var backfill = host.Services.GetRequiredService<Backfill>();
        var today = DateOnly.FromDateTime(host.Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime);
        List<Rematch> all =
        [
            .. await backfill.OverHitsAsync(Topics, today.AddDays(-1), today, write: true, Cancel).ToListAsync(Cancel),
            .. await backfill.OverArchiveAsync(Topics, archive.ToAsyncEnumerable(), write: true, Cancel).ToListAsync(Cancel),
        ];
        // One that a poll has in hand is told, and all is well with the others.
        Assert.All(all, rematch => Assert.True(rematch.Problem is null || rematch.Problem.Contains("poll", StringComparison.Ordinal), rematch.Problem));
    }

    private static async Task ReplaceTopicsAsync(SmallMonitor monitor)
    {
        var topics = (await monitor.Blobs.ReadAsync(TopicCatalog.FileName, Cancel))!;
        Assert.True(await monitor.Blobs.ReplaceAsync(TopicCatalog.FileName, BinaryData.FromString(Changed), topics.ETag, Cancel));
    }

    private static string Slug(Hit hit) => hit.Article.Url![^2..];

    private static ArchiveLine Line(string slug, string title, string text) => new(
        slug, ArticleReader.Read(
            new Source("archive", "Archive", "archive", "ar", "", null, "", false),
            new FeedItem(null, title, $"https://news.example/{slug}", new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero), null, null, text, ""),
            default, "ab"), null);
}
