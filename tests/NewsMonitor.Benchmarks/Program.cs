using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Running;
using NewsMonitor;
using NewsMonitor.Benchmarks;
using NewsMonitor.Benchmarks.Hits;
using NewsMonitor.Benchmarks.Polling;
using NewsMonitor.Storage;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

var corpus = new Option<string?>("--corpus")
{
    Description =
        $"Folder of articles, .ndjson or .ndjson.gz (default: {NewsText.Variable}, else ../shared/corpus beside the repository, else generated text).",
    HelpName = "DIR",
    Recursive = true,
};
corpus.Validators.Add(result =>
{
    if (result.Tokens is [var token] && !Directory.Exists(token.Value))
        result.AddError($"there is no folder {token.Value}");
});

var root = new RootCommand("Measures how fast articles are matched, with BenchmarkDotNet, what damaged feeds cost, what polling costs, and what keeping and listing hits costs. docs/measuring.md and docs/feeds.md explain it.")
{
    corpus, SideBySideCommand(), TopicsCommand(), FuzzCommand(), PollCommand.Create(), FeedServer.Command(), HitsCommand.Add(), HitsCommand.List(),
};
root.SetAction(result => Benchmark());

var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors)
        await Console.Error.WriteLineAsync($"benchmarks: {SafeText.Line(error.Message, 500)}");
    await Console.Error.WriteLineAsync("benchmarks: --help tells how it is used.");
    return 2;
}

// For the processes that BenchmarkDotNet starts as well.
if (parsed.GetValue(corpus) is { } folder)
    Environment.SetEnvironmentVariable(NewsText.Variable, Path.GetFullPath(folder));
try
{
    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception e) when (e is MonitorException or IOException or UnauthorizedAccessException or System.ComponentModel.Win32Exception)
{
    await Console.Error.WriteLineAsync($"benchmarks: {e.Message}");
    return 1;
}

static int Benchmark()
{
    // Beside the build, where nothing is committed.
    string artifacts = Path.Combine(AppContext.BaseDirectory, "BenchmarkDotNet.Artifacts");
    var summaries = BenchmarkRunner.Run(
    [
        BenchmarkConverter.TypeToBenchmarks(typeof(MatchingBenchmarks), Measures.OfMatching(artifacts)),
        BenchmarkConverter.TypeToBenchmarks(typeof(NothingFoundBenchmarks), Measures.OfMatching(artifacts)),
        BenchmarkConverter.TypeToBenchmarks(typeof(CompileBenchmarks), Measures.OfCompiling(artifacts)),
    ]);
    return summaries.All(s => !s.HasCriticalValidationErrors && s.Reports.All(r => r.Success)) ? 0 : 1;
}

static Command SideBySideCommand()
{
    var ripgrep = new Option<string?>("--ripgrep") { Description = "The program rg (default: go on without it).", HelpName = "FILE" };
    var literals = new Option<string?>("--literals") { Description = "Literals for ripgrep and a regex to look for, one a line.", HelpName = "FILE" };
    var rounds = new Option<int>("--rounds") { Description = "How often each has its turn.", HelpName = "NUMBER", DefaultValueFactory = _ => 7 };
    var megabytes = new Option<double>("--megabytes")
    {
        Description = "At least so much text: the articles are repeated.",
        HelpName = "NUMBER",
        DefaultValueFactory = _ => 50,
    };
    var json = new Option<bool>("--json") { Description = "One JSON object for machines." };
    rounds.Validators.Add(result =>
    {
        if (result.Tokens is [var token] && int.TryParse(token.Value, CultureInfo.InvariantCulture, out int given) && given is < 1 or > 1000)
            result.AddError("--rounds is a whole number from 1 to 1000.");
    });
    megabytes.Validators.Add(result =>
    {
        if (result.Tokens is [var token] && double.TryParse(token.Value, CultureInfo.InvariantCulture, out double given) && given is not (>= 1 and <= 2000))
            result.AddError("--megabytes is a number from 1 to 2000.");
    });
    var command = new Command("side-by-side", "Matcher, Regex, Lucene.NET and ripgrep in turns over the same text; tests/side-by-side.sh runs it.")
    {
        ripgrep, literals, rounds, megabytes, json,
    };
    command.Validators.Add(result =>
    {
        if (result.GetValue(ripgrep) is not null && result.GetValue(literals) is null)
            result.AddError("--ripgrep needs --literals.");
    });
    command.SetAction(result =>
    {
        var comparison = SideBySide.Run(
            NewsText.Load(), result.GetValue(literals), result.GetValue(ripgrep), result.GetValue(megabytes), result.GetValue(rounds),
            step => Console.Error.WriteLine($"benchmarks: {step}"));
        if (result.GetValue(json))
            Console.WriteLine(JsonSerializer.Serialize(comparison, Documents.Compact));
        else
            ComparisonTable.Write(comparison, Console.Out);
    });
    return command;
}

static Command FuzzCommand()
{
    var inputs = new Option<int>("--inputs") { Description = "How many damaged feeds.", HelpName = "NUMBER", DefaultValueFactory = _ => 100_000 };
    var seed = new Option<int>("--seed") { Description = "The same seed makes the same feeds.", HelpName = "NUMBER", DefaultValueFactory = _ => 1 };
    var output = new Option<string>("--output") { Description = "Folder for the inputs at fault.", HelpName = "DIR", DefaultValueFactory = _ => "fuzz-faults" };
    var json = new Option<bool>("--json") { Description = "One JSON object for machines." };
    var files = new Argument<string[]>("FILE") { Description = "Read these instead, and say what each took.", Arity = ArgumentArity.ZeroOrMore };
    inputs.Validators.Add(result =>
    {
        if (result.Tokens is [var token] && int.TryParse(token.Value, CultureInfo.InvariantCulture, out int given) && given < 1)
            result.AddError("--inputs is a whole number from 1.");
    });
    var command = new Command("fuzz", "Damaged feeds from bytes to articles: reports what throws, the slowest and the one that takes most memory.")
    {
        files, inputs, seed, output, json,
    };
    command.SetAction(result =>
    {
        if (result.GetValue(files) is { Length: > 0 } given)
        {
            foreach (var file in given)
                Console.WriteLine(Fuzz.Measure(file));

            return 0;
        }

        var run = Fuzz.Run(
            result.GetValue(inputs), result.GetValue(seed), result.GetValue(output)!, step => Console.Error.WriteLine($"benchmarks: {step}"));
        if (result.GetValue(json))
        {
            Console.WriteLine(JsonSerializer.Serialize(run, Documents.Compact));
        }
        else
        {
            foreach (var fault in run.Faults)
                Console.WriteLine(fault);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{run.Inputs} inputs in {run.Seconds:0} s, {run.Items} items, {run.Faults.Count} faults; slowest {run.SlowestMs:0.0} ms (input {run.Slowest}), most memory {run.MostMegabytes:0.0} MB (input {run.Most})"));
        }

        return run.Faults.Count == 0 ? 0 : 1;
    });
    return command;
}

static Command TopicsCommand()
{
    var command = new Command("topics", "Write the topics file with two hundred topics, to look at.");
    command.SetAction(_ => Console.WriteLine(ManyTopics.Yaml(Contestants.ShippedYaml)));
    return command;
}
