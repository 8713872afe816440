using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NewsMonitor.Hits;
using NewsMonitor.Hits.Index;
using NewsMonitor.Storage;
using NewsMonitor.Topics;

namespace NewsMonitor.Benchmarks.Hits;

/// <summary>The first page of a listing: what it took, the median of some times.</summary>
public sealed record ListCost(string Listing, int Rows, long Reads, double Milliseconds);

/// <summary>Writes hits and stories over a year, makes the index from them as <c>hits reindex</c> does, keeps house once, and lists.</summary>
public static class ListBenchmark
{
    private const int Days = 365;
    private const int Times = 5;

    /// <param name="account">Empty: files in the folder.</param>
    public static async Task<IReadOnlyList<ListCost>> MeasureAsync(string folder, string account, int hits, Action<string> progress)
    {
        await using var services = HitProcess.Start(folder, account);
        var blobs = services.GetRequiredService<Stores>().Blobs;
        var numbers = Enumerable.Range(0, hits);
        await Parallel.ForEachAsync(numbers, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (number, cancel) =>
        {
            var hit = SyntheticHits.Hit(number, HitProcess.Now.AddTicks(-(long)(TimeSpan.FromDays(Days - 1).Ticks * (number / (double)hits))));
            var story = new Story(
                Story.CurrentSchema, hit.Id, hit.Found, hit.Article.Title, "ar", hit.Topics,
                [new StorySource(hit.Id, hit.Article.SourceId, hit.Article.SourceTitle, hit.Article.Title, hit.Article.Url, hit.Found, hit.Found)]);
            await WriteAsync(DatedPath.Of(HitStore.Folder, hit.Found, hit.Id), hit);
            await WriteAsync(DatedPath.Of(StoryStore.News, hit.Found, hit.Id), story);
            if (number % 10_000 == 9_999)
                progress($"{number + 1} of {hits} hits written");

            async Task WriteAsync<T>(string path, T document)
            {
                if (account.Length > 0)
                {
                    await blobs.CreateDocumentAsync(path, document, cancel);
                    return;
                }

                // Not flushed each: it is the reading that is measured.
                var file = blobs.Locate(path);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                await File.WriteAllBytesAsync(file, JsonSerializer.SerializeToUtf8Bytes(document, Documents.Readable), cancel);
            }
        });

        var wall = Stopwatch.StartNew();
        var report = await services.GetRequiredService<IndexRebuild>().RunAsync(write: true, default);
        progress($"the index of {report.Hits} hits made in {wall.Elapsed.TotalSeconds:0} s");
        wall.Restart();
        var compacted = await services.GetRequiredService<IndexUpkeep>().CompactAsync(write: true, default);
        progress($"{compacted.Count} days put together in {wall.Elapsed.TotalSeconds:0} s");

        var today = DateOnly.FromDateTime(HitProcess.Now.UtcDateTime);
        var month = new HitQuery(today.AddDays(-29), today);
        var year = new HitQuery(today.AddDays(-Days), today);
        (string, HitQuery)[] listings =
        [
            ("30 days", month), ("30 days, a topic", month with { Topics = ["strategic-dialogue"] }), ("30 days, a rare source", month with { Sources = [SyntheticHits.RareSource] }),
            ("30 days, a topic, confirmed", month with { Topics = ["strategic-dialogue"], MinimumStrength = Strength.Confirmed }),
            ("30 days, a usual word", month with { Words = SyntheticHits.SomeWord(3) }), ("30 days, two rare words", month with { Words = $"{SyntheticHits.SomeWord(5000)} {SyntheticHits.SomeWord(5900)}" }),
            ("a year", year), ("a year, a rare source", year with { Sources = [SyntheticHits.RareSource] }), ("a year, two rare words", year with { Words = $"{SyntheticHits.SomeWord(5000)} {SyntheticHits.SomeWord(5900)}" }),
            ("a year, nothing found", year with { Sources = ["none"] }),
        ];
        var index = services.GetRequiredService<HitIndex>();
        var costs = new List<ListCost>();
        foreach (var (name, query) in listings)
            costs.Add(await CostAsync(name, services.Counts(), async () => (await index.FindAsync(query, default)).Rows.Count));
        // The page and /api/hits read the hits themselves.
        var recent = services.GetRequiredService<NewsMonitor.Pages.RecentHits>();
        costs.Add(await CostAsync("the page: 25 hits with their evidence", services.Counts(), async () => (await recent.ReadAsync(25, null, default)).Hits.Count));
        return costs;
    }

    private static async Task<ListCost> CostAsync(string name, StorageCounts counts, Func<Task<int>> list)
    {
        var rows = await list();
        var times = new List<double>();
        var reads = counts.All();
        for (var time = 0; time < Times; time++)
        {
            var wall = Stopwatch.StartNew();
            await list();
            times.Add(wall.Elapsed.TotalMilliseconds);
        }

        return new ListCost(name, rows, (counts.All() - reads) / Times, times.Order().ElementAt(Times / 2));
    }
}
