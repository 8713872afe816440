using Microsoft.Extensions.Time.Testing;
using NewsMonitor.Hits;
using NewsMonitor.Hits.Index;

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

    /// <summary>Another process each time: nothing may rest on what one has in memory.</summary>
    private StoryStore Store => new HitDesk(_blobs, _time).Stories;

    [Theory]
    [InlineData(SampleHits.Title + " - شفق نيوز", "")]
    [InlineData(SampleHits.Title + " | السومرية", "")]
    [InlineData("بدء جولةٍ جديدة من الحوار الستراتيجي بين بغداد و\u200Fواشنطن", "")] // harakat and marks of direction
    [InlineData("بدء جوله جديده من الحوار الستراتيجى بين بغداد وواشنطن", "")] // ه for ة, ى for ي
    [InlineData("بـدء جـولة جديدة من «الحوار الستراتيجي» بين بغداد وواشنطن!", "")] // tatweel, punctuation
    [InlineData(OtherTitle, SampleHits.Opening)]
    [InlineData(OtherTitle, SampleHits.Opening + " وتفاصيل أخرى كتبها المحرر في ذيل الخبر")]
    public async Task Copies_join_by_title_or_by_text(string title, string text)
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
    [InlineData(OtherTitle, OtherOpening, SampleHits.Title, SampleHits.Opening)]
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
        foreach (var later in (TimeSpan[])[TimeSpan.FromHours(30), TimeSpan.FromDays(40)])
        {
            _time.Advance(later);
            Assert.Equal(path, await Store.JoinAsync(SampleHits.Hit("a"), Cancel));
            Assert.Equal(path, await Store.JoinAsync(SampleHits.Hit("b", source: "shafaq"), Cancel));
            Assert.Equal(before, await ContentsAsync());
        }
    }

    [Theory]
    [InlineData(20, 1)]
    [InlineData(40, 2)]
    public async Task The_same_words_are_news_again_after_a_month(int days, int stories)
    {
        await Store.JoinAsync(SampleHits.Hit("a"), Cancel);
        _time.Advance(TimeSpan.FromDays(days));
        await Store.JoinAsync(SampleHits.Hit("b", source: "shafaq", found: _time.GetUtcNow()), Cancel);
        Assert.Equal(stories, _blobs.Paths("stories/").Count);
    }

    [Fact]
    public async Task A_copy_of_two_stories_makes_them_one_and_leaves_a_note()
    {
        var byTitle = await Store.JoinAsync(SampleHits.Hit("t", OtherTitle, ""), Cancel);
        _time.Advance(TimeSpan.FromMinutes(5));
        var byText = await Store.JoinAsync(SampleHits.Hit("o", "عنوان آخر", SampleHits.Opening, found: _time.GetUtcNow()), Cancel);
        Assert.NotEqual(byTitle, byText);
        var late = await Store.JoinAsync(SampleHits.Hit("late", OtherTitle, SampleHits.Opening, "shafaq", _time.GetUtcNow()), Cancel);

        Assert.Equal(byTitle, late); // the elder stays
        var story = (await Store.ReadAsync(byTitle, Cancel))!;
        Assert.Equal(SampleHits.IdOf("t"), story.Id);
        Assert.Equal(["t", "o", "late"], story.Sources.Select(source => source.Url!.Split('/')[^1]));
        Assert.Equal([byText], story.Merged!);
        Assert.Equal(byTitle, (await Store.ReadAsync(byText, Cancel))!.Into);
        Assert.Equal(byTitle, (await Store.FollowAsync(byText, Cancel))!.Value.Path);

        // What comes later to the one that is a note comes to the other.
        Assert.Equal(byTitle, await Store.JoinAsync(SampleHits.Hit("later", "عنوان آخر", SampleHits.Opening, "alsumaria", _time.GetUtcNow()), Cancel));
    }

    [Fact]
    public async Task A_merge_whose_process_died_after_it_was_decided_is_completed_by_whoever_comes_next()
    {
        var byTitle = await Store.JoinAsync(SampleHits.Hit("t", OtherTitle, ""), Cancel);
        var byText = await Store.JoinAsync(SampleHits.Hit("o", "عنوان آخر", SampleHits.Opening, found: SampleHits.At.AddMinutes(5)), Cancel);
        var before = new[] { byTitle, byText }.Select(path => (Path: path, Content: _blobs.ReadAsync(path, Cancel).Result!.Content.ToString())).ToList();
        var late = SampleHits.Hit("late", OtherTitle, SampleHits.Opening, "shafaq", SampleHits.At.AddMinutes(10));
        await Store.JoinAsync(late, Cancel);
        foreach (var (path, content) in before)
            _blobs.Put(path, content);

        Assert.Equal(byTitle, await Store.JoinAsync(late, Cancel));
        Assert.Equal(byTitle, (await Store.ReadAsync(byText, Cancel))!.Into);
        Assert.Equal(3, (await Store.ReadAsync(byTitle, Cancel))!.Sources.Count);
    }

    [Fact]
    public async Task Hits_of_one_batch_see_each_other()
    {
        var store = Store;
        var kept = new[] { "a", "b", "c" }.Select(name => SampleHits.Hit(name, source: name)).Append(SampleHits.Hit("x", OtherTitle, OtherOpening))
            .Select(hit => new KeptHit(DatedPath.Of("hits", hit.Found, hit.Id), hit, IsNew: true)).ToList();
        var paths = await store.JoinAsync(kept, Cancel);
        Assert.Equal(2, paths.Distinct().Count());
        Assert.Equal(3, (await store.ReadAsync(paths[0], Cancel))!.Sources.Count);
    }

    [Fact]
    public async Task Copies_that_arrive_at_once_in_many_processes_make_one_story()
    {
        var paths = await Task.WhenAll(Enumerable.Range(0, 16).Select(number => Task.Run(
            () => Store.JoinAsync(SampleHits.Hit($"copy{number}", source: $"outlet{number}"), Cancel), Cancel)));
        var path = Assert.Single(paths.Distinct());
        Assert.Equal(16, (await Store.ReadAsync(path, Cancel))!.Sources.Count);
    }

    [Fact]
    public async Task A_story_that_was_never_written_is_written_by_whoever_comes_next()
    {
        var path = await Store.JoinAsync(SampleHits.Hit("a"), Cancel);
        await _blobs.DeleteAsync(path, Cancel); // the process died before the story
        _time.Advance(TimeSpan.FromHours(30));
        Assert.Equal(path, await Store.JoinAsync(SampleHits.Hit("b", source: "shafaq", found: _time.GetUtcNow()), Cancel));
        Assert.Equal(path, await Store.JoinAsync(SampleHits.Hit("a"), Cancel));
        Assert.Equal(2, (await Store.ReadAsync(path, Cancel))!.Sources.Count);
    }

    [Fact]
    public async Task Operators_join_stories_and_copies_of_both_come_to_one()
    {
        var one = await Store.JoinAsync(SampleHits.Hit("a"), Cancel);
        var other = await Store.JoinAsync(SampleHits.Hit("b", OtherTitle, OtherOpening, found: SampleHits.At.AddMinutes(1)), Cancel);
        Assert.Equal(one, await Store.JoinAsync(other, one, Cancel));
        Assert.Equal(one, await Store.JoinAsync(one, other, Cancel)); // again
        Assert.Equal(one, await Store.JoinAsync(SampleHits.Hit("c", OtherTitle, OtherOpening, "shafaq"), Cancel));
        Assert.Equal(3, (await Store.ReadAsync(one, Cancel))!.Sources.Count);
    }

    [Fact]
    public async Task Operators_split_a_story_and_no_copy_joins_it_again()
    {
        await KeepAsync("a", "b", "c");
        var whole = await Store.JoinAsync(SampleHits.Hit("a"), Cancel);
        foreach (var name in (string[])["b", "c"])
            Assert.Equal(whole, await Store.JoinAsync(SampleHits.Hit(name, source: name), Cancel));
        var taken = await Store.SplitAsync(whole, [SampleHits.IdOf("b"), SampleHits.IdOf("c")], Cancel);
        Assert.Equal(taken, await Store.SplitAsync(whole, [SampleHits.IdOf("c"), SampleHits.IdOf("b")], Cancel)); // again

        Assert.Equal(["a"], (await Store.ReadAsync(whole, Cancel))!.Sources.Select(source => source.Url!.Split('/')[^1]));
        Assert.Equal(["b", "c"], (await Store.ReadAsync(taken, Cancel))!.Sources.Select(source => source.Url!.Split('/')[^1]));
        Assert.Equal(taken, await Store.JoinAsync(SampleHits.Hit("b", source: "b"), Cancel)); // as a poll that reads it again
        var copy = await Store.JoinAsync(SampleHits.Hit("d", source: "d"), Cancel);
        Assert.Contains(copy, (string[])[whole, taken]);
        Assert.Equal(2, _blobs.Paths("stories/").Count);
        Assert.All(await Task.WhenAll(_blobs.Paths("stories/").Select(path => Store.ReadAsync(path, Cancel))), story => Assert.False(story!.IsNote));

        // And the other way round: the last word counts.
        var joined = await Store.JoinAsync(taken, whole, Cancel);
        Assert.Equal(4, (await Store.ReadAsync(joined, Cancel))!.Sources.Count);
        Assert.Equal(joined, await Store.JoinAsync(SampleHits.Hit("e", source: "e"), Cancel));
    }

    [Fact]
    public async Task A_story_is_not_split_into_all_and_nothing()
    {
        var path = await Store.JoinAsync(SampleHits.Hit("a"), Cancel);
        await Assert.ThrowsAsync<MonitorException>(() => Store.SplitAsync(path, [SampleHits.IdOf("a")], Cancel));
        await Assert.ThrowsAsync<MonitorException>(() => Store.SplitAsync(path, [SampleHits.IdOf("other")], Cancel));
    }

    [Fact]
    public async Task A_correction_that_changes_what_is_mentioned_is_noted_once_and_another_is_not()
    {
        var kept = (await KeepAsync("a"))[0];
        var path = await Store.JoinAsync(kept.Hit, Cancel);
        var hits = new HitStore(_blobs, _time);
        var spelled = await hits.ReviseAsync(kept.Path, RevisionReason.Correction, hit => hit with { Article = hit.Article with { Text = "آخر" } }, Cancel);
        await Store.JoinAsync([new KeptHit(kept.Path, spelled, false)], Cancel);
        Assert.Null((await Store.ReadAsync(path, Cancel))!.Corrections);

        var changed = await hits.ReviseAsync(
            kept.Path, RevisionReason.Correction, hit => hit with { Topics = [SampleHits.Match("troops")], Article = hit.Article with { Title = OtherTitle } }, Cancel);
        for (var time = 0; time < 2; time++)
            await Store.JoinAsync([new KeptHit(kept.Path, changed, false)], Cancel);
        var story = (await Store.ReadAsync(path, Cancel))!;
        Assert.Equal([new StoryCorrection(kept.Hit.Id, 3, _time.GetUtcNow())], story.Corrections!);
        Assert.Equal(OtherTitle, story.Headline);
        Assert.Equal(["troops"], story.Topics.Select(topic => topic.Topic));
    }

    [Fact]
    public async Task Stories_are_listed_from_a_day_on_across_months()
    {
        foreach (var (name, days) in (IReadOnlyList<(string, int)>)[("a", 0), ("b", 20), ("c", 30), ("d", 60)])
        {
            _time.SetUtcNow(SampleHits.At.AddDays(days));
            await Store.JoinAsync(SampleHits.Hit(name, $"عنوان {name}", "", found: _time.GetUtcNow()), Cancel);
        }

        var days20 = (await Store.ListSinceAsync(new DateOnly(2026, 3, 24), Cancel)).Select(DatedPath.DayOf);
        Assert.Equal([new DateOnly(2026, 3, 24), new DateOnly(2026, 4, 3), new DateOnly(2026, 5, 3)], days20.Select(day => day!.Value));
    }

    [Fact]
    public async Task A_story_of_a_newer_version_is_refused_by_name()
    {
        var path = await Store.JoinAsync(SampleHits.Hit("a"), Cancel);
        _blobs.Put(path, (await _blobs.ReadAsync(path, Cancel))!.Content.ToString().Replace("\"schema\": 2", "\"schema\": 3", StringComparison.Ordinal));
        Assert.Contains(path, (await Assert.ThrowsAsync<MonitorException>(() => Store.ReadAsync(path, Cancel))).Message, StringComparison.Ordinal);
    }

    /// <summary>Far more hits than one log holds, in several processes that each merge it.</summary>
    [Fact]
    public async Task Logs_that_are_full_are_merged_and_nothing_of_them_is_lost()
    {
        const int Hits = HitLog.Most * 3;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(
            async () =>
            {
                var store = Store;
                for (var number = worker; number < Hits; number += 4)
                    await store.JoinAsync(SampleHits.Hit($"{number}", $"عنوان الخبر رقم {number}", SampleHits.Words(number), found: SampleHits.At.AddMinutes(number * 10)), Cancel);
            },
            Cancel)));
        var desk = new HitDesk(_blobs, _time);
        var rows = await desk.Index.AllAsync(new HitQuery(new DateOnly(2026, 3, 1), new DateOnly(2026, 3, 31)), Cancel).ToListAsync(Cancel);
        Assert.Equal(Enumerable.Range(0, Hits).Select(number => SampleHits.IdOf($"{number}")).Order(StringComparer.Ordinal), rows.Select(row => row.Id).Order(StringComparer.Ordinal));
        Assert.Equal(Hits, _blobs.Paths("stories/").Count);
        // A process that begins now knows the story of each.
        foreach (var number in (int[])[0, 100, Hits - 1])
            Assert.Equal($"stories/{rows.Single(row => row.Id == SampleHits.IdOf($"{number}")).Found:yyyy/MM/dd}/{SampleHits.IdOf($"{number}")}.json", await desk.Stories.JoinAsync(SampleHits.Hit($"{number}", $"عنوان الخبر رقم {number}", SampleHits.Words(number), found: SampleHits.At.AddMinutes(number * 10)), Cancel));
        Assert.Equal(Hits, _blobs.Paths("stories/").Count);
    }

    private async Task<IReadOnlyList<KeptHit>> KeepAsync(params string[] names) =>
        [.. await Task.WhenAll(names.Select(name => new HitStore(_blobs, _time).KeepAsync(SampleHits.Hit(name, source: name == "a" ? "nas" : name), Cancel)))];

    private async Task<string> ContentsAsync()
    {
        var contents = new List<string>();
        foreach (var path in _blobs.Paths(""))
            contents.Add($"{path} {(await _blobs.ReadAsync(path, Cancel))!.ETag}");
        return string.Join('\n', contents);
    }
}
