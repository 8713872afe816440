using System.Diagnostics;
using NewsMonitor.Storage;
using NewsMonitor.Tests.Peers;

namespace NewsMonitor.Tests.EndToEnd;

/// <summary>
/// Four real monitors on one Azurite, of which one after the other is killed (SIGKILL) in the middle of whatever it does. Here the leases are
/// the real ones: what a killed process had in hand comes back after a minute.
/// </summary>
public sealed class KilledProcessesTests : IDisposable
{
    private const int Rounds = 8;

    /// <summary>Since anything changed for the better or the worse: longer than a minute, after which a killed process's work shows itself again.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    /// <summary>An edition whose sender was killed is held for five minutes before another sends it: seldom, but so it is.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(6);

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Processes_that_are_killed_at_random_lose_nothing_and_double_nothing()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        TestContext.Current.SendDiagnosticMessage($"seed {seed}");
        await using var azurite = await Azurite.StartAsync();
        await using var receiver = await LocalSite.StartAsync(_ => Task.CompletedTask);
        await using var feeds = await ChangingFeeds.StartAsync(random);
        var (list, topics) = (_folder.Write("list.opml", feeds.Opml), _folder.Write("topics.yaml", Topics));
        await RunAsync("webhooks", "add", $"{receiver.Address}/hook", "--storage", azurite.ConnectionString);
        await RunAsync("subscribers", "add", "reader@news.example", "--cadence", "instant", "--outbox-only", "--storage", azurite.ConnectionString);

        using var fleet = new Fleet(4, () => MonitorProcess.Start(
            _folder.Path, Settings, "run", "--sources", list, "--topics", topics, "--storage", azurite.ConnectionString, "--urls", "http://127.0.0.1:0"));
        feeds.Publish();
        await fleet.AllServeAsync();
        for (var round = 0; round < Rounds; round++)
        {
            // The more is going on the more there is to lose: killed while the news of this moment is being read, stored and told.
            feeds.Publish();
            await AskedAsync(fleet, feeds);
            feeds.Publish();
            await fleet.PollAsync(Cancel);
            await Task.Delay(random.Next(0, 1200), Cancel);
            fleet.Replace(random.Next(4));
        }

        // Nobody is asked to poll any more: what is left over is read with the next poll, a minute after the one before.
        await fleet.AllServeAsync();
        var stored = new StoredNews(Stores.Open(new StorageOptions { Account = azurite.ConnectionString }, TimeProvider.System), receiver, feeds.Stories);
        var wrong = await SettledAsync(stored);
        Assert.True(wrong.Count == 0, $"seed {seed}, {wrong.Count} wrong:\n{string.Join('\n', wrong.Take(40))}\n{fleet.Complaints}");
        Assert.True(fleet.AllRun, $"seed {seed}: one ended by itself.\n{fleet.Complaints}");
        Assert.Equal(3 * ((2 * Rounds) + 1), feeds.Stories.Count);
    }

    private static Dictionary<string, string> Settings => new()
    {
        ["PollSchedule"] = "*/2 * * * * *",
        ["DigestSchedule"] = "1-59/3 * * * * *",
        ["Pipeline__Shards"] = "2",
        ["Webhooks__TotalSeconds"] = "5",
    };

    private const string Topics = """
        language: 1
        words:
          dialogue: {noun: [حوار]}
          strategic: {adjective: [استراتيجي]}
        topics:
          - id: strategic-dialogue
            title: {ar: الحوار, en: Dialogue}
            rules: [{id: dialogue, phrase: [dialogue, strategic]}]
        """;

    private async Task RunAsync(params string[] arguments)
    {
        var run = await MonitorProcess.RunAsync(_folder.Path, arguments);
        Assert.True(run.ExitCode == 0, run.Error);
    }

    /// <summary>Until each feed was asked for once more, or ten seconds are over: all processes may be dead or starting.</summary>
    private static async Task AskedAsync(Fleet fleet, ChangingFeeds feeds)
    {
        var (before, since) = (feeds.Rounds, Stopwatch.StartNew());
        while (feeds.Rounds == before && since.Elapsed < TimeSpan.FromSeconds(10))
        {
            await fleet.PollAsync(Cancel);
            await Task.Delay(200, Cancel);
        }
    }

    /// <summary>What is still wrong when nothing is any more, or nothing changes any more.</summary>
    private static async Task<IReadOnlyList<string>> SettledAsync(StoredNews stored)
    {
        var (since, change) = (Stopwatch.StartNew(), Stopwatch.StartNew());
        IReadOnlyList<string> wrong = [];
        while (true)
        {
            var before = wrong;
            wrong = await stored.WrongAsync(Cancel);
            if (!wrong.SequenceEqual(before))
                change.Restart();
            var isOnItsWay = wrong.Any(one => one.EndsWith(" is sending", StringComparison.Ordinal));
            if (wrong.Count == 0 || since.Elapsed > Longest || (change.Elapsed > Patience && !isOnItsWay))
                return wrong;
            await Task.Delay(1000, Cancel);
        }
    }
}
