using System.CommandLine;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using NewsMonitor.Cli;
using NewsMonitor.Sources;
using NewsMonitor.Storage;
using NewsMonitor.Tests.Peers;

namespace NewsMonitor.Tests.Contract.Feeds;

/// <summary>The commands that look for feeds, against sites on this machine.</summary>
public sealed class SiteCommandTests : IAsyncLifetime
{
    private const string Declared = "<html><head><title>x</title><link rel=alternate type=application/rss+xml title=Feed href=/feed/></head>";
    private const string Arabic = "عن أمر مهم جدا في بغداد";

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, (string Type, string Body)> _pages = [];
    private LocalSite _site = null!;

    private string Root => _site.Address + "/";

    private string List => _folder["sources.opml"];

    private IEnumerable<string> Asked => _site.Requests.Select(r => r.Path);

    public async ValueTask InitializeAsync()
    {
        _folder.Write("sources.opml", Opml.Empty("mine").Write().ToString());
        _folder.Write("settings.json", "{\"Values\":{\"Http__AllowedNetworks\":\"127.0.0.1\"}}");
        _site = await LocalSite.StartAsync(async context =>
        {
            if (_pages.TryGetValue(context.Request.Path, out var page))
            {
                context.Response.ContentType = page.Type;
                await context.Response.WriteAsync(page.Body);
            }
            else
            {
                context.Response.StatusCode = 404;
            }
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_page_with_one_feed_is_shown_with_it_proven_and_added_by_it()
    {
        _pages["/"] = ("text/html", Declared + "<link rel=alternate type=application/atom+xml href=/atom><link rel=alternate type=application/rss+xml href=/comments/feed/>");
        _pages["/feed/"] = ("application/rss+xml", Rss("صحيفة\u202E دجلة", Arabic, 3));
        _pages["/atom"] = ("application/rss+xml", Rss("صحيفة دجلة", Arabic, 4));
        _pages["/comments/feed/"] = ("application/rss+xml", Rss("تعليقات", "رأي " + Arabic, 2));

        var (code, output, error) = await RunAsync("feed", Root);
        Assert.Equal((0, ""), (code, error));
        Assert.Equal(
            [
                $"{Root}: a web page, not a feed; the site has 3 feeds:",
                $"  {Root}feed/  RSS 2.0, Arabic, 3 items, newest 2026-11-23 10:00Z: صحيفة دجلة",
                $"  {Root}comments/feed/  RSS 2.0, Arabic, 2 items, newest 2026-11-23 10:00Z: تعليقات (readers' comments)",
                $"  {Root}atom  RSS 2.0, Arabic, 4 items, newest 2026-11-23 10:00Z: صحيفة دجلة (the same as {Root}feed/)",
            ],
            output.TrimEnd().Split('\n'));

        var page = JsonDocument.Parse((await RunAsync("feed", Root, "--json")).Output).RootElement;
        Assert.Equal(["input", "format", "title", "language", "items", "problems", "candidates"], page.EnumerateObject().Select(p => p.Name));
        Assert.Equal(JsonValueKind.Null, page.GetProperty("format").ValueKind);
        Assert.Equal(
            (Root + "feed/", "RSS 2.0", 3),
            (Text(page, 0, "address"), Text(page, 0, "format"), page.GetProperty("candidates")[0].GetProperty("items").GetInt32()));

        (code, _, error) = await RunAsync("sources", "add", Root, "--sources", List);
        Assert.Equal((0, $"{Root} is a web page; its feed is {Root}feed/.\n"), (code, error));
        var source = Assert.Single(await SourcesAsync());
        Assert.Equal(("صحيفة دجلة", Root + "feed/", Root), (source.Title, source.Address, source.SiteUrl));
        await Assert.ThrowsAsync<MonitorException>(() => RunAsync("sources", "add", Root, "--sources", List));
    }

    [Fact]
    public async Task Of_several_feeds_the_operator_chooses_and_Arabic_ones_come_first()
    {
        _pages["/"] = ("text/html", "<html><a href=/rss>feeds</a></html>");
        _pages["/rss"] = ("text/html", "<html><a href=/rss/world.xml>w</a><a href=/rss/iraq.xml>i</a></html>");
        _pages["/rss/world.xml"] = ("text/xml", Rss("World", "A dialogue of nations", 3));
        _pages["/rss/iraq.xml"] = ("text/xml", Rss("العراق", Arabic, 3));

        var (code, output, error) = await RunAsync("sources", "add", Root, "--sources", List);
        Assert.Equal((1, $"monitor: {Root} is a web page; its site has 2 feeds. Add one by its address; nothing was added.\n"), (code, error));
        Assert.Equal(
            [$"  {Root}rss/iraq.xml", $"  {Root}rss/world.xml"],
            output.TrimEnd().Split('\n').Select(l => l[..l.IndexOf("  RSS", StringComparison.Ordinal)]));
        Assert.Empty(await SourcesAsync());

        (code, output, _) = await RunAsync("sources", "add", Root, "--json", "--sources", List);
        var listed = JsonDocument.Parse(output).RootElement;
        Assert.Equal((1, Root + "rss/iraq.xml", Root + "rss/world.xml"), (code, Text(listed, 0, "address"), Text(listed, 1, "address")));
    }

    [Fact]
    public async Task A_page_that_names_none_is_tried_at_the_usual_addresses_until_one_is_found()
    {
        _pages["/"] = ("text/html", "<html><body>أهلا</body></html>");
        _pages["/ar/rss"] = ("text/xml", Rss("أخبار", Arabic, 3));
        Assert.Contains($"{Root}ar/rss  RSS 2.0", (await RunAsync("feed", Root)).Output, StringComparison.Ordinal);
        Assert.InRange(Asked.Count(), 5, 7);
        Assert.DoesNotContain("/index.xml", Asked);
    }

    [Fact]
    public async Task A_site_without_a_feed_costs_few_requests_and_is_not_added_unless_it_must()
    {
        _pages["/"] = ("text/html", "<html><body>أهلا</body></html>");
        var (code, output, error) = await RunAsync("feed", Root);
        Assert.Equal((1, ""), (code, output));
        Assert.EndsWith("no feed was found at the usual addresses of the site either\n", error, StringComparison.Ordinal);
        Assert.InRange(Asked.Count(), 10, 15);

        var refused = await Assert.ThrowsAsync<MonitorException>(() => RunAsync("sources", "add", Root, "--sources", List));
        Assert.Contains("--no-check", refused.Message, StringComparison.Ordinal);
        var before = Asked.Count();
        Assert.Equal(0, (await RunAsync("sources", "add", Root, "--no-check", "--sources", List)).Code);
        Assert.Equal(before, Asked.Count());
        Assert.Single(await SourcesAsync());
    }

    [Fact]
    public async Task A_site_that_asks_for_peace_gets_it()
    {
        await using var site = await LocalSite.StartAsync(context =>
        {
            context.Response.StatusCode = context.Request.Path == "/" ? 200 : 429;
            context.Response.ContentType = "text/html";
            return context.Response.WriteAsync("<html></html>");
        });
        var (code, _, error) = await RunAsync("feed", site.Address + "/");
        Assert.Equal(1, code);
        Assert.Contains("the site asks for fewer requests; the search for feeds was stopped", error, StringComparison.Ordinal);
        Assert.InRange(site.Requests.Count, 2, 4);
    }

    [Fact]
    public async Task What_does_not_answer_is_added_as_it_is_and_told()
    {
        var dead = Root + "rss";
        await _site.DisposeAsync();
        var (code, _, error) = await RunAsync("sources", "add", dead, "--sources", List);
        Assert.Equal((0, $"{dead}: connection refused; no server listens at this address. It is added as it is.\n"), (code, error));
        Assert.Equal(dead, Assert.Single(await SourcesAsync()).Address);
    }

    [Fact]
    public async Task A_feed_that_moved_is_looked_for_on_the_front_page()
    {
        _pages["/"] = ("text/html", Declared);
        _pages["/feed/"] = ("application/rss+xml", Rss("أخبار", Arabic, 3));
        await RunAsync("sources", "add", Root + "old.xml", "--no-check", "--sources", List);

        var (code, output, error) = await RunAsync("sources", "test", "--sources", List);
        Assert.Equal((1, "0 of 1 sources work.\n"), (code, error));
        Assert.Contains("  HTTP 404, failed; ", output, StringComparison.Ordinal);
        Assert.EndsWith($"; the site has: {Root}feed/\n", output, StringComparison.Ordinal);

        (code, output, _) = await RunAsync("sources", "add", Root + "older.xml", "--sources", List);
        Assert.Equal(1, code);
        Assert.Contains(Root + "feed/", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_is_tested_with_status_encoding_items_and_age()
    {
        _pages["/feed/"] = ("application/rss+xml; charset=windows-1256", Rss("أخبار", Arabic, 3));
        await RunAsync("sources", "add", Root + "feed/", "--sources", List);
        var (code, output, _) = await RunAsync("sources", "test", "--sources", List);
        Assert.Equal(0, code);
        Assert.Matches(@"  HTTP 200, RSS 2\.0, 3 items, newest 2026-11-23 10:00Z \(.+ ago\), utf-8; labelled windows-1256", output);

        var tested = JsonDocument.Parse((await RunAsync("sources", "test", "--json", "--sources", List)).Output).RootElement;
        Assert.Equal(
            (200, "utf-8", 3, true),
            (tested.GetProperty("status").GetInt32(), tested.GetProperty("encoding").GetString(), tested.GetProperty("items").GetInt32(), tested.GetProperty("works").GetBoolean()));
    }

    private static string? Text(JsonElement page, int candidate, string member) => page.GetProperty("candidates")[candidate].GetProperty(member).GetString();

    private static string Rss(string title, string words, int items) =>
        $"<rss version=\"2.0\"><channel><title>{title}</title>{string.Concat(Enumerable.Range(0, items).Select(i =>
            $"<item><title>{words} {i}</title><link>http://x.example/{Uri.EscapeDataString(words)}/{Math.Min(i, 2)}</link><pubDate>Mon, 23 Nov 2026 10:00:00 GMT</pubDate></item>"))}</channel></rss>";

    private async Task<IReadOnlyList<Source>> SourcesAsync() =>
        (await SourceCatalog.InFile(List).ReadAsync(TestContext.Current.CancellationToken)).Sources;

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var root = new RootCommand { FeedCommand.Create(), SourcesCommand.Create((_, _) => Task.FromException<IBlobStore>(new InvalidOperationException())) };
        CommonOptions.AddTo(root);
        var parsed = root.Parse([.. args, "--settings", _folder["settings.json"], "--data", _folder["data"]]);
        Assert.Empty(parsed.Errors);
        var code = await parsed.InvokeAsync(
            new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false }, TestContext.Current.CancellationToken);
        return (code, output.ToString(), error.ToString());
    }
}
