using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NewsMonitor.Pages;

namespace NewsMonitor.Functions;

/// <summary>
/// Two catch-alls, one for each level of authorization; the routes are the library's. The Functions host tries functions in the order of
/// their names, so that <c>Api</c> must come before <c>Web</c>. No methods are named: all are served, HEAD and OPTIONS too.
/// </summary>
public sealed class HttpFunctions(WebPipeline pipeline)
{
    [Function(nameof(Api))]
    public Task Api([HttpTrigger(AuthorizationLevel.Function, Route = "api/{*path}")] HttpRequest request) =>
        pipeline.RunAsync(request.HttpContext);

    [Function(nameof(Web))]
    public Task Web([HttpTrigger(AuthorizationLevel.Anonymous, Route = "{*path}")] HttpRequest request) =>
        pipeline.RunAsync(request.HttpContext);
}
