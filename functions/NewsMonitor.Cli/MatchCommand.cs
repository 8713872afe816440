using System.CommandLine;
using NewsMonitor.Cli.Matching;

namespace NewsMonitor.Cli;

/// <summary><c>match</c>: the topics that texts are about, the words that say so, and why.</summary>
internal static class MatchCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Text, .json (an article, or an array of them) or .ndjson ({\"id\",\"title\",\"text\"} a line) in UTF-8, of any size; "
                + $"an article up to {BlockSizes.Usual.Longest >> 20} MB. Standard input when none is given, or for -: its first line tells which it is.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        files.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(t => t.Value.StartsWith("--", StringComparison.Ordinal)))
                result.AddError($"there is no option {token.Value}");
        });
        var topics = TopicsFile.Option();
        var json = new Option<bool>("--json")
        {
            Description = "One NDJSON line a hit, in input order, with the reasons and the article's other fields; offsets are UTF-16 units.",
        };
        var command = new Command("match", "Match texts against the topics. What cannot be read is told with its line, and the rest goes on.")
        {
            files, topics, json,
        };
        command.SetAction(async (result, cancel) =>
        {
            var rules = TopicsFile.Load(result.GetValue(topics), result);
            var run = new MatchRun(rules, result.GetValue(json), BlockSizes.Usual, Environment.ProcessorCount);
            return await run.RunAsync(result.GetValue(files) ?? [], Console.OpenStandardInput(), StandardOutput.Open(), Console.Error, cancel);
        });
        return command;
    }
}
