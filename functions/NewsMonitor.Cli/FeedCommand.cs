using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using NewsMonitor.Articles;
using NewsMonitor.Feeds;
using NewsMonitor.Sources;
using NewsMonitor.Storage;

namespace NewsMonitor.Cli;

/// <summary><c>feed FILE-or-URL…</c>: what the monitor sees in a feed.</summary>
internal static class FeedCommand
{
    public static Command Create()
    {
        var inputs = new Argument<string[]>("FILE-or-URL")
        {
            Description = "Feeds, or pages of sites, whose feeds are then looked for. A file goes before a host of its name. A dash is standard input.",
            Arity = ArgumentArity.OneOrMore,
        };
        var json = new Option<bool>("--json") { Description = "One JSON object a line for each input, in their order." };
        var country = new Option<string?>("--country")
        {
            Description = "ISO 3166-1 code of the country in whose time zone dates without an offset are read. Default: UTC.",
        };
        var command = new Command("feed", "Parses feeds and shows what the monitor sees; of a web page it finds the feeds: those it names, else at the usual addresses.")
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
                failed |= !input.IsRead && input is not { Fault: null, Found.Feeds.Count: > 0 };
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
        new FeedLine(
            input.Input,
            input.IsRead ? input.Feed!.Format : null,
            input.IsRead ? input.Feed!.Title : null,
            input.Feed?.Language,
            (input.Feed?.Items ?? []).Select(i => new
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
            Candidates(input)),
        Documents.Compact));

    /// <summary>What <c>--json</c> tells of a page: null of what is none.</summary>
    internal static IEnumerable<object>? Candidates(FeedInput input) =>
        input.Found is { } found ? found.Feeds.Select(f => new Candidate(
            f.Address, f.Title, f.Feed.Format, f.Feed.Language, f.Feed.Items.Count, Utc(f.Feed.Items.Max(i => i.Published)), f.IsArabic, f.Hint.Key(), f.SameAs))
        : input.Named.Count > 0 ? input.Named.Select(c => new Candidate(c.Address, c.Title, null, null, null, null, null, c.Hint.Key(), null))
        : null;

    /// <summary>The feeds that were found, a line each.</summary>
    internal static IEnumerable<string> CandidateLines(FoundFeeds found) => found.Feeds.Select(f =>
    {
        var language = f.Feed.Language is { Length: > 0 } label ? $", {SafeText.Line(label, 20)}" : f.IsArabic ? ", Arabic" : "";
        var newest = f.Feed.Items.Max(i => i.Published) is { } date ? $", newest {When(date)}" : "";
        var remark = f.SameAs is { } other ? $" (the same as {SourceAddress.Shown(other)})" : f.IsOfComments ? " (readers' comments)" : "";
        return $"  {SourceAddress.Shown(f.Address)}  {f.Feed.Format}{language}, {f.Feed.Items.Count} items{newest}: {SafeText.Line(f.Title, 80)}{remark}";
    });

    internal static string When(DateTimeOffset date) => date.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);

    private static async Task ShowAsync(FeedInput input, TextWriter output, TextWriter error)
    {
        var name = input.Feed is null ? "" : $"{SafeText.Line(input.Input)}: ";
        IEnumerable<string> problems = input.Problems;
        if (input.Feed is { IsFeed: true } feed)
        {
            var language = feed.Language is null ? "" : $", {SafeText.Line(feed.Language, 20)}";
            await output.WriteLineAsync(
                $"{SafeText.Line(input.Input)}: {feed.Format}{language}, {feed.Items.Count} items: {SafeText.Line(feed.Title)}");
            foreach (var item in feed.Items)
            {
                var when = item.Published is { } date ? When(date) : "no date          ";
                await output.WriteLineAsync($"  {when}  {SafeText.Line(HtmlText.ToLine(item.Title))}  {SafeText.Line(item.Link)}");
            }
        }
        else if (input.Found is { Feeds.Count: > 0 } found)
        {
            // The candidates say better what the page names; only what went wrong is left to tell.
            problems = input.Fault is null ? found.Problems : problems;
            await output.WriteLineAsync(
                $"{SafeText.Line(input.Input)}: {(input.Fault is null ? "a web page, not a feed" : "no feed")}; the site has {Counted(found.Feeds.Count)}:");
            foreach (var line in CandidateLines(found))
                await output.WriteLineAsync(line);
        }
        else if (input.Found is not null)
        {
            problems = problems.Append("no feed was found at the usual addresses of the site either");
        }

        foreach (var problem in problems)
            await error.WriteLineAsync($"{name}{SafeText.Line(problem, 1_000)}");
    }

    internal static string Counted(int feeds) => feeds == 1 ? "one feed" : $"{feeds} feeds";

    internal static string? Utc(DateTimeOffset? date) =>
        date?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private sealed record FeedLine(
        string Input,
        string? Format,
        string? Title,
        string? Language,
        IEnumerable<object> Items,
        IReadOnlyList<string> Problems,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IEnumerable<object>? Candidates);

    /// <param name="Hint">declared, linked or usual: why it was looked at.</param>
    private sealed record Candidate(
        string Address, string? Title, string? Format, string? Language, int? Items, string? Newest, bool? IsArabic, string Hint, string? SameAs);
}
