using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace NewsMonitor.Pages;

/// <summary>
/// Serves every HTTP route of the system, whichever host the request came through: a catch-all function hands it over, and a routing
/// pipeline of our own takes it from there.
/// </summary>
public sealed class WebPipeline(IServiceProvider services, ILogger<WebPipeline> logger)
{
    private readonly Lazy<RequestDelegate> _pipeline = new(() => Build(services));

    public async Task RunAsync(HttpContext context)
    {
        // The catch-all's own endpoint is set by the host; left in place, ours would never be looked for.
        context.SetEndpoint(null);
        context.Request.RouteValues = [];
        SetSecurityHeaders(context.Response.Headers);
        try
        {
            await _pipeline.Value(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone.
        }
        catch (Exception e)
        {
            // The Functions worker answers 200 for an exception that leaves the function, so it is answered here.
            // By its route and not its path, which may hold a reader's token.
            logger.LogError(e, "{Route} failed.", context.GetEndpoint()?.DisplayName ?? "A request for no route");
            if (context.Response.HasStarted)
                return;
            context.Response.Clear();
            SetSecurityHeaders(context.Response.Headers);
            await Results.Problem(
                title: "The monitor could not answer.",
                // Whoever asks may be a stranger: what failed, and where it lies, is for the log.
                detail: "The log says why.",
                statusCode: StatusCodes.Status500InternalServerError).ExecuteAsync(context);
        }
    }

    private static RequestDelegate Build(IServiceProvider services)
    {
        var app = new ApplicationBuilder(services);
        app.UseRouting();
        app.UseEndpoints(Routes.Map);
        app.Run(Routes.NotFoundAsync);
        return app.Build();
    }

    private static void SetSecurityHeaders(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
    }
}
