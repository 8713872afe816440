using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NewsMonitor.Hits.Index;
using NewsMonitor.Pipeline;

namespace NewsMonitor.Pages;

/// <summary>
/// Every address that the system answers. What lies below <c>/api</c> is reached through the function that asks for a key; the rest is for
/// anybody who reaches the host.
/// </summary>
internal static class Routes
{
    /// <summary>What can be read can be asked for without its body (RFC 9110, 9.1); monitors of uptime and link checkers do.</summary>
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/", Reading, MonitorPage.ShowAsync);
        routes.MapMethods("/page.css", Reading, MonitorPage.Style);
        routes.MapMethods("/health", Reading, HealthAsync);

        // GET only asks: mail scanners follow links. The mail client's one click and the page's button both POST (RFC 8058).
        routes.MapMethods("/unsubscribe/{id}/{token}", Reading, UnsubscribePage.AskAsync);
        routes.MapPost("/unsubscribe/{id}/{token}", UnsubscribePage.UnsubscribeAsync);

        routes.MapMethods("/api/hits", Reading, RecentHitsAsync);
        routes.MapPost("/api/poll", PollNowAsync);
    }

    /// <summary>
    /// What no route takes. Not a route itself: that would take every method of every address, and a wrong method could not be told (405).
    /// </summary>
    public static Task NotFoundAsync(HttpContext context) =>
        Results.Problem(title: "There is nothing at this address.", statusCode: StatusCodes.Status404NotFound).ExecuteAsync(context);

    /// <summary>200, or 503 when the monitor does not do its work; the body says why.</summary>
    private static async Task<IResult> HealthAsync(Health health, CancellationToken cancel)
    {
        HealthReport report;
        try
        {
            report = await health.CheckAsync(cancel);
        }
        catch (Exception e) when (e is Storage.StorageException or MonitorException)
        {
            // A probe must hear that the monitor is ill, whatever it is ill of.
            report = HealthReport.Unknown($"The store cannot be read: {SafeText.Line(e.Message)}");
        }

        return Results.Json(report, Storage.Documents.Readable, statusCode: report.IsHealthy ? 200 : StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>The latest hits, newest first, as they are stored; where there are more, a Link header leads to them (RFC 8288).</summary>
    private static async Task<IResult> RecentHitsAsync(HttpContext context, RecentHits recent, string? after, int? size, CancellationToken cancel)
    {
        var cursor = after is null ? null : HitCursor.Parse(after);
        if (cursor is null != after is null || size is < 1 or > RecentHits.LargestSize)
        {
            return Results.Problem(
                title: $"'after' is what the Link header of the page before said, and 'size' a number from 1 to {RecentHits.LargestSize}.",
                statusCode: StatusCodes.Status400BadRequest);
        }

        var page = await recent.ReadAsync(size ?? RecentHits.UsualSize, cursor, cancel);
        if (page.Next is { } next)
            context.Response.Headers.Link = $"</api/hits?after={Uri.EscapeDataString($"{next}")}&size={size ?? RecentHits.UsualSize}>; rel=\"next\"";
        return Results.Json(page.Hits.Select(kept => kept.Hit), Storage.Documents.Readable);
    }

    private static async Task<IResult> PollNowAsync(PollSchedule schedule, CancellationToken cancel)
    {
        await schedule.EnqueueAsync(now: true, cancel);
        return Results.Accepted(value: new { queued = true });
    }
}
