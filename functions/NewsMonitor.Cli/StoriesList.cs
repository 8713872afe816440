using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using NewsMonitor.Hits;
using NewsMonitor.Topics;

namespace NewsMonitor.Cli;

/// <summary><c>stories list</c>.</summary>
internal static class StoriesList
{
    private const int AtOnce = 8;

    public static Command Create(Func<ParseResult, ServiceProvider> open)
    {
        var days = CommonOptions.Days("First seen in the last days, by UTC day (default: 7).");
        var topic = new Option<string[]>("--topic") { Description = "Only stories of this topic; may be given several times, for any of them.", HelpName = "ID" };
        var json = new Option<bool>("--json") { Description = "A whole story a line, with its path." };
        var list = new Command("list", "List stories, newest first. Those of backfilled hits are old news, and not among them.") { days, topic, json };
        list.SetAction(async (parsed, cancel) =>
        {
            await using var services = open(parsed);
            var today = DateOnly.FromDateTime(services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime);
            return await RunAsync(
                services, today.AddDays(1 - parsed.GetValue(days)), parsed.GetValue(topic) ?? [], parsed.GetValue(json), parsed.InvocationConfiguration, cancel);
        });
        return list;
    }

    private static async Task<int> RunAsync(
        IServiceProvider services, DateOnly first, IReadOnlyList<string> topics, bool json, InvocationConfiguration console, CancellationToken cancel)
    {
        var stories = services.GetRequiredService<StoryStore>();
        // A folder is a day; within a day names say nothing.
        var days = (await stories.ListSinceAsync(first, cancel)).GroupBy(path => DatedPath.DayOf(path)!.Value).OrderByDescending(day => day.Key);
        int problems = 0, shown = 0;
        foreach (var day in days)
        {
            var read = new List<(string Path, Story Story)>();
            await foreach (var (path, story, problem) in ReadAhead.InOrderAsync(day.ToAsyncEnumerable(), AtOnce, path => TryReadAsync(stories, path, cancel), cancel))
            {
                if (problem is not null)
                {
                    problems++;
                    await console.Error.WriteLineAsync($"monitor: {SafeText.Line(problem, 1000)}");
                }

                if (story is { IsNote: false } && (topics.Count == 0 || story.Topics.Any(topic => topics.Contains(topic.Topic, StringComparer.Ordinal))))
                    read.Add((path, story));
            }

            foreach (var (path, story) in read.OrderByDescending(entry => entry.Story.FirstSeen).ThenBy(entry => entry.Path, StringComparer.Ordinal))
            {
                shown++;
                await console.Output.WriteLineAsync(json ? StoriesShow.Json(path, story) : Line(path, story));
            }
        }

        if (shown == 0)
            await console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"no stories since {first:yyyy-MM-dd}{(topics.Count > 0 ? " that are as asked" : "")}"));
        return problems > 0 ? ExitCode.Failure : ExitCode.Success;
    }

    private static string Line(string path, Story story) => string.Create(
        CultureInfo.InvariantCulture,
        $"{story.FirstSeen.UtcDateTime:yyyy-MM-dd HH:mm}Z  {StoriesShow.Outlets(story)}  {Topics(story)}  {SafeText.Line(story.Headline, 120)}\n    {path}");

    private static string Topics(Story story) => string.Join(
        ", ", story.Topics.Select(topic => SafeText.Line(topic.Topic, 60) + (topic.Strength == Strength.Possible ? " (possible)" : "")));

    private static async Task<(string Path, Story? Story, string? Problem)> TryReadAsync(StoryStore stories, string path, CancellationToken cancel)
    {
        try
        {
            return (path, await stories.ReadAsync(path, cancel), null);
        }
        catch (MonitorException e)
        {
            return (path, null, e.Message);
        }
    }
}
