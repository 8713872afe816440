using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace NewsMonitor.LocalHost;

/// <summary>Serves HTTP functions on Kestrel. Only loopback can reach this host, so that every authorization level is granted.</summary>
internal static class HttpRoutes
{
    public static void Map(IEndpointRouteBuilder routes, IEnumerable<HttpFunction> functions, string prefix, CancellationToken abort)
    {
        foreach (var http in functions)
        {
            var pattern = $"{prefix.Trim('/')}/{http.Route.TrimStart('/')}";
            Task Handle(HttpContext context) => InvokeAsync(http, context, abort);
            // Without methods any method is served, as in the Functions host.
            if (http.Methods.Count == 0)
                routes.Map(pattern, Handle);
            else
                routes.MapMethods(pattern, http.Methods, Handle);
        }
    }

    /// <summary>
    /// A web page that the operator visits must not reach into the monitor: neither by a DNS name of its own that points here, nor by
    /// posting a form. Browsers say where a request comes from; programs need not.
    /// </summary>
    public static Task RefuseStrangers(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        var isOurName = request.Host.Host is "localhost" or "127.0.0.1" or "[::1]";
        var isForeign = request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site"
            && !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method);
        if (isOurName && !isForeign)
            return next(context);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return context.Response.WriteAsync("This monitor answers to localhost only.\n", context.RequestAborted);
    }

    private static async Task InvokeAsync(HttpFunction http, HttpContext context, CancellationToken abort)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, abort);
        await http.Function.InvokeAsync(context.RequestServices, context.Request, either.Token);
    }
}
