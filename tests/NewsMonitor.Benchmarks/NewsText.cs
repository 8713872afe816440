using System.Text;
using NewsMonitor.Quality;
using NewsMonitor.Tests.Peers;

namespace NewsMonitor.Benchmarks;

/// <summary>Articles to measure with, in memory.</summary>
/// <param name="Name">What they are, for people.</param>
public sealed record NewsText(string Name, NewsText.Article[] Articles)
{
    /// <summary>Says where the articles are, to this process and those that it starts.</summary>
    public const string Variable = "NEWSMONITOR_CORPUS";

    private const int Seed = 20240607, GeneratedArticles = 2000, SentencesOfArticle = 20, OneAboutATopicIn = 50;

    public readonly record struct Article(string Title, string Text);

    /// <summary>What the titles and texts are in UTF-8, with nothing between them.</summary>
    public long Bytes { get; } = Articles.Sum(a => (long)Encoding.UTF8.GetByteCount(a.Title) + Encoding.UTF8.GetByteCount(a.Text));

    /// <summary>The folder of articles that was given, or ../shared/corpus beside the repository; null when there is none.</summary>
    public static string? Folder
    {
        get
        {
            string folder = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given
                ? given
                : Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", "corpus"));
            return Directory.Exists(folder) ? folder : null;
        }
    }

    public static NewsText Load() => Folder is { } folder ? Read(folder) : Generate();

    /// <summary>
    /// All articles of a folder that are in files named .ndjson or .ndjson.gz: those named .jsonl hold labels, and texts written to be labelled.
    /// </summary>
    public static NewsText Read(string folder)
    {
        var files = ArticleFiles.FilesOf(folder).Where(file => file.Contains(".ndjson", StringComparison.OrdinalIgnoreCase));
        var articles = new ArticleFiles(problem => Console.Error.WriteLine($"benchmarks: {problem}")).ReadAll(files);
        return articles.Count > 0
            ? new NewsText("real articles", [.. articles.Select(a => new Article(a.Title, a.Text))])
            : throw new MonitorException($"{folder} has no articles in files named .ndjson or .ndjson.gz.");
    }

    /// <summary>
    /// The examples of the shipped topics, shuffled: no real text. Its sentences were written to be taken for one of the topics, so that it is much
    /// slower to match than news.
    /// </summary>
    public static NewsText Generate()
    {
        var examples = File.ReadLines(Path.Combine(Repository.Root, "tests", "NewsMonitor.Tests.Unit", "Topics", "shipped-topics-examples.txt"))
            .Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('|'))
            .ToLookup(parts => parts[0] == "none", parts => string.Join(". ", parts[1..].Where(p => p.Length > 0)));
        string[] aboutNothing = [.. examples[true]], about = [.. examples[false]];
        var random = new Random(Seed);
        return new NewsText(
            $"GENERATED text, not news: the project's own examples, shuffled (seed {Seed})",
            [
                .. Enumerable.Range(0, GeneratedArticles).Select(number => new Article(
                    random.GetItems(number % OneAboutATopicIn == 0 ? about : aboutNothing, 1)[0],
                    string.Join("\n\n", random.GetItems(aboutNothing, SentencesOfArticle)))),
            ]);
    }

    /// <summary>
    /// The same again and again until there are so many bytes. All strings are new ones: none is in the processor's cache for having been read
    /// just before.
    /// </summary>
    public NewsText Repeat(long bytes)
    {
        int times = (int)Math.Max(1, (bytes + Bytes - 1) / Bytes);
        return new NewsText(
            times == 1 ? Name : $"{Name}, {times} times",
            [.. Enumerable.Repeat(Articles, times).SelectMany(a => a).Select(a => new Article(new string(a.Title), new string(a.Text)))]);
    }

    /// <summary>Those that are about none of the topics.</summary>
    public NewsText Without(Topics.TopicRules rules) => new($"{Name} that match nothing", [.. Articles.Where(a => rules.Match(a.Title, a.Text).Count == 0)]);

    /// <summary>Writes it all to one file, for programs that read files.</summary>
    public void Write(string path)
    {
        using var file = new StreamWriter(path, append: false, new UTF8Encoding(false));
        foreach (var (title, text) in Articles)
            file.Write($"{title}\n{text}\n");
    }
}
