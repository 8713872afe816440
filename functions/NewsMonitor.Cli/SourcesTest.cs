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
            await using (web)
            {
                foreach (var source in sources)
                {
                    var input = source.IsFile ? files[source.Id] : await web.MoveNextAsync() ? web.Current : throw new InvalidOperationException();
                    failed += input.IsRead ? 0 : 1;
                    await parsed.InvocationConfiguration.Output.WriteLineAsync(parsed.GetValue(json) ? ToJson(source, input) : Line(source, input));
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

    private static string Line(Source source, FeedInput input)
    {
        var newest = input.Feed?.Items.Max(i => i.Published)?.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
        var what = input.IsRead
            ? $"{input.Feed!.Format}, {input.Feed.Items.Count} items{(newest is null ? "" : $", newest {newest}")}"
            : "failed";
        return $"{source.Id}  {string.Join("; ", input.Problems.Select(p => SafeText.Line(p, 300)).Prepend(what))}";
    }

    private static string ToJson(Source source, FeedInput input) => SafeText.Json(JsonSerializer.Serialize(
        new
        {
            source.Id,
            source.Address,
            Works = input.IsRead,
            Format = input.IsRead ? input.Feed!.Format : null,
            Items = input.Feed?.Items.Count ?? 0,
            Newest = input.Feed?.Items.Max(i => i.Published)?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            input.Problems,
        },
        Documents.Compact));
}
