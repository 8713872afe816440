using Microsoft.Extensions.Time.Testing;
using NewsMonitor.Hits;

namespace NewsMonitor.Tests.Unit.Hits;

public sealed class StoryStoreTests
{
    private const string OtherTitle = "واشنطن وبغداد تستأنفان المحادثات في الأسبوع المقبل";
    private const string OtherOpening =
        "قال مسؤول أميركي رفيع للصحفيين في واشنطن إن الوفدين سيجتمعان قريباً لبحث مستقبل العلاقة بين البلدين من دون أن يذكر موعداً محدداً وأضاف "
        + "أن بلاده تتطلع إلى شراكة طويلة مع العراق";

    private readonly MemoryBlobs _blobs = new();
    private readonly FakeTimeProvider _time = new(SampleHits.At);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private StoryStore Store => new(_blobs, _time);

    [Theory]
    [InlineData(SampleHits.Title + " - شفق نيوز", "نص قصير")]
    [InlineData(SampleHits.Title + " | السومرية", "نص قصير")]
    [InlineData("بدء جولةٍ جديدة من الحوار الستراتيجي بين بغداد و\u200Fواشنطن", "نص قصير")] // harakat and marks of direction
    [InlineData("بدء جوله جديده من الحوار الستراتيجى بين بغداد وواشنطن", "نص قصير")] // ه for ة, ى for ي
    [InlineData("بـدء جـولة جديدة من «الحوار الستراتيجي» بين بغداد وواشنطن!", "نص قصير")] // tatweel, punctuation
    [InlineData(OtherTitle, SampleHits.Opening)]
    [InlineData(OtherTitle, SampleHits.Opening + " وتفاصيل أخرى كتبها المحرر في ذيل الخبر")]
    public async Task Copies_join_by_title_or_by_opening(string title, string text)
    {
        var first = await Store.JoinAsync(SampleHits.Hit("a"), Cancel);
        var second = await Store.JoinAsync(SampleHits.Hit("b", title, text, "shafaq"), Cancel);
        Assert.Equal(first, second);
        var story = await Store.ReadAsync(first, Cancel);
        Assert.Equal(SampleHits.IdOf("a"), story!.Id);
        Assert.Equal(SampleHits.Title, story.Headline);
        Assert.Equal(["nas", "shafaq"], story.Sources.Select(source => source.SourceId));
    }

