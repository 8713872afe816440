using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace NewsMonitor.Http;

/// <summary>
/// Connects for an HTTP handler, to allowed addresses only. The very address that was checked is connected to, and each new connection is
/// checked anew, so that neither a redirect nor a name that changes its address between a check and its use gets around it.
/// </summary>
public static class GuardedConnection
{
    public static IServiceCollection AddNetworkRules(this IServiceCollection services)
    {
        services.AddOptions<HttpOptions>();
        services.TryAddSingleton(provider => new NetworkRules(provider.GetRequiredService<IOptions<HttpOptions>>().Value));
        return services;
    }

    /// <summary>Only direct connections can be guarded: a proxy makes them itself.</summary>
    public static SocketsHttpHandler Guarded(this SocketsHttpHandler handler, IServiceProvider services)
    {
        if (services.GetRequiredService<IOptions<HttpOptions>>().Value.Proxy is { Length: > 0 } proxy)
        {
            handler.Proxy = new WebProxy(proxy);
            return handler;
        }

        var rules = services.GetRequiredService<NetworkRules>();
        handler.UseProxy = false;
        handler.ConnectCallback = (context, cancel) => ConnectAsync(context.DnsEndPoint, rules, cancel);
        return handler;
    }

    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint target, NetworkRules rules, CancellationToken cancel)
    {
        // A name with one address within is refused for all: which of them is used is the attacker's to choose.
        var addresses = await Dns.GetHostAddressesAsync(target.Host, cancel);
        foreach (var address in addresses)
            rules.Check(target.Host, address, target.Port);

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, target.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
