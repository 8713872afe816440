using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NewsMonitor.Functions;
using NewsMonitor.LocalHost;
using NewsMonitor.Pipeline;
using NewsMonitor.Sources;
using NewsMonitor.Storage;
using NewsMonitor.Topics;

namespace NewsMonitor.Cli;

/// <summary>The main job: the same functions that run in Azure, on this machine.</summary>
internal static class RunCommand
{
    private const string UsualAddress = "http://127.0.0.1:5080";

    public static Command Create()
    {
        var once = new Option<bool>("--once") { Description = "Do one full cycle (poll, match, store, send what is due) and exit." };
        var json = new Option<bool>("--json") { Description = "With --once: print a summary as JSON on stdout; progress goes to stderr." };
        var sources = new Option<string?>("--sources") { Description = "OPML file of sources instead of the one in the data folder.", HelpName = "FILE" };
        var topics = new Option<string?>("--topics") { Description = "Topics file instead of the one in the data folder.", HelpName = "FILE" };
        var urls = new Option<string?>("--urls") { Description = $"Where to serve the page (default: {UsualAddress}).", HelpName = "URL" };
        var command = new Command("run", "Poll the sources, match, store, send digests and webhooks, and serve the page, until Ctrl-C.")
        {
            once, json, sources, topics, urls,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(json) && !result.GetValue(once))
                result.AddError("--json goes with --once.");
        });
        command.SetAction((parsed, stopping) =>
        {
            var address = AddressOf(parsed.GetValue(urls) ?? UsualAddress);
            var settings = new Dictionary<string, string?>
            {
                ["Sources:File"] = parsed.GetValue(sources),
                ["Topics:File"] = parsed.GetValue(topics),
            };
            return RunAsync(parsed, settings, address, parsed.GetValue(once), parsed.GetValue(json), stopping);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        ParseResult parsed, Dictionary<string, string?> settings, Uri address, bool once, bool json, CancellationToken stopping)
    {
        var configuration = Settings.Read(parsed, settings);
        // Unless the operator names a public address, links in digests lead to this machine.
        if (string.IsNullOrEmpty(configuration["Digests:PublicUrl"]))
            configuration["Digests:PublicUrl"] = address.AbsoluteUri;
        await using var host = LocalFunctionsHost.Create(
            typeof(PollFunctions).Assembly, configuration, address, services => Services.Add(services, configuration));
        var services = host.Services.Validated();

        // What the operator wrote is checked before anything begins, so that a mistake is one line and not one for each source.
        await services.GetRequiredService<FirstRun>().PrepareAsync(stopping);
        var list = await services.GetRequiredService<SourceCatalog>().ReadAsync(stopping);
        await services.GetRequiredService<TopicCatalog>().ReadAsync(stopping);
        foreach (var problem in list.Problems)
            await Console.Error.WriteLineAsync($"warning: {SafeText.Line(problem, 500)}");

        var report = new RunReport(
            json ? Console.Error : Console.Out, services.GetRequiredService<StorageCounts>(), services.GetRequiredService<IBlobStore>().Locate);
        services.GetRequiredService<Journal>().Written += report.Add;

        if (!once)
        {
            await host.ServeAsync(stopping);
            await Console.Out.WriteLineAsync($"page     {host.Addresses.First()}");
        }

        // Whoever starts one cycle by hand wants all sources asked, due or not.
        if (once)
            await services.GetRequiredService<PollSchedule>().EnqueueAsync(now: true, stopping);
        else
            await host.RunTimerAsync(nameof(PollFunctions.SchedulePolls));
        await host.DrainAsync(stopping);
        if (!stopping.IsCancellationRequested)
        {
            await host.RunTimerAsync(nameof(DigestFunctions.ScheduleDigests));
            await host.RunTimerAsync(nameof(DigestFunctions.TellOperators));
            await host.DrainAsync(stopping);
        }

        await PrintAsync(report.Summary(), json);
        if (once || stopping.IsCancellationRequested)
            return ExitCode.Success;
        await Console.Out.WriteLineAsync($"running; the page is at {host.Addresses.First()}; Ctrl-C stops");
        await host.ListenAsync(stopping);
        await Console.Out.WriteLineAsync("stopped");
        return ExitCode.Success;
    }

    private static async Task PrintAsync(RunSummary summary, bool json)
    {
        if (json)
        {
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(summary, Documents.Compact));
            return;
        }

        var topics = string.Join(", ", summary.HitsByTopic.Select(topic => $"{topic.Key} {topic.Value}"));
        await Console.Out.WriteLineAsync(
            $"""

            sources polled: {summary.Sources.Polled}, unchanged: {summary.Sources.Unchanged}, failed: {summary.Sources.Failed}
            items: {summary.Items}, new: {summary.NewItems}, hits: {summary.Hits}{(topics.Length > 0 ? $" ({topics})" : "")}
            digests sent: {summary.Digests}, webhooks delivered: {summary.Webhooks}
            storage: {summary.Storage.Reads} reads, {summary.Storage.Writes} writes, {summary.Storage.Lists} lists, {summary.Storage.QueueOperations} queue operations
            {summary.WallMilliseconds} ms wall, {summary.CpuMilliseconds} ms CPU
            """);
        foreach (var hit in summary.HitFiles)
            await Console.Out.WriteLineAsync($"hit      {hit}");
        foreach (var digest in summary.DigestFiles)
            await Console.Out.WriteLineAsync($"digest   {digest}");
    }

    private static Uri AddressOf(string urls) =>
        Uri.TryCreate(urls, UriKind.Absolute, out var address) && address.Scheme is "http"
            ? address
            : throw new MonitorException($"--urls {SafeText.Line(urls)}: give one http address of this machine, as in {UsualAddress}.");
}
