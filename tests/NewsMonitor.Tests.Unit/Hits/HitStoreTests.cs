using Microsoft.Extensions.Time.Testing;
using NewsMonitor.Hits;
using NewsMonitor.Storage;

namespace NewsMonitor.Tests.Unit.Hits;

public sealed class HitStoreTests
{
    private readonly MemoryBlobs _blobs = new();
    private readonly FakeTimeProvider _time = new(SampleHits.At);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private HitStore Store => new(_blobs, _time);

    [Fact]
    public async Task A_hit_lies_under_the_day_it_was_found_and_reads_back_whole()
    {
        var kept = await Store.KeepAsync(SampleHits.Hit("a"), Cancel);
        Assert.True(kept.IsNew);
        Assert.Equal($"hits/2026/03/04/{SampleHits.IdOf("a")}.json", kept.Path);
        var json = (await _blobs.ReadAsync(kept.Path, Cancel))!.Content.ToString();
        Assert.Contains("الحوار الستراتيجي", json, StringComparison.Ordinal);
        Assert.Equal(json, Documents.ToBlob(await Store.ReadAsync(kept.Path, Cancel)).ToString());
    }

    [Fact]
    public async Task An_article_has_one_hit_and_the_first_stays_as_it_was()
    {
        var first = await Store.KeepAsync(SampleHits.Hit("a", title: "الأول"), Cancel);
        var second = await Store.KeepAsync(SampleHits.Hit("a", title: "الثاني", found: SampleHits.At.AddDays(40)), Cancel);
        Assert.False(second.IsNew);
        Assert.Equal(first.Path, second.Path);
        Assert.Equal("الأول", second.Hit.Article.Title);
        Assert.Single(_blobs.Paths("hits/"));
    }

    [Fact]
    public async Task Of_many_who_keep_one_hit_at_once_one_is_told_that_it_is_new()
    {
        var kept = await Task.WhenAll(Enumerable.Range(0, 16).Select(hour => Task.Run(
            () => Store.KeepAsync(SampleHits.Hit("a", found: SampleHits.At.AddHours(hour * 2)), Cancel), Cancel)));
        Assert.Single(kept, one => one.IsNew);
        Assert.Single(kept.Select(one => one.Path).Distinct());
        Assert.Single(_blobs.Paths("hits/"));
    }

    [Theory]
    [InlineData(23, "hits/2026/03/04/")]
    [InlineData(25, "hits/2026/03/05/")]
    public async Task A_claim_whose_hit_was_never_written_is_followed_for_a_day_and_then_moved(int hours, string day)
    {
        var kept = await Store.KeepAsync(SampleHits.Hit("a"), Cancel);
        await _blobs.DeleteAsync(kept.Path, Cancel); // as if the process had died between the two writes

        var later = await Store.KeepAsync(SampleHits.Hit("a", found: SampleHits.At.AddHours(hours)), Cancel);
        Assert.True(later.IsNew);
        Assert.StartsWith(day, later.Path, StringComparison.Ordinal);
        Assert.Equal(later.Hit.Found, (await Store.FindAsync(SampleHits.IdOf("a"), Cancel))!.Hit.Found);
    }

    [Fact]
    public async Task An_old_claim_whose_hit_is_there_is_not_moved()
    {
        var first = await Store.KeepAsync(SampleHits.Hit("a"), Cancel);
        Assert.Equal(first.Path, (await Store.KeepAsync(SampleHits.Hit("a", found: SampleHits.At.AddDays(3)), Cancel)).Path);
    }

