using Microsoft.Extensions.Time.Testing;
using NewsMonitor.Hits;
using NewsMonitor.Hits.Index;
using NewsMonitor.Storage;
using NewsMonitor.Topics;

namespace NewsMonitor.Tests.Unit.Hits;

public sealed class HitIndexTests
{
    private static readonly HitQuery All = new(new DateOnly(2020, 1, 1), new DateOnly(2027, 1, 1));

    private readonly MemoryBlobs _blobs = new();
    private readonly FakeTimeProvider _time = new(SampleHits.At);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private HitDesk Desk => new(_blobs, _time);

    [Fact]
    public async Task Hits_are_found_newest_first_by_what_they_are()
    {
        await AddAsync("a", "جولة جديدة من الحوار", "وصل وفد إلى بغداد", days: 3, source: "nas");
        await AddAsync("b", "انسحاب القوّات", "غادرت والقوات تعود", days: 2, source: "shafaq", topic: "troops");
        await AddAsync("c", "قد يبدأ انسحاب", "يقال إن الأمر بقوات قليلة", days: 1, source: "nas", topic: "troops", strength: Strength.Possible);

        Assert.Equal("cba", await FindAsync(All));
        Assert.Equal("cb", await FindAsync(All with { Topics = ["troops"] }));
        Assert.Equal("ca", await FindAsync(All with { Sources = ["nas"] }));
        Assert.Equal("cba", await FindAsync(All with { Sources = ["nas", "shafaq"] }));
        Assert.Equal("ba", await FindAsync(All with { MinimumStrength = Strength.Confirmed }));
        Assert.Equal("b", await FindAsync(All with { Topics = ["troops"], MinimumStrength = Strength.Confirmed }));
        Assert.Equal("ca", await FindAsync(All with { Ids = [SampleHits.IdOf("a"), SampleHits.IdOf("c")] }));
        Assert.Equal("b", await FindAsync(new HitQuery(SampleHits.At.Day is 4 ? new DateOnly(2026, 3, 2) : default, new DateOnly(2026, 3, 2))));
        Assert.Equal("", await FindAsync(All with { Topics = ["other"] }));
    }

    [Theory]
    [InlineData("قوات", "cb")] // with whatever is written onto its front
    [InlineData("القوات", "b")]
    [InlineData("القُوَّات", "b")]
    [InlineData("جوله", "a")] // ه for ة
    [InlineData("حوار بغداد", "a")] // both, one in the title and one in the text
    [InlineData("حوار قوات", "")]
    [InlineData("«حوار»!", "a")]
    [InlineData("", "cba")]
    public async Task Words_are_found_however_they_are_spelled(string words, string found)
    {
        await AddAsync("a", "جولة جديدة من الحوار", "وصل وفد إلى بغداد", days: 3);
        await AddAsync("b", "انسحاب القوّات", "غادرت والقوات تعود", days: 2);
        await AddAsync("c", "قد يبدأ انسحاب", "يقال إن الأمر بقوات قليلة", days: 1);
        Assert.Equal(found, await FindAsync(All with { Words = words }));
    }

    [Fact]
    public async Task Pages_go_on_where_the_one_before_ended_though_more_has_come()
    {
        for (var number = 0; number < 25; number++)
            await AddAsync($"{number}", $"خبر {number}", SampleHits.Words(number), days: number / 5);
        var first = await Desk.Index.FindAsync(All with { Size = 10 }, Cancel);
        await AddAsync("later", "خبر آخر", SampleHits.Words(99), days: 0, minutes: 5);
        await MergeAsync();
        var second = await Desk.Index.FindAsync(All with { Size = 10, After = HitCursor.Parse($"{first.Next}") }, Cancel);
        var third = await Desk.Index.FindAsync(All with { Size = 10, After = second.Next }, Cancel);
        Assert.Null(third.Next);
        var pages = first.Rows.Concat(second.Rows).Concat(third.Rows).Select(row => row.Id).ToList();
        Assert.Equal(25, pages.Distinct().Count());
        Assert.Equal(25, pages.Count);
        Assert.Equal(pages, await Desk.Index.AllAsync(All, Cancel).Skip(1).Select(row => row.Id).ToListAsync(Cancel));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("20260304T050607.0000000Z-")]
    [InlineData("20261304T050607.0000000Z-ab")]
    [InlineData("20260304T050607.0000000Z-ab-cd")]
    public void What_is_no_cursor_is_none(string text) => Assert.Null(HitCursor.Parse(text));

