using System.CommandLine;
using System.Globalization;
using System.Text;
using NewsMonitor;
using NewsMonitor.Quality;
using NewsMonitor.Quality.Stories;
using NewsMonitor.Tests.Peers;
using NewsMonitor.Topics;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

var files = new Argument<string[]>("FILE")
{
    Description =
        "Articles and labels, one JSON object a line, or a folder of .ndjson and .jsonl; .gz too. Default: the examples of this project, and "
        + "../shared/corpus beside the repository where there is one.",
    Arity = ArgumentArity.ZeroOrMore,
};
var topics = new Option<string?>("--topics") { Description = "The topics file (default: the shipped topics).", HelpName = "FILE" };
var json = new Option<bool>("--json") { Description = "One JSON object for machines." };
var mentions = new Option<bool>("--mentions") { Description = "Also list quotes missed and mentions wrong in articles that were rightly found." };
var least = new Option<double?>("--min-f1")
{
    Description = "Exit with 1 when the F1 of a topic, over all labelled articles, is below this.",
    HelpName = "NUMBER",
};
least.Validators.Add(result =>
{
    // What is no number at all is told by the parser.
    if (result.Tokens is [var token] && double.TryParse(token.Value, CultureInfo.InvariantCulture, out double given) && given is not (>= 0 and <= 1))
        result.AddError("--min-f1 is a number from 0 to 1.");
});
var root = new RootCommand(
    "Measures how well topics are found: precision, recall and F1 on labelled articles, with every miss and false alarm. docs/measuring.md explains it.")
{
    files, topics, json, mentions, least, StoryCommand.Create(),
};
root.SetAction(result => Run(
    result.GetValue(files) ?? [],
    result.GetValue(topics) ?? Path.Combine(AppContext.BaseDirectory, "Shipped", TopicCatalog.FileName),
    result.GetValue(json), result.GetValue(mentions), result.GetValue(least)));

var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors)
        await Console.Error.WriteLineAsync($"quality: {SafeText.Line(error.Message, 500)}");
    await Console.Error.WriteLineAsync("quality: --help tells how it is used.");
    return 2;
}

try
{
    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception e) when (e is MonitorException or IOException or UnauthorizedAccessException)
{
    await Console.Error.WriteLineAsync($"quality: {e.Message}");
    return 1;
}

static int Run(string[] files, string topicsFile, bool json, bool showMentions, double? least)
{
    if (files.Length == 0)
    {
        string own = Path.Combine(Repository.Root, "tests", "NewsMonitor.Quality", "examples");
        string shared = Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", "corpus"));
        files = Directory.Exists(shared) ? [own, shared] : [own];
        if (files.Length == 1)
            Console.Error.WriteLine("quality: skipped real articles: there is no ../shared/corpus");
    }

    bool failed = false;
    var articles = new ArticleFiles(Fail).ReadAll(files);
    if (articles.Count == 0)
        throw new MonitorException("there is no article in what was given.");
    var result = Scoring.Score(TopicRules.Parse(File.ReadAllText(topicsFile), topicsFile), articles);
    if (json)
        Console.WriteLine(JsonReport.Of(result));
    else
        TextReport.Write(result, showMentions, Console.Out);

    foreach (var topic in result.All)
    {
        if (topic.Tally.F1 is { } f1 && f1 < least)
            Fail($"{topic.Topic} has an F1 of {TextReport.Rate(f1)}, below {least?.ToString(CultureInfo.InvariantCulture)}");
        else if (topic.Tally.F1 is null && least is not null)
            Console.Error.WriteLine($"quality: {topic.Topic} has no F1: no labelled article is about it, and none was found");
    }

    return failed ? 1 : 0;

    void Fail(string problem)
    {
        failed = true;
        Console.Error.WriteLine($"quality: {SafeText.Line(problem, 1000)}");
    }
}
