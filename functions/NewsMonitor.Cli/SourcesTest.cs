using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NewsMonitor.Feeds;
using NewsMonitor.Sources;
using NewsMonitor.Storage;

namespace NewsMonitor.Cli;

/// <summary><c>sources test</c>: fetches and reads sources once, stores nothing.</summary>
internal static class SourcesTest
{
    public static Command Create(Func<ParseResult, CancellationToken, Task<SourceCatalog>> catalog, Option<bool> json)
    {
        var names = SourcesCommand.Names(optional: true);
        var command = new Command("test", "Fetches sources once and says what came; all enabled ones when none is named.") { names };
        command.SetAction(async (parsed, cancel) =>
        {
            var there = await catalog(parsed, cancel);
            var list = await there.ReadAsync(cancel);
            await SourcesCommand.TellAsync(list.Problems, parsed);
            IReadOnlyList<Source> sources = parsed.GetValue(names) is { Length: > 0 } some
                ? SourcesCommand.Find(list, some) : [.. list.Sources.Where(s => s.Enabled)];
            await using var services = Services.For(parsed);
            var files = new Dictionary<string, FeedInput>(StringComparer.Ordinal);
            foreach (var source in sources.Where(s => s.IsFile))
                files[source.Id] = await OpenAsync(there, source, services.GetRequiredService<TimeProvider>(), cancel);

            var web = FeedInput.ReadAllAsync(
                [.. sources.Where(s => !s.IsFile).Select(s => (s.Address, CountryZones.Of(s.Country)))], services, cancel).GetAsyncEnumerator(cancel);
            var failed = 0;
            var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
            await using (web)
            {
                foreach (var source in sources)
                {
                    var input = source.IsFile ? files[source.Id] : await web.MoveNextAsync() ? web.Current : throw new InvalidOperationException();
                    failed += input.IsRead ? 0 : 1;
                    await parsed.InvocationConfiguration.Output.WriteLineAsync(parsed.GetValue(json) ? ToJson(source, input, now) : Line(source, input, now));
                }
            }

            await parsed.InvocationConfiguration.Error.WriteLineAsync($"{sources.Count - failed} of {sources.Count} sources work.");
            return failed > 0 ? 1 : 0;
        });
        return command;
    }

    private static async Task<FeedInput> OpenAsync(SourceCatalog catalog, Source source, TimeProvider time, CancellationToken cancel)
    {
        try
        {
            var content = await catalog.OpenFileAsync(source, cancel);
            return new FeedInput(source.Address, FeedParser.Parse(content.ToMemory(), null, null, CountryZones.Of(source.Country), time), null);
        }
        catch (MonitorException e)
        {
            return new FeedInput(source.Address, null, e.Message);
        }
    }

    private static string Line(Source source, FeedInput input, DateTimeOffset now)
    {
        var found = input.Found is { Feeds.Count: > 0 } some
            ? [$"the site has: {string.Join("; ", some.Feeds.Where(f => f.IsOfItsOwn).Take(5).Select(f => SourceAddress.Shown(f.Address)))}"]
            : Array.Empty<string>();
        var what = input.IsRead
            ? $"{input.Feed!.Format}, {input.Feed.Items.Count} items{(Newest(input) is { } newest ? $", newest {FeedCommand.When(newest)} ({Age(now - newest)} ago)" : ", no dates")}, {input.Encoding}"
            : "failed";
        var status = input.Status is { } code ? $"HTTP {code}, " : "";
        return $"{source.Id}  {status}{string.Join("; ", input.Problems.Concat(found).Select(p => SafeText.Line(p, 300)).Prepend(what))}";
    }

    private static DateTimeOffset? Newest(FeedInput input) => input.Feed?.Items.Max(i => i.Published ?? i.Updated);

    /// <summary>In the largest unit that says enough: a feed whose newest item is days old may be dead.</summary>
    private static string Age(TimeSpan age) => age.TotalHours switch
    {
        < 1 => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, age.TotalMinutes):0} min"),
        < 48 => string.Create(CultureInfo.InvariantCulture, $"{age.TotalHours:0} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{age.TotalDays:0} days"),
    };

    private static string ToJson(Source source, FeedInput input, DateTimeOffset now) => SafeText.Json(JsonSerializer.Serialize(
        new
        {
            source.Id,
            source.Address,
            Works = input.IsRead,
            Format = input.IsRead ? input.Feed!.Format : null,
            Items = input.Feed?.Items.Count ?? 0,
            Newest = FeedCommand.Utc(Newest(input)),
            input.Problems,
            input.Status,
            input.Encoding,
            NewestAgeMinutes = Newest(input) is { } newest ? (long?)(now - newest).TotalMinutes : null,
            Candidates = FeedCommand.Candidates(input),
        },
        Documents.Compact));
}