    [Fact]
    public async Task A_revision_takes_the_place_of_what_stood_there_wherever_that_is()
    {
        await AddAsync("a", "عنوان", "نص", days: 20);
        await MergeAsync();
        var kept = (await Desk.Hits.FindAsync(SampleHits.IdOf("a"), Cancel))!;
        var revised = await Desk.Hits.ReviseAsync(kept.Path, RevisionReason.Topics, hit => hit with { Topics = [] }, Cancel);
        await Desk.Stories.JoinAsync([kept with { Hit = revised }], Cancel);
        Assert.Equal("", await FindAsync(All));
        Assert.Equal("a", await FindAsync(All with { All = true }));
        await MergeAsync();
        Assert.Equal("", await FindAsync(All));
    }

    /// <summary>A month of a hit an hour: never more than a read a day, and one of the log.</summary>
    [Fact]
    public async Task The_last_thirty_days_cost_at_most_a_read_a_day()
    {
        var desk = Desk;
        for (var hour = 0; hour < 30 * 24; hour++)
            await desk.Stories.JoinAsync(SampleHits.Hit($"{hour}", $"خبر {hour}", SampleHits.Words(hour), found: SampleHits.At.AddHours(-hour), topic: hour % 500 == 499 ? "rare" : "usual"), Cancel);
        await MergeAsync();
        var counts = new StorageCounts();
        var counted = new HitDesk(new CountedBlobs(_blobs, counts), _time);
        var month = new HitQuery(DateOnly.FromDateTime(SampleHits.At.UtcDateTime).AddDays(-29), DateOnly.FromDateTime(SampleHits.At.UtcDateTime));
        Assert.Equal(20, (await counted.Index.FindAsync(month, Cancel)).Rows.Count);
        Assert.InRange(counts.Reads + counts.Lists, 1, 5);
        Assert.Single((await counted.Index.FindAsync(month with { Topics = ["rare"] }, Cancel)).Rows);
        Assert.InRange(counts.Reads + counts.Lists, 1, 5 + 30 + 2);
    }

    [Fact]
    public async Task A_day_with_very_many_hits_is_kept_in_pieces_that_become_one_when_it_is_over()
    {
        const int Hits = HitLog.MostInPiece + 300;
        var desk = Desk;
        foreach (var batch in Enumerable.Range(0, Hits).Chunk(90))
        {
            await desk.Stories.JoinAsync(
                [.. batch.Select(number => new KeptHit("", SampleHits.Hit($"{number}", $"خبر {number}", SampleHits.Words(number), found: SampleHits.At.AddSeconds(number)), IsNew: true))], Cancel);
        }

        await MergeAsync();
        Assert.Equal(["index/2026/03/04-0002.ndjson", "index/2026/03/04.ndjson"], _blobs.Paths("index/").Order(StringComparer.Ordinal));
        Assert.Equal(Hits, await desk.Index.AllAsync(All, Cancel).CountAsync(Cancel));
        var copy = SampleHits.Hit("copy", "عنوان آخر", SampleHits.Words(Hits - 200), "other", SampleHits.At.AddHours(1));
        Assert.EndsWith(SampleHits.IdOf($"{Hits - 200}") + ".json", await Desk.Stories.JoinAsync(copy, Cancel), StringComparison.Ordinal);

        _time.Advance(TimeSpan.FromDays(3));
        await new IndexUpkeep(_blobs, desk.Index, desk.Log, _time).CompactAsync(write: true, Cancel);
        Assert.Equal(["index/2026/03/04.ndjson"], _blobs.Paths("index/"));
        Assert.Equal(Hits + 1, await desk.Index.AllAsync(All, Cancel).CountAsync(Cancel));
    }

