using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NewsMonitor.Hits;
using NewsMonitor.Hits.Index;
using NewsMonitor.Hits.Likeness;
using NewsMonitor.Storage;

namespace NewsMonitor.Benchmarks.Hits;

/// <summary>What a new hit costs with so many of the last thirty days in the index.</summary>
public sealed record IndexCost(
    int Hits, double ColdSeconds, long ColdReads, double ColdMegabytes, double NewCpuMs, double NewIndexCpuMs, double NewKernelCpuMs, double NewIndexOperations, double NewOperations, double CopyCpuMs, double CopyIndexCpuMs, double CopyKernelCpuMs,
    double CopyIndexOperations, double CopyOperations, int CopiesFound);

/// <summary>
/// Fills the index with synthetic hits, in the form in which the monitor writes it (its hits themselves are not written: nothing here reads them), then
/// adds new ones and copies one by one, as a poll does that finds one, and counts.
/// </summary>
public static class IndexBenchmark
{
    private const int Days = 30;
    private const int Warming = 500;

    public static async Task<IndexCost> MeasureAsync(string folder, int hits, int added, Action<string> progress)
    {
        await FillAsync(folder, hits, progress);
        await using var services = HitProcess.Start(folder);
        var (store, stories, counts) = (services.GetRequiredService<HitStore>(), services.GetRequiredService<StoryStore>(), services.Counts());

        var found = 0;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (cold, reads) = (Stopwatch.StartNew(), counts.Reads);
        await AddAsync(SyntheticHits.Hit(-1, HitProcess.Now));
        var (coldSeconds, coldReads) = (cold.Elapsed.TotalSeconds, counts.Reads - reads);
        var megabytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / 1e6;

        // Code that is compiled while it first runs is not what a hit costs.
        for (var number = 0; number < Warming; number++)
            await AddAsync(SyntheticHits.Hit(-2 - number, HitProcess.Now));
        var fresh = await CostAsync(Enumerable.Range(0, added).Select(number => SyntheticHits.Hit(hits + number, HitProcess.Now.AddSeconds(number))));
        var copies = await CostAsync(Enumerable.Range(0, added / 4).Select(
            number => SyntheticHits.Copy(SyntheticHits.Hit(number * (hits / added), Found(number * (hits / added), hits)), HitProcess.Now.AddSeconds(added + number))));
        return new IndexCost(hits, coldSeconds, coldReads, megabytes, fresh.Cpu, fresh.IndexCpu, fresh.Kernel, fresh.Index, fresh.All, copies.Cpu, copies.IndexCpu, copies.Kernel, copies.Index, copies.All, found);

        async Task<string> AddAsync(Hit hit) => (await stories.JoinAsync([await store.KeepAsync(hit, default)], default))[0];

        async Task<(double Cpu, double IndexCpu, double Kernel, double Index, double All)> CostAsync(IEnumerable<Hit> all)
        {
            var made = all.ToList();
            var (cpu, operations, own, placing, flushing) = (Environment.CpuUsage.TotalTime, counts.All(), 0L, TimeSpan.Zero, TimeSpan.Zero);
            foreach (var hit in made)
            {
                var kept = await store.KeepAsync(hit, default);
                var begun = Environment.CpuUsage;
                var path = (await stories.JoinAsync([kept], default))[0];
                placing += Environment.CpuUsage.UserTime - begun.UserTime;
                flushing += Environment.CpuUsage.PrivilegedTime - begun.PrivilegedTime;
                var isCopy = DatedPath.IdOf(path) != hit.Id;
                found += isCopy ? 1 : 0;
                // The claim and the hit; the story: made, or read and replaced.
                own += 2 + (isCopy ? 2 : 1);
            }

            var (spent, asked) = ((Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds, counts.All() - operations);
            return (spent / made.Count, placing.TotalMilliseconds / made.Count, flushing.TotalMilliseconds / made.Count, (asked - own) / (double)made.Count, asked / (double)made.Count);
        }
    }

    private static DateTimeOffset Found(int number, int hits) => HitProcess.Now.AddDays(-Days).AddTicks((long)(TimeSpan.FromDays(Days).Ticks * (number / (double)hits)));

    private static async Task FillAsync(string folder, int hits, Action<string> progress)
    {
        const string Epoch = "benchmark";
        var likeness = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var next = 0;
        for (var day = 0; day <= Days; day++)
        {
            var date = DateOnly.FromDateTime(HitProcess.Now.AddDays(day - Days).UtcDateTime);
            var numbers = new List<int>();
            while (next < hits && DateOnly.FromDateTime(Found(next, hits).UtcDateTime) == date)
                numbers.Add(next++);
            if (numbers.Count == 0)
                continue;
            var lines = new (byte[] Row, byte[] Grouped)[numbers.Count];
            Parallel.For(0, numbers.Count, i => lines[i] = Line(numbers[i], hits));
            var name = date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            await WriteAsync(Path.Combine(folder, "index", date.ToString("yyyy/MM/dd", CultureInfo.InvariantCulture) + ".ndjson"), [Json(new IndexHeader(1)), .. lines.Select(line => line.Row)]);
            await WriteAsync(Path.Combine(folder, HitLog.LikenessPath(Epoch, name)), lines.Select(line => line.Grouped));
            likeness[name] = numbers.Count;
            progress($"{next} of {hits} hits in the index");
        }

        await WriteAsync(Path.Combine(folder, HitLog.Path), [Json(new LogHeader(LogHeader.CurrentSchema, Epoch, 1, likeness))]);
    }

    private static (byte[] Row, byte[] Grouped) Line(int number, int hits)
    {
        var hit = SyntheticHits.Hit(number, Found(number, hits));
        var story = DatedPath.Of(StoryStore.News, hit.Found, hit.Id);
        var sketch = TextSketch.Of(hit.Article.Title, hit.Article.Text).Pack();
        return (Json(HitRow.Of(hit, story)), Json(new LogEntry { Hit = new GroupedHit(hit.Id, hit.Found, story, sketch) }));
    }

    private static byte[] Json<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Documents.Compact);

    private static async Task WriteAsync(string file, IEnumerable<byte[]> lines)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await using var stream = File.Create(file);
        foreach (var line in lines)
        {
            stream.Write(line);
            stream.WriteByte((byte)'\n');
        }
    }
}
