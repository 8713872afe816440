using System.Text.Json;
using NewsMonitor.Hits;
using NewsMonitor.Tests.Unit.Hits;

namespace NewsMonitor.Tests.Unit.Cli;

public sealed class StoriesCommandTests : IDisposable
{
    private readonly OperatorDesk _desk = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task Stories_are_listed_newest_first_with_how_many_outlets_have_them()
    {
        var copied = await _desk.KeepAsync(SampleHits.Hit("a"));
        await _desk.KeepAsync(SampleHits.Hit("b", source: "two", found: SampleHits.At.AddMinutes(5)));
        var later = await _desk.KeepAsync(OperatorDesk.Other(1) with { Found = SampleHits.At.AddMinutes(1) });
        var earlier = await _desk.KeepAsync(SampleHits.Hit("c", "أمس", SampleHits.Words(2), found: SampleHits.At.AddDays(-1), topic: "troops"));
        await _desk.KeepAsync(SampleHits.Hit("d", "قديم", SampleHits.Words(3), found: SampleHits.At.AddDays(-8)));
        await _desk.KeepAsync(SampleHits.Hit("e", "أرشيف", SampleHits.Words(4), found: SampleHits.At.AddDays(-2)) with { Backfilled = SampleHits.At });

        var run = await _desk.RunAsync("stories", "list");
        Assert.Equal(
            $"""
            2026-03-04 05:07Z  1 outlet  dialogue  خبر 1
                {later}
            2026-03-04 05:06Z  2 outlets  dialogue  {SampleHits.Title}
                {copied}
            2026-03-03 05:06Z  1 outlet  troops  أمس
                {earlier}

            """,
            run.Output);
        Assert.Equal([earlier], Paths(await _desk.RunAsync("stories", "list", "--json", "--topic", "troops")));
        Assert.Equal([later, copied], Paths(await _desk.RunAsync("stories", "list", "--json", "--days", "1")));
        Assert.Equal(4, Paths(await _desk.RunAsync("stories", "list", "--json", "--days", "9")).Count);
    }