    [Fact]
    public async Task What_is_torn_or_foreign_is_told_with_its_place_and_the_rest_is_found()
    {
        await AddAsync("a", "عنوان", "نص", days: 1);
        await AddAsync("b", "آخر", "نص", days: 1, minutes: 1);
        await MergeAsync();
        await AddAsync("c", "ثالث", "نص", days: 0);
        var part = Assert.Single(_blobs.Paths("index/"));
        var lines = (await _blobs.ReadAsync(part, Cancel))!.Content.ToString().Split('\n');
        _blobs.Put(part, string.Join('\n', [lines[0], lines[1], lines[2][..(lines[2].Length / 2)]]));
        _blobs.Put("index/notes.txt", "of somebody");
        var log = (await _blobs.ReadAsync(HitLog.Path, Cancel))!.Content.ToString();
        _blobs.Put(HitLog.Path, log + "{\"row\":\n");

        var desk = Desk;
        Assert.Equal("ca", string.Concat((await desk.Index.FindAsync(All, Cancel)).Rows.Select(row => Name(row.Id))));
        Assert.Contains(desk.Told, told => told.Contains($"{part}:3", StringComparison.Ordinal) && told.Contains("reindex", StringComparison.Ordinal));
        Assert.Contains(desk.Told, told => told.Contains("index/notes.txt", StringComparison.Ordinal));
        Assert.Contains(desk.Told, told => told.Contains($"{HitLog.Path}:3", StringComparison.Ordinal));

        // And more can be added; the torn line is not lost by that.
        await AddAsync("d", "رابع", "نص", days: 0);
        await MergeAsync();
        Assert.Contains(_blobs.Paths(HitLog.LikenessFolder), path => _blobs.ReadAsync(path, Cancel).Result!.Content.ToString().Contains("{\"row\":\n", StringComparison.Ordinal));
        Assert.Equal("dca", await FindAsync(All));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"schema\":1,\"epo")]
    [InlineData("a foreign text\n")]
    public async Task A_log_that_cannot_be_read_is_put_aside_and_made_anew_from_the_hits(string content)
    {
        await AddAsync("a", "عنوان", SampleHits.Words(1), days: 1);
        _blobs.Put(HitLog.Path, content);
        var desk = Desk;
        Assert.Equal($"stories/2026/03/03/{SampleHits.IdOf("a")}.json", await desk.Stories.JoinAsync(SampleHits.Hit("b", "غيره", SampleHits.Words(1), "other"), Cancel));
        Assert.Equal("ba", await FindAsync(All));
        Assert.Equal(content, (await _blobs.ReadAsync(Assert.Single(_blobs.Paths("state/index/broken-")), Cancel))!.Content.ToString());
        Assert.Contains(desk.Told, told => told.Contains("broken-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_index_is_made_anew_from_the_hits_and_says_the_same()
    {
        for (var number = 0; number < 30; number++)
            await AddAsync($"{number}", $"خبر {number}", SampleHits.Words(number % 20), days: number);
        await MergeAsync();
        for (var number = 30; number < 50; number++)
            await AddAsync($"{number}", $"خبر {number}", SampleHits.Words(number), days: number - 30, source: "other");
        var kept = (await Desk.Hits.FindAsync(SampleHits.IdOf("7"), Cancel))!;
        var revised = await Desk.Hits.ReviseAsync(kept.Path, RevisionReason.Correction, hit => hit with { Article = hit.Article with { Title = "صُحّح" } }, Cancel);
        var whole = (await Desk.Stories.JoinAsync([kept with { Hit = revised }], Cancel))[0];
        var apart = await Desk.Stories.SplitAsync(whole, [SampleHits.IdOf("27")], Cancel);
        var before = await RowsAsync();

        foreach (var path in _blobs.Paths("index/").Concat(_blobs.Paths("state/index/")).Concat(_blobs.Paths("state/likeness/")).ToList())
            await _blobs.DeleteAsync(path, Cancel);
        var report = await Desk.Rebuild.RunAsync(write: true, Cancel);
        Assert.Equal((50, 50, 0, 0, 0), (report.Hits, report.Missing, report.Extra, report.Different, report.Problems.Count));
        Assert.Equal(before, await RowsAsync());
        Assert.Equal((50, 0, 0, 0), await Desk.Rebuild.RunAsync(write: false, Cancel) is var look ? (look.Hits, look.Missing, look.Extra, look.Different) : default);

        // Copies are recognised as before, and the operator's word still counts.
        Assert.Equal(apart.Length, whole.Length);
        var copy = await Desk.Stories.JoinAsync(SampleHits.Hit("copy", "غيره", SampleHits.Words(12), "third"), Cancel);
        Assert.True((await Desk.Stories.ReadAsync(copy, Cancel))!.Sources.Count > 1);
        var either = await Desk.Stories.JoinAsync(SampleHits.Hit("either", "غيره", SampleHits.Words(7), "third"), Cancel);
        Assert.Contains(either, (string[])[whole, apart]);
        Assert.False((await Desk.Stories.ReadAsync(whole, Cancel))!.IsNote);
        Assert.False((await Desk.Stories.ReadAsync(apart, Cancel))!.IsNote);
    }

    [Fact]
    public async Task A_rebuild_says_what_differed()
    {
        await AddAsync("a", "عنوان", "نص", days: 1);
        await AddAsync("b", "آخر", "نص غيره", days: 2);
        await AddAsync("c", "ثالث", "نص ثالث", days: 3);
        await MergeAsync();
        await _blobs.DeleteAsync(_blobs.Paths("hits/2026/03/03/")[0], Cancel);
        var part = _blobs.Paths("index/2026/03/02")[0];
        _blobs.Put(part, (await _blobs.ReadAsync(part, Cancel))!.Content.ToString().Replace("آخر", "غيره", StringComparison.Ordinal));
        await _blobs.DeleteAsync(_blobs.Paths("index/2026/03/01")[0], Cancel);
        _blobs.Put("hits/2026/03/01/torn.json", "{");
        await Desk.Hits.KeepAsync(SampleHits.Hit("unplaced"), Cancel);
        var report = await Desk.Rebuild.RunAsync(write: false, Cancel);
        Assert.Equal((2, 1, 1, 1), (report.Hits, report.Missing, report.Extra, report.Different));
        Assert.Equal(SampleHits.IdOf("unplaced"), Assert.Single(report.Unplaced).Hit.Id);
        Assert.Contains("hits/2026/03/01/torn.json", Assert.Single(report.Problems), StringComparison.Ordinal);
    }

    private Task<string> AddAsync(
        string name, string title, string text, int days, string source = "nas", string topic = "dialogue", Strength strength = Strength.Confirmed, int minutes = 0) =>
        AddAsync(SampleHits.Hit(name, title, text, source, SampleHits.At.AddDays(-days).AddMinutes(minutes), topic, strength));

    private async Task<string> AddAsync(Hit hit)
    {
        var desk = Desk;
        return (await desk.Stories.JoinAsync([await desk.Hits.KeepAsync(hit, Cancel)], Cancel))[0];
    }

    private async Task MergeAsync() => Assert.True(await Desk.Log.TryMergeAsync((await Desk.Log.ReadAsync(Cancel))!, Cancel));

    private async Task<string> FindAsync(HitQuery query) => string.Concat((await Desk.Index.FindAsync(query, Cancel)).Rows.Select(row => Name(row.Id)));

    private async Task<IReadOnlyList<string>> RowsAsync() => await Desk.Index.AllAsync(All with { All = true }, Cancel)
        .Select(row => Documents.ToBlob(row with { Story = "" }).ToString()).ToListAsync(Cancel);

    private static string Name(string id) => ((string[])["a", "b", "c", "d"]).Single(name => SampleHits.IdOf(name) == id);
}
