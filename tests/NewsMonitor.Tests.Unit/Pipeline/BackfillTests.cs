using NewsMonitor.Hits;
using NewsMonitor.Pipeline;
using NewsMonitor.Topics;

namespace NewsMonitor.Tests.Unit.Pipeline;

public sealed class BackfillTests : IDisposable
{
    private readonly BackfillDesk _desk = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task The_same_topics_change_nothing()
    {
        await _desk.PollAsync(BackfillDesk.Both, "a", BackfillDesk.BothTitle);
        var before = await _desk.TagsAsync();
        var rematch = Assert.Single(await _desk.OverHitsAsync(BackfillDesk.Both, write: true));
        Assert.Empty(rematch.Changes);
        Assert.True(rematch.IsCurrent);
        Assert.Equal(before, await _desk.TagsAsync());
    }

    [Fact]
    public async Task A_dry_run_tells_what_a_write_does_and_writes_nothing()
    {
        await _desk.PollAsync(BackfillDesk.Dialogue, "a", BackfillDesk.BothTitle);
        string[] archive = [BackfillDesk.Line("b", BackfillDesk.TroopsTitle), BackfillDesk.Line("a", BackfillDesk.BothTitle)];
        var before = await _desk.TagsAsync();
        var dryHits = await _desk.OverHitsAsync(BackfillDesk.Troops, write: false);
        var dryArchive = await _desk.OverArchiveAsync(BackfillDesk.Troops, write: false, archive);
        Assert.Equal(before, await _desk.TagsAsync());

        Assert.Equal([(ChangeKind.Added, "troops"), (ChangeKind.Lost, "dialogue")], Kinds(dryHits));
        Assert.Equal([(ChangeKind.Added, "troops"), (ChangeKind.Added, "troops"), (ChangeKind.Lost, "dialogue")], Kinds(dryArchive));
        Assert.Equal([true, false], dryArchive.Select(rematch => rematch.IsNew));
        Assert.Equal(Kinds(dryArchive), Kinds(await _desk.OverArchiveAsync(BackfillDesk.Troops, write: true, archive)));
        Assert.NotEqual(before, await _desk.TagsAsync());
    }

    [Fact]
    public async Task A_topic_that_is_added_takes_its_place_and_what_stood_there_is_kept()
    {
        var kept = await _desk.PollAsync(BackfillDesk.Dialogue, "a", BackfillDesk.BothTitle);
        _desk.Time.Advance(TimeSpan.FromDays(2));
        await _desk.OverHitsAsync(BackfillDesk.Both, write: true);

        var hit = await _desk.HitAsync(kept.Path);
        Assert.Equal(["dialogue", "troops"], hit.Topics.Select(topic => topic.Topic));
        Assert.Equal(BackfillDesk.Both.Version, hit.TopicsVersion);
        Assert.Equal((kept.Hit.Found, Hit.CurrentSchema, null), (hit.Found, hit.Schema, hit.Backfilled));
        Assert.Equal(new Revision(2, kept.Path, RevisionReason.Topics, _desk.Time.GetUtcNow(), ChangesMentions: true), hit.Revision);
        var first = (await _desk.Hits.ReadAsync(kept.Path, Cancel))!;
        Assert.Equal(BackfillDesk.Dialogue.Version, first.TopicsVersion);
        Assert.Equal("dialogue", Assert.Single(first.Topics).Topic);
        Assert.Equal([kept.Path], _desk.Blobs.Paths("hits/"));
    }

    [Fact]
    public async Task A_hit_that_no_topic_matches_any_more_keeps_its_evidence_and_may_match_again()
    {
        var kept = await _desk.PollAsync(BackfillDesk.Dialogue, "a", BackfillDesk.DialogueTitle);
        var rematch = Assert.Single(await _desk.OverHitsAsync(BackfillDesk.Troops, write: true));
        Assert.False(rematch.IsCurrent);
        var lost = await _desk.HitAsync(kept.Path);
        Assert.False(lost.IsCurrent);
        var first = (await _desk.Hits.ReadAsync(kept.Path, Cancel))!;
        Assert.Equal(BackfillDesk.Dialogue.Version, first.TopicsVersion);
        Assert.Equal("by-name", first.Topics[0].Mentions[0].Rule);

        Assert.Equal([(ChangeKind.Added, "dialogue")], Kinds(await _desk.OverHitsAsync(BackfillDesk.Dialogue, write: true)));
        var again = await _desk.HitAsync(kept.Path);
        Assert.True(again.IsCurrent);
        Assert.Equal([1, 0, 1], (await _desk.Hits.ReadAllAsync(kept.Path, Cancel)).Select(hit => hit.Topics.Count));
    }

