using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NewsMonitor.Articles;
using NewsMonitor.Digests;
using NewsMonitor.Hits;
using NewsMonitor.Hits.Index;
using NewsMonitor.Pipeline;
using NewsMonitor.Storage;
using NewsMonitor.Tests.Peers;
using NewsMonitor.Webhooks;

namespace NewsMonitor.Tests.Unit.Hits;

/// <summary>
/// What earlier versions have stored is read by this one. StoredExamples/1 was written by the version before hits had revisions and an index, with a hit that a
/// backfill had changed; StoredExamples/2 by the first that has them.
/// </summary>
public sealed class StoredExamplesTests
{
    private const string Id = "acc13a535993996c17f376d5bc713f55";
    private const string HitPath = $"hits/2026/11/24/{Id}.json";
    private const string StoryPath = $"stories/2026/11/24/{Id}.json";

    private static readonly HitQuery All = new(new DateOnly(2026, 1, 1), new DateOnly(2027, 1, 1));

    private readonly MemoryBlobs _blobs = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 25, 6, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Every_kind_of_document_is_read(int version)
    {
        Load(version);
        using var desk = new HitDesk(_blobs, _time);
        var first = (await desk.Hits.ReadAsync(HitPath, Cancel))!;
        Assert.Equal(["strategic-dialogue", "troop-redeployment"], first.AsFirstStored.Topics.Select(topic => topic.Topic).Order(StringComparer.Ordinal));
        var latest = (await desk.Hits.FindAsync(Id, Cancel))!; // by its claim
        Assert.Equal(["dialogue-renamed", "troop-redeployment"], latest.Hit.Topics.Select(topic => topic.Topic).Order(StringComparer.Ordinal));
        Assert.Equal(version, first.Schema);
        Assert.Equal(version, latest.Hit.Number);
        var story = (await desk.Stories.FollowAsync(StoryPath, Cancel))!.Value.Story;
        Assert.Equal(Id, Assert.Single(story.Sources).HitId);

        var subscriber = Assert.Single(
            await new SubscriberStore(_blobs, _time, NullLogger<SubscriberStore>.Instance).ListAsync(Cancel), subscriber => subscriber.Address == "reader@example.org");
        Assert.Equal(new TimeOnly(7, 0), subscriber.At);
        var endpoint = Assert.Single(await new EndpointStore(_blobs, _time, NullLogger<EndpointStore>.Instance).ListAsync(Cancel));
        Assert.True(endpoint.Wants(first));
        Assert.Equal(DeliveryStatus.Waiting, (await ReadAsync<Delivery>(Delivery.PathOf(endpoint.Id, HitPath))).Status);
        Assert.Equal([StoryPath], (await ReadAsync<Edition>("digests/cb820146744b41b7/000001.json")).Stories);
        Assert.Equal([StoryPath], (await ReadAsync<EditionLog>("digests/cb820146744b41b7/log.json")).Told);
        var state = Assert.Single((await ReadAsync<ShardState>("state/polls/0000-of-0004.json")).Sources).Value;
        Assert.Equal(6, KnownItems.Unpack(state.Known).Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_monitor_goes_on_with_what_is_stored(int version)
    {
        Load(version);
        using var desk = new HitDesk(_blobs, _time);
        var known = (await desk.Hits.FindAsync(Id, Cancel))!.Hit.Article;

        // A copy joins the story that was told before the update.
        var copy = SampleHits.Hit("copy", "عنوان آخر", known.Text, "other", _time.GetUtcNow());
        Assert.Equal(StoryPath, (await desk.Stories.JoinAsync([await desk.Hits.KeepAsync(copy, Cancel)], Cancel))[0]);
        Assert.Equal(2, (await desk.Stories.ReadAsync(StoryPath, Cancel))!.Sources.Count);
        Assert.Equal(2, (await desk.Index.FindAsync(All, Cancel)).Rows.Count);
        Assert.Equal(0, await desk.Rebuild.RunAsync(write: false, Cancel) is var report ? report.Missing + report.Extra + report.Problems.Count : -1);

        // What the version before kept for finding stories is removed.
        var hits = Microsoft.Extensions.Options.Options.Create(new HitOptions());
        _blobs.Put("sources.opml", "<opml version=\"2.0\"><body/></opml>");
        var housekeeping = new Housekeeping(
            _blobs, new NewsMonitor.Sources.SourceCatalog(_blobs), new Retention(_blobs, desk.Hits, desk.Index, hits, _time), new IndexUpkeep(_blobs, desk.Index, desk.Log, _time), _time,
            Microsoft.Extensions.Options.Options.Create(new PipelineOptions()), hits, NullLogger<Housekeeping>.Instance);
        Assert.Empty((await housekeeping.RunAsync(write: true, Cancel)).Problems);
        Assert.Empty(_blobs.Paths("state/story-keys/"));
    }

    private async Task<T> ReadAsync<T>(string path)
        where T : class => (await _blobs.ReadDocumentAsync<T>(path, Cancel))!.Value;

    private void Load(int version)
    {
        var folder = Path.Combine(Repository.Root, "tests", "NewsMonitor.Tests.Unit", "StoredExamples", $"{version}");
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            _blobs.Put(Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/'), File.ReadAllText(file));
    }
}
