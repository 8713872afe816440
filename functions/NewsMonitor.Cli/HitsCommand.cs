using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NewsMonitor.Hits;
using NewsMonitor.Storage;

namespace NewsMonitor.Cli;

/// <summary><c>hits list|show</c>: what is stored.</summary>
internal static class HitsCommand
{
    public static Command Create()
    {
        var command = new Command("hits", "Look at stored hits: by itself, those of the last seven days.");
        command.SetAction((parsed, cancel) => ListAsync(parsed, days: 7, all: false, json: false, cancel));
        command.Subcommands.Add(List());
        command.Subcommands.Add(Show());
        return command;
    }

    private static Command List()
    {
        var days = CommonOptions.Days("How many days back, by UTC day (default: 7).");
        var all = new Option<bool>("--all") { Description = "Also those that no topic matches any more, since a backfill." };
        var json = CommonOptions.Json();
        var list = new Command("list", "The hits of the last days, the latest day first; --json prints one stored hit a line.") { days, all, json };
        list.SetAction((parsed, cancel) => ListAsync(parsed, parsed.GetValue(days), parsed.GetValue(all), parsed.GetValue(json), cancel));
        return list;
    }

    private static async Task<int> ListAsync(ParseResult parsed, int days, bool all, bool json, CancellationToken cancel)
    {
        await using var services = Services.For(parsed);
        var hits = services.GetRequiredService<HitStore>();
        var logger = services.GetRequiredService<ILogger<HitStore>>();
        foreach (var path in await hits.ListAsync(days, cancel))
        {
            if (await hits.ReadAsync(path, cancel).OrSkippedAsync(logger) is not { } hit || !(all || hit.IsCurrent))
                continue;
            await Console.Out.WriteLineAsync(json
                ? SafeText.Json(JsonSerializer.Serialize(hit, Documents.Compact))
                : $"{hit.Found:yyyy-MM-dd HH:mm}Z  {hit.Id}  {Topics(hit)}  "
                  + $"{SafeText.Line(hit.Article.SourceTitle, 30)}: {SafeText.Line(hit.Article.Title, 100)}");
        }

        return ExitCode.Success;
    }

    private static string Topics(Hit hit) => hit.IsCurrent
        ? string.Join(", ", hit.Topics.Select(topic => topic.Topic))
        : $"(no more: {string.Join(", ", hit.Earlier?[^1].Topics.Select(topic => topic.Topic) ?? [])})";

    private static Command Show()
    {
        var id = new Argument<string>("ID") { Description = "As `hits list` prints it." };
        var show = new Command("show", "One hit with all its evidence, as it is stored.") { id };
        show.SetAction(async (parsed, cancel) =>
        {
            await using var services = Services.For(parsed);
            var found = await services.GetRequiredService<HitStore>().FindAsync(parsed.GetValue(id)!, cancel)
                ?? throw new MonitorException($"There is no hit '{SafeText.Line(parsed.GetValue(id))}'; `hits list` shows what there is.");
            await Console.Out.WriteLineAsync(SafeText.Json(JsonSerializer.Serialize(found.Hit, Documents.Readable)));
            return ExitCode.Success;
        });
        return show;
    }
}