    [Theory]
    [InlineData(OtherTitle, OtherOpening, OtherTitle + " كما قيل", "نص قصير")]
    [InlineData("آخر أخبار العراق", "نص قصير", "آخر أخبار العراق", "نص قصير آخر")] // three words say too little
    [InlineData("عاجل", "", "عاجل", "")]
    [InlineData("", "", "", "")]
    public async Task Different_articles_stay_apart(string title, string text, string otherTitle, string otherText)
    {
        var first = await Store.JoinAsync(SampleHits.Hit("a", title, text), Cancel);
        var second = await Store.JoinAsync(SampleHits.Hit("b", otherTitle, otherText), Cancel);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task Joining_again_changes_nothing()
    {
        var path = await Store.JoinAsync(SampleHits.Hit("a"), Cancel);
        await Store.JoinAsync(SampleHits.Hit("b", source: "shafaq"), Cancel);
        var before = await ContentsAsync();
        _time.Advance(TimeSpan.FromHours(30));
        Assert.Equal(path, await Store.JoinAsync(SampleHits.Hit("a"), Cancel));
        Assert.Equal(path, await Store.JoinAsync(SampleHits.Hit("b", source: "shafaq"), Cancel));
        Assert.Equal(before, await ContentsAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_hit_stays_in_its_story_when_its_words_have_lapsed(bool pruned)
    {
        var path = await Store.JoinAsync(SampleHits.Hit("a"), Cancel);
        var joined = await Store.JoinAsync(SampleHits.Hit("b", source: "shafaq"), Cancel);
        _time.Advance(TimeSpan.FromDays(8));
        if (pruned)
            await Store.PruneKeysAsync(Cancel);

        Assert.Equal(path, await Store.JoinAsync(SampleHits.Hit("a"), Cancel));
        Assert.Equal(joined, await Store.JoinAsync(SampleHits.Hit("b", source: "shafaq"), Cancel));
        Assert.Equal([path], _blobs.Paths("stories/"));
    }

    [Theory]
    [InlineData(6, 1)]
    [InlineData(8, 2)]
    public async Task The_same_words_are_news_again_after_a_week(int days, int stories)
    {
        await Store.JoinAsync(SampleHits.Hit("a"), Cancel);
        _time.Advance(TimeSpan.FromDays(days));
        await Store.JoinAsync(SampleHits.Hit("b", source: "shafaq"), Cancel);
        Assert.Equal(stories, _blobs.Paths("stories/").Count);
    }

    [Fact]
    public async Task Pruning_takes_what_has_lapsed_and_leaves_the_rest()
    {
        await Store.JoinAsync(SampleHits.Hit("old"), Cancel);
        _time.Advance(TimeSpan.FromDays(5));
        var young = await Store.JoinAsync(SampleHits.Hit("young", OtherTitle, OtherOpening), Cancel);
        _time.Advance(TimeSpan.FromDays(3));
        await Store.PruneKeysAsync(Cancel);

        Assert.Equal(2, _blobs.Paths("state/story-keys/t").Count + _blobs.Paths("state/story-keys/o").Count);
        Assert.Equal(young, await Store.JoinAsync(SampleHits.Hit("copy", OtherTitle, "نص", "shafaq"), Cancel));
    }

    [Fact]
    public async Task A_late_hit_that_two_stories_claim_joins_one_and_both_keep_their_ids()
    {
        var byTitle = await Store.JoinAsync(SampleHits.Hit("t", SampleHits.Title, "نص"), Cancel);
        var byOpening = await Store.JoinAsync(SampleHits.Hit("o", "عنوان آخر", SampleHits.Opening), Cancel);
        var late = await Store.JoinAsync(SampleHits.Hit("late", source: "shafaq"), Cancel);
        Assert.NotEqual(byTitle, byOpening);
        Assert.Contains(late, (string[])[byTitle, byOpening]);
        Assert.Equal(SampleHits.IdOf("t"), (await Store.ReadAsync(byTitle, Cancel))!.Id);
        Assert.Equal(SampleHits.IdOf("o"), (await Store.ReadAsync(byOpening, Cancel))!.Id);
        var hits = new List<string>();
        foreach (var path in _blobs.Paths("stories/"))
            hits.AddRange((await Store.ReadAsync(path, Cancel))!.Sources.Select(source => source.HitId));
        Assert.Equal(3, hits.Count);
    }

    [Fact]
    public async Task Copies_that_arrive_at_once_make_one_story()
    {
        var paths = await Task.WhenAll(Enumerable.Range(0, 16).Select(number => Task.Run(
            () => Store.JoinAsync(SampleHits.Hit($"copy{number}", source: $"outlet{number}"), Cancel), Cancel)));
        var path = Assert.Single(paths.Distinct());
        Assert.Equal(16, (await Store.ReadAsync(path, Cancel))!.Sources.Count);
    }

    [Theory]
    [InlineData(23, "stories/2026/03/04/")]
    [InlineData(25, "stories/2026/03/05/")]
    public async Task A_pointer_to_a_story_that_was_never_written_is_followed_for_a_day(int hours, string day)
    {
        await _blobs.DeleteAsync(await Store.JoinAsync(SampleHits.Hit("a"), Cancel), Cancel); // the process died before the story
        _time.Advance(TimeSpan.FromHours(hours));
        Assert.StartsWith(day, await Store.JoinAsync(SampleHits.Hit("b", source: "shafaq"), Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stories_are_listed_from_a_day_on_across_months()
    {
        foreach (var (name, days) in (IReadOnlyList<(string, int)>)[("a", 0), ("b", 20), ("c", 30), ("d", 60)])
        {
            _time.SetUtcNow(SampleHits.At.AddDays(days));
            await Store.JoinAsync(SampleHits.Hit(name, $"عنوان {name}", ""), Cancel);
        }

        var days20 = (await Store.ListSinceAsync(new DateOnly(2026, 3, 24), Cancel)).Select(DatedPath.DayOf);
        Assert.Equal([new DateOnly(2026, 3, 24), new DateOnly(2026, 4, 3), new DateOnly(2026, 5, 3)], days20.Select(day => day!.Value));
    }

    [Fact]
    public async Task A_story_of_a_newer_version_is_refused_by_name()
    {
        var path = await Store.JoinAsync(SampleHits.Hit("a"), Cancel);
        _blobs.Put(path, (await _blobs.ReadAsync(path, Cancel))!.Content.ToString().Replace("\"schema\": 1", "\"schema\": 2", StringComparison.Ordinal));
        Assert.Contains(path, (await Assert.ThrowsAsync<MonitorException>(() => Store.ReadAsync(path, Cancel))).Message, StringComparison.Ordinal);
    }

    private async Task<string> ContentsAsync()
    {
        var contents = new List<string>();
        foreach (var path in _blobs.Paths(""))
            contents.Add($"{path} {(await _blobs.ReadAsync(path, Cancel))!.ETag}");
        return string.Join('\n', contents);
    }
}
