using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NewsMonitor.Pipeline;
using NewsMonitor.Sources;
using NewsMonitor.Storage;
using NewsMonitor.Topics;

namespace NewsMonitor.Cli;

/// <summary><c>backfill</c>: what changed topics would have found, and on demand the storing of it.</summary>
internal static class BackfillCommand
{
    private const int UsualDays = 30;

    public static Command Create()
    {
        var topics = TopicsFile.Option();
        var days = CommonOptions.Days($"Only the last days, by UTC day (default: {UsualDays} for stored hits, all of an archive).", UsualDays);
        var since = CommonOptions.Day("--since", "Only from this UTC day on, as in 2026-11-23.");
        var until = CommonOptions.Day("--until", "Only up to this UTC day (default: today).");
        var archive = new Option<string[]>("--archive")
        {
            Description = "Read these articles instead: NDJSON, plain or gzip, {\"title\",\"text\",\"url\",\"source\",\"date\"} a line; "
                + "- is standard input.",
            HelpName = "FILE",
            AllowMultipleArgumentsPerToken = true,
        };
        var write = new Option<bool>("--write") { Description = "Store what differs. Without it nothing is written." };
        var json = new Option<bool>("--json") { Description = "One JSON object a difference, one a line; the summary goes to stderr." };
        var command = new Command(
            "backfill",
            "Run the topics again over stored hits, or over an archive, and show what would be added, lost or changed. The monitor stores only "
            + "articles that matched: what changed topics would have found besides is not among them, and only --archive can bring it. "
            + "Nothing that is backfilled is mailed or posted to webhooks.")
        {
            topics, days, since, until, archive, write, json,
        };
        CommonOptions.CheckPeriod(command, days, since, until);
        command.SetAction(async (parsed, cancel) =>
        {
            var files = parsed.GetValue(archive) ?? [];
            await using var services = Services.For(parsed, new Dictionary<string, string?> { ["Topics:File"] = parsed.GetValue(topics) });
            var today = DateOnly.FromDateTime(services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime);
            var isAll = files.Length > 0 && parsed.GetResult(days) is null or { Implicit: true } && parsed.GetResult(since) is null;
            var first = parsed.GetValue(since) ?? (isAll ? DateOnly.MinValue : today.AddDays(1 - parsed.GetValue(days)));
            var last = parsed.GetValue(until) ?? (isAll ? DateOnly.MaxValue : today);
            var console = parsed.InvocationConfiguration;
            var report = new BackfillReport(console.Output, console.Error, parsed.GetValue(json), showsProgress: !Console.IsErrorRedirected);
            return await RunAsync(services, new Wanted(files, first, last, parsed.GetValue(write)), report, cancel);
        });
        return command;
    }

    /// <returns>0; 1 when something could not be read, or the run was stopped.</returns>
    internal static async Task<int> RunAsync(IServiceProvider services, Wanted wanted, BackfillReport report, CancellationToken cancel)
    {
        var topics = await TopicsAsync(services, cancel);
        var backfill = services.GetRequiredService<Backfill>();
        var rematches = wanted.Files.Count == 0
            ? backfill.OverHitsAsync(topics, wanted.First, wanted.Last, wanted.Write, cancel)
            : backfill.OverArchiveAsync(topics, await ArchiveAsync(services, wanted, cancel), wanted.Write, cancel);
        try
        {
            await foreach (var rematch in rematches)
                report.Add(rematch);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // While a line was waited for.
        }

        report.Summarize(topics, wanted.Files.Count, wanted.Write, cancel.IsCancellationRequested);
        return report.Problems > 0 || cancel.IsCancellationRequested ? ExitCode.Failure : ExitCode.Success;
    }

    /// <summary>The chosen file, else those of the store, else the shipped ones: a look must not write them into an empty store.</summary>
    private static async Task<TopicRules> TopicsAsync(IServiceProvider services, CancellationToken cancel)
    {
        var isChosen = services.GetRequiredService<IOptions<TopicsOptions>>().Value.File is { Length: > 0 };
        return isChosen || await services.GetRequiredService<IBlobStore>().ReadAsync(TopicCatalog.FileName, cancel) is not null
            ? await services.GetRequiredService<TopicCatalog>().ReadAsync(cancel)
            : TopicsFile.Shipped();
    }

    private static async Task<IAsyncEnumerable<ArchiveLine>> ArchiveAsync(IServiceProvider services, Wanted wanted, CancellationToken cancel)
    {
        // The outlets' names and countries; before the first run there are none.
        var isListed = services.GetRequiredService<IOptions<SourcesOptions>>().Value.File is { Length: > 0 }
            || await services.GetRequiredService<IBlobStore>().ReadAsync(SourceCatalog.ListName, cancel) is not null;
        var sources = isListed ? (await services.GetRequiredService<SourceCatalog>().ReadAsync(cancel)).Sources : [];
        return new ArchiveReader(sources, services.GetRequiredService<TimeProvider>()).ReadAsync(wanted.Files, cancel).Where(wanted.Includes);
    }

    /// <param name="Files">Of an archive; none for the stored hits.</param>
    /// <param name="First">UTC days, inclusive.</param>
    internal sealed record Wanted(IReadOnlyList<string> Files, DateOnly First, DateOnly Last, bool Write)
    {
        /// <summary>Lines without a date are told as such where it matters.</summary>
        public bool Includes(ArchiveLine line) =>
            line.Article?.Published is not { } published || (DateOnly.FromDateTime(published.UtcDateTime) is var day && day >= First && day <= Last);
    }
}
