using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using NewsMonitor.Tests.Peers;

namespace NewsMonitor.Tests.EndToEnd;

/// <summary>What goes wrong outside us costs one clear line, and nothing else.</summary>
public sealed class BadInputTests : IDisposable
{
    private const string Hit =
        "<rss version=\"2.0\"><channel><title>good</title><item><guid>1</guid><title>الحوار الستراتيجي بين العراق والولايات المتحدة ينطلق غدا</title></item></channel></rss>";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_missing_list_of_sources_is_named()
    {
        var run = await MonitorProcess.RunAsync(_folder.Path, "run", "--once", "--sources", "no-such.opml");
        AssertExplained(run, "no-such.opml");
    }

    [Fact]
    public async Task A_broken_list_of_sources_is_named_with_its_line()
    {
        var list = _folder.Write("broken.opml", "<opml version=\"2.0\">\n<body>\n<outline text=\"a\" xmlUrl=\"http://a.example/\"></body></opml>");
        var run = await MonitorProcess.RunAsync(_folder.Path, "run", "--once", "--sources", list);
        AssertExplained(run, "broken.opml", "line 3");
    }

    [Fact]
    public async Task A_broken_topics_file_is_named_with_its_line()
    {
        var topics = _folder.Write("broken.yaml", "topics:\n  - id: one\n    rules: [}\n");
        var run = await MonitorProcess.RunAsync(_folder.Path, "run", "--once", "--topics", topics);
        AssertExplained(run, "broken.yaml:3:");
    }

    [Fact]
    public async Task A_broken_settings_file_is_named_with_its_line()
    {
        _folder.Write("local.settings.json", "{\n  \"Values\": {\n    \"Feeds__TotalSeconds\" 15\n  }\n}");
        var run = await MonitorProcess.RunAsync(_folder.Path, "run", "--once");
        AssertExplained(run, "local.settings.json", "line 3");
    }

    [Fact]
    public async Task A_wrong_setting_is_named_with_what_is_accepted()
    {
        _folder.Write("local.settings.json", """{ "Values": { "Feeds__TotalSeconds": "9999" } }""");
        var run = await MonitorProcess.RunAsync(_folder.Path, "run", "--once");
        AssertExplained(run, "Feeds:TotalSeconds", "from 1 to 300");
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_written_is_named()
    {
        var file = _folder.Write("in-the-way", "a file");
        var run = await MonitorProcess.RunAsync(_folder.Path, "run", "--once", "--data", file);
        AssertExplained(run, "in-the-way", "--data");
    }

    [Fact]
    public async Task A_port_in_use_is_named()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var run = await MonitorProcess.RunAsync(_folder.Path, "run", "--urls", $"http://127.0.0.1:{port}");
        AssertExplained(run, $"{port}", "--urls");
    }

    [Fact]
    public async Task Storage_that_cannot_be_reached_is_one_line()
    {
        var settings = new Dictionary<string, string>();
        using var process = MonitorProcess.Start(
            _folder.Path, settings, "run", "--once", "--storage",
            "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=YQ==;BlobEndpoint=http://127.0.0.1:9/a;QueueEndpoint=http://127.0.0.1:9/a;");
        AssertExplained(await process.FinishAsync(), "storage", "--storage");
    }

