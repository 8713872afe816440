using System.Text.Json;
using NewsMonitor.Tests.Unit.Hits;

namespace NewsMonitor.Tests.Unit.Cli;

public sealed class HitsReindexTests : IDisposable
{
    private readonly OperatorDesk _desk = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task What_the_index_lacks_is_told_then_mended()
    {
        var ids = await _desk.KeepManyAsync(3);
        var run = await _desk.RunAsync("hits", "reindex", "--dry-run");
        Assert.Equal((0, "3 hits\nthe index says the same\nnothing was written; run it without --dry-run\n"), (run.Code, run.Output));

        foreach (var path in _desk.Blobs.Paths("index/").Concat(_desk.Blobs.Paths("state/index/")).Concat(_desk.Blobs.Paths("state/likeness/")))
            await _desk.Blobs.DeleteAsync(path, Cancel);
        Assert.Empty((await _desk.RunAsync("hits", "list")).Lines);
        var before = _desk.Blobs.Paths("");
        run = await _desk.RunAsync("hits", "reindex", "--dry-run", "--json");
        var report = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal((0, 3, 3, false), (run.Code, report.GetProperty("hits").GetInt32(), report.GetProperty("missing").GetInt32(), report.GetProperty("written").GetBoolean()));
        Assert.Equal(before, _desk.Blobs.Paths(""));

        run = await _desk.RunAsync("hits", "reindex");
        Assert.Equal(
            (0, "3 hits\nthe index lacked 3 of them, had 0 that are not there, and said something else of 0\nthe index is made anew\n"), (run.Code, run.Output));
        Assert.Equal(ids, (await _desk.RunAsync("hits", "list")).Ids);
    }

    [Fact]
    public async Task A_hit_that_is_in_no_story_is_put_into_one()
    {
        var story = await _desk.KeepAsync(SampleHits.Hit("a"));
        // Its process died before it came to the story.
        await _desk.Hits.KeepAsync(SampleHits.Hit("b", source: "two"), Cancel);
        Assert.EndsWith("1 hit was in no story\nnothing was written; run it without --dry-run\n", (await _desk.RunAsync("hits", "reindex", "--dry-run")).Output, StringComparison.Ordinal);
        var run = await _desk.RunAsync("hits", "reindex");
        Assert.StartsWith("2 hits\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("1 hit was in no story, and now in one\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await _desk.RunAsync("hits", "list", "--story", story)).Ids.Count);
    }

    [Fact]
    public async Task A_torn_hit_is_told_and_the_others_are_found()
    {
        var ids = await _desk.KeepManyAsync(3);
        _desk.Blobs.Put($"hits/2026/03/04/{ids[1]}.json", "{");
        var run = await _desk.RunAsync("hits", "reindex");
        Assert.Equal(1, run.Code);
        Assert.Contains($"memory/hits/2026/03/04/{ids[1]}.json", run.Error, StringComparison.Ordinal);
        Assert.Contains("1 problem, told above\n", run.Output, StringComparison.Ordinal);
        Assert.Contains(ids[0], (await _desk.RunAsync("hits", "list")).Ids);
        Assert.Contains(ids[2], (await _desk.RunAsync("hits", "list")).Ids);
    }
}