    [Fact]
    public async Task Who_loses_the_race_for_an_abandoned_claim_follows_the_winner()
    {
        await _blobs.DeleteAsync((await Store.KeepAsync(SampleHits.Hit("a"), Cancel)).Path, Cancel);
        var claim = Assert.Single(_blobs.Paths("state/articles/"));
        _blobs.BeforeReplace = () => _blobs.Put(claim, $$"""{"hit":"hits/2026/03/06/{{SampleHits.IdOf("a")}}.json","at":"2026-03-06T00:00:00Z"}""");
        var kept = await Store.KeepAsync(SampleHits.Hit("a", found: SampleHits.At.AddDays(3)), Cancel);
        Assert.Equal($"hits/2026/03/06/{SampleHits.IdOf("a")}.json", kept.Path);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ab")]
    [InlineData("a/b")]
    [InlineData("a/../../b")]
    [InlineData("../../secret")]
    [InlineData("0123456789abcdef0123456789abcdef")]
    [InlineData("حوار")]
    public async Task An_id_that_no_hit_has_finds_nothing(string id) => Assert.Null(await Store.FindAsync(id, Cancel));

    [Fact]
    public async Task An_id_that_is_too_long_for_a_path_finds_nothing() => Assert.Null(await Store.FindAsync(new string('a', 400), Cancel));

    [Fact]
    public async Task A_hit_of_a_newer_version_is_refused_by_name()
    {
        var kept = await Store.KeepAsync(SampleHits.Hit("a") with { Schema = Hit.CurrentSchema + 1 }, Cancel);
        var error = await Assert.ThrowsAsync<MonitorException>(() => Store.ReadAsync(kept.Path, Cancel));
        Assert.Contains(kept.Path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Listing_takes_the_days_between_the_earliest_first_across_months()
    {
        foreach (var days in (int[])[0, 1, 6, 7])
            await Store.KeepAsync(SampleHits.Hit($"d{days}", found: SampleHits.At.AddDays(-days)), Cancel);
        var week = await Store.ListAsync(new DateOnly(2026, 2, 26), new DateOnly(2026, 3, 4), Cancel).Select(DatedPath.DayOf).ToListAsync(Cancel);
        Assert.Equal([new DateOnly(2026, 2, 26), new DateOnly(2026, 3, 3), new DateOnly(2026, 3, 4)], week.Select(day => day!.Value));
    }

    [Fact]
    public async Task A_revision_lies_beside_the_first_which_stays_as_it_was()
    {
        var kept = await Store.KeepAsync(SampleHits.Hit("a"), Cancel);
        var before = (await _blobs.ReadAsync(kept.Path, Cancel))!.ETag;
        _time.Advance(TimeSpan.FromHours(1));
        var revised = await Store.ReviseAsync(kept.Path, RevisionReason.Correction, hit => hit with { Article = hit.Article with { Title = "آخر" } }, Cancel);
        Assert.Equal(new Revision(2, kept.Path, RevisionReason.Correction, _time.GetUtcNow(), ChangesMentions: false), revised.Revision);
        Assert.Equal(before, (await _blobs.ReadAsync(kept.Path, Cancel))!.ETag);
        Assert.Equal([$"revisions/2026/03/04/{SampleHits.IdOf("a")}-0002.json"], _blobs.Paths("revisions/"));
        Assert.Equal("آخر", (await Store.FindAsync(SampleHits.IdOf("a"), Cancel))!.Hit.Article.Title);
        Assert.Equal([SampleHits.Title, "آخر"], (await Store.ReadAllAsync(kept.Path, Cancel)).Select(hit => hit.Article.Title));
    }

    [Fact]
    public async Task A_revision_that_says_the_same_is_not_written()
    {
        var kept = await Store.KeepAsync(SampleHits.Hit("a"), Cancel);
        Assert.Equal(1, (await Store.ReviseAsync(kept.Path, RevisionReason.Topics, _ => null, Cancel)).Number);
        Assert.Empty(_blobs.Paths("revisions/"));
    }

    [Fact]
    public async Task An_article_that_changes_all_the_time_has_a_bounded_number_of_revisions()
    {
        var kept = await Store.KeepAsync(SampleHits.Hit("a"), Cancel);
        for (var time = 0; time < HitStore.MostRevisions + 5; time++)
            await Store.ReviseAsync(kept.Path, RevisionReason.Correction, hit => hit with { TopicsVersion = $"{hit.Number}" }, Cancel);
        Assert.Equal(HitStore.MostRevisions, _blobs.Paths("revisions/").Count);
    }

    [Fact]
    public async Task Of_many_who_revise_at_once_each_comes_after_another()
    {
        var kept = await Store.KeepAsync(SampleHits.Hit("a"), Cancel);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(
            () => Store.ReviseAsync(kept.Path, RevisionReason.Correction, hit => hit.TopicsVersion.Contains($"<{number}>", StringComparison.Ordinal) ? null : hit with { TopicsVersion = $"{hit.TopicsVersion}<{number}>" }, Cancel), Cancel)));
        var last = (await Store.ReadLatestAsync(kept.Path, Cancel))!;
        Assert.Equal(9, last.Number);
        Assert.All(Enumerable.Range(0, 8), number => Assert.Contains($"<{number}>", last.TopicsVersion, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("hits/2026/02/29/x.json")]
    [InlineData("hits/2026/2/9/x.json")]
    [InlineData("hits/x.json")]
    [InlineData("")]
    public void A_path_without_a_day_has_none(string path) => Assert.Null(DatedPath.DayOf(path));
}