    [Theory]
    [InlineData("run", "--bogus")]
    [InlineData("bogus")]
    [InlineData("run", "--json")]
    [InlineData("hits", "list", "--days", "x")]
    [InlineData("backfill", "--since", "yesterday")]
    [InlineData("backfill", "--until", "2026-01-01")]
    [InlineData("backfill", "--days", "3", "--since", "2026-01-01")]
    [InlineData("backfill", "--since", "2026-01-02", "--until", "2026-01-01")]
    public async Task Wrong_usage_exits_with_2(params string[] arguments)
    {
        var run = await MonitorProcess.RunAsync(_folder.Path, arguments);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["data"]));
    }

    [Fact]
    public async Task Sick_sources_cost_one_line_each_and_the_others_go_on()
    {
        await using var site = await LocalSite.StartAsync(AnswerAsync);
        var list = _folder.Write("list.opml", $"""
            <opml version="2.0"><head><title>sick</title></head><body>
              {string.Concat(((string[])["good", "500", "404", "hang", "huge", "drip", "torn", "page", "loop"]).Select(path =>
                  $"<outline type=\"rss\" text=\"{path}\" xmlUrl=\"{site.Address}/{path}\"/>\n"))}
              <outline type="rss" text="nowhere" xmlUrl="http://127.0.0.1:1/feed"/>
              <outline type="rss" text="absent" xmlUrl="absent.xml"/>
              <outline type="rss" text="bad" xmlUrl="ftp://bad.example/"/>
            </body></opml>
            """);
        var settings = new Dictionary<string, string> { ["Feeds__TotalSeconds"] = "4", ["Feeds__AttemptSeconds"] = "2" };
        using var process = MonitorProcess.Start(_folder.Path, settings, "run", "--once", "--json", "--sources", list);
        var run = await process.FinishAsync();

        Assert.Equal(0, run.ExitCode);
        var summary = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(1, summary.GetProperty("hits").GetInt32());
        // The good one, and the torn one whose only whole item was saved.
        Assert.Equal(2, summary.GetProperty("newItems").GetInt32());
        Assert.Equal(11, summary.GetProperty("sources").GetProperty("polled").GetInt32());
        Assert.Equal(9, summary.GetProperty("sources").GetProperty("failed").GetInt32());
        Assert.InRange(summary.GetProperty("wallMilliseconds").GetInt64(), 0, 30_000);

        var lines = run.Error.Split('\n').Where(line => line.StartsWith("source ", StringComparison.Ordinal)).ToList();
        Assert.Equal(11, lines.Count);
        foreach (var (name, words) in (IEnumerable<(string, string)>)
            [("500", "HTTP 500"), ("404", "HTTP 404"), ("hang", "timed out"), ("huge", "over"), ("drip", "timed out"), ("nowhere", "refused"), ("absent", "absent.xml")])
        {
            Assert.Contains(words, Assert.Single(lines, line => line.Contains($" {name}:", StringComparison.Ordinal)), StringComparison.OrdinalIgnoreCase);
        }

        Assert.Contains("ftp://bad.example/", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    private static void AssertExplained(Finished run, params string[] words)
    {
        Assert.Equal(1, run.ExitCode);
        var line = Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.All(words, word => Assert.Contains(word, line, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("   at ", line, StringComparison.Ordinal);
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        var response = context.Response;
        switch (context.Request.Path.Value)
        {
            case "/good":
                await response.WriteAsync(Hit, Cancel);
                break;
            case "/torn":
                await response.WriteAsync(
                    "<rss version=\"2.0\"><channel><title>torn</title><item><guid>2</guid><title>خبر عن الطقس</title></item><item><title>مبت", Cancel);
                break;
            case "/page":
                await response.WriteAsync("<!DOCTYPE html><html><body><p>no feed</p></body></html>", Cancel);
                break;
            case "/loop":
                response.Redirect("/loop");
                break;
            case "/hang":
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                break;
            case "/huge":
                await FillAsync(response, chunk: new byte[65536], chunks: 200 * 16, pause: TimeSpan.Zero, context.RequestAborted);
                break;
            case "/drip":
                await FillAsync(response, chunk: "<"u8.ToArray(), chunks: 100, pause: TimeSpan.FromSeconds(1), context.RequestAborted);
                break;
            default:
                response.StatusCode = int.Parse(context.Request.Path.Value![1..], System.Globalization.CultureInfo.InvariantCulture);
                break;
        }
    }

    private static async Task FillAsync(HttpResponse response, byte[] chunk, int chunks, TimeSpan pause, CancellationToken gone)
    {
        for (var i = 0; i < chunks && !gone.IsCancellationRequested; i++)
        {
            await response.Body.WriteAsync(chunk, gone);
            await response.Body.FlushAsync(gone);
            await Task.Delay(pause, gone).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