    [Fact]
    public async Task Another_strength_is_a_change()
    {
        await _desk.PollAsync(BackfillDesk.Dialogue, "a", BackfillDesk.DialogueTitle);
        var change = Assert.Single(Assert.Single(await _desk.OverHitsAsync(BackfillDesk.DialogueUnsure, write: false)).Changes);
        Assert.Equal((ChangeKind.Changed, Strength.Confirmed, Strength.Possible), (change.Kind, change.Before!.Strength, change.After!.Strength));
    }

    [Fact]
    public async Task Other_mentions_are_a_change()
    {
        await _desk.PollAsync(BackfillDesk.Dialogue, "a", BackfillDesk.DialogueTitle);
        var change = Assert.Single(Assert.Single(await _desk.OverHitsAsync(BackfillDesk.DialogueRenamed, write: false)).Changes);
        Assert.Equal(ChangeKind.Changed, change.Kind);
        Assert.Equal("by-name", Assert.Single(change.LostMentions).Rule);
        Assert.Equal("by-another-name", Assert.Single(change.AddedMentions).Rule);
    }

    [Fact]
    public async Task Hits_of_other_days_are_left_alone()
    {
        await _desk.PollAsync(BackfillDesk.Dialogue, "old", BackfillDesk.DialogueTitle);
        _desk.Time.Advance(TimeSpan.FromDays(40));
        Assert.Empty(await _desk.OverHitsAsync(BackfillDesk.Troops, write: true, days: 40));
        Assert.Single(await _desk.OverHitsAsync(BackfillDesk.Troops, write: true, days: 41));
    }

