using NewsMonitor.Hits;
using NewsMonitor.Pipeline;
using NewsMonitor.Storage;
using NewsMonitor.Tests.Unit.Digests;
using NewsMonitor.Tests.Unit.Hits;
using NewsMonitor.Topics;
using NewsMonitor.Webhooks;

namespace NewsMonitor.Tests.Unit.Pipeline;

/// <summary>What a backfill stores is not told as news, and keeps no news from being told.</summary>
public sealed class OldNewsStaysOldTests : IDisposable
{
    private static readonly Endpoint Hook = new(Endpoint.CurrentSchema, "e", "https://hooks.example/", [], "", EndpointStatus.Active, null, default);

    private readonly BackfillDesk _desk = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task The_next_edition_has_the_news_and_nothing_that_was_backfilled()
    {
        await using var digests = new DigestDesk(_desk.Time.GetUtcNow().AddDays(-30));
        var reader = await digests.SubscribeAsync(DigestDesk.Reader());
        digests.Time.SetUtcNow(_desk.Time.GetUtcNow());
        var told = await digests.TellAsync("news");
        var lines = Enumerable.Range(0, 20).Select(day => BackfillDesk.Line(
            $"{day}", $"الحوار الاستراتيجي في يومه رقم {day}", SampleHits.Words(day), date: _desk.Time.GetUtcNow().AddDays(-day).ToString("u")));
        var backfill = new Backfill(new HitStore(digests.Blobs, digests.Time), digests.Stories, digests.Time);
        var rematches = await backfill.OverArchiveAsync(BackfillDesk.Both, _desk.Read(_desk.Archive([.. lines])), write: true, Cancel).ToListAsync(Cancel);
        Assert.Equal(20, rematches.Count(rematch => rematch.IsNew));
        Assert.Equal(20, digests.Blobs.Paths("stories/backfilled/").Count);

        await digests.TickAsync();
        Assert.Equal([told], (await digests.EditionAsync(reader, 1))!.Stories);
        digests.Time.Advance(TimeSpan.FromDays(1));
        await digests.TickAsync();
        Assert.Null(await digests.EditionAsync(reader, 2));
    }

    [Fact]
    public async Task A_topic_that_is_added_to_a_told_story_is_not_told_to_who_did_not_get_it()
    {
        await using var digests = new DigestDesk(_desk.Time.GetUtcNow().AddDays(-1));
        var reader = await digests.SubscribeAsync(DigestDesk.Reader(topics: "troops"));
        digests.Time.SetUtcNow(_desk.Time.GetUtcNow());
        var hits = new HitStore(digests.Blobs, digests.Time);
        var article = BackfillDesk.Polled("a", BackfillDesk.BothTitle, digests.Time.GetUtcNow());
        var kept = await hits.KeepAsync(
            new Hit(Hit.CurrentSchema, article.Id, digests.Time.GetUtcNow(), "v1", BackfillDesk.Dialogue.Match(article.Title, article.Text), article), Cancel);
        await digests.Stories.JoinAsync(kept.Hit, Cancel);

        var today = DateOnly.FromDateTime(digests.Time.GetUtcNow().UtcDateTime);
        var backfill = new Backfill(hits, digests.Stories, digests.Time);
        var rematches = await backfill.OverHitsAsync(BackfillDesk.Both, today, today, write: true, Cancel).ToListAsync(Cancel);
        Assert.Equal("troops", Assert.Single(Assert.Single(rematches).Changes).Topic);
        await digests.Stories.JoinAsync((await hits.ReadAsync(kept.Path, Cancel))!, Cancel); // a poll that reads the article again
        await digests.TickAsync();
        Assert.Null(await digests.EditionAsync(reader, 1));
    }

