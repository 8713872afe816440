using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NewsMonitor.Pipeline;
using NewsMonitor.Storage;

namespace NewsMonitor.Cli;

/// <summary><c>housekeeping</c>: what the daily function does, looked at first.</summary>
internal static class HousekeepingCommand
{
    public static Command Create()
    {
        var write = new Option<bool>("--write") { Description = "Do it. Without this, nothing is changed." };
        var json = CommonOptions.Json();
        var command = new Command("housekeeping", "Say what the daily tidying would remove and put together, or do it now.") { write, json };
        command.SetAction(async (parsed, cancel) =>
        {
            await using var services = Services.For(parsed);
            var report = await services.GetRequiredService<Housekeeping>().RunAsync(parsed.GetValue(write), cancel);
            if (parsed.GetValue(json))
                await Console.Out.WriteLineAsync(JsonSerializer.Serialize(report, Documents.Compact));
            else
                await PrintAsync(report, parsed.GetValue(write));
            return report.Problems.Count == 0 ? ExitCode.Success : throw new MonitorException(string.Join(' ', report.Problems));
        });
        return command;
    }

    private static async Task PrintAsync(HousekeepingReport report, bool write)
    {
        (string What, IReadOnlyList<string> Paths)[] parts =
        [
            ("expired", report.Expired), ("delivery", report.Deliveries), ("source", report.Sources), ("lapsed", report.Lapsed), ("compact", report.Compacted),
        ];
        foreach (var (what, paths) in parts)
        {
            foreach (var path in paths)
                await Console.Out.WriteLineAsync($"{what,-9}{path}");
        }

        await Console.Error.WriteLineAsync(
            $"{report.Expired.Count} hits and stories and {report.Deliveries.Count} deliveries older than is kept (Hits__KeepDays), state of {report.Sources.Count} sources "
            + $"that left the list, {report.Lapsed.Count} lapsed, {report.Compacted.Count} days of the index to put together{(write ? ": done" : "; nothing was changed, --write does it")}");
    }
}