    [Fact]
    public async Task A_torn_story_is_told_and_hides_no_other()
    {
        var torn = await _desk.KeepAsync(SampleHits.Hit("a"));
        var whole = await _desk.KeepAsync(OperatorDesk.Other(1));
        _desk.Blobs.Put(torn, "{");
        var run = await _desk.RunAsync("stories", "list", "--json");
        Assert.Equal(1, run.Code);
        Assert.Equal([whole], Paths(run));
        Assert.Contains($"memory/{torn}", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_operator_joins_is_one_story_by_whatever_name_it_is_asked_for()
    {
        var older = await _desk.KeepAsync(SampleHits.Hit("a"));
        var younger = await _desk.KeepAsync(OperatorDesk.Other(1) with { Found = SampleHits.At.AddMinutes(1) });
        var run = await _desk.RunAsync("stories", "join", SampleHits.IdOf("n1"), older);
        Assert.Equal((0, $"{older}\n", $"joined; {younger} leads there\n"), (run.Code, run.Output, run.Error));
        Assert.Equal("they are one already\n", (await _desk.RunAsync("stories", "join", younger, older)).Error);

        var shown = await _desk.RunAsync("stories", "show", younger);
        Assert.Equal($"{younger} was joined to {older}\n", shown.Error);
        Assert.Contains($"joined to this: {younger}\n", shown.Output, StringComparison.Ordinal);
        Assert.Equal(shown.Output, (await _desk.RunAsync("stories", "show", SampleHits.IdOf("n1"))).Output);
        Assert.Equal([older], Paths(await _desk.RunAsync("stories", "list", "--json")));
    }

    [Fact]
    public async Task What_an_operator_takes_apart_is_two_stories_and_each_hit_leads_to_its_own()
    {
        var from = await _desk.KeepAsync(SampleHits.Hit("a"));
        await _desk.KeepAsync(SampleHits.Hit("b", source: "two"));
        await _desk.KeepAsync(SampleHits.Hit("c", source: "three"));
        var run = await _desk.RunAsync("stories", "split", from, SampleHits.IdOf("b"));
        Assert.Equal((0, from), (run.Code, run.Lines[0]));
        var into = run.Lines[1];
        Assert.NotEqual(from, into);

        foreach (var name in (string[])[into, DatedPath.IdOf(into), SampleHits.IdOf("b")])
            Assert.Equal(into, Path(await _desk.RunAsync("stories", "show", "--json", name)));
        foreach (var name in (string[])[from, SampleHits.IdOf("a"), SampleHits.IdOf("c")])
            Assert.Equal(from, Path(await _desk.RunAsync("stories", "show", "--json", name)));
        Assert.Equal([SampleHits.IdOf("b")], (await _desk.RunAsync("hits", "list", "--story", into)).Ids);
        Assert.Contains($"story      {into}, 1 outlet", (await _desk.RunAsync("hits", "show", SampleHits.IdOf("b"))).Output, StringComparison.Ordinal);
        Assert.Contains($"kept apart from this: {into}\n", (await _desk.RunAsync("stories", "show", from)).Output, StringComparison.Ordinal);
        Assert.Contains(into, (await _desk.RunAsync("hits", "export", "--format", "csv", "--source", "two")).Output, StringComparison.Ordinal);
        Assert.Contains(from, (await _desk.RunAsync("hits", "export", "--format", "csv", "--source", "three")).Output, StringComparison.Ordinal);

        var unknown = await _desk.RunAsync("stories", "split", from, "nobody");
        Assert.Equal((1, "nobody is not in this story; `stories show` lists its hits.\n"), (unknown.Code, unknown.Error));
    }

    [Fact]
    public async Task A_hit_that_was_joined_and_taken_out_again_leads_to_where_it_is_and_not_to_where_its_note_leads()
    {
        var into = await _desk.KeepAsync(SampleHits.Hit("a"));
        var note = await _desk.KeepAsync(OperatorDesk.Other(1) with { Found = SampleHits.At.AddMinutes(1) });
        await _desk.RunAsync("stories", "join", into, note);
        var apart = (await _desk.RunAsync("stories", "split", into, SampleHits.IdOf("n1"))).Lines[1];
        Assert.Equal(apart, Path(await _desk.RunAsync("stories", "show", "--json", SampleHits.IdOf("n1"))));
        Assert.Equal([SampleHits.IdOf("n1")], (await _desk.RunAsync("hits", "list", "--story", SampleHits.IdOf("n1"))).Ids);
    }

    [Fact]
    public async Task A_story_shows_who_has_it_and_what_was_corrected()
    {
        var path = await _desk.KeepAsync(SampleHits.Hit("a"));
        await _desk.KeepAsync(SampleHits.Hit("b", source: "two", found: SampleHits.At.AddMinutes(3)));
        var hitPath = $"hits/2026/03/04/{SampleHits.IdOf("b")}.json";
        var revised = await _desk.Hits.ReviseAsync(hitPath, RevisionReason.Correction, hit => hit with { Topics = [.. hit.Topics, SampleHits.Match("troops")] }, Cancel);
        await _desk.Stories.JoinAsync([new KeptHit(hitPath, revised, IsNew: false)], Cancel);
        var run = await _desk.RunAsync("stories", "show", path);
        Assert.Equal(
            $"""
            {SampleHits.Title}
              2 outlets, first seen 2026-03-04 05:06Z, ar
              lies at memory/{path}

            dialogue  confirmed 1
              name (title): بدء جولة جديدة من [الحوار الستراتيجي] بين بغداد وواشنطن
            troops  confirmed 1
              name (title): بدء جولة جديدة من [الحوار الستراتيجي] بين بغداد وواشنطن

            2026-03-04 05:06Z  منبر nas: {SampleHits.Title}
                {SampleHits.IdOf("a")}  https://nas.example/a
            2026-03-04 05:09Z  منبر two: {SampleHits.Title}
                {SampleHits.IdOf("b")}  https://two.example/b

            2026-03-04 06:06Z  corrected by منبر two: revision 2 of hit {SampleHits.IdOf("b")}

            """,
            run.Output);
    }

    [Theory]
    [InlineData("no-such-story")]
    [InlineData("0123456789abcdef0123456789abcdef")]
    [InlineData("stories/2026/03/04/0123456789abcdef0123456789abcdef.json")]
    [InlineData("hits/2026/03/04/0123456789abcdef0123456789abcdef.json")]
    public async Task What_is_not_there_is_told(string name)
    {
        await _desk.KeepAsync(SampleHits.Hit("a"));
        var run = await _desk.RunAsync("stories", "show", name);
        Assert.Equal((1, "", $"There is no story '{name}'; `stories list` shows what there is.\n"), (run.Code, run.Output, run.Error));
    }

    private static string? Path(OperatorDesk.Run run) => JsonDocument.Parse(Assert.Single(run.Lines)).RootElement.GetProperty("path").GetString();

    private static List<string?> Paths(OperatorDesk.Run run) => [.. run.Lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("path").GetString())];
}
