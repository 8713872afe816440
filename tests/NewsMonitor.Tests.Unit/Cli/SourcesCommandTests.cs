using System.Text.Json;
using NewsMonitor.Cli;
using NewsMonitor.Sources;
using NewsMonitor.Storage;
using NewsMonitor.Tests.Peers;

namespace NewsMonitor.Tests.Unit.Cli;

public sealed class SourcesCommandTests
{
    private readonly MemoryBlobs _store = new();

    public SourcesCommandTests()
    {
        _store.Put("sources.opml", Shipped.Read("sources.opml").ToString());
        _store.Put("sample-feed.xml", Shipped.Read("sample-feed.xml").ToString());
    }

    [Fact]
    public async Task A_source_is_added_listed_disabled_enabled_and_removed()
    {
        var before = (await RunAsync("list")).Output.Split('\n').Length;
        Assert.StartsWith("added n.example-", (await RunAsync("add", "https://n.example/rss", "--title", "جديد", "--country", "iq")).Output, StringComparison.Ordinal);
        await Assert.ThrowsAsync<MonitorException>(() => RunAsync("add", "HTTP://n.example/rss"));

        var added = await FindAsync("https://n.example/rss");
        Assert.Equal(("جديد", "IQ", "ar", true), (added.GetProperty("title").GetString(), added.GetProperty("country").GetString(), added.GetProperty("language").GetString(), added.GetProperty("enabled").GetBoolean()));

        await RunAsync("disable", "https://n.example/rss");
        Assert.False((await FindAsync("https://n.example/rss")).GetProperty("enabled").GetBoolean());
        await RunAsync("enable", added.GetProperty("id").GetString()!);
        Assert.True((await FindAsync("https://n.example/rss")).GetProperty("enabled").GetBoolean());
        await RunAsync("remove", added.GetProperty("id").GetString()!);
        Assert.Equal(before, (await RunAsync("list")).Output.Split('\n').Length);
    }

    [Fact]
    public async Task An_unknown_name_changes_nothing()
    {
        var before = await RunAsync("export");
        var e = await Assert.ThrowsAsync<MonitorException>(() => RunAsync("remove", "sample-feed.xml", "no-such-source"));
        Assert.Contains("no-such-source", e.Message, StringComparison.Ordinal);
        Assert.Equal(before, await RunAsync("export"));
    }

    [Theory]
    [InlineData("not-a-url/x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("javascript:alert(1)")]
    public async Task What_cannot_be_polled_is_not_added(string address) =>
        Assert.Contains(SourceAddress.Accepted, (await Assert.ThrowsAsync<MonitorException>(() => RunAsync("add", address))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_list_goes_out_and_comes_back_in_another_store()
    {
        using var folder = new TemporaryFolder();
        var file = folder["out.opml"];
        await RunAsync("export", file);
        var other = new MemoryBlobs();
        other.Put("sources.opml", Opml.Empty("mine").Write().ToString());

        var (code, output, error) = await FeedCommandTests.RunAsync(["sources", "import", file], SourcesCommand.Create((_, _) => Task.FromResult<IBlobStore>(other)));

        Assert.Equal((0, "31 sources added, 0 here already.\n"), (code, error));
        Assert.Equal(31, output.TrimEnd('\n').Split('\n').Length);
        Assert.Equal(
            (await new SourceCatalog(_store).ReadAsync(TestContext.Current.CancellationToken)).Sources.Select(s => (s.Id, s.Title, s.Country, s.Category)),
            (await new SourceCatalog(other).ReadAsync(TestContext.Current.CancellationToken)).Sources.Select(s => (s.Id, s.Title, s.Country, s.Category)));
    }

    [Fact]
    public async Task A_source_that_is_a_file_is_tested_through_the_list()
    {
        var (code, output, error) = await RunAsync("test", "sample-feed.xml");
        Assert.Equal((0, "1 of 1 sources work.\n"), (code, error));
        Assert.Contains("RSS 2.0, 6 items, newest 2021-04-07 18:30Z", output, StringComparison.Ordinal);

        _store.Put("sample-feed.xml", "<html></html>");
        Assert.Equal(1, (await RunAsync("test", "sample-feed.xml")).Code);
    }

    private async Task<JsonElement> FindAsync(string address) =>
        (await RunAsync("list", "--json")).Output.TrimEnd('\n').Split('\n').Select(l => JsonDocument.Parse(l).RootElement)
            .Single(s => s.GetProperty("address").GetString() == address);

    private Task<(int Code, string Output, string Error)> RunAsync(params string[] args) =>
        FeedCommandTests.RunAsync(["sources", .. args], SourcesCommand.Create((_, _) => Task.FromResult<IBlobStore>(_store)));
}
