using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NewsMonitor.Http;

namespace NewsMonitor.Webhooks;

/// <summary>The HTTP client that webhooks are posted with. No retries of its own: the delivery ledger decides when to try again.</summary>
public static class WebhookHttp
{
    public static IServiceCollection AddWebhookClient(this IServiceCollection services)
    {
        services.AddNetworkRules().AddHttpClient<WebhookSender>(client =>
            {
                // The sender keeps the deadline itself.
                client.Timeout = Timeout.InfiniteTimeSpan;
                client.DefaultRequestHeaders.UserAgent.ParseAdd("NewsMonitor-Webhooks/1.0");
            })
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(provider => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                ConnectTimeout = TimeSpan.FromSeconds(provider.GetRequiredService<IOptions<WebhookOptions>>().Value.ConnectSeconds),
                // None is used twice: what is posted on a connection that is just being closed is lost, and comes seconds late.
                PooledConnectionLifetime = TimeSpan.Zero,
                // Only the status is read; an answer without end is hung up on.
                MaxResponseDrainSize = 0,
            }.Guarded(provider));
        return services;
    }
}