    [Fact]
    public async Task An_archived_article_becomes_a_hit_of_its_own_day()
    {
        await _desk.OverArchiveAsync(BackfillDesk.Both, write: true, BackfillDesk.Line("a", BackfillDesk.DialogueTitle, date: "2019-03-04 23:30 +0300"));
        var path = Assert.Single(_desk.Blobs.Paths("hits/"));
        Assert.StartsWith("hits/2019/03/04/", path, StringComparison.Ordinal);
        var hit = await _desk.HitAsync(path);
        Assert.Equal(new DateTimeOffset(2019, 3, 4, 20, 30, 0, TimeSpan.Zero), hit.Found);
        Assert.Equal(_desk.Time.GetUtcNow(), hit.Backfilled);
        Assert.Equal((BackfillDesk.Outlet.Id, "First", "https://news.example/a"), (hit.Article.SourceId, hit.Article.SourceTitle, hit.Article.Url));
        Assert.Equal(BackfillDesk.Polled("a", "", default).Id, hit.Id);
        Assert.StartsWith("stories/backfilled/2019/03/04/", Assert.Single(_desk.Blobs.Paths("stories/")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_day_that_has_not_come_yet_is_today()
    {
        await _desk.OverArchiveAsync(BackfillDesk.Both, write: true, BackfillDesk.Line("a", BackfillDesk.DialogueTitle, date: "2062-01-01"));
        Assert.StartsWith("hits/2026/11/23/", Assert.Single(_desk.Blobs.Paths("hits/")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_write_does_nothing()
    {
        await _desk.PollAsync(BackfillDesk.Dialogue, "a", BackfillDesk.BothTitle);
        string[] archive = [BackfillDesk.Line("b", BackfillDesk.TroopsTitle), BackfillDesk.Line("a", BackfillDesk.BothTitle)];
        await _desk.OverArchiveAsync(BackfillDesk.Troops, write: true, archive);
        await _desk.OverHitsAsync(BackfillDesk.Troops, write: true);
        var before = await _desk.TagsAsync();
        _desk.Time.Advance(TimeSpan.FromDays(30));
        Assert.Empty(Kinds(await _desk.OverArchiveAsync(BackfillDesk.Troops, write: true, archive)));
        Assert.Empty(Kinds(await _desk.OverHitsAsync(BackfillDesk.Troops, write: true, days: 60)));
        Assert.Equal(before, await _desk.TagsAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_article_that_an_archive_has_twice_is_one_difference(bool write)
    {
        string[] archive =
        [
            BackfillDesk.Line("a", BackfillDesk.DialogueTitle), BackfillDesk.Line("a?utm_source=x", BackfillDesk.DialogueTitle + " (تحديث)"),
            BackfillDesk.Line("a", BackfillDesk.DialogueTitle, site: "http://m.news.example/"),
        ];
        var rematches = await _desk.OverArchiveAsync(BackfillDesk.Both, write, archive);
        Assert.Equal(3, rematches.Count);
        Assert.Single(Kinds(rematches));
    }

    [Fact]
    public async Task An_article_that_cannot_become_a_hit_is_told_only_when_it_matches()
    {
        var rematches = await _desk.OverArchiveAsync(
            BackfillDesk.Dialogue, write: true,
            BackfillDesk.Line("a", BackfillDesk.DialogueTitle, date: null), BackfillDesk.Line("b", "الطقس غدا", date: null),
            BackfillDesk.Line("c", BackfillDesk.DialogueTitle, site: "ftp://news.example/"), BackfillDesk.Line("", BackfillDesk.DialogueTitle),
            BackfillDesk.Line("a", BackfillDesk.DialogueTitle));
        Assert.Equal([1, 3, 4], rematches.Where(rematch => rematch.Problem is not null).Select(rematch => int.Parse(rematch.Where.Split(':')[^1], null)));
        Assert.Contains("dialogue", rematches[0].Problem, StringComparison.Ordinal);
        Assert.Contains("\"date\"", rematches[0].Problem, StringComparison.Ordinal);
        Assert.Contains("\"url\"", rematches[2].Problem, StringComparison.Ordinal);
        Assert.True(rematches[4].IsNew);
        Assert.Single(_desk.Blobs.Paths("hits/"));
    }

    [Fact]
    public async Task An_archived_article_whose_hit_is_stored_is_compared_though_it_does_not_match_any_more()
    {
        var kept = await _desk.PollAsync(BackfillDesk.Dialogue, "a", BackfillDesk.DialogueTitle);
        var rematches = await _desk.OverArchiveAsync(
            BackfillDesk.Troops, write: true, BackfillDesk.Line("b", "الطقس غدا"), BackfillDesk.Line("a", BackfillDesk.DialogueTitle));
        Assert.Equal([(ChangeKind.Lost, "dialogue")], Kinds(rematches));
        Assert.False((await _desk.HitAsync(kept.Path)).IsCurrent);
    }

    [Fact]
    public async Task A_hit_that_cannot_be_read_is_told_and_the_others_go_on()
    {
        var torn = await _desk.PollAsync(BackfillDesk.Dialogue, "a", BackfillDesk.DialogueTitle);
        await _desk.PollAsync(BackfillDesk.Dialogue, "b", BackfillDesk.DialogueTitle);
        _desk.Blobs.Put(torn.Path, "{");
        var rematches = await _desk.OverHitsAsync(BackfillDesk.Troops, write: true);
        Assert.Contains(torn.Path, Assert.Single(rematches, rematch => rematch.Problem is not null).Problem, StringComparison.Ordinal);
        Assert.Single(Kinds(rematches));
        Assert.Equal("{", (await _desk.Blobs.ReadAsync(torn.Path, Cancel))!.Content.ToString());
    }

    [Fact]
    public async Task Two_who_change_one_hit_at_once_change_it_once_each_and_lose_nothing()
    {
        var kept = await _desk.PollAsync(BackfillDesk.Dialogue, "a", BackfillDesk.BothTitle);
        await Task.WhenAll(
            Task.Run(() => _desk.OverHitsAsync(BackfillDesk.Both, write: true), Cancel), Task.Run(() => _desk.OverHitsAsync(BackfillDesk.Troops, write: true), Cancel));
        var all = await _desk.Hits.ReadAllAsync(kept.Path, Cancel);
        Assert.Equal(BackfillDesk.Dialogue.Version, all[0].TopicsVersion);
        Assert.Equal(
            new[] { BackfillDesk.Both.Version, BackfillDesk.Troops.Version }.Order(StringComparer.Ordinal),
            all.Skip(1).Select(hit => hit.TopicsVersion).Order(StringComparer.Ordinal));
        Assert.All(all.Skip(1), hit => Assert.Equal(RevisionReason.Topics, hit.Revision!.Reason));
    }

    [Fact]
    public async Task Stopping_ends_it_between_two_articles()
    {
        using var stop = new CancellationTokenSource();
        var archive = _desk.Archive([.. Enumerable.Range(0, 5).Select(number => BackfillDesk.Line($"{number}", BackfillDesk.DialogueTitle))]);
        var read = 0;
        await foreach (var rematch in _desk.Backfill.OverArchiveAsync(BackfillDesk.Both, _desk.Read(archive), write: true, stop.Token))
        {
            if (++read == 2)
                await stop.CancelAsync();
        }

        Assert.Equal(2, read);
        Assert.Equal(2, _desk.Blobs.Paths("hits/").Count);
        var rest = await _desk.Backfill.OverArchiveAsync(BackfillDesk.Both, _desk.Read(archive), write: true, Cancel).ToListAsync(Cancel);
        Assert.Equal(3, rest.Count(rematch => rematch.IsNew));
        Assert.Equal(5, _desk.Blobs.Paths("hits/").Count);
    }

    private static List<(ChangeKind, string)> Kinds(IEnumerable<Rematch> rematches) =>
        [.. rematches.SelectMany(rematch => rematch.Changes).Select(change => (change.Kind, change.Topic))];
}
