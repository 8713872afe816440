using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NewsMonitor.Hits;
using NewsMonitor.Hits.Index;
using NewsMonitor.Storage;

namespace NewsMonitor.Cli;

/// <summary><c>hits reindex</c>: the index anew, from the hits and stories themselves.</summary>
internal static class HitsReindex
{
    /// <summary>Hits that are put into stories at once.</summary>
    private const int AtOnce = 50;

    public static Command Create(Func<ParseResult, ServiceProvider> open)
    {
        var dryRun = new Option<bool>("--dry-run") { Description = "Only say what differs; nothing is written." };
        var json = CommonOptions.Json();
        var reindex = new Command(
            "reindex", "Make anew, from the stored hits, what they are found and grouped by. It may run beside a monitor; hits that are in no story are put into one.")
        {
            dryRun, json,
        };
        reindex.SetAction(async (parsed, cancel) =>
        {
            await using var services = open(parsed);
            return await RunAsync(services, !parsed.GetValue(dryRun), parsed.GetValue(json), parsed.InvocationConfiguration, cancel);
        });
        return reindex;
    }

    private static async Task<int> RunAsync(IServiceProvider services, bool write, bool json, InvocationConfiguration console, CancellationToken cancel)
    {
        var report = await services.GetRequiredService<IndexRebuild>().RunAsync(write, cancel);
        foreach (var problem in report.Problems)
            await console.Error.WriteLineAsync($"monitor: {SafeText.Line(problem, 1000)}");
        if (write)
        {
            foreach (var some in report.Unplaced.Chunk(AtOnce))
                await services.GetRequiredService<StoryStore>().JoinAsync(some, cancel);
        }

        await console.Output.WriteLineAsync(json ? Json(report, write) : Text(report, write));
        return report.Problems.Count > 0 ? ExitCode.Failure : ExitCode.Success;
    }

    private static string Json(RebuildReport report, bool write) => JsonSerializer.Serialize(
        new
        {
            report.Hits,
            report.Missing,
            report.Extra,
            report.Different,
            Unplaced = report.Unplaced.Select(kept => kept.Hit.Id),
            Problems = report.Problems.Count,
            Written = write,
        },
        Documents.Compact);

    private static string Text(RebuildReport report, bool write)
    {
        var (missing, extra, different) = (report.Missing, report.Extra, report.Different);
        var lines = new List<string>
        {
            Amount.Of(report.Hits + report.Unplaced.Count, "hit"),
            missing + extra + different == 0
                ? "the index says the same"
                : $"the index {(write ? "lacked" : "lacks")} {Amount.Of(missing, "of them", "of them")}, {(write ? "had" : "has")} {Amount.Of(extra, "that is not there", "that are not there")}, and {(write ? "said" : "says")} something else of {different}",
        };
        if (report.Unplaced.Count > 0)
            lines.Add($"{Amount.Of(report.Unplaced.Count, "hit was", "hits were")} in no story{(write ? ", and now in one" : "")}");
        if (report.Problems.Count > 0)
            lines.Add($"{Amount.Of(report.Problems.Count, "problem")}, told above");
        lines.Add(write ? "the index is made anew" : "nothing was written; run it without --dry-run");
        return string.Join('\n', lines);
    }
}
