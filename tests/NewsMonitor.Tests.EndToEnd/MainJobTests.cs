using System.Text.Json;
using MimeKit;
using NewsMonitor.Tests.Peers;

namespace NewsMonitor.Tests.EndToEnd;

/// <summary>What a newcomer sees: the main job on the shipped lists, with nothing but this machine.</summary>
public sealed class MainJobTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_first_run_finds_both_topics_and_leaves_the_evidence_and_a_digest()
    {
        var list = OnlyTheSample();
        var run = await MonitorProcess.RunAsync(_folder.Path, "run", "--once", "--json", "--sources", list);
        Assert.Equal(0, run.ExitCode);

        var summary = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(1, summary.GetProperty("sources").GetProperty("polled").GetInt32());
        Assert.Equal(0, summary.GetProperty("sources").GetProperty("failed").GetInt32());
        Assert.Equal(1, summary.GetProperty("hits").GetInt32());
        Assert.Equal(1, summary.GetProperty("hitsByTopic").GetProperty("strategic-dialogue").GetInt32());
        Assert.Equal(1, summary.GetProperty("hitsByTopic").GetProperty("troop-redeployment").GetInt32());
        Assert.Equal(1, summary.GetProperty("digests").GetInt32());
        foreach (var count in (string[])["reads", "writes", "lists", "queueOperations"])
            Assert.InRange(summary.GetProperty("storage").GetProperty(count).GetInt32(), 1, 1000);
        Assert.InRange(summary.GetProperty("wallMilliseconds").GetInt64(), 1, 90_000);
        Assert.InRange(summary.GetProperty("cpuMilliseconds").GetInt64(), 1, 90_000);
        Assert.InRange(summary.GetProperty("allocatedBytes").GetInt64(), 1_000_000, 1_000_000_000);

        var hitFile = Assert.Single(Directory.GetFiles(_folder["data/hits"], "*.json", SearchOption.AllDirectories));
        Assert.Equal(hitFile, summary.GetProperty("hitFiles")[0].GetString());
        var text = await File.ReadAllTextAsync(hitFile, Cancel);
        Assert.Contains("بإعادة نشر المتبقي من القوات القتالية خارج العراق", text, StringComparison.Ordinal);
        var mentions = JsonDocument.Parse(text).RootElement.GetProperty("topics").EnumerateArray()
            .SelectMany(topic => topic.GetProperty("mentions").EnumerateArray())
            .ToList();
        Assert.All(mentions, mention =>
        {
            Assert.NotEmpty(mention.GetProperty("rule").GetString()!);
            Assert.Contains(mention.GetProperty("text").GetString()!, mention.GetProperty("sentence").GetString()!, StringComparison.Ordinal);
        });

        var mailFile = Assert.Single(Directory.GetFiles(_folder["data/outbox"], "*.eml"));
        using var mail = await MimeMessage.LoadAsync(mailFile, Cancel);
        Assert.Contains("dir=\"rtl\"", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Contains("الكاظمي يأمر بتشكيل لجنه لتنفيذ مخرجات الحوار الستراتيجي", mail.TextBody, StringComparison.Ordinal);
        Assert.EndsWith(".invalid", mail.To.Mailboxes.Single().Domain, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_run_finds_and_sends_nothing()
    {
        var list = OnlyTheSample();
        await MonitorProcess.RunAsync(_folder.Path, "run", "--once", "--sources", list);
        var before = Directory.GetFiles(_folder["data/outbox"]);
        var again = await MonitorProcess.RunAsync(_folder.Path, "run", "--once", "--json", "--sources", list);
        Assert.Equal(0, again.ExitCode);

        var summary = JsonDocument.Parse(again.Output).RootElement;
        Assert.Equal(1, summary.GetProperty("sources").GetProperty("unchanged").GetInt32());
        Assert.Equal(0, summary.GetProperty("hits").GetInt32());
        Assert.Equal(0, summary.GetProperty("digests").GetInt32());
        Assert.Equal(before, Directory.GetFiles(_folder["data/outbox"]));
    }

    [Fact]
    public async Task Match_takes_the_topics_of_the_data_folder_it_is_given()
    {
        Directory.CreateDirectory(_folder["other"]);
        _folder.Write("other/topics.yaml", """
            language: 1
            words:
              rain: {noun: [مطر]}
            topics:
              - id: weather
                title: {ar: الطقس, en: Weather}
                rules: [{id: rain, any: [rain]}]
            """);
        var text = _folder.Write("text.txt", "هطل المطر في بغداد");
        var matched = await MonitorProcess.RunAsync(_folder.Path, "match", text, "--data", _folder["other"], "--json");
        Assert.Equal(0, matched.ExitCode);
        Assert.Equal("weather", JsonDocument.Parse(matched.Output).RootElement.GetProperty("topic").GetString());
    }

    [Fact]
    public async Task Backfill_shows_first_then_writes_and_what_no_topic_matches_any_more_is_not_listed()
    {
        var list = OnlyTheSample();
        await MonitorProcess.RunAsync(_folder.Path, "run", "--once", "--sources", list);
        var topics = _folder.Write("rain.yaml", """
            language: 1
            words:
              rain: {noun: [مطر]}
            topics:
              - id: weather
                title: {ar: الطقس, en: Weather}
                rules: [{id: rain, any: [rain]}]
            """);
        var archive = _folder.Write("archive.ndjson", """
            {"title": "المطر غدا", "text": "خبر.", "url": "https://news.example/rain", "source": "News", "date": "2019-03-04T05:06:07Z"}
            """);
        var stored = (await MonitorProcess.RunAsync(_folder.Path, "hits", "list")).Output;

        var dry = await MonitorProcess.RunAsync(_folder.Path, "backfill", "--topics", topics);
        Assert.Equal(0, dry.ExitCode);
        Assert.Equal(2, dry.Output.Split('\n').Count(line => line.StartsWith("lost ", StringComparison.Ordinal)));
        Assert.EndsWith("nothing was written; run again with --write\n", dry.Output, StringComparison.Ordinal);
        Assert.Equal(stored, (await MonitorProcess.RunAsync(_folder.Path, "hits", "list")).Output);

        await MonitorProcess.RunAsync(_folder.Path, "backfill", "--topics", topics, "--write");
        Assert.Equal("", (await MonitorProcess.RunAsync(_folder.Path, "hits", "list")).Output);
        Assert.Contains("(no more)", (await MonitorProcess.RunAsync(_folder.Path, "hits", "list", "--all")).Output, StringComparison.Ordinal);

        await MonitorProcess.RunAsync(_folder.Path, "backfill", "--write");
        Assert.Equal(stored, (await MonitorProcess.RunAsync(_folder.Path, "hits", "list")).Output);
        var added = await MonitorProcess.RunAsync(_folder.Path, "backfill", "--archive", archive, "--topics", topics, "--write", "--json");
        Assert.Equal((0, "added"), (added.ExitCode, JsonDocument.Parse(added.Output).RootElement.GetProperty("what").GetString()));
        Assert.Single(Directory.GetFiles(_folder["data/hits/2019/03/04"]));
    }

    [Fact]
    public async Task What_the_operator_removed_does_not_come_back()
    {
        var list = OnlyTheSample();
        await MonitorProcess.RunAsync(_folder.Path, "run", "--once", "--sources", list);
        var removed = await MonitorProcess.RunAsync(_folder.Path, "subscribers", "remove", "sample-reader@newsmonitor.invalid");
        Assert.Equal(0, removed.ExitCode);
        await MonitorProcess.RunAsync(_folder.Path, "run", "--once", "--sources", list);
        var subscribers = await MonitorProcess.RunAsync(_folder.Path, "subscribers", "list");
        Assert.Equal((0, ""), (subscribers.ExitCode, subscribers.Output));
    }

    [Fact]
    public async Task Without_arguments_it_serves_the_page_until_ctrl_c_and_ends_well()
    {
        var settings = new Dictionary<string, string> { ["Sources__File"] = OnlyTheSample() };
        using var run = MonitorProcess.Start(_folder.Path, settings, "run", "--urls", "http://127.0.0.1:0");
        var printed = await run.PrintedAsync("Ctrl-C stops");
        var address = printed.Split('\n').First(line => line.StartsWith("page ", StringComparison.Ordinal)).Split(' ')[^1];

        using var http = new HttpClient { BaseAddress = new Uri(address) };
        var page = await http.GetStringAsync(new Uri("/", UriKind.Relative), Cancel);
        Assert.Contains("<mark>بإعادة نشر المتبقي من القوات القتالية", page, StringComparison.Ordinal);
        Assert.Contains("<html lang=\"ar\" dir=\"rtl\"", page, StringComparison.Ordinal);
        var english = await http.GetStringAsync(new Uri("/?lang=en", UriKind.Relative), Cancel);
        Assert.Contains("<html lang=\"en\" dir=\"ltr\"", english, StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.OK, (await http.GetAsync(new Uri("/health", UriKind.Relative), Cancel)).StatusCode);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await http.GetAsync(new Uri("/nothing", UriKind.Relative), Cancel)).StatusCode);
        foreach (var path in (string[])["/", "/page.css", "/health", "/api/hits"])
        {
            using var head = new HttpRequestMessage(HttpMethod.Head, path);
            Assert.Equal(System.Net.HttpStatusCode.OK, (await http.SendAsync(head, Cancel)).StatusCode);
        }

        run.Interrupt();
        var end = await run.FinishAsync();
        Assert.Equal(0, end.ExitCode);
        Assert.EndsWith("stopped\n", end.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_link_in_a_digest_unsubscribes_by_post_only()
    {
        var settings = new Dictionary<string, string> { ["Sources__File"] = OnlyTheSample() };
        using var run = MonitorProcess.Start(_folder.Path, settings, "run", "--urls", "http://127.0.0.1:0");
        var printed = await run.PrintedAsync("Ctrl-C stops");
        var address = printed.Split('\n').First(line => line.StartsWith("page ", StringComparison.Ordinal)).Split(' ')[^1];
        using var mail = await MimeMessage.LoadAsync(Directory.GetFiles(_folder["data/outbox"], "*.eml").Single(), Cancel);
        var link = new Uri(mail.Headers["List-Unsubscribe"]!.Trim('<', '>')).PathAndQuery;
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers["List-Unsubscribe-Post"]);

        using var http = new HttpClient { BaseAddress = new Uri(address) };
        Assert.Contains("<form method=\"post\">", await http.GetStringAsync(new Uri(link, UriKind.Relative), Cancel), StringComparison.Ordinal);
        Assert.Contains("active", (await MonitorProcess.RunAsync(_folder.Path, "subscribers", "list")).Output, StringComparison.Ordinal);
        var forged = await http.PostAsync(new Uri(link[..^1] + (link[^1] == '0' ? "1" : "0"), UriKind.Relative), null, Cancel);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, forged.StatusCode);
        var posted = await http.PostAsync(
            new Uri(link, UriKind.Relative), new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]), Cancel);
        Assert.Equal(System.Net.HttpStatusCode.OK, posted.StatusCode);
        Assert.Contains("unsubscribed", (await MonitorProcess.RunAsync(_folder.Path, "subscribers", "list")).Output, StringComparison.Ordinal);
    }

    /// <summary>The shipped sample alone, so that the test asks no stranger's server anything.</summary>
    private string OnlyTheSample()
    {
        File.Copy(Path.Combine(Repository.Root, "functions", "NewsMonitor", "Shipped", "sample-feed.xml"), _folder["sample-feed.xml"]);
        return _folder.Write("list.opml", """
            <opml version="2.0"><head><title>one</title></head><body>
              <outline type="rss" text="Sample" xmlUrl="sample-feed.xml" language="ar"/>
            </body></opml>
            """);
    }
}
