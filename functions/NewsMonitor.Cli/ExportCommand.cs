using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NewsMonitor.Hits.Export;
using NewsMonitor.Storage;

namespace NewsMonitor.Cli;

/// <summary><c>export</c>: an archive of the hits and stories of some days.</summary>
internal static class ExportCommand
{
    /// <summary>No hit is older: nothing is looked for where nothing can be.</summary>
    private static readonly DateOnly Earliest = new(1990, 1, 1);

    /// <param name="open">The services of one run of a command.</param>
    public static Command Create(Func<ParseResult, ServiceProvider> open)
    {
        var from = CommonOptions.Day("--from", "The first UTC day, as in 2026-11-23.");
        var to = CommonOptions.Day("--to", "The last UTC day (default: today).");
        from.Required = true;
        var output = HitsExport.Output("The archive (default: newsmonitor-FROM-TO.zip in the working directory).");
        var force = HitsExport.Force();
        var json = new Option<bool>("--json") { Description = "Print the archive's manifest." };
        var export = new Command(
            "export", "Write an archive: all hits of some days with their revisions, and the stories, as NDJSON in a zip, with a manifest of what is in it.")
        {
            from, to, output, force, json,
        };
        CommonOptions.CheckPeriod(export, null, from, to);
        export.SetAction(async (parsed, cancel) =>
        {
            await using var services = open(parsed);
            var today = DateOnly.FromDateTime(services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime);
            var first = parsed.GetValue(from)!.Value;
            var last = parsed.GetValue(to) ?? today;
            var path = parsed.GetValue(output) ?? $"newsmonitor-{Day(first)}-{Day(last)}.zip";
            // A clock that is ahead of ours has dated some tomorrow.
            (first, last) = (first > Earliest ? first : Earliest, last < today.AddDays(1) ? last : today.AddDays(1));
            if (first > last)
                throw new MonitorException($"--from {Day(first)} is later than today, {Day(today)}.");
            return await HitsExport.UnlessStoppedAsync(
                () => RunAsync(services, first, last, path, parsed.GetValue(force), parsed.GetValue(json), parsed.InvocationConfiguration, cancel),
                parsed.InvocationConfiguration.Error,
                cancel);
        });
        return export;
    }

    private static async Task<int> RunAsync(
        IServiceProvider services, DateOnly first, DateOnly last, string path, bool force, bool json, InvocationConfiguration console, CancellationToken cancel)
    {
        var progress = new Progress(console.Error, !Console.IsErrorRedirected, "documents");
        ArchiveManifest manifest;
        await using (var file = OutputFile.Create(path, force))
        {
            manifest = await ActivatorUtilities.CreateInstance<HitArchive>(services).WriteAsync(first, last, file.Stream, progress.Show, cancel);
            await file.KeepAsync();
        }

        progress.Hide();
        foreach (var problem in manifest.Problems)
            await console.Error.WriteLineAsync($"monitor: {problem}");
        await console.Output.WriteLineAsync(json
            ? JsonSerializer.Serialize(manifest, Documents.Compact)
            : $"{SafeText.Line(path)}: {Amount.Of(manifest.Hits.Count, "hit")} with {Amount.Of(manifest.Hits.Revisions, "revision")}, "
                + $"{Amount.Of(manifest.Stories.Count, "story", "stories")}, of {Day(first)} to {Day(last)}"
                + (manifest.Problems.Count == 0 ? "" : $"; {Amount.Of(manifest.Problems.Count, "problem")}, told above"));
        return manifest.Problems.Count > 0 ? ExitCode.Failure : ExitCode.Success;
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