    [Fact]
    public async Task A_copy_that_is_news_makes_a_story_of_its_own_and_is_told()
    {
        await _desk.OverArchiveAsync(BackfillDesk.Both, write: true, BackfillDesk.Line("old", BackfillDesk.DialogueTitle, date: "2026-11-22"));
        await _desk.PollAsync(BackfillDesk.Both, "new", BackfillDesk.DialogueTitle);
        var news = Assert.Single(await _desk.Stories.ListSinceAsync(new DateOnly(2026, 11, 1), Cancel));
        Assert.Equal("http://www.news.example/new", Assert.Single((await _desk.Stories.ReadAsync(news, Cancel))!.Sources).Url);
    }

    [Fact]
    public async Task An_old_copy_does_not_join_a_story_that_is_news()
    {
        await _desk.PollAsync(BackfillDesk.Both, "new", BackfillDesk.DialogueTitle);
        var before = await _desk.TagsAsync();
        await _desk.OverArchiveAsync(BackfillDesk.Both, write: true, BackfillDesk.Line("old", BackfillDesk.DialogueTitle, date: "2026-11-22"));
        var after = await _desk.TagsAsync();
        Assert.All(before.Where(tag => !tag.StartsWith("state/index/", StringComparison.Ordinal)), tag => Assert.Contains(tag, after));
    }

    [Fact]
    public async Task Old_copies_are_one_story_when_their_days_are_near_in_whatever_order_they_come()
    {
        string[] lines =
        [
            BackfillDesk.Line("1", BackfillDesk.DialogueTitle, date: "2020-05-10"), BackfillDesk.Line("2", BackfillDesk.DialogueTitle, date: "2020-05-07"),
            BackfillDesk.Line("3", BackfillDesk.DialogueTitle, date: "2020-05-12"), BackfillDesk.Line("4", BackfillDesk.DialogueTitle, date: "2015-05-10"),
            BackfillDesk.Line("5", BackfillDesk.DialogueTitle, date: "2015-05-11"),
        ];
        await _desk.OverArchiveAsync(BackfillDesk.Both, write: true, lines[..2]);

        // The next night and the next run: what was added yesterday is remembered, however old its days are.
        _desk.Time.Advance(TimeSpan.FromDays(1));
        await _desk.OverArchiveAsync(BackfillDesk.Both, write: true, lines);
        var stories = _desk.Blobs.Paths("stories/"); // midnight in Baghdad is the day before in UTC
        Assert.Equal(["stories/backfilled/2015/05/09/", "stories/backfilled/2020/05/09/"], stories.Select(path => path[..(path.LastIndexOf('/') + 1)]));
        Assert.Equal([2, 3], (await Task.WhenAll(stories.Select(path => _desk.Stories.ReadAsync(path, Cancel)))).Select(story => story!.Sources.Count));
    }

    [Fact]
    public async Task A_poll_that_reads_a_backfilled_article_tells_nobody()
    {
        await _desk.OverArchiveAsync(BackfillDesk.Both, write: true, BackfillDesk.Line("a", BackfillDesk.DialogueTitle));
        var before = await _desk.TagsAsync();
        var kept = await _desk.PollAsync(BackfillDesk.Both, "a", BackfillDesk.DialogueTitle);
        Assert.False(kept.IsNew);
        Assert.False(Hook.Wants(kept.Hit));
        Assert.Equal(before, await _desk.TagsAsync());
    }

    [Fact]
    public async Task Endpoints_are_told_of_a_changed_hit_what_it_said_first()
    {
        var kept = await _desk.PollAsync(BackfillDesk.Dialogue, "a", BackfillDesk.BothTitle);
        var source = new Uri("urn:newsmonitor");
        var first = HitEvent.ToJson(kept.Hit, source).ToArray();
        foreach (var topics in (TopicRules[])[BackfillDesk.Both, BackfillDesk.Troops])
            await _desk.OverHitsAsync(topics, write: true);
        Assert.Equal(["troops"], (await _desk.HitAsync(kept.Path)).Topics.Select(topic => topic.Topic));
        var hit = (await _desk.Hits.ReadAsync(kept.Path, Cancel))!;
        Assert.Equal(first, HitEvent.ToJson(hit, source).ToArray());
        Assert.True((Hook with { Topics = ["dialogue"] }).Wants(hit));
        Assert.False((Hook with { Topics = ["troops"] }).Wants(hit));
    }

