using System.Net;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NewsMonitor.Storage;

namespace NewsMonitor.LocalHost;

/// <summary>Runs the functions of one assembly on this machine: HTTP on Kestrel, timers, and queues in files or in Azure Storage.</summary>
public sealed class LocalFunctionsHost : IAsyncDisposable
{
    /// <summary>How long work in hand may take after Ctrl-C.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    private readonly WebApplication _app;
    private readonly Dictionary<string, TimerListener> _timers;
    private readonly IReadOnlyList<QueueListener> _queues;
    private readonly CancellationTokenSource _abort;
    private bool _isServing;

    private LocalFunctionsHost(
        WebApplication app, Dictionary<string, TimerListener> timers, IReadOnlyList<QueueListener> queues, CancellationTokenSource abort)
    {
        _app = app;
        _timers = timers;
        _queues = queues;
        _abort = abort;
    }

    public IServiceProvider Services => _app.Services;

    /// <summary>Where the pages are, once <see cref="ServeAsync"/> has begun.</summary>
    public IReadOnlyCollection<string> Addresses =>
        [.. _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses];

    /// <param name="functions">The assembly with the function classes; host.json lies beside it.</param>
    /// <param name="configuration">Settings for binding expressions; nothing else of the environment is read.</param>
    /// <param name="address">Where to serve HTTP: a loopback address.</param>
    public static LocalFunctionsHost Create(
        Assembly functions, IConfiguration configuration, Uri address, Action<IServiceCollection> services)
    {
        var host = HostJson.Read(Path.Combine(AppContext.BaseDirectory, "host.json"));
        var catalog = FunctionCatalog.Of(functions, new BindingExpressions(configuration));

        // The empty builder takes nothing from the environment: no ASPNETCORE_URLS, no DOTNET_ settings, no appsettings.json.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listen(kestrel, address));
        builder.Services.AddRoutingCore();
        services(builder.Services);

        var app = builder.Build();
        var abort = new CancellationTokenSource();
        app.Use(HttpRoutes.RefuseStrangers);
        app.UseRouting();
        HttpRoutes.Map(app, catalog.Http, host.RoutePrefix, abort.Token);

        var scopes = app.Services.GetRequiredService<IServiceScopeFactory>();
        var stores = app.Services.GetRequiredService<IBlobStore>();
        var queues = app.Services.GetRequiredService<IWorkQueues>();
        var time = app.Services.GetRequiredService<TimeProvider>();
        return new LocalFunctionsHost(
            app,
            catalog.Timers.ToDictionary(
                timer => timer.Function.Name,
                timer => new TimerListener(timer, stores, scopes, time, app.Services.GetRequiredService<ILogger<TimerListener>>())),
            [.. catalog.Queues.Select(queue =>
                new QueueListener(queue, host, queues, scopes, time, app.Services.GetRequiredService<ILogger<QueueListener>>()))],
            abort);
    }

    /// <summary>Begins to answer HTTP; a port in use is an error that says so.</summary>
    public async Task ServeAsync(CancellationToken cancel)
    {
        try
        {
            await _app.StartAsync(cancel);
            _isServing = true;
        }
        catch (IOException e)
        {
            throw new MonitorException($"Cannot serve the page: {e.Message} Choose another address with --urls.", e);
        }
        catch (OptionsValidationException e)
        {
            throw new MonitorException(string.Join(' ', e.Failures), e);
        }
    }

    /// <summary>Runs a timer function once, now.</summary>
    public Task RunTimerAsync(string function) => _timers[function].RunNowAsync(_abort.Token);

    /// <summary>Works until no queue has a visible message; what is hidden waits for another time.</summary>
    public async Task DrainAsync(CancellationToken stopping)
    {
        int handled;
        do
        {
            handled = 0;
            foreach (var queue in _queues)
                handled += await FinishAsync(queue.DrainAsync(stopping, _abort.Token), stopping);
        }
        while (handled > 0 && !stopping.IsCancellationRequested);
    }

    /// <summary>Fires timers and works through queues until stopped; then finishes what is in hand.</summary>
    public async Task ListenAsync(CancellationToken stopping)
    {
        var listeners = _timers.Values.Select(timer => timer.ListenAsync(stopping, _abort.Token))
            .Concat(_queues.Select(queue => queue.ListenAsync(stopping, _abort.Token)));
        await FinishAsync(Task.WhenAll(listeners), stopping);
    }

    public async ValueTask DisposeAsync()
    {
        if (_isServing)
            await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _abort.Dispose();
    }

    /// <summary>After the wish to stop, work in hand gets its grace and is then aborted.</summary>
    private async Task FinishAsync(Task work, CancellationToken stopping)
    {
        using var registration = stopping.Register(() => _abort.CancelAfter(Grace));
        try
        {
            await work;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Asked for.
        }
    }

    private async Task<int> FinishAsync(Task<int> work, CancellationToken stopping)
    {
        await FinishAsync((Task)work, stopping);
        return work.IsCompletedSuccessfully ? work.Result : 0;
    }

    private static void Listen(KestrelServerOptions kestrel, Uri address)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = 10 * 1024 * 1024;
        if (address.Host is "localhost" && address.Port != 0)
            kestrel.ListenLocalhost(address.Port);
        else if (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip))
            kestrel.Listen(ip, address.Port);
        else if (address.Host is "localhost")
            kestrel.Listen(IPAddress.Loopback, 0);
        else
            throw new MonitorException($"--urls {address}: this host serves loopback addresses only, as in http://127.0.0.1:5080.");
    }
}
