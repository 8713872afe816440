using BenchmarkDotNet.Attributes;

namespace NewsMonitor.Benchmarks;

/// <summary>Only the articles in which the topics find nothing: as nearly all are, they must cost no memory.</summary>
public class NothingFoundBenchmarks
{
    private NewsText _news = null!;
    private ArticleReader _reader = null!;

    [GlobalSetup(Target = nameof(Shipped_topics))]
    public void SetUpTwoTopics() => SetUp(Contestants.TwoTopics());

    [GlobalSetup(Target = nameof(Two_hundred_topics))]
    public void SetUpTwoHundredTopics() => SetUp(Contestants.TwoHundredTopics());

    private void SetUp(Topics.TopicRules rules) => (_news, _reader) = (NewsText.Load().Without(rules), Contestants.Matcher(rules));

    [Benchmark(Baseline = true)]
    public long Shipped_topics() => Contestants.ReadAll(_news, _reader);

    [Benchmark]
    public long Two_hundred_topics() => Contestants.ReadAll(_news, _reader);
}
