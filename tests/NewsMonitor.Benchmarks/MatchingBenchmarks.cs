using BenchmarkDotNet.Attributes;

namespace NewsMonitor.Benchmarks;

/// <summary>All articles, read once by each. See <see cref="Contestants"/>.</summary>
public class MatchingBenchmarks
{
    private NewsText _news = null!;
    private ArticleReader _reader = null!;

    [GlobalSetup(Target = nameof(Shipped_topics))]
    public void SetUpTwoTopics() => SetUp(Contestants.Matcher(Contestants.TwoTopics()));

    [GlobalSetup(Target = nameof(Two_hundred_topics))]
    public void SetUpTwoHundredTopics() => SetUp(Contestants.Matcher(Contestants.TwoHundredTopics()));

    [GlobalSetup(Target = nameof(Regex))]
    public void SetUpRegex() => SetUp(Contestants.Matches(KeyPhraseRegex.Create()));

    [GlobalSetup(Target = nameof(Lucene_tokens))]
    public void SetUpLucene() => SetUp(Contestants.LuceneTokens());

    private void SetUp(ArticleReader reader) => (_news, _reader) = (NewsText.Load(), reader);

    [Benchmark(Baseline = true)]
    public long Shipped_topics() => Contestants.ReadAll(_news, _reader);

    [Benchmark]
    public long Two_hundred_topics() => Contestants.ReadAll(_news, _reader);

    [Benchmark]
    public long Regex() => Contestants.ReadAll(_news, _reader);

    [Benchmark]
    public long Lucene_tokens() => Contestants.ReadAll(_news, _reader);
}
