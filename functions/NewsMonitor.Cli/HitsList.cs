using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using NewsMonitor.Hits.Export;
using NewsMonitor.Hits.Index;
using NewsMonitor.Topics;

namespace NewsMonitor.Cli;

/// <summary><c>hits list</c>: by the index; a hit is read only where all of it is printed, or to see whether it has the words.</summary>
internal static class HitsList
{
    public const int UsualSize = 20;

    private const int LargestSize = 10_000;

    public static Command Create(Func<ParseResult, ServiceProvider> open)
    {
        var filter = new HitFilter();
        var size = new Option<int?>("--size") { Description = $"How many; 0 is all (default: {UsualSize}, with --json all).", HelpName = "N" };
        size.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, CultureInfo.InvariantCulture, out var given) && given is < 0 or > LargestSize)
                result.AddError($"--size is a whole number from 0 to {LargestSize}.");
        });
        var after = new Option<HitCursor?>("--after")
        {
            Description = "Go on where a list ended: what that told on stderr.",
            HelpName = "CURSOR",
            CustomParser = result =>
            {
                if (HitCursor.Parse(result.Tokens[0].Value) is { } cursor)
                    return cursor;
                result.AddError($"--after {SafeText.Line(result.Tokens[0].Value)}: give what a list told at its end.");
                return null;
            },
        };
        var json = new Option<bool>("--json") { Description = "A whole hit a line, as it is stored." };
        var list = new Command("list", "List hits, newest first.");
        filter.AddTo(list);
        foreach (var option in (Option[])[size, after, json])
            list.Options.Add(option);
        list.SetAction(async (parsed, cancel) =>
        {
            await using var services = open(parsed);
            var query = await filter.QueryAsync(parsed, services, cancel) with { After = parsed.GetValue(after) };
            var isJson = parsed.GetValue(json);
            return await RunAsync(services, query, parsed.GetValue(size) ?? (isJson ? 0 : UsualSize), isJson, parsed.InvocationConfiguration, cancel);
        });
        return list;
    }

    /// <param name="size">0 for all.</param>
    internal static async Task<int> RunAsync(
        IServiceProvider services, HitQuery query, int size, bool json, InvocationConfiguration console, CancellationToken cancel)
    {
        var hits = new StoredHits(services, console.Error);
        var index = services.GetRequiredService<HitIndex>();
        var shown = 0;
        HitCursor? next = null;
        if (size == 0)
            await ShowAsync(index.ByMonthAsync(query, cancel));
        else
            await ShowPageAsync();
        if (next is not null)
            await console.Error.WriteLineAsync($"there are more: --after {next}");
        if (shown == 0 && next is null)
        {
            var isOpen = query.Last > DateOnly.FromDateTime(services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime);
            await console.Error.WriteLineAsync(
                $"no {(query.After is null ? "" : "more ")}hits found {(isOpen ? $"since {Day(query.First)}" : $"from {Day(query.First)} to {Day(query.Last)}")}{(query.Narrows() ? " that are as asked" : "")}");
        }

        return hits.Problems > 0 ? ExitCode.Failure : ExitCode.Success;

        async Task ShowPageAsync()
        {
            // What turns out to lack the words is replaced by what comes after it.
            for (var page = query; page is not null && shown < size;)
            {
                var found = await index.FindAsync(page with { Size = size - shown }, cancel);
                await ShowAsync(found.Rows.ToAsyncEnumerable());
                next = found.Next;
                page = next is null ? null : page with { After = next };
            }
        }

        async Task ShowAsync(IAsyncEnumerable<HitRow> rows)
        {
            if (!json && query.Words.Length == 0)
            {
                await foreach (var row in rows)
                    await ShowLineAsync(Line(row));
                return;
            }

            await foreach (var (row, hit) in hits.ReadAsync(rows, query, cancel))
                await ShowLineAsync(json ? HitLines.Of(hit) : Line(row));
        }

        async Task ShowLineAsync(string line)
        {
            shown++;
            await console.Output.WriteLineAsync(line);
        }
    }

    private static bool Narrows(this HitQuery query) =>
        query.Topics.Count + query.Sources.Count + query.Words.Length > 0 || query.Ids is not null || query.MinimumStrength > Strength.Possible;

    private static string Line(HitRow row) => string.Create(
        CultureInfo.InvariantCulture,
        $"{row.Found.UtcDateTime:yyyy-MM-dd HH:mm}Z  {SafeText.Line(row.Id, 40)}  {Topics(row)}  {SafeText.Line(row.SourceTitle, 30)}: {SafeText.Line(row.Title, 100)}");

    private static string Topics(HitRow row) => row.IsCurrent
        ? string.Join(", ", row.Topics.Select(topic => SafeText.Line(topic.Topic, 60) + (topic.Strength == Strength.Possible ? " (possible)" : "")))
        : "(no more)";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
