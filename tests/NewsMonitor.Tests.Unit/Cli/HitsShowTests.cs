using System.Text.Json;
using NewsMonitor.Hits;
using NewsMonitor.Storage;
using NewsMonitor.Tests.Unit.Hits;
using NewsMonitor.Topics;

namespace NewsMonitor.Tests.Unit.Cli;

public sealed class HitsShowTests : IDisposable
{
    private static readonly string Id = SampleHits.IdOf("a");
    private static readonly string Path = $"hits/2026/03/04/{Id}.json";

    private readonly OperatorDesk _desk = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task People_see_the_whole_evidence()
    {
        var hit = SampleHits.Hit("a");
        var mention = hit.Topics[0].Mentions[0] with { Because = [new Reason("match", "dialogue", "الحوار"), new Reason("sentence", "iraq", "بغداد")] };
        await _desk.KeepAsync(hit with { Topics = [hit.Topics[0] with { Mentions = [mention] }] });
        await _desk.KeepAsync(SampleHits.Hit("b", source: "two"));
        var run = await _desk.RunAsync("hits", "show", Id);
        Assert.Equal(0, run.Code);
        Assert.Equal(
            $"""
            {SampleHits.Title}
              outlet     منبر nas (nas), ar
              address    https://nas.example/a
              published  2026-03-04 05:06:07Z
              found      2026-03-04 05:06:07Z
              fetched    2026-03-04 05:06:07Z, from the feed
              SHA-256    ab12 (of what was fetched)
              topics     version 0f1e
              story      stories/2026/03/04/{Id}.json, 2 outlets
              lies at    memory/{Path}

            dialogue  confirmed 1
              name (title): بدء جولة جديدة من [الحوار الستراتيجي] بين بغداد وواشنطن
                because match dialogue: الحوار; sentence iraq: بغداد

            """,
            run.Output);
        Assert.Equal(run.Output, (await _desk.RunAsync("hits", "show", $"data/{Path}")).Output);
    }

    [Fact]
    public async Task What_became_of_it_is_told_with_its_reasons_and_what_changed()
    {
        await _desk.KeepAsync(SampleHits.Hit("a"));
        _desk.Time.Advance(TimeSpan.FromHours(1));
        await _desk.Hits.ReviseAsync(
            Path, RevisionReason.Correction, hit => hit with { Article = hit.Article with { Title = "عنوان آخر" }, Topics = [.. hit.Topics, SampleHits.Match("troops", Strength.Possible)] }, Cancel);
        await _desk.Hits.ReviseAsync(Path, RevisionReason.Topics, hit => hit with { Topics = [] }, Cancel);

        var run = await _desk.RunAsync("hits", "show", Id);
        Assert.StartsWith("عنوان آخر\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("no topic matches any more\n", run.Output, StringComparison.Ordinal);
        Assert.Contains(
            $"""
            2026-03-04 07:06:07Z  revision 2: the outlet changed the article, memory/revisions/2026/03/04/{Id}-0002.json
              title was: {SampleHits.Title}
              added troops  possible 1
                + name (title): 
            """.ReplaceLineEndings("\n"),
            run.Output,
            StringComparison.Ordinal);
        Assert.Contains("revision 3: a backfill ran other topics, ", run.Output, StringComparison.Ordinal);
        Assert.Contains("  lost dialogue  confirmed 1\n    - name (title): ", run.Output, StringComparison.Ordinal);
        Assert.Contains($"lies at    memory/revisions/2026/03/04/{Id}-0003.json", run.Output, StringComparison.Ordinal);

        var latest = JsonSerializer.Deserialize<Hit>((await _desk.RunAsync("hits", "show", Id, "--json")).Output, Documents.Compact)!;
        Assert.Equal((3, false), (latest.Number, latest.IsCurrent));
        var all = (await _desk.RunAsync("hits", "show", Id, "--json", "--revisions")).Lines.Select(line => JsonSerializer.Deserialize<Hit>(line, Documents.Compact)!);
        Assert.Equal([1, 2, 3], all.Select(hit => hit.Number));
    }

    [Fact]
    public async Task A_hit_of_schema_1_tells_what_stood_in_it()
    {
        var hit = SampleHits.Hit("a") with { Schema = 1, Earlier = [new EarlierMatch("0a", [SampleHits.Match("old-topic")], SampleHits.At.AddDays(1))] };
        await _desk.KeepAsync(hit);
        var run = await _desk.RunAsync("hits", "show", Id);
        Assert.Contains("2026-03-05 05:06:07Z  a backfill ran other topics\n  added dialogue", run.Output, StringComparison.Ordinal);
        Assert.Contains("  lost old-topic  confirmed 1\n", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0123456789abcdef0123456789abcdef")]
    [InlineData("x")]
    [InlineData("../../etc/passwd")]
    public async Task What_is_not_there_is_told(string id)
    {
        var run = await _desk.RunAsync("hits", "show", id);
        Assert.Equal((1, "", $"There is no hit '{id}'; `hits list` shows what there is.\n"), (run.Code, run.Output, run.Error));
    }
}