    [Fact]
    public async Task An_article_that_a_poll_is_storing_is_left_to_it()
    {
        var line = BackfillDesk.Line("a", BackfillDesk.DialogueTitle, date: "2026-11-23");
        var kept = await _desk.PollAsync(BackfillDesk.Both, "a", BackfillDesk.DialogueTitle);
        foreach (var path in _desk.Blobs.Paths("").Where(path => !path.StartsWith("state/articles/", StringComparison.Ordinal)))
            await _desk.Blobs.DeleteAsync(path, Cancel); // as if it had only claimed the article

        var rematch = Assert.Single(await _desk.OverArchiveAsync(BackfillDesk.Both, write: true, line));
        Assert.Contains("poll", rematch.Problem, StringComparison.Ordinal);
        Assert.Empty(_desk.Blobs.Paths("hits/"));
        Assert.True((await _desk.PollAsync(BackfillDesk.Both, "a", BackfillDesk.DialogueTitle)).IsNew);

        // One that died and whose source does not carry the article any more.
        await _desk.Blobs.DeleteAsync(kept.Path, Cancel);
        _desk.Time.Advance(TimeSpan.FromHours(25));
        Assert.True(Assert.Single(await _desk.OverArchiveAsync(BackfillDesk.Both, write: true, line)).IsNew);
        Assert.NotNull((await _desk.HitAsync(Assert.Single(_desk.Blobs.Paths("hits/")))).Backfilled);
    }

    [Fact]
    public async Task An_article_that_a_poll_has_stored_meanwhile_stays_news()
    {
        var blobs = _desk.Blobs;
        var lines = _desk.Read(_desk.Archive(BackfillDesk.Line("a", BackfillDesk.BothTitle, date: "2026-11-22")));
        var raced = new RacedBlobs(blobs, () => _desk.PollAsync(BackfillDesk.Dialogue, "a", BackfillDesk.BothTitle));
        var backfill = new Backfill(new HitStore(raced, _desk.Time), new HitDesk(raced, _desk.Time).Stories, _desk.Time);
        var rematch = Assert.Single(await backfill.OverArchiveAsync(BackfillDesk.Both, lines, write: true, Cancel).ToListAsync(Cancel));

        Assert.False(rematch.IsNew);
        var path = Assert.Single(blobs.Paths("hits/"));
        var hit = await _desk.HitAsync(path);
        Assert.Null(hit.Backfilled);
        Assert.Equal(["dialogue", "troops"], hit.Topics.Select(topic => topic.Topic));
        Assert.StartsWith("stories/2026/", Assert.Single(blobs.Paths("stories/")), StringComparison.Ordinal);
    }

    /// <summary>Somebody else is at it just before the first claim is made.</summary>
    private sealed class RacedBlobs(IBlobStore inner, Func<Task> race) : IBlobStore
    {
        private bool _isOver;

        public string Locate(string path) => inner.Locate(path);

        public Task<Blob?> ReadAsync(string path, CancellationToken cancel) => inner.ReadAsync(path, cancel);

        public async Task<bool> CreateAsync(string path, BinaryData content, CancellationToken cancel, BlobLabels? labels = null)
        {
            if (!_isOver)
            {
                _isOver = true;
                await race();
            }

            return await inner.CreateAsync(path, content, cancel, labels);
        }

        public Task<bool> ReplaceAsync(string path, BinaryData content, string etag, CancellationToken cancel, BlobLabels? labels = null) => inner.ReplaceAsync(path, content, etag, cancel, labels);

        public Task<bool> DeleteAsync(string path, CancellationToken cancel) => inner.DeleteAsync(path, cancel);

        public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancel) => inner.ListAsync(prefix, cancel);
    }
}
