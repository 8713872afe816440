using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Timeout;

namespace NewsMonitor.Http;

/// <summary>The HTTP client that feeds and pages are fetched with.</summary>
public static class FetchHttp
{
    public const string ClientName = "feeds";

    /// <summary>Registers <see cref="Fetcher"/>; <see cref="FetchOptions"/> are bound by the host.</summary>
    public static IServiceCollection AddFetching(this IServiceCollection services)
    {
        services.AddOptions<FetchOptions>();
        services.AddNetworkRules();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new HostGate(
            provider.GetRequiredService<IOptions<FetchOptions>>().Value.PerHost,
            TimeSpan.FromMilliseconds(provider.GetRequiredService<IOptions<FetchOptions>>().Value.HostPauseMilliseconds),
            provider.GetRequiredService<TimeProvider>()));
        services.AddHttpClient<Fetcher>(ClientName, (provider, client) =>
            {
                // The fetcher keeps the deadline itself, because it covers redirects and the body too.
                client.Timeout = Timeout.InfiniteTimeSpan;
                client.DefaultRequestVersion = HttpVersion.Version20;
                client.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
                client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", UserAgent(provider.GetRequiredService<IOptions<FetchOptions>>().Value));
            })
            // A line for every request, with its address, is what the caller decides to tell or not.
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(provider => Handler(provider.GetRequiredService<IOptions<FetchOptions>>().Value).Guarded(provider))
            .AddResilienceHandler(ClientName, (pipeline, context) => Configure(
                pipeline, context.ServiceProvider.GetRequiredService<IOptions<FetchOptions>>().Value));
        return services;
    }

    internal static string UserAgent(FetchOptions options)
    {
        var version = Assembly.GetExecutingAssembly().GetName().Version?.ToString(2) ?? "0";
        return string.IsNullOrWhiteSpace(options.ContactUrl)
            ? $"NewsMonitor/{version} (feed reader)"
            : $"NewsMonitor/{version} (feed reader; +{options.ContactUrl})";
    }

    private static SocketsHttpHandler Handler(FetchOptions options) => new()
    {
        // Redirects are followed in Fetcher, where each step is checked.
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate | DecompressionMethods.Brotli,
        ConnectTimeout = TimeSpan.FromSeconds(options.ConnectSeconds),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        UseCookies = false,
        // What is too big is hung up on, not read to its end.
        MaxResponseDrainSize = 0,
        // Validators are sent back as they came, whatever bytes they hold.
        ResponseHeaderEncodingSelector = (_, _) => Encoding.Latin1,
        RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,
    };

    private static void Configure(ResiliencePipelineBuilder<HttpResponseMessage> pipeline, FetchOptions options)
    {
        // A source that fails is one line of the run, not a stack trace in the log for each attempt.
        pipeline.TelemetryListener = null;
        pipeline
            .AddRetry(new HttpRetryStrategyOptions
            {
                MaxRetryAttempts = 1,
                Delay = TimeSpan.FromMilliseconds(500),
                BackoffType = DelayBackoffType.Constant,
                UseJitter = true,
                // A server that names its time is asked again then, by the schedule.
                ShouldRetryAfterHeader = false,
                ShouldHandle = arguments => ValueTask.FromResult(IsPassing(arguments.Outcome)),
            })
            .AddTimeout(TimeSpan.FromSeconds(options.AttemptSeconds));
    }

    private static bool IsPassing(Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        { Result: { } answer } =>
            ((int)answer.StatusCode >= 500 || answer.StatusCode is HttpStatusCode.RequestTimeout) && answer.Headers.RetryAfter is null,
        { Exception: TimeoutRejectedException } => true,
        { Exception: HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } } => true,
        { Exception: HttpRequestException failure } => failure.GetBaseException() is SocketException { SocketErrorCode: SocketError.ConnectionReset },
        _ => false,
    };
}
