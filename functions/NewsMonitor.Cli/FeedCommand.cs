using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using NewsMonitor.Articles;
using NewsMonitor.Feeds;
using NewsMonitor.Storage;

namespace NewsMonitor.Cli;

/// <summary><c>feed FILE-or-URL…</c>: what the monitor sees in a feed.</summary>
internal static class FeedCommand
{
    public static Command Create()
    {
        var inputs = new Argument<string[]>("FILE-or-URL")
        {
            Description = "Feeds, or pages that name feeds. A dash is standard input.",
            Arity = ArgumentArity.OneOrMore,
        };
        var json = new Option<bool>("--json") { Description = "One JSON object a line for each input, in their order." };
        var country = new Option<string?>("--country")
        {
            Description = "ISO 3166-1 code of the country in whose time zone dates without an offset are read. Default: UTC.",
        };
        var command = new Command("feed", "Parses feeds, or finds the feeds that a page names, and shows what the monitor sees.")
        {
            inputs, json, country,
        };
        command.SetAction(async (parsed, cancel) =>
        {
            await using var services = Services.For(parsed);
            var zone = CountryZones.Of(parsed.GetValue(country));
            var output = parsed.InvocationConfiguration.Output;
            var failed = false;
            await foreach (var input in FeedInput.ReadAllAsync([.. parsed.GetValue(inputs)!.Select(i => (i, zone))], services, cancel))
            {
                failed |= !input.IsRead;
                if (parsed.GetValue(json))
                    await output.WriteLineAsync(ToJson(input));
                else
                    await ShowAsync(input, output, parsed.InvocationConfiguration.Error);
            }

            return failed ? 1 : 0;
        });
        return command;
    }

    internal static string ToJson(FeedInput input) => SafeText.Json(JsonSerializer.Serialize(
        new
        {
            input.Input,
            Format = input.IsRead ? input.Feed!.Format : null,
            Title = input.IsRead ? input.Feed!.Title : null,
            Language = input.Feed?.Language,
            Items = (input.Feed?.Items ?? []).Select(i => new
            {
                i.Id,
                i.Title,
                i.Link,
                Published = Utc(i.Published),
                Updated = Utc(i.Updated),
                i.Author,
                i.Summary,
                i.Content,
            }),
            input.Problems,
        },
        Documents.Compact));

    private static async Task ShowAsync(FeedInput input, TextWriter output, TextWriter error)
    {
        if (input.Feed is { IsFeed: true } feed)
        {
            var language = feed.Language is null ? "" : $", {SafeText.Line(feed.Language, 20)}";
            await output.WriteLineAsync(
                $"{SafeText.Line(input.Input)}: {feed.Format}{language}, {feed.Items.Count} items: {SafeText.Line(feed.Title)}");
            foreach (var item in feed.Items)
            {
                var when = item.Published?.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture) ?? "no date          ";
                await output.WriteLineAsync($"  {when}  {SafeText.Line(HtmlText.ToLine(item.Title))}  {SafeText.Line(item.Link)}");
            }
        }

        var name = input.Feed is null ? "" : $"{SafeText.Line(input.Input)}: ";
        foreach (var problem in input.Problems)
            await error.WriteLineAsync($"{name}{SafeText.Line(problem, 1_000)}");
    }

    private static string? Utc(DateTimeOffset? date) =>
        date?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
