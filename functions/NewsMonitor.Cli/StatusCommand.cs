using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NewsMonitor.Pipeline;
using NewsMonitor.Storage;

namespace NewsMonitor.Cli;

/// <summary><c>status</c>: whether all is well, as <c>/health</c> says it.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var json = CommonOptions.Json();
        var command = new Command("status", "Say whether all is well; exits with 1 when the monitor does not do its work.") { json };
        command.SetAction(async (parsed, cancel) =>
        {
            await using var services = Services.For(parsed);
            var report = await services.GetRequiredService<Health>().CheckAsync(cancel);
            if (parsed.GetValue(json))
            {
                await Console.Out.WriteLineAsync(JsonSerializer.Serialize(report, Documents.Compact));
            }
            else
            {
                var last = report.LastPoll is { } at ? $"last poll {at:u}" : "never polled";
                await Console.Out.WriteLineAsync($"{(report.IsHealthy ? "well" : "ill")}: {last}, {report.Sources} sources, {report.Failing} failing");
                foreach (var warning in report.Warnings)
                    await Console.Out.WriteLineAsync($"warning: {warning}");
            }

            return report.IsHealthy ? ExitCode.Success : throw new MonitorException(string.Join(' ', report.Problems));
        });
        return command;
    }
}
