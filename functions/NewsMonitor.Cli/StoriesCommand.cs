using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NewsMonitor.Hits;
using NewsMonitor.Storage;

namespace NewsMonitor.Cli;

/// <summary><c>stories</c>: what was grouped, and an operator's word on it.</summary>
internal static class StoriesCommand
{
    private const string Names = "Its path, its id, or the id of one of its hits.";

    /// <param name="open">The services of one run of a command.</param>
    public static Command Create(Func<ParseResult, ServiceProvider> open) =>
        new("stories", "Look at stories (copies of one text in several outlets), join and split them.")
        {
            StoriesList.Create(open), StoriesShow.Create(open), Join(open), Split(open),
        };

    private static Command Join(Func<ParseResult, ServiceProvider> open)
    {
        var one = new Argument<string>("ONE") { Description = Names };
        var other = new Argument<string>("OTHER") { Description = Names };
        var json = CommonOptions.Json();
        var join = new Command("join", "Say that two stories are one. The older stays and is printed; the other becomes a note that leads to it.") { one, other, json };
        join.SetAction(async (parsed, cancel) =>
        {
            await using var services = open(parsed);
            var lookup = StoryLookup.In(services);
            var (first, second) = (await lookup.FindAsync(parsed.GetValue(one)!, cancel), await lookup.FindAsync(parsed.GetValue(other)!, cancel));
            var path = await services.GetRequiredService<StoryStore>().JoinAsync(first.Path, second.Path, cancel);
            var console = parsed.InvocationConfiguration;
            await console.Error.WriteLineAsync(first.Path == second.Path ? "they are one already" : $"joined; {(path == first.Path ? second.Path : first.Path)} leads there");
            await console.Output.WriteLineAsync(parsed.GetValue(json) ? JsonSerializer.Serialize(new { path }, Documents.Compact) : path);
            return ExitCode.Success;
        });
        return join;
    }

    private static Command Split(Func<ParseResult, ServiceProvider> open)
    {
        var story = new Argument<string>("STORY") { Description = Names };
        var hits = new Argument<string[]>("HIT") { Description = "Ids of the hits that are another story, as `stories show` lists them.", Arity = ArgumentArity.OneOrMore };
        var json = CommonOptions.Json();
        var split = new Command("split", "Say that some hits of a story are another story. Prints both; nothing joins them again but `stories join`.") { story, hits, json };
        split.SetAction(async (parsed, cancel) =>
        {
            await using var services = open(parsed);
            var stories = services.GetRequiredService<StoryStore>();
            var from = await StoryLookup.In(services).FindAsync(parsed.GetValue(story)!, cancel);
            var into = await stories.SplitAsync(from.Path, [.. parsed.GetValue(hits)!.Distinct(StringComparer.Ordinal)], cancel);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(
                parsed.GetValue(json) ? JsonSerializer.Serialize(new { from = from.Path, into }, Documents.Compact) : $"{from.Path}\n{into}");
            return ExitCode.Success;
        });
        return split;
    }
}
