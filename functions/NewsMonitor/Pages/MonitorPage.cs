using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using NewsMonitor.Pages.Html;
using NewsMonitor.Pipeline;
using NewsMonitor.Sources;
using NewsMonitor.Storage;
using NewsMonitor.Topics;

namespace NewsMonitor.Pages;

/// <summary>The page for operators: is all well, the latest hits and why they are there, and every source with its state.</summary>
internal static class MonitorPage
{
    public static async Task<IResult> ShowAsync(
        string? lang, Health health, RecentHits recent, SourceCatalog catalog, TopicCatalog topics, IBlobStore blobs, RazorHtml razor,
        IOptions<PipelineOptions> options, CancellationToken cancel)
    {
        var sources = await ReadSourcesAsync(catalog, cancel);
        var states = (await PollStates.ReadAllAsync(blobs, options.Value.Shards, cancel))
            .SelectMany(shard => shard.Sources)
            .ToDictionary(state => state.Key, state => state.Value, StringComparer.Ordinal);
        var view = new MonitorView(
            lang == "en" ? PageWords.English : PageWords.Arabic,
            await health.CheckAsync(cancel),
            (await recent.ReadAsync(RecentHits.UsualSize, null, cancel)).Hits,
            [.. sources.Sources.Select(source => new SourceRow(source, states.GetValueOrDefault(source.Id)))],
            sources.Problems,
            await ReadTopicsAsync(topics, cancel));
        var html = await razor.RenderAsync<MonitorDocument>(new Dictionary<string, object?> { [nameof(MonitorDocument.View)] = view });
        return Results.Content(html, "text/html; charset=utf-8");
    }

    /// <summary>A list that is missing or broken is shown as the problem it is; the rest of the page stands.</summary>
    private static async Task<SourceList> ReadSourcesAsync(SourceCatalog catalog, CancellationToken cancel)
    {
        try
        {
            return await catalog.ReadAsync(cancel);
        }
        catch (MonitorException e)
        {
            return new SourceList([], [e.Message]);
        }
    }

    private static async Task<IReadOnlyList<Topic>> ReadTopicsAsync(TopicCatalog topics, CancellationToken cancel)
    {
        try
        {
            return (await topics.ReadAsync(cancel)).Topics;
        }
        catch (MonitorException)
        {
            // Hits are then shown by the ids of their topics; status and the log say what is wrong with the file.
            return [];
        }
    }

    public static IResult Style() => Results.Content(PageStyle.Css, "text/css; charset=utf-8");
}

/// <summary>Everything the page shows.</summary>
public sealed record MonitorView(
    PageWords Words, HealthReport Health, IReadOnlyList<Hits.KeptHit> Hits, IReadOnlyList<SourceRow> Sources,
    IReadOnlyList<string> ListProblems, IReadOnlyList<Topic> Topics)
{
    public string TopicTitle(string id) => Topics.FirstOrDefault(topic => topic.Id == id)?.TitleIn(Words.Language) ?? id;
}

/// <param name="State">Null when it was never polled.</param>
public sealed record SourceRow(Source Source, SourceState? State);
