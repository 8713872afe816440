using System.Globalization;
using System.Text;
using System.Xml.Linq;
using CsvHelper;
using NewsMonitor.Cli;
using NewsMonitor.Hits.Export;
using NewsMonitor.Tests.Peers;
using NewsMonitor.Tests.Unit.Hits;
using NewsMonitor.Topics;

namespace NewsMonitor.Tests.Unit.Cli;

public sealed class HitsExportTests : IDisposable
{
    private static readonly string[] Hostile =
    [
        "=HYPERLINK(\"http://evil.example\";\"خبر\")", "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "＝1+1", "\u200F=1+1", "a\r\nb,\"c\"", "\u202Eخبر",
        "<script>alert(1)</script> &amp; ]]>", "\uD800 خبر \uFFFE", string.Concat(Enumerable.Range(0, 32).Select(code => (char)code)) + "خبر",
    ];

    private readonly OperatorDesk _desk = new();
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _desk.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Whole_hits_are_written_a_line_each_newest_first_over_months_and_what_is_torn_is_told()
    {
        var ids = new List<string>();
        for (var i = 0; i < 40; i++)
        {
            await _desk.KeepAsync(OperatorDesk.Other(i) with { Found = SampleHits.At.AddDays(-3 * i) });
            ids.Add(SampleHits.IdOf($"n{i}"));
        }

        var run = await _desk.RunAsync("hits", "export", "--from", "2025-01-01");
        Assert.Equal((0, "40 hits\n"), (run.Code, run.Error));
        Assert.Equal((await _desk.RunAsync("hits", "list", "--from", "2025-01-01", "--json")).Output, run.Output);

        var torn = _desk.Blobs.Paths("hits/").Single(path => path.Contains(ids[7], StringComparison.Ordinal));
        _desk.Blobs.Put(torn, "{");
        run = await _desk.RunAsync("hits", "export", "--from", "2025-01-01");
        Assert.Equal((1, 39), (run.Code, run.Lines.Count));
        Assert.Contains($"memory/{torn}", run.Error, StringComparison.Ordinal);
        Assert.EndsWith("39 hits; 1 problem, told above\n", run.Error, StringComparison.Ordinal);
        Assert.Equal(ids.Where(id => id != ids[7]), run.Lines.Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task A_table_opens_in_a_spreadsheet_and_no_cell_is_a_formula()
    {
        for (var i = 0; i < Hostile.Length; i++)
            await _desk.KeepAsync(OperatorDesk.Other(i, Hostile[i]) with { Found = SampleHits.At.AddMinutes(-i) });
        var file = _folder["hits.csv"];
        Assert.Equal(0, (await _desk.RunAsync("hits", "export", "--format", "csv", "--output", file)).Code);
        var bytes = await File.ReadAllBytesAsync(file, Cancel);
        Assert.Equal(Encoding.UTF8.GetPreamble(), bytes[..3]);
        Assert.NotEqual(Encoding.UTF8.GetPreamble(), bytes[3..6]);
        var text = Encoding.UTF8.GetString(bytes[3..]);
        Assert.Equal(Hostile.Length + 1, text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.DoesNotContain('\n', text.Replace("\r\n", "", StringComparison.Ordinal));
        Assert.DoesNotContain(text, letter => (char.IsControl(letter) && letter is not ('\r' or '\n')) || letter is '\u202E' or '\uFFFE');

        using var csv = new CsvReader(new StringReader(text), CultureInfo.InvariantCulture);
        Assert.True(csv.Read() && csv.ReadHeader());
        Assert.Equal(HitTable.Columns, csv.HeaderRecord!);
        var titles = new List<string>();
        while (csv.Read())
        {
            titles.Add(csv.GetField("title")!);
            Assert.All(HitTable.Columns, column => Assert.DoesNotMatch(@"^\s*[=+\-@＝＋－＠\t\r]", csv.GetField(column)!));
        }

        Assert.Equal(
            ["'=HYPERLINK(\"http://evil.example\";\"خبر\")", "'+1+1", "'-2+3", "'@SUM(A1)", "'=1+1", "'＝1+1", "'=1+1", "a b,\"c\"", "خبر"], titles[..9]);
    }

    [Fact]
    public async Task A_line_of_a_table_says_what_was_found_where_and_in_which_story_it_is_now()
    {
        var hit = SampleHits.Hit("a");
        await _desk.KeepAsync(hit with { Topics = [SampleHits.Match("troops", Strength.Possible), hit.Topics[0] with { Score = 2.5 }] });
        var other = await _desk.KeepAsync(OperatorDesk.Other(1) with { Found = SampleHits.At.AddDays(-1) });
        await _desk.Stories.JoinAsync(other, $"stories/2026/03/04/{hit.Id}.json", Cancel);
        var run = await _desk.RunAsync("hits", "export", "--format", "csv", "--topic", "troops");
        Assert.Equal(
            $"\uFEFFid,found,published,source,sourceId,title,url,language,topics,strength,score,rules,sentence,story\r\n"
            + $"{hit.Id},2026-03-04T05:06:07Z,2026-03-04T05:06:07Z,منبر nas,nas,{SampleHits.Title},https://nas.example/a,ar,troops; dialogue,confirmed,2.5,"
            + $"troops/name; dialogue/name,{SampleHits.Title},{other}\r\n",
            run.Output);
    }

    [Fact]
    public async Task A_feed_is_read_by_readers_and_nothing_in_it_is_markup_but_its_own()
    {
        for (var i = 0; i < Hostile.Length; i++)
            await _desk.KeepAsync(OperatorDesk.Other(i, Hostile[i]) with { Found = SampleHits.At.AddMinutes(-i), Topics = [new("dialogue", Strength.Confirmed, 1, [new("r", "title", 0, 1, "x", Hostile[i])])] });
        var file = _folder["hits.xml"];
        var run = await _desk.RunAsync("hits", "export", "--format", "rss", "--output", file);
        Assert.Equal((0, $"12 hits in {file}\n"), (run.Code, run.Error));

        var bytes = await File.ReadAllBytesAsync(file, Cancel);
        var channel = XDocument.Load(new MemoryStream(bytes)).Root!.Element("channel")!;
        Assert.Equal(["title", "link", "description", "lastBuildDate", "generator"], channel.Elements().Take(5).Select(element => element.Name.LocalName));
        var items = channel.Elements("item").ToList();
        Assert.Equal(Enumerable.Range(0, Hostile.Length).Select(i => SampleHits.IdOf($"n{i}")), items.Select(item => item.Element("guid")!.Value));
        Assert.All(items, item => Assert.Equal("false", item.Element("guid")!.Attribute("isPermaLink")!.Value));
        Assert.All(items, item => Assert.Equal("Wed, 04 Mar 2026 05:06:07 GMT", item.Element("pubDate")!.Value));
        XNamespace dc = "http://purl.org/dc/elements/1.1/";
        Assert.All(items, item => Assert.Equal(("ar", "منبر nas"), (item.Element(dc + "language")!.Value, item.Element(dc + "source")!.Value)));
        // Whoever takes a title for HTML finds no element in it.
        Assert.Equal("&lt;script>alert(1)&lt;/script> &amp; ]]>", items[9].Element("title")!.Value);
        Assert.Equal("<p dir=\"auto\">&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp; ]]&gt;</p>", items[9].Element("description")!.Value);
    }

    [Fact]
    public async Task A_file_is_not_replaced_unasked_and_what_is_cut_short_leaves_none()
    {
        await _desk.KeepManyAsync(2);
        var file = _folder.Write("hits.ndjson", "mine");
        var run = await _desk.RunAsync("hits", "export", "--output", file);
        Assert.Equal((1, $"{file} is there already; --force replaces it.\n"), (run.Code, run.Error));
        Assert.Equal("mine", await File.ReadAllTextAsync(file, Cancel));
        Assert.Equal(0, (await _desk.RunAsync("hits", "export", "--output", file, "--force")).Code);
        Assert.Equal(2, (await File.ReadAllLinesAsync(file, Cancel)).Length);

        _desk.Store = new FailingBlobs(_desk.Blobs, "hits/");
        await Assert.ThrowsAsync<IOException>(() => _desk.RunAsync("hits", "export", "--output", file, "--force"));
        await Assert.ThrowsAsync<IOException>(() => _desk.RunAsync("export", "--from", "2026-03-04", "--output", _folder["a.zip"]));
        Assert.Equal([file], Directory.GetFiles(_folder.Path));
        Assert.Equal(2, (await File.ReadAllLinesAsync(file, Cancel)).Length);

        foreach (var impossible in (string[])[_folder["no/such/folder.csv"], "", "\0", _folder.Path])
        {
            run = await _desk.RunAsync("hits", "export", "--output", impossible);
            Assert.Equal(1, run.Code);
            Assert.Matches("cannot be written|is a folder", run.Error);
        }
    }

    [Fact]
    public async Task An_export_that_is_stopped_says_so_and_is_no_success()
    {
        using var stop = new CancellationTokenSource();
        using var error = new StringWriter();
        var code = await HitsExport.UnlessStoppedAsync(
            async () =>
            {
                await stop.CancelAsync();
                stop.Token.ThrowIfCancellationRequested();
                return 0;
            },
            error,
            stop.Token);
        Assert.Equal(1, code);
        Assert.Contains("stopped; this is not all", error.ToString(), StringComparison.Ordinal);
    }
}
