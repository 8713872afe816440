using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;

namespace NewsMonitor.Cli;

/// <summary><c>hits</c>: what is stored.</summary>
internal static class HitsCommand
{
    /// <param name="open">The services of one run of a command.</param>
    public static Command Create(Func<ParseResult, ServiceProvider> open)
    {
        var command = new Command("hits", "Look at stored hits: by itself, those of the last seven days.")
        {
            HitsList.Create(open), HitsShow.Create(open), HitsExport.Create(open), HitsReindex.Create(open),
        };
        command.SetAction(async (parsed, cancel) =>
        {
            await using var services = open(parsed);
            return await HitsList.RunAsync(services, HitFilter.Usual(services), HitsList.UsualSize, json: false, parsed.InvocationConfiguration, cancel);
        });
        return command;
    }
}
