using System.Text.Json;
using NewsMonitor.Hits;
using NewsMonitor.Sources;
using NewsMonitor.Storage;
using NewsMonitor.Tests.Unit.Hits;
using NewsMonitor.Topics;

namespace NewsMonitor.Tests.Unit.Cli;

public sealed class HitsListTests : IDisposable
{
    private readonly OperatorDesk _desk = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task The_newest_come_first_a_page_at_a_time_and_each_once_though_others_come_in_meanwhile()
    {
        var ids = await _desk.KeepManyAsync(25);
        var seen = new List<string>();
        string[] after = [];
        for (var pages = 1; ; pages++)
        {
            var page = await _desk.RunAsync(["hits", "list", "--size", "10", .. after]);
            Assert.Equal(0, page.Code);
            seen.AddRange(page.Ids);
            if (page.Error.Length == 0)
            {
                Assert.Equal(3, pages);
                break;
            }

            Assert.StartsWith("there are more: --after ", page.Error, StringComparison.Ordinal);
            after = page.Error.Trim()["there are more: ".Length..].Split(' ');
            await _desk.KeepAsync(OperatorDesk.Other(100 + pages) with { Found = SampleHits.At.AddMinutes(pages) });
        }

        Assert.Equal(ids, seen);
    }

    [Fact]
    public async Task By_itself_twenty_are_shown_and_for_machines_all()
    {
        await _desk.KeepManyAsync(23);
        Assert.Equal(20, (await _desk.RunAsync("hits")).Lines.Count);
        Assert.Equal(20, (await _desk.RunAsync("hits", "list")).Lines.Count);
        Assert.Equal(23, (await _desk.RunAsync("hits", "list", "--size", "0")).Lines.Count);
        var json = await _desk.RunAsync("hits", "list", "--json");
        Assert.Equal((23, ""), (json.Lines.Count, json.Error));
        var some = await _desk.RunAsync("hits", "list", "--json", "--size", "5");
        Assert.Equal(5, some.Lines.Count);
        Assert.StartsWith("there are more: --after ", some.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("abcd", "--days", "30")]
    [InlineData("abc")]
    [InlineData("a", "--days", "1")]
    [InlineData("ab", "--from", "2026-03-03")]
    [InlineData("bc", "--from", "2026-03-02", "--to", "2026-03-03")]
    [InlineData("d", "--from", "0001-01-01", "--to", "2026-03-01")]
    [InlineData("c", "--topic", "troops")]
    [InlineData("abc", "--topic", "troops", "--topic", "dialogue")]
    [InlineData("b", "--source", "two")]
    [InlineData("ab", "--strength", "confirmed")]
    [InlineData("", "--strength", "confirmed", "--topic", "troops")]
    [InlineData("a", "--words", "القوّات")]
    [InlineData("ab", "--words", "قُوات")]
    [InlineData("b", "--words", "قوات السلام")]
    [InlineData("abce", "--all")]
    [InlineData("", "--topic", "no-such-topic")]
    public async Task Each_filter_narrows_the_list(string expected, params string[] filter)
    {
        await _desk.KeepAsync(SampleHits.Hit("a", "انسحاب والقوات باقية", SampleHits.Words(1)));
        await _desk.KeepAsync(SampleHits.Hit("b", "وصول قوات السلام", SampleHits.Words(2), source: "two", found: SampleHits.At.AddDays(-1)));
        await _desk.KeepAsync(SampleHits.Hit("c", "خبر", SampleHits.Words(3), found: SampleHits.At.AddDays(-2), topic: "troops", strength: Strength.Possible));
        await _desk.KeepAsync(SampleHits.Hit("d", "قديم", SampleHits.Words(4), found: SampleHits.At.AddDays(-20)));
        await _desk.KeepAsync(SampleHits.Hit("e", "لا شيء", SampleHits.Words(5), found: SampleHits.At.AddDays(-3)) with { Topics = [] });

        var run = await _desk.RunAsync(["hits", "list", .. filter]);
        Assert.Equal(expected.Select(name => SampleHits.IdOf($"{name}")), run.Ids);
        Assert.Equal(0, run.Code);
        Assert.Equal(expected.Length == 0, run.Error.StartsWith("no hits found since 2026-02-26 that are as asked", StringComparison.Ordinal));
        Assert.Equal(run.Ids, Ids(await _desk.RunAsync(["hits", "list", "--json", .. filter])));
    }

    [Fact]
    public async Task A_story_is_chosen_by_its_path_by_its_id_or_by_one_of_its_hits_whenever_they_were_found()
    {
        var path = await _desk.KeepAsync(SampleHits.Hit("one", found: SampleHits.At.AddDays(-9)));
        Assert.Equal(path, await _desk.KeepAsync(SampleHits.Hit("two", source: "two", found: SampleHits.At.AddDays(-8))));
        await _desk.KeepManyAsync(3);
        string[] expected = [SampleHits.IdOf("two"), SampleHits.IdOf("one")];
        foreach (var story in (string[])[path, $"/somewhere/data/{path}", $"C:\\data\\{path.Replace('/', '\\')}", SampleHits.IdOf("one"), SampleHits.IdOf("two")])
            Assert.Equal(expected, (await _desk.RunAsync("hits", "list", "--story", story)).Ids);
        Assert.Equal(expected[..1], (await _desk.RunAsync("hits", "list", "--story", path, "--from", "2026-02-24")).Ids);
        var none = await _desk.RunAsync("hits", "list", "--story", "stories/../../../etc/passwd");
        Assert.Equal((1, "There is no story 'stories/../../../etc/passwd'; `stories list` shows what there is.\n"), (none.Code, none.Error));
    }

    [Fact]
    public async Task A_list_is_made_from_the_index_alone_and_whole_hits_that_are_gone_are_told()
    {
        var ids = await _desk.KeepManyAsync(3);
        await _desk.Blobs.DeleteAsync($"hits/2026/03/04/{ids[1]}.json", Cancel);
        _desk.Blobs.Put($"hits/2026/03/04/{ids[2]}.json", "{ torn");
        Assert.Equal(ids, (await _desk.RunAsync("hits", "list")).Ids);

        var json = await _desk.RunAsync("hits", "list", "--json");
        Assert.Equal(1, json.Code);
        Assert.Equal(ids.Take(1), Ids(json));
        Assert.Contains($"memory/hits/2026/03/04/{ids[1]}.json is gone", json.Error, StringComparison.Ordinal);
        Assert.Contains($"memory/hits/2026/03/04/{ids[2]}.json is not the JSON it should be", json.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_only_seems_to_have_the_words_is_left_out_and_the_next_takes_its_place()
    {
        for (var i = 0; i < 4; i++)
            await _desk.KeepAsync(OperatorDesk.Other(i, $"مطر {i}") with { Found = SampleHits.At.AddMinutes(-i) });
        var ids = Enumerable.Range(0, 4).Select(i => SampleHits.IdOf($"n{i}")).ToList();
        // The hashes of the index are those of other words by chance.
        await ChangeAsync(ids[0], hit => hit with { Article = hit.Article with { Title = "ثلج" } });
        // What was left out of an excerpt may well have had them.
        await ChangeAsync(ids[1], hit => hit with { Article = hit.Article with { Title = "ثلج", Kept = TextKept.Excerpt } });
        var page = await _desk.RunAsync("hits", "list", "--words", "المطر مطر", "--size", "2");
        Assert.Empty(page.Ids);

        page = await _desk.RunAsync("hits", "list", "--words", "مَطر", "--size", "2");
        Assert.Equal(ids[1..3], page.Ids);
        var rest = await _desk.RunAsync(["hits", "list", "--words", "مطر", .. page.Error.Trim()["there are more: ".Length..].Split(' ')]);
        Assert.Equal(ids[3..], rest.Ids);
    }

    [Fact]
    public async Task Whole_hits_are_what_is_stored_with_what_became_of_them()
    {
        await _desk.KeepAsync(SampleHits.Hit("a"));
        var path = $"hits/2026/03/04/{SampleHits.IdOf("a")}.json";
        var revised = await _desk.Hits.ReviseAsync(path, RevisionReason.Correction, hit => hit with { Article = hit.Article with { Title = "عنوان آخر\u202E" } }, Cancel);
        await _desk.Stories.JoinAsync([new KeptHit(path, revised, IsNew: false)], Cancel);
        var run = await _desk.RunAsync("hits", "list", "--json");
        Assert.Equal(revised.Article.Title, JsonSerializer.Deserialize<Hit>(Assert.Single(run.Lines), Documents.Compact)!.Article.Title);
        Assert.DoesNotContain('\u202E', run.Output);
    }

    [Fact]
    public async Task What_strangers_wrote_plays_no_tricks_on_a_terminal_and_stays_on_its_line()
    {
        var controls = string.Concat(Enumerable.Range(0, 32).Select(code => (char)code));
        await _desk.KeepAsync(SampleHits.Hit("a", $"\u001b[31m{controls}\u202Eخبر\u2028\u0085\uD800<b>", SampleHits.Words(1), source: "\u001b]0;x\u0007"));
        foreach (var run in (OperatorDesk.Run[])
            [
                await _desk.RunAsync("hits", "list"), await _desk.RunAsync("hits", "list", "--json"), await _desk.RunAsync("hits", "show", SampleHits.IdOf("a")),
                await _desk.RunAsync("stories", "list"), await _desk.RunAsync("stories", "show", SampleHits.IdOf("a")),
            ])
        {
            Assert.Equal(0, run.Code);
            Assert.DoesNotContain(run.Output, letter => (char.IsControl(letter) && letter != '\n') || letter is '\u202E' or '\u2028' or '\uD800');
        }

        Assert.Single((await _desk.RunAsync("hits", "list")).Lines);
        Assert.Single((await _desk.RunAsync("hits", "list", "--json")).Lines);
    }

    [Fact]
    public async Task In_an_empty_store_there_is_nothing_and_it_stays_empty()
    {
        foreach (var command in (string[][])[["hits"], ["hits", "list", "--json"], ["hits", "export"], ["stories", "list"]])
        {
            var run = await _desk.RunAsync(command);
            Assert.Equal((0, ""), (run.Code, run.Output));
            Assert.NotEqual("", run.Error);
        }

        Assert.Empty(_desk.Blobs.Paths(""));
    }

    [Theory]
    [InlineData("hits", "list", "--after", "yesterday")]
    [InlineData("hits", "list", "--after", "20260304T050607.0000000Z")]
    [InlineData("hits", "list", "--size", "-1")]
    [InlineData("hits", "list", "--size", "many")]
    [InlineData("hits", "list", "--days", "0")]
    [InlineData("hits", "list", "--from", "03/04/2026")]
    [InlineData("hits", "list", "--to", "2026-03-04")]
    [InlineData("hits", "list", "--days", "3", "--from", "2026-03-04")]
    [InlineData("hits", "list", "--from", "2026-03-05", "--to", "2026-03-04")]
    [InlineData("hits", "list", "--strength", "sure")]
    [InlineData("hits", "list", "--words", "؟!")]
    [InlineData("hits", "list", "--topic")]
    [InlineData("hits", "show")]
    [InlineData("hits", "show", "a", "--revisions")]
    [InlineData("hits", "export", "--format", "xlsx")]
    [InlineData("export")]
    [InlineData("export", "--from", "today")]
    [InlineData("export", "--from", "2026-03-05", "--to", "2026-03-04")]
    [InlineData("stories", "join", "a")]
    [InlineData("stories", "split", "a")]
    public async Task Wrong_usage_is_told_in_a_line_and_exits_with_2(params string[] arguments)
    {
        var run = await _desk.RunAsync(arguments);
        Assert.Equal((2, ""), (run.Code, run.Output));
        Assert.NotEqual("", run.Error);
        Assert.DoesNotContain('\n', run.Error);
    }

    private static IReadOnlyList<string> Ids(OperatorDesk.Run run) =>
        [.. run.Lines.Select(line => JsonSerializer.Deserialize<Hit>(line, Documents.Compact)!.Id)];

    private async Task ChangeAsync(string id, Func<Hit, Hit> change)
    {
        var path = $"hits/2026/03/04/{id}.json";
        var hit = (await _desk.Blobs.ReadDocumentAsync<Hit>(path, Cancel))!.Value;
        _desk.Blobs.Put(path, JsonSerializer.Serialize(change(hit), Documents.Readable));
    }
}
