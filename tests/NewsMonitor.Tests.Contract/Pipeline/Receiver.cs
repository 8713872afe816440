using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace NewsMonitor.Tests.Contract.Pipeline;

/// <summary>A webhook endpoint on 127.0.0.1 that answers 204 and remembers what each of its addresses got.</summary>
public sealed class Receiver : IAsyncLifetime
{
    private readonly ConcurrentQueue<(string Address, string Id, string Body)> _received = new();
    private WebApplication _app = null!;

    /// <summary>How long an answer takes, so that others come meanwhile.</summary>
    public TimeSpan Takes { get; set; }

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(async context =>
        {
            using var body = new StreamReader(context.Request.Body);
            var text = await body.ReadToEndAsync(context.RequestAborted);
            _received.Enqueue((context.Request.Path, context.Request.Headers["webhook-id"].ToString(), text));
            await Task.Delay(Takes, context.RequestAborted);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        });
        await _app.StartAsync(CancellationToken.None);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    public string Address(string path) =>
        _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + path;

    /// <summary>The bodies that came to an address, by webhook-id.</summary>
    public ILookup<string, string> At(string path) =>
        _received.Where(post => post.Address == path).ToLookup(post => post.Id, post => post.Body);
}
