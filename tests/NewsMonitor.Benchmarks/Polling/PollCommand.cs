using System.CommandLine;
using System.Text.Json;
using NewsMonitor.Storage;
using NewsMonitor.Tests.Peers;

namespace NewsMonitor.Benchmarks.Polling;

/// <summary><c>poll</c>: what polling costs, beside other feed readers.</summary>
public static class PollCommand
{
    public static Command Create()
    {
        var (sources, items, hosts) = PollOptions.Feeds();
        var rounds = PollOptions.Number("--rounds", "How often each has its turn.", 3, 1, 100);
        var slow = PollOptions.Number("--slow", "How many of the sources sfeed and rss2email are given, which are slow.", 100, 1, 100_000);
        var only = new Option<string[]>("--only")
        {
            Description = "Only these: monitor, newsboat, sfeed, rss2email.",
            HelpName = "NAME",
            AllowMultipleArgumentsPerToken = true,
        };
        var monitor = new Option<string?>("--monitor") { Description = "The built command line (default: the Release build of this repository).", HelpName = "FILE" };
        var json = new Option<bool>("--json") { Description = "One JSON object for machines." };
        var command = new Command("poll", "The monitor, newsboat, sfeed and rss2email in turns on the same generated feeds; tests/poll-benchmark.sh runs it.")
        {
            sources, items, hosts, rounds, slow, only, monitor, json,
        };
        command.SetAction(result =>
        {
            string program = Path.GetFullPath(result.GetValue(monitor)
                ?? Path.Combine(Repository.Root, "functions", "NewsMonitor.Cli", "bin", "Release", "net10.0", "monitor"));
            if (!File.Exists(program))
                throw new MonitorException($"{program}: there is no such program. Build functions/NewsMonitor.Cli with -c Release.");
            var comparison = PollBenchmark.Measure(
                result.GetValue(sources), result.GetValue(items), result.GetValue(hosts), result.GetValue(rounds),
                FeedReader.All(program, result.GetValue(slow)), result.GetValue(only) ?? [], step => Console.Error.WriteLine($"benchmarks: {step}"));
            if (result.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(comparison, Documents.Compact));
            else
                PollTable.Write(comparison, Console.Out);
        });
        return command;
    }
}
