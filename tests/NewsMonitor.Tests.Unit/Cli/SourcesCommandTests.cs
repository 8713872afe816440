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
        Assert.StartsWith("added n.example-", (await RunAsync("add", "https://n.example/rss", "--no-check", "--title", "جديد", "--country", "iq", "--article", "never", "--maximum-minutes", "90")).Output, StringComparison.Ordinal);
        await Assert.ThrowsAsync<MonitorException>(() => RunAsync("add", "HTTP://n.example/rss"));

        var added = await FindAsync("https://n.example/rss");
        Assert.Equal(("جديد", "IQ", "ar", true), (added.GetProperty("title").GetString(), added.GetProperty("country").GetString(), added.GetProperty("language").GetString(), added.GetProperty("enabled").GetBoolean()));

        Assert.Equal(("never", JsonValueKind.Null, 90), (added.GetProperty("article").GetString(), added.GetProperty("minimumMinutes").ValueKind, added.GetProperty("maximumMinutes").GetInt32()));

        await RunAsync("disable", "https://n.example/rss", "--note", "لا\u202E يعمل");
        Assert.False((await FindAsync("https://n.example/rss")).GetProperty("enabled").GetBoolean());
        Assert.Contains("  off  ar  IQ  جديد  https://n.example/rss  article=never  minutes=..90  (لا يعمل)\n", (await RunAsync("list")).Output, StringComparison.Ordinal);
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
    public async Task An_import_counts_what_came_what_was_here_and_what_was_wrong()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("export.opml", """
            <opml version="1.0"><body><outline text="أمن & سياسة">
            <outline type="rss" text="a\u202E" xmlUrl="https://new.example/rss"/><outline type="rss" text="b" xmlUrl="http://shafaq.com/ar/rss"/>
            <outline type="HTML+XPath" text="c" xmlUrl="https://c.example/"/>
            </outline></body></opml>
            """.Replace("\\u202E", "\u202E", StringComparison.Ordinal));

        var (code, output, error) = await RunAsync("import", file);
        Assert.Equal((0, $"added {SourceAddress.Id("https://new.example/rss")}  a\n"), (code, output));
        var lines = error.TrimEnd().Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.StartsWith($"{file}, line 1: this is not well-formed XML", lines[0], StringComparison.Ordinal);
        Assert.StartsWith($"{file}, line 3: https://c.example/ is no feed", lines[1], StringComparison.Ordinal);
        Assert.Equal("1 sources added, 1 here already, 2 problems told above.", lines[2]);
        Assert.Equal("/أمن & سياسة", (await FindAsync("https://new.example/rss")).GetProperty("category").GetString());

        var nothing = folder.Write("nothing.opml", "<opml><body/></opml>");
        Assert.Contains("nothing was added", (await Assert.ThrowsAsync<MonitorException>(() => RunAsync("import", nothing))).Message, StringComparison.Ordinal);
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
