using System.Text.RegularExpressions;
using Lucene.Net.Analysis.Ar;
using Lucene.Net.Util;
using NewsMonitor.Topics;

namespace NewsMonitor.Benchmarks;

/// <summary>What reads an article, and how much it found there.</summary>
public delegate long ArticleReader(string title, string text);

/// <summary>All that are measured in this process, each doing its whole work on one article.</summary>
public static class Contestants
{
    public static string ShippedYaml { get; } = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Shipped", TopicCatalog.FileName));

    public static TopicRules TwoTopics() => TopicRules.Parse(ShippedYaml, "shipped topics");

    public static TopicRules TwoHundredTopics() => TopicRules.Parse(ManyTopics.Yaml(ShippedYaml), "two hundred topics") is { Topics.Count: 200 } rules
        ? rules
        : throw new MonitorException("With those of subjects.txt there are no longer two hundred topics: take some out, or write more.");

    /// <summary>Finds the topics, with their mentions and reasons.</summary>
    public static ArticleReader Matcher(TopicRules rules) => (title, text) => rules.Match(title, text).Count;

    /// <summary>Counts what a regex finds, without taking it out of the text.</summary>
    public static ArticleReader Matches(Regex regex) => (title, text) => regex.Count(title) + regex.Count(text);

    /// <summary>Only makes the tokens that a search engine would index: words, normalized and stemmed, without stop words. Finds nothing.</summary>
    public static ArticleReader LuceneTokens()
    {
        var analyzer = new ArabicAnalyzer(LuceneVersion.LUCENE_48);
        return (title, text) => Tokens(analyzer, title) + Tokens(analyzer, text);
    }

    private static long Tokens(ArabicAnalyzer analyzer, string text)
    {
        using var tokens = analyzer.GetTokenStream("text", text);
        tokens.Reset();
        long count = 0;
        while (tokens.IncrementToken())
            count++;
        tokens.End();
        return count;
    }

    /// <summary>Reads all articles once.</summary>
    public static long ReadAll(NewsText news, ArticleReader reader)
    {
        long found = 0;
        foreach (var (title, text) in news.Articles)
            found += reader(title, text);
        return found;
    }
}
