using System.CommandLine;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NewsMonitor.Digests;
using NewsMonitor.Hits.Export;
using NewsMonitor.Hits.Index;

namespace NewsMonitor.Cli;

/// <summary><c>hits export</c>: hits for other programs.</summary>
internal static class HitsExport
{
    public static Command Create(Func<ParseResult, ServiceProvider> open)
    {
        var filter = new HitFilter();
        var format = new Option<ExportFormat>("--format")
        {
            Description = $"ndjson: whole hits, one a line (default). csv: a table for spreadsheets ({string.Join(", ", HitTable.Columns)}). rss: RSS 2.0.",
            HelpName = "ndjson|csv|rss",
            CustomParser = result =>
            {
                if (Enum.GetValues<ExportFormat>().Where(known => known.Key() == result.Tokens[0].Value).ToList() is [var known])
                    return known;
                result.AddError($"--format {SafeText.Line(result.Tokens[0].Value)}: it is ndjson, csv or rss.");
                return default;
            },
        };
        var (output, force) = (Output("Write to this file instead of standard output."), Force());
        var export = new Command("export", "Write hits for other programs, newest first.");
        filter.AddTo(export);
        foreach (var option in (Option[])[format, output, force])
            export.Options.Add(option);
        export.SetAction(async (parsed, cancel) =>
        {
            await using var services = open(parsed);
            var query = await filter.QueryAsync(parsed, services, cancel);
            return await UnlessStoppedAsync(
                () => RunAsync(services, query, parsed.GetValue(format), parsed.GetValue(output), parsed.GetValue(force), parsed.InvocationConfiguration, cancel),
                parsed.InvocationConfiguration.Error,
                cancel);
        });
        return export;
    }

    public static Option<string?> Output(string description) => new("--output") { Description = description, HelpName = "FILE" };

    public static Option<bool> Force() => new("--force") { Description = "Replace the file if there is one." };

    /// <summary>What was cut short is no success: somebody would take it for all there is.</summary>
    public static async Task<int> UnlessStoppedAsync(Func<Task<int>> export, TextWriter error, CancellationToken cancel)
    {
        try
        {
            return await export();
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            await error.WriteLineAsync("monitor: stopped; this is not all, and no file was written.");
            return ExitCode.Failure;
        }
    }

    private static async Task<int> RunAsync(
        IServiceProvider services, HitQuery query, ExportFormat format, string? path, bool force, InvocationConfiguration console, CancellationToken cancel)
    {
        await using var file = path is null ? null : OutputFile.Create(path, force);
        var progress = new Progress(console.Error, path is not null && !Console.IsErrorRedirected, "hits");
        var hits = new StoredHits(services, console.Error);
        var count = 0;
        await using (var writer = file is null ? null : new StreamWriter(file.Stream, new UTF8Encoding(false), leaveOpen: true))
        await using (var exported = Format(services, format, writer ?? console.Output))
        {
            var stories = StoryLookup.In(services);
            await exported.BeginAsync();
            await foreach (var (row, hit) in hits.ReadAsync(services.GetRequiredService<HitIndex>().ByMonthAsync(query, cancel), query, cancel))
            {
                await exported.AddAsync(hit, format == ExportFormat.Csv ? await stories.OfRowAsync(row, cancel) ?? "" : row.Story);
                progress.Show(++count);
            }

            await exported.EndAsync();
        }

        if (file is not null)
            await file.KeepAsync();
        progress.Hide();
        await console.Error.WriteLineAsync(
            $"{Amount.Of(count, "hit")}{(path is null ? "" : $" in {SafeText.Line(path)}")}{(hits.Problems == 0 ? "" : $"; {Amount.Of(hits.Problems, "problem")}, told above")}");
        return hits.Problems > 0 ? ExitCode.Failure : ExitCode.Success;
    }

    private static IHitFormat Format(IServiceProvider services, ExportFormat format, TextWriter output) => format switch
    {
        ExportFormat.Csv => new HitTable(output),
        ExportFormat.Rss => new HitFeed(
            output,
            Uri.TryCreate(services.GetRequiredService<IOptions<DigestOptions>>().Value.PublicUrl, UriKind.Absolute, out var page) ? page : null,
            services.GetRequiredService<TimeProvider>().GetUtcNow()),
        _ => new HitLines(output),
    };
}

internal enum ExportFormat
{
    Ndjson,
    Csv,
    Rss,
}
