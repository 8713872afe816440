using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using NewsMonitor.Hits;
using NewsMonitor.Hits.Index;
using NewsMonitor.Pipeline;
using NewsMonitor.Sources;
using NewsMonitor.Storage;
using NewsMonitor.Tests.Unit.Hits;
using NewsMonitor.Topics;

namespace NewsMonitor.Tests.Unit.Pipeline;

/// <summary>The first run, the schedule of polls and the daily tidying.</summary>
public sealed class HousekeepingTests
{
    private readonly StoreRoom _room = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_run_fills_an_empty_store_with_what_works()
    {
        await _room.FirstRun.PrepareAsync(Cancel);
        Assert.True((await new SourceCatalog(_room.Blobs).ReadAsync(Cancel)).Sources.Count > 25);
        Assert.Equal(Shipped.Read("topics.yaml").ToString(), (await _room.Blobs.ReadAsync("topics.yaml", Cancel))!.Content.ToString());
        var sample = Assert.Single(await _room.Subscribers.ListAsync(Cancel));
        Assert.True(sample.OutboxOnly);
        Assert.EndsWith(".invalid", sample.Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_operator_changed_or_removed_stays_so()
    {
        _room.Blobs.Put(TopicCatalog.FileName, "mine");
        await _room.FirstRun.PrepareAsync(Cancel);
        Assert.Equal("mine", (await _room.Blobs.ReadAsync(TopicCatalog.FileName, Cancel))!.Content.ToString());

        await _room.Blobs.DeleteAsync("sample-feed.xml", Cancel);
        await _room.Subscribers.RemoveAsync(Assert.Single(await _room.Subscribers.ListAsync(Cancel)).Id, Cancel);
        await _room.FirstRun.PrepareAsync(Cancel);
        Assert.Null(await _room.Blobs.ReadAsync("sample-feed.xml", Cancel));
        Assert.Empty(await _room.Subscribers.ListAsync(Cancel));
    }

    [Fact]
    public async Task A_first_run_that_died_half_way_is_finished_by_the_next()
    {
        await _room.FirstRun.PrepareAsync(Cancel);
        foreach (var path in (string[])["state/first-run.json", "topics.yaml"])
            await _room.Blobs.DeleteAsync(path, Cancel);
        await _room.FirstRun.PrepareAsync(Cancel);
        Assert.NotNull(await _room.Blobs.ReadAsync("topics.yaml", Cancel));
        Assert.Single(await _room.Subscribers.ListAsync(Cancel));
    }

    [Fact]
    public async Task Many_first_runs_at_once_make_one()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => _room.FirstRun.PrepareAsync(Cancel), Cancel)));
        Assert.Single(_room.Blobs.Paths("subscribers/"));
    }

    [Fact]
    public async Task The_schedule_queues_each_shard_once_and_prepares_the_store_first()
    {
        await new PollSchedule(_room.Queues, _room.FirstRun, _room.Options).EnqueueAsync(now: false, Cancel);
        Assert.Equal(
            [new PollMessage(0, 2), new PollMessage(1, 2)],
            _room.Queues.In(Queues.Polls).Select(text => JsonSerializer.Deserialize<PollMessage>(text, Documents.Compact)!));
        Assert.NotNull(await _room.Blobs.ReadAsync(SourceCatalog.ListName, Cancel));
    }

    [Fact]
    public async Task Tidying_takes_the_state_of_sources_that_left_the_list_and_keeps_the_rest()
    {
        await _room.FirstRun.PrepareAsync(Cancel);
        var listed = (await new SourceCatalog(_room.Blobs).ReadAsync(Cancel)).Sources[0].Id;
        await _room.PolledAsync(0, (listed, false), ("gone", true));
        var stories = new HitDesk(_room.Blobs, _room.Time).Stories;
        var story = await stories.JoinAsync(SampleHits.Hit("a"), Cancel);
        _room.Time.Advance(TimeSpan.FromDays(8));

        var housekeeping = Housekeeping();
        await housekeeping.RunAsync(Cancel);
        var state = Assert.Single(await PollStates.ReadAllAsync(_room.Blobs, 2, Cancel));
        Assert.Equal([listed], state.Sources.Keys);
        Assert.NotNull(await stories.ReadAsync(story, Cancel));
        Assert.Single(_room.Blobs.Paths("subscribers/"));

        var tag = (await _room.Blobs.ReadAsync(ShardState.PathOf(0, 2), Cancel))!.ETag;
        await housekeeping.RunAsync(Cancel);
        Assert.Equal(tag, (await _room.Blobs.ReadAsync(ShardState.PathOf(0, 2), Cancel))!.ETag); // nothing to do, nothing written
    }

    [Fact]
    public async Task A_list_that_cannot_be_read_costs_no_state()
    {
        await _room.PolledAsync(0, ("a", false));
        _room.Blobs.Put(SourceCatalog.ListName, "<opml");
        var housekeeping = Housekeeping();
        Assert.Contains(SourceCatalog.ListName, Assert.Single((await housekeeping.RunAsync(write: true, Cancel)).Problems), StringComparison.Ordinal);
        Assert.Single((await PollStates.ReadAllAsync(_room.Blobs, 2, Cancel)).SelectMany(state => state.Sources));
    }

    [Fact]
    public async Task Hits_older_than_is_kept_go_with_all_that_is_about_them_and_a_look_changes_nothing()
    {
        await _room.FirstRun.PrepareAsync(Cancel);
        var desk = new HitDesk(_room.Blobs, _room.Time);
        var now = _room.Time.GetUtcNow();
        foreach (var (name, days) in (IReadOnlyList<(string, int)>)[("old", 401), ("late", 401), ("young", 399), ("new", 1)])
        {
            var found = now.AddDays(-days);
            var hit = SampleHits.Hit(name, $"خبر {name}", SampleHits.Words(name == "late" ? 399 : days), found: found) with { Backfilled = name == "late" ? now.AddDays(-3) : null };
            var kept = await desk.Hits.KeepAsync(hit, Cancel);
            await desk.Stories.JoinAsync([kept], Cancel);
            await _room.Blobs.CreateAsync($"deliveries/0011/{found:yyyy/MM/dd}/{hit.Id}.json", BinaryData.FromString("{}"), Cancel);
        }

        await desk.Hits.ReviseAsync(DatedPath.Of("hits", now.AddDays(-401), SampleHits.IdOf("old")), RevisionReason.Topics, hit => hit with { TopicsVersion = "2" }, Cancel);
        await desk.Stories.JoinAsync([(await desk.Hits.FindAsync(SampleHits.IdOf("old"), Cancel))!], Cancel);
        // The log is merged, as it is when enough has come.
        Assert.True(await desk.Log.TryMergeAsync((await desk.Log.ReadAsync(Cancel))!, Cancel));

        var before = await ContentsAsync();
        var look = await Housekeeping().RunAsync(write: false, Cancel);
        Assert.Equal(before, await ContentsAsync());
        var done = await Housekeeping().RunAsync(write: true, Cancel);
        Assert.Equal(look.Expired, done.Expired);
        Assert.Equal(look.Deliveries, done.Deliveries);
        Assert.Empty(done.Problems);

        Assert.Equal(
            ((string[])["late", "young", "new"]).Select(SampleHits.IdOf).Order(StringComparer.Ordinal),
            (await desk.Hits.ListIdsAsync(Cancel).ToListAsync(Cancel)).Order(StringComparer.Ordinal));
        Assert.Empty(_room.Blobs.Paths("revisions/"));
        Assert.Equal(3, _room.Blobs.Paths("state/articles/").Count);
        Assert.Equal(3, _room.Blobs.Paths("stories/").Count);
        Assert.Equal(2, _room.Blobs.Paths("deliveries/").Count);
        var rows = await desk.Index.AllAsync(new HitQuery(DateOnly.FromDateTime(now.UtcDateTime).AddDays(-500), DateOnly.FromDateTime(now.UtcDateTime)), Cancel).ToListAsync(Cancel);
        Assert.Equal(3, rows.Count);
        Assert.Empty((await Housekeeping().RunAsync(write: true, Cancel)).Expired);
    }

    [Fact]
    public async Task A_run_that_was_cut_short_is_gone_on_with()
    {
        await _room.FirstRun.PrepareAsync(Cancel);
        var desk = new HitDesk(_room.Blobs, _room.Time);
        foreach (var (name, days) in (IReadOnlyList<(string, int)>)[("a", 500), ("b", 500), ("new", 1)])
            await desk.Stories.JoinAsync([await desk.Hits.KeepAsync(SampleHits.Hit(name, $"خبر {name}", SampleHits.Words(name[0]), found: _room.Time.GetUtcNow().AddDays(-days)), Cancel)], Cancel);
        Assert.True(await desk.Log.TryMergeAsync((await desk.Log.ReadAsync(Cancel))!, Cancel));
        await desk.Hits.RemoveAsync(_room.Blobs.Paths("hits/")[0], SampleHits.IdOf("a"), 1, Cancel); // and then it died

        await Housekeeping().RunAsync(Cancel);
        Assert.Equal(SampleHits.IdOf("new"), DatedPath.IdOf(Assert.Single(_room.Blobs.Paths("hits/"))));
        Assert.Single(_room.Blobs.Paths("stories/"));
        Assert.Single(_room.Blobs.Paths("state/articles/"));
    }

    [Fact]
    public async Task A_clock_that_is_years_ahead_removes_nothing()
    {
        await _room.FirstRun.PrepareAsync(Cancel);
        var desk = new HitDesk(_room.Blobs, _room.Time);
        await desk.Stories.JoinAsync([await desk.Hits.KeepAsync(SampleHits.Hit("a", found: _room.Time.GetUtcNow()), Cancel)], Cancel);
        Assert.True(await desk.Log.TryMergeAsync((await desk.Log.ReadAsync(Cancel))!, Cancel));
        _room.Time.Advance(TimeSpan.FromDays(800));
        Assert.Contains("clock", Assert.Single((await Housekeeping().RunAsync(write: true, Cancel)).Problems), StringComparison.Ordinal);
        Assert.Single(_room.Blobs.Paths("hits/"));
    }

    [Fact]
    public async Task Days_that_nobody_adds_to_are_put_together_by_month_and_found_as_before()
    {
        await _room.FirstRun.PrepareAsync(Cancel);
        var desk = new HitDesk(_room.Blobs, _room.Time);
        var first = DateOnly.FromDateTime(_room.Time.GetUtcNow().UtcDateTime);
        for (var day = 0; day < 40; day++)
        {
            await desk.Stories.JoinAsync([await desk.Hits.KeepAsync(SampleHits.Hit($"{day}", $"خبر {day}", SampleHits.Words(day), found: _room.Time.GetUtcNow()), Cancel)], Cancel);
            Assert.True(await desk.Log.TryMergeAsync((await desk.Log.ReadAsync(Cancel))!, Cancel));
            _room.Time.Advance(TimeSpan.FromDays(1));
        }

        var query = new HitQuery(first, first.AddDays(40));
        var before = await desk.Index.AllAsync(query, Cancel).Select(row => row.Id).ToListAsync(Cancel);
        Assert.Equal(40, before.Count);
        Assert.Equal(40, _room.Blobs.Paths("index/").Count);
        await Housekeeping().RunAsync(Cancel);
        Assert.InRange(_room.Blobs.Paths("index/").Count, 10, 13);
        Assert.Equal(before, await desk.Index.AllAsync(query, Cancel).Select(row => row.Id).ToListAsync(Cancel));
        await Housekeeping().RunAsync(Cancel);
        Assert.Equal(before, await desk.Index.AllAsync(query, Cancel).Select(row => row.Id).ToListAsync(Cancel));
        // What hits are grouped by goes after a month.
        Assert.InRange(_room.Blobs.Paths(HitLog.LikenessFolder).Count, 30, 33);
    }

    private Housekeeping Housekeeping()
    {
        var desk = new HitDesk(_room.Blobs, _room.Time);
        var hits = Microsoft.Extensions.Options.Options.Create(new HitOptions());
        return new Housekeeping(
            _room.Blobs, new SourceCatalog(_room.Blobs), new Retention(_room.Blobs, desk.Hits, desk.Index, hits, _room.Time),
            new IndexUpkeep(_room.Blobs, desk.Index, desk.Log, _room.Time), _room.Time, _room.Options, hits, NullLogger<Housekeeping>.Instance);
    }

    private async Task<string> ContentsAsync()
    {
        var contents = new List<string>();
        foreach (var path in _room.Blobs.Paths(""))
            contents.Add($"{path} {(await _room.Blobs.ReadAsync(path, Cancel))!.ETag}");
        return string.Join('\n', contents);
    }
}
