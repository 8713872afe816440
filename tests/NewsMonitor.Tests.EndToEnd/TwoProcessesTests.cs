using System.Text.Json;
using NewsMonitor.Storage;
using NewsMonitor.Tests.Peers;

namespace NewsMonitor.Tests.EndToEnd;

/// <summary>Any number of instances may run: two processes on one storage account find, send and deliver everything once.</summary>
public sealed class TwoProcessesTests : IDisposable
{
    private const int Items = 12;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task On_one_azurite_nothing_appears_twice()
    {
        await using var azurite = await Azurite.StartAsync();
        await using var receiver = await LocalSite.StartAsync(_ => Task.CompletedTask);
        var list = Sources();
        var storage = azurite.ConnectionString;
        Assert.Equal(0, (await MonitorProcess.RunAsync(_folder.Path, "webhooks", "add", $"{receiver.Address}/hook", "--storage", storage)).ExitCode);

        using var one = MonitorProcess.Start(_folder.Path, null, "run", "--once", "--json", "--sources", list, "--storage", storage);
        using var two = MonitorProcess.Start(_folder.Path, null, "run", "--once", "--json", "--sources", list, "--storage", storage);
        var runs = await Task.WhenAll(one.FinishAsync(), two.FinishAsync());
        Assert.All(runs, run => Assert.Equal(0, run.ExitCode));
        var last = await MonitorProcess.RunAsync(_folder.Path, "run", "--once", "--json", "--sources", list, "--storage", storage);

        var summaries = runs.Append(last).Select(run => JsonDocument.Parse(run.Output).RootElement).ToList();
        Assert.Equal(Items, summaries.Sum(summary => summary.GetProperty("hits").GetInt32()));
        Assert.Equal(0, summaries[^1].GetProperty("hits").GetInt32());

        var webhookIds = receiver.Requests.Select(request => request.Headers["webhook-id"]).ToList();
        Assert.Equal(Items, webhookIds.Count);
        Assert.Equal(Items, webhookIds.Distinct().Count());

        var blobs = Stores.Open(new StorageOptions { Account = storage }, TimeProvider.System).Blobs;
        Assert.Equal(Items, (await ListAsync(blobs, "hits/")).Count);
        Assert.Equal(Items, (await ListAsync(blobs, "stories/")).Count);
        var told = new List<string>();
        foreach (var edition in (await ListAsync(blobs, "digests/")).Where(path => !path.EndsWith("log.json", StringComparison.Ordinal)))
        {
            using var document = JsonDocument.Parse((await blobs.ReadAsync(edition, Cancel))!.Content);
            Assert.Equal("sent", document.RootElement.GetProperty("status").GetString());
            told.AddRange(document.RootElement.GetProperty("stories").EnumerateArray().Select(story => story.GetString()!));
        }

        Assert.Equal(Items, told.Count);
        Assert.Equal(Items, told.Distinct().Count());
        Assert.Equal((await ListAsync(blobs, "outbox/")).Count, summaries.Sum(summary => summary.GetProperty("digests").GetInt32()));
    }

    private static async Task<List<string>> ListAsync(IBlobStore blobs, string prefix)
    {
        var paths = new List<string>();
        await foreach (var path in blobs.ListAsync(prefix, Cancel))
            paths.Add(path);
        return paths;
    }

    private string Sources()
    {
        for (var feed = 0; feed < 3; feed++)
        {
            var items = Enumerable.Range(0, Items / 3).Select(item =>
                $"<item><guid>{feed}-{item}</guid><title>الجولة {item} في {feed}: الحوار الستراتيجي بين العراق والولايات المتحدة</title></item>");
            _folder.Write($"feed{feed}.xml", $"<rss version=\"2.0\"><channel><title>f</title>{string.Concat(items)}</channel></rss>");
        }

        return _folder.Write("list.opml", """
            <opml version="2.0"><head><title>three</title></head><body>
              <outline type="rss" text="0" xmlUrl="feed0.xml"/><outline type="rss" text="1" xmlUrl="feed1.xml"/><outline type="rss" text="2" xmlUrl="feed2.xml"/>
            </body></opml>
            """);
    }
}
