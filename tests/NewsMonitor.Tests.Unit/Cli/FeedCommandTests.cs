using System.CommandLine;
using System.Text.Json;
using NewsMonitor.Cli;
using NewsMonitor.Tests.Peers;

namespace NewsMonitor.Tests.Unit.Cli;

public sealed class FeedCommandTests
{
    [Fact]
    public async Task Json_is_one_object_a_line_in_input_order_and_a_failure_hides_no_other()
    {
        using var folder = new TemporaryFolder();
        var page = folder.Write("page.html", "<html><head><link rel=alternate type=application/rss+xml href=https://a.example/feed></head></html>");
        var empty = folder.Write("empty.xml", "");
        string[] inputs = [Shipped.Path("sample-feed.xml"), folder["absent.xml"], page, empty, "ftp://a.example/feed", folder[""], Shipped.Path("sample-feed.xml")];

        var (code, output, error) = await RunAsync(["feed", .. inputs, "--json"]);

        Assert.Equal((1, ""), (code, error));
        var lines = output.TrimEnd('\n').Split('\n').Select(l => JsonDocument.Parse(l).RootElement).ToList();
        Assert.Equal(inputs, lines.Select(l => l.GetProperty("input").GetString()));
        Assert.Equal([6, 0, 0, 0, 0, 0, 6], lines.Select(l => l.GetProperty("items").GetArrayLength()));
        Assert.Equal([0, 1, 1, 1, 1, 1, 0], lines.Select(l => l.GetProperty("problems").GetArrayLength()));
        Assert.Contains("https://a.example/feed", lines[2].GetProperty("problems")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, lines[1].GetProperty("format").ValueKind);
    }

    [Fact]
    public async Task Json_has_the_members_of_the_contract_in_utc_with_arabic_as_itself()
    {
        var (code, output, _) = await RunAsync(["feed", Shipped.Path("sample-feed.xml"), "--json"]);
        Assert.Equal(0, code);
        var feed = JsonDocument.Parse(output).RootElement;
        Assert.Equal(["input", "format", "title", "language", "items", "problems"], feed.EnumerateObject().Select(p => p.Name));
        var item = feed.GetProperty("items")[0];
        Assert.Equal(["id", "title", "link", "published", "updated", "author", "summary", "content"], item.EnumerateObject().Select(p => p.Name));
        Assert.Equal(("2021-04-07T18:30:00Z", JsonValueKind.Null), (item.GetProperty("published").GetString(), item.GetProperty("updated").ValueKind));
        Assert.Contains("الحوار الستراتيجي", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_stranger_writes_does_not_command_the_terminal(bool json)
    {
        using var folder = new TemporaryFolder();
        var feed = folder.Write("feed.xml", "<rss version=\"2.0\"><channel><title>a\u202Eb</title><item><title>x\u001b[31m&#x9b;31m\u2066y</title><pubDate>\u202Esoon</pubDate></item></channel></rss>");
        var (_, output, error) = await RunAsync(json ? ["feed", feed, "--json"] : ["feed", feed]);
        Assert.DoesNotContain(output + error, c => c is '\u001b' or '\u009b' or '\u202E' or '\u2066');
        Assert.Equal(json ? "a\u202Eb" : null, json ? JsonDocument.Parse(output).RootElement.GetProperty("title").GetString() : null);
    }

    [Fact]
    public async Task A_country_gives_its_zone_to_dates_without_one()
    {
        using var folder = new TemporaryFolder();
        var feed = folder.Write("feed.xml", "<rss version=\"2.0\"><channel><item><title>t</title><pubDate>2026-01-02 10:00</pubDate></item></channel></rss>");
        var (_, output, _) = await RunAsync(["feed", feed, "--country", "IQ", "--json"]);
        Assert.Contains("\"published\":\"2026-01-02T07:00:00Z\"", output, StringComparison.Ordinal);
    }

    internal static async Task<(int Code, string Output, string Error)> RunAsync(string[] args, Command? command = null)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var parsed = new RootCommand { command ?? FeedCommand.Create() }.Parse(args);
        Assert.Empty(parsed.Errors);
        var code = await parsed.InvokeAsync(
            new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false }, TestContext.Current.CancellationToken);
        return (code, output.ToString(), error.ToString());
    }
}
