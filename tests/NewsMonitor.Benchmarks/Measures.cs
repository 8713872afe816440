using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Mathematics;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace NewsMonitor.Benchmarks;

/// <summary>How BenchmarkDotNet measures: on one core, with what is allocated, and in megabytes of UTF-8 a second.</summary>
public static class Measures
{
    private static readonly Job s_oneCore = Job.Default.WithAffinity(1);

    /// <param name="artifacts">Where it leaves its reports.</param>
    private static ManualConfig Common(string artifacts) => ManualConfig.CreateEmpty()
        .AddColumnProvider(DefaultColumnProviders.Instance).AddLogger(ConsoleLogger.Default).AddExporter(MarkdownExporter.GitHub)
        .AddDiagnoser(MemoryDiagnoser.Default).WithArtifactsPath(artifacts)
        .WithBuildTimeout(TimeSpan.FromMinutes(15));

    public static IConfig OfMatching(string artifacts) => Common(artifacts)
        .AddJob(s_oneCore.WithWarmupCount(4).WithIterationCount(10))
        .AddColumn(
            new Throughput("MB/s", "in the mean", s => s.Mean),
            new Throughput("Best MB/s", "in the fastest iteration, which other programs disturbed least", s => s.Min));

    public static IConfig OfCompiling(string artifacts) => Common(artifacts)
        .AddJob(s_oneCore.WithStrategy(RunStrategy.ColdStart).WithLaunchCount(6).WithIterationCount(1).WithId("Cold"))
        .AddJob(s_oneCore.WithWarmupCount(6).WithIterationCount(10).WithId("Warm"));

    /// <summary>Megabytes a second. The articles are in memory as .NET strings; the bytes are what they would be in UTF-8.</summary>
    /// <param name="time">The nanoseconds that count.</param>
    private sealed class Throughput(string name, string legend, Func<Statistics, double> time) : IColumn
    {
        private static readonly Lazy<NewsText> s_news = new(NewsText.Load);
        private static readonly Dictionary<string, long> s_bytes = [];

        public string Id => name;

        public string ColumnName => name;

        public bool AlwaysShow => true;

        public ColumnCategory Category => ColumnCategory.Custom;

        public int PriorityInCategory => 0;

        public bool IsNumeric => true;

        public UnitType UnitType => UnitType.Dimensionless;

        public string Legend =>
            $"Millions of bytes of UTF-8 a second, {legend} ({s_news.Value.Articles.Length} articles, {s_news.Value.Bytes / 1e6:F1} MB: {s_news.Value.Name})";

        public bool IsAvailable(Summary summary) => true;

        public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

        public string GetValue(Summary summary, BenchmarkCase benchmarkCase) => GetValue(summary, benchmarkCase, SummaryStyle.Default);

        public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) =>
            summary[benchmarkCase]?.ResultStatistics is { } statistics ? $"{BytesOf(benchmarkCase.Descriptor) / time(statistics) * 1e3:F0}" : "?";

        private long BytesOf(Descriptor benchmark)
        {
            if (benchmark.Type != typeof(NothingFoundBenchmarks))
                return s_news.Value.Bytes;
            if (!s_bytes.TryGetValue(benchmark.WorkloadMethod.Name, out long bytes))
            {
                bool two = benchmark.WorkloadMethod.Name == nameof(NothingFoundBenchmarks.Shipped_topics);
                var rules = two ? Contestants.TwoTopics() : Contestants.TwoHundredTopics();
                s_bytes[benchmark.WorkloadMethod.Name] = bytes = s_news.Value.Without(rules).Bytes;
            }

            return bytes;
        }
    }
}
