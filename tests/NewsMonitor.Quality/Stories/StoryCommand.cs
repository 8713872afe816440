using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using NewsMonitor.Tests.Peers;

namespace NewsMonitor.Quality.Stories;

/// <summary><c>quality stories</c>: how well copies of one text are told from other articles.</summary>
public static class StoryCommand
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string OwnArticles => Path.Combine(Repository.Root, "tests", "NewsMonitor.Quality", "stories-articles");

    public static Command Create()
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Articles, one JSON object a line, or a folder of .ndjson and .jsonl; .gz too. Default: the articles of this project, and "
                + "../shared/corpus beside the repository where there is one.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var seed = new Option<int>("--seed") { Description = "Other copies and decoys for another number.", DefaultValueFactory = _ => 1, HelpName = "N" };
        var json = new Option<bool>("--json") { Description = "One JSON object for machines." };
        var examples = new Option<int>("--examples") { Description = "How many errors of each kind are shown.", DefaultValueFactory = _ => 2, HelpName = "N" };
        var command = new Command("stories", "Measures how well copies of one text are joined to one story, and other articles are not.")
        {
            files, seed, json, examples,
        };
        command.SetAction(result => Run(result.GetValue(files) ?? [], result.GetValue(seed), result.GetValue(json), result.GetValue(examples)));
        return command;
    }

    private static int Run(string[] files, int seed, bool json, int examples)
    {
        if (files.Length == 0)
        {
            string shared = Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", "corpus"));
            files = Directory.Exists(shared) ? [OwnArticles, .. Directory.GetFiles(shared, "*.ndjson.gz").Order(StringComparer.Ordinal)] : [OwnArticles];
            if (files.Length == 1)
                Console.Error.WriteLine("quality: skipped real articles: there is no ../shared/corpus");
        }

        bool failed = false;
        var articles = new ArticleFiles(problem =>
        {
            failed = true;
            Console.Error.WriteLine($"quality: {SafeText.Line(problem, 1000)}");
        }).ReadAll(files);
        if (articles.Count == 0)
            throw new MonitorException("there is no article in what was given.");
        var score = StoryScore.Of(StoryCases.Make(articles, seed));
        if (json)
            Console.WriteLine(JsonSerializer.Serialize(new { score.Articles, score.Stories, score.Precision, score.Recall, score.Kinds }, Json));
        else
            Write(score, examples);
        return failed ? 1 : 0;
    }

    private static void Write(StoryScore score, int examples)
    {
        foreach (var kind in score.Errors.GroupBy(error => error.IsFalseJoin ? $"wrongly joined, {error.Other.Kind} to {error.One.Kind}" : $"missed, {error.Other.Kind}"))
        {
            foreach (var error in kind.Take(examples))
                Console.WriteLine($"{kind.Key}\n  {Line(error.One)}\n  {Line(error.Other)}");
        }

        Console.WriteLine();
        Console.WriteLine($"{"",-24}{"articles",9}{"copies",9}{"found",9}{"missed",9}{"recall",9}{"wrongly joined",16}");
        foreach (var kind in score.Kinds)
        {
            string recall = kind.Copies == 0 ? "" : ((double)kind.Found / kind.Copies).ToString("F3", CultureInfo.InvariantCulture);
            Console.WriteLine($"{kind.Kind,-24}{kind.Articles,9}{kind.Copies,9}{kind.Found,9}{kind.Copies - kind.Found,9}{recall,9}{kind.WronglyJoined,16}");
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"\n{score.Articles} articles, {score.Stories} stories; pairs: precision {score.Precision:F4}, recall {score.Recall:F4}"));
    }

    private static string Line(StoryArticle article) =>
        SafeText.Line($"{article.Title} — {article.Text.Replace('\n', ' ')}", 260);
}
