using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NewsMonitor.Http;

namespace NewsMonitor.Tests.Contract.Http;

/// <summary>A server on this machine that answers as a test tells it to, and a fetcher that is set up as in production.</summary>
internal sealed class FetchServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ServiceProvider services;

    private FetchServer(WebApplication app, FetchOptions options, string allowed)
    {
        this.app = app;
        Root = new Uri(app.Urls.First());
        services = new ServiceCollection()
            .AddFetching()
            .Configure<FetchOptions>(o =>
            {
                o.TotalSeconds = options.TotalSeconds;
                o.AttemptSeconds = options.AttemptSeconds;
                o.MaximumBytes = options.MaximumBytes;
                o.ContactUrl = options.ContactUrl;
                o.PerHost = options.PerHost;
            })
            .Configure<HttpOptions>(o => o.AllowedNetworks = allowed)
            .BuildServiceProvider();
    }

    public Uri Root { get; }

    public int Requests { get; private set; }

    public static async Task<FetchServer> StartAsync(
        Func<HttpContext, int, Task> answer, FetchOptions? options = null, string allowed = "127.0.0.1")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel =>
        {
            // As bytes: a validator may hold any.
            kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
            kestrel.ResponseHeaderEncodingSelector = _ => Encoding.Latin1;
        });
        var app = builder.Build();
        FetchServer? server = null;
        app.Run(async context =>
        {
            context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            await answer(context, ++server!.Requests);
        });
        await app.StartAsync();
        return server = new FetchServer(app, options ?? new FetchOptions(), allowed);
    }

    public async Task<FetchResult> FetchAsync(string path = "/", string? etag = null, string? lastModified = null) =>
        await services.GetRequiredService<Fetcher>().FetchAsync(new Uri(Root, path), etag, lastModified, Xunit.TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }
}
