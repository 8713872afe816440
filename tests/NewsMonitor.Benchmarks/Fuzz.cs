using System.Diagnostics;
using NewsMonitor.Feeds;
using NewsMonitor.Sources;
using NewsMonitor.Tests.Peers;

namespace NewsMonitor.Benchmarks;

/// <param name="Faults">Inputs that threw, or that took more than a second or 200 MB; the file of each is named.</param>
internal sealed record FuzzResult(int Inputs, int Items, double Seconds, double SlowestMs, int Slowest, double MostMegabytes, int Most, IReadOnlyList<string> Faults);

/// <summary>Damaged feeds through the whole way from bytes to articles: nothing may throw, take a second or 200 MB.</summary>
internal static class Fuzz
{
    public const double MaximumMs = 1_000;
    public const double MaximumMegabytes = 200;

    private static readonly Source Source = new("s", "s", "https://s.example/", "ar", "IQ", null, "", true);
    private static readonly Uri Address = new("https://s.example/rss");

    /// <param name="folder">Where inputs at fault are written, each as it was.</param>
    public static FuzzResult Run(int inputs, int seed, string folder, Action<string> progress)
    {
        var mutator = new FeedMutator(seed);
        var faults = new List<string>();
        int items = 0, slowest = 0, most = 0;
        double slowestMs = 0, mostMegabytes = 0;
        var whole = Stopwatch.StartNew();
        for (var input = 0; input < inputs; input++)
        {
            var (bytes, charset) = mutator.Next();
            var (count, ms, megabytes, fault) = One(bytes, charset);

            // The first of all pays for what is compiled, and a collection may fall on anyone: only what is slow twice is slow.
            if (ms > MaximumMs)
                (_, ms, _, _) = One(bytes, charset);

            items += count;
            (slowestMs, slowest) = input > 100 && ms > slowestMs ? (ms, input) : (slowestMs, slowest);
            (mostMegabytes, most) = input > 100 && megabytes > mostMegabytes ? (megabytes, input) : (mostMegabytes, most);
            fault ??= ms > MaximumMs ? $"took {ms:0} ms" : megabytes > MaximumMegabytes ? $"took {megabytes:0} MB" : null;
            if (fault is not null)
            {
                Directory.CreateDirectory(folder);
                var file = Path.Combine(folder, $"fuzz-{seed}-{input}.bin");
                File.WriteAllBytes(file, bytes);
                faults.Add($"input {input} (charset {charset ?? "none"}): {fault}; {file}");
            }

            if ((input + 1) % 10_000 == 0)
                progress($"{input + 1} inputs, {faults.Count} faults, slowest {slowestMs:0.0} ms, most {mostMegabytes:0.0} MB");
        }

        return new FuzzResult(inputs, items, whole.Elapsed.TotalSeconds, slowestMs, slowest, mostMegabytes, most, faults);
    }

    /// <summary>Files as they are: what a run left, or hostile documents made by hand.</summary>
    public static string Measure(string file)
    {
        var bytes = File.ReadAllBytes(file);
        One(bytes, null);
        var (count, ms, megabytes, fault) = One(bytes, null);
        return $"{file}: {bytes.Length / 1e6:0.00} MB, {count} items, {ms:0.0} ms, {megabytes:0.0} MB allocated{(fault is null ? "" : $", {fault}")}";
    }

    private static (int Items, double Ms, double Megabytes, string? Fault) One(byte[] bytes, string? charset)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        var items = 0;
        string? fault = null;
        try
        {
            var feed = FeedParser.Parse(bytes, charset, Address, CountryZones.Of("IQ"), TimeProvider.System);
            items = Articles.ArticleReader.ReadAll(Source, feed, DateTimeOffset.UnixEpoch, "").Count;

            // The parser catches its own bugs and tells them so; here they count as thrown.
            fault = feed.Problems.FirstOrDefault(p => p.StartsWith("the document could not be read (", StringComparison.Ordinal)
                || p.StartsWith("an item could not be read", StringComparison.Ordinal));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            fault = $"threw {e.GetType().Name}: {SafeText.Line(e.Message, 200)}";
        }

        return (items, clock.Elapsed.TotalMilliseconds, (GC.GetAllocatedBytesForCurrentThread() - before) / 1e6, fault);
    }
}
