using System.Text.Json;
using NewsMonitor.Hits;
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
        var stories = new StoryStore(_room.Blobs, _room.Time);
        var story = await stories.JoinAsync(SampleHits.Hit("a"), Cancel);
        _room.Time.Advance(TimeSpan.FromDays(8));

        var housekeeping = new Housekeeping(_room.Blobs, new SourceCatalog(_room.Blobs), stories, _room.Options);
        await housekeeping.RunAsync(Cancel);
        var state = Assert.Single(await PollStates.ReadAllAsync(_room.Blobs, 2, Cancel));
        Assert.Equal([listed], state.Sources.Keys);
        Assert.Empty(_room.Blobs.Paths("state/story-keys/t"));
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
        var housekeeping = new Housekeeping(_room.Blobs, new SourceCatalog(_room.Blobs), new StoryStore(_room.Blobs, _room.Time), _room.Options);
        await Assert.ThrowsAsync<MonitorException>(() => housekeeping.RunAsync(Cancel));
        Assert.Single((await PollStates.ReadAllAsync(_room.Blobs, 2, Cancel)).SelectMany(state => state.Sources));
    }
}
