using System.Text.Json;
using Microsoft.AspNetCore.Http;
using NewsMonitor.Tests.Peers;

namespace NewsMonitor.Tests.EndToEnd;

/// <summary>How an operator sees sources that move, end, ask for patience, or lie on networks that are nobody's business.</summary>
public sealed class PoliteSourcesTests : IDisposable
{
    private const string Hit = """
        <rss version="2.0"><channel><title>وكالة</title><item><guid>1</guid><title>الحوار الاستراتيجي بين العراق والولايات المتحدة</title>
        <link>https://news.example/1</link><description>خبر</description></item></channel></rss>
        """;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_address_of_this_machine_is_not_asked_unless_the_operator_allows_it()
    {
        await using var site = await LocalSite.StartAsync(context => context.Response.WriteAsync(Hit, Cancel));
        var closed = new Dictionary<string, string> { ["Http__AllowedNetworks"] = "" };
        using var refused = MonitorProcess.Start(_folder.Path, closed, "feed", $"{site.Address}/feed", "--json");
        var run = await refused.FinishAsync();
        Assert.Equal(1, run.ExitCode);
        var problem = Assert.Single(JsonDocument.Parse(run.Output).RootElement.GetProperty("problems").EnumerateArray()).GetString()!;
        Assert.Contains("127.0.0.1 is not an address of the public internet", problem, StringComparison.Ordinal);
        Assert.Contains("Http__AllowedNetworks", problem, StringComparison.Ordinal);
        Assert.Empty(site.Requests);

        using var open = MonitorProcess.Start(_folder.Path, new Dictionary<string, string> { ["Http__AllowedNetworks"] = "127.0.0.0/8" }, "feed", $"{site.Address}/feed", "--json");
        Assert.Equal(0, (await open.FinishAsync()).ExitCode);
    }

    [Fact]
    public async Task A_wrong_network_is_refused_by_name_before_anything_begins()
    {
        using var process = MonitorProcess.Start(_folder.Path, new Dictionary<string, string> { ["Http__AllowedNetworks"] = "10.0.0.0/99" }, "run", "--once");
        var run = await process.FinishAsync();
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Http:AllowedNetworks has '10.0.0.0/99'", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_tells_how_each_source_is_and_when_it_is_polled_next_and_why()
    {
        await using var site = await LocalSite.StartAsync(context =>
        {
            switch (context.Request.Path.Value)
            {
                case "/gone":
                    context.Response.StatusCode = 410;
                    return Task.CompletedTask;
                case "/busy":
                    context.Response.StatusCode = 429;
                    context.Response.Headers.RetryAfter = "7200";
                    return Task.CompletedTask;
                case "/moved":
                    context.Response.StatusCode = 301;
                    context.Response.Headers.Location = "/good";
                    return Task.CompletedTask;
                case "/cached":
                    context.Response.Headers.CacheControl = "max-age=3600";
                    return context.Response.WriteAsync(Hit, Cancel);
                case "/good":
                    return context.Response.WriteAsync(Hit, Cancel);
                default:
                    context.Response.StatusCode = 404;
                    return Task.CompletedTask;
            }
        });
        string[] names = ["gone", "busy", "moved", "cached", "good", "lost"];
        Directory.CreateDirectory(_folder["data"]);
        _folder.Write("data/sources.opml", $"""
            <opml version="2.0"><head><title>t</title></head><body>
              {string.Concat(names.Select(name => $"<outline type=\"rss\" text=\"{name}\" xmlUrl=\"{site.Address}/{name}\"/>"))}
            </body></opml>
            """);
        Assert.Equal(0, (await MonitorProcess.RunAsync(_folder.Path, "run", "--once")).ExitCode);

        var listed = (await MonitorProcess.RunAsync(_folder.Path, "sources", "list", "--json")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement).ToDictionary(source => source.GetProperty("title").GetString()!);
        Assert.Equal(["gone"], names.Where(name => !listed[name].GetProperty("enabled").GetBoolean()));
        Assert.StartsWith("gone (HTTP 410) since ", listed["gone"].GetProperty("note").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            ["retryAfter", "rate", "asked", "rate", "failing"],
            names[1..].Select(name => listed[name].GetProperty("state").GetProperty("plan").GetProperty("reason").GetString()));
        Assert.EndsWith("/good", listed["moved"].GetProperty("state").GetProperty("moved").GetString(), StringComparison.Ordinal);
        Assert.Contains("HTTP 404", listed["lost"].GetProperty("state").GetProperty("problem").GetString(), StringComparison.Ordinal);
        Assert.NotEqual(JsonValueKind.Null, listed["lost"].GetProperty("state").GetProperty("problemSince").ValueKind);

        var told = (await MonitorProcess.RunAsync(_folder.Path, "sources", "list")).Output;
        foreach (var words in (string[])["(gone (HTTP 410) since", "asks to be left alone (Retry-After); next ", "has moved for good to", "every 60 min: the feed or its server asks", "it has failed once; next "])
            Assert.Contains(words, told, StringComparison.Ordinal);

        // A second run asks all but the one that is gone and the one that asked for two hours, and the moved one where it is now.
        var before = site.Requests.Count;
        Assert.Equal(0, (await MonitorProcess.RunAsync(_folder.Path, "run", "--once")).ExitCode);
        Assert.Equal(["/cached", "/good", "/good", "/lost"], site.Requests.Skip(before).Select(request => request.Path).Order());
    }
}
