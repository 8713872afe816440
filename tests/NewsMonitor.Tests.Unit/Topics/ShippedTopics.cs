using NewsMonitor.Topics;

namespace NewsMonitor.Tests.Unit.Topics;

/// <summary>The topics file that ships, compiled once for all tests.</summary>
internal static class ShippedTopics
{
    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "Shipped", "topics.yaml");

    public static string ExamplesPath { get; } = System.IO.Path.ChangeExtension(Path, ".examples.yaml");

    private static readonly Lazy<TopicRules> s_rules = new(() => TopicRules.Parse(File.ReadAllText(Path!), Path!));

    private static readonly Lazy<IReadOnlyList<Example>> s_examples =
        new(() => Rules.ParseExamples(File.ReadAllText(ExamplesPath!), ExamplesPath!));

    public static TopicRules Rules => s_rules.Value;

    /// <summary>What they should find and leave alone.</summary>
    public static IReadOnlyList<Example> Examples => s_examples.Value;

    public static string[] TopicsOf(string title, string text) => [.. Rules.Match(title, text).Select(m => m.Topic)];

    /// <summary>Title and body of the article that the project started from.</summary>
    public static (string Title, string Text) SeedArticle()
    {
        string[] parts = File.ReadAllText(System.IO.Path.Combine(AppContext.BaseDirectory, "Topics", "seed-article.txt")).Split("\n\n", 2);
        return (parts[0], parts[1]);
    }
}
