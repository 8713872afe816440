using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NewsMonitor.Hits;
using NewsMonitor.Storage;

namespace NewsMonitor.Cli;

/// <summary><c>stories show</c>: one story with its sources.</summary>
internal static class StoriesShow
{
    public static Command Create(Func<ParseResult, ServiceProvider> open)
    {
        var asked = new Argument<string>("STORY") { Description = "Its path, its id, or the id of one of its hits." };
        var json = new Option<bool>("--json") { Description = "The story as it is stored, with its path." };
        var show = new Command("show", "One story: what it says, who has it since when, what was corrected, joined and split.") { asked, json };
        show.SetAction(async (parsed, cancel) =>
        {
            await using var services = open(parsed);
            var console = parsed.InvocationConfiguration;
            var lookup = StoryLookup.In(services);
            var given = await lookup.PathAsync(parsed.GetValue(asked)!, cancel);
            var (path, story) = await lookup.FindAsync(parsed.GetValue(asked)!, cancel);
            if (given != path)
                await console.Error.WriteLineAsync($"{given} was joined to {path}");
            if (parsed.GetValue(json))
                await console.Output.WriteLineAsync(Json(path, story));
            else
                await WriteAsync(console.Output, services.GetRequiredService<IBlobStore>().Locate(path), story);
            return ExitCode.Success;
        });
        return show;
    }

    public static string Json(string path, Story story)
    {
        var fields = new JsonObject { ["path"] = path };
        foreach (var (name, value) in JsonSerializer.SerializeToNode(story, Documents.Compact)!.AsObject().ToList())
            fields[name] = value?.DeepClone();
        return SafeText.Json(fields.ToJsonString(Documents.Compact));
    }

    public static string Outlets(Story story) =>
        Amount.Of(story.Sources.Select(source => source.SourceId).Distinct(StringComparer.Ordinal).Count(), "outlet");

    private static async Task WriteAsync(TextWriter output, string place, Story story)
    {
        await output.WriteLineAsync(SafeText.Line(story.Headline, 500));
        await output.WriteLineAsync($"  {Outlets(story)}, first seen {Time(story.FirstSeen)}, {SafeText.Line(story.Language, 12)}");
        await output.WriteLineAsync($"  lies at {place}\n");
        foreach (var line in story.Topics.SelectMany(ShownMatch.Brief))
            await output.WriteLineAsync(line);
        await output.WriteLineAsync(story.Topics.Count == 0 ? "no topic matches any more\n" : "");
        foreach (var source in story.Sources)
        {
            await output.WriteLineAsync($"{Time(source.Found)}  {SafeText.Line(source.SourceTitle, 60)}: {SafeText.Line(source.Title, 200)}");
            await output.WriteLineAsync($"    {SafeText.Line(source.HitId, 40)}  {SafeText.Link(source.Url) ?? "(no address)"}");
        }

        var notes = (story.Corrections ?? []).Select(change => $"{Time(change.At)}  corrected by {Outlet(story, change.HitId)}: revision {change.Number} of hit {SafeText.Line(change.HitId, 40)}")
            .Concat((story.Merged ?? []).Select(path => $"joined to this: {SafeText.Line(path)}"))
            .Concat((story.Apart ?? []).Select(path => $"kept apart from this: {SafeText.Line(path)}"))
            .ToList();
        if (notes.Count > 0)
            await output.WriteLineAsync();
        foreach (var note in notes)
            await output.WriteLineAsync(note);
    }

    private static string Outlet(Story story, string hit) =>
        SafeText.Line(story.Sources.FirstOrDefault(source => source.HitId == hit)?.SourceTitle ?? "an outlet", 60);

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
}
