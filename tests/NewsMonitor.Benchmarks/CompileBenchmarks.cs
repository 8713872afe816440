using BenchmarkDotNet.Attributes;
using NewsMonitor.Topics;

namespace NewsMonitor.Benchmarks;

/// <summary>Compiling the shipped topics. Cold is what a program waits for at its start: the first time in a process, six processes.</summary>
public class CompileBenchmarks
{
    private string _yaml = "";

    [GlobalSetup]
    public void SetUp() => _yaml = Contestants.ShippedYaml;

    [Benchmark]
    public TopicRules Compile_shipped_topics() => TopicRules.Parse(_yaml, "shipped topics");
}
