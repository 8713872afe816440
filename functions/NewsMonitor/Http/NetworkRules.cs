using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace NewsMonitor.Http;

/// <summary>
/// Which addresses may be connected to: public ones on the usual ports, and what the operator allows. What is not public follows the IANA
/// registries of special-purpose addresses (iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry).
/// </summary>
public sealed class NetworkRules(HttpOptions options)
{
    private static readonly IPNetwork[] NotPublic4 =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            // Looks public, and is Azure's own service on every machine there.
            "168.63.129.16/32",
        }.Select(IPNetwork.Parse),
    ];

    /// <summary>All that IPv6 has given out for the public internet; loopback, local, multicast, mapped IPv4 and NAT64 lie outside.</summary>
    private static readonly IPNetwork Public6 = IPNetwork.Parse("2000::/3");

    /// <summary>Within it: protocol assignments with Teredo, documentation, and 6to4, which embeds IPv4 addresses.</summary>
    private static readonly IPNetwork[] NotPublic6 =
        [.. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20" }.Select(IPNetwork.Parse)];

    private readonly IPNetwork[] _allowed = [.. Split(options.AllowedNetworks).Select(Network).OfType<IPNetwork>()];

    private readonly HashSet<int> _ports = [80, 443, 8080, 8443, .. Split(options.AllowedPorts).Select(Port).OfType<int>()];

    public static bool IsPublic(IPAddress address) => address.AddressFamily switch
    {
        AddressFamily.InterNetwork => !NotPublic4.Any(network => network.Contains(address)),
        AddressFamily.InterNetworkV6 => !address.IsIPv4MappedToIPv6 && Public6.Contains(address) && !NotPublic6.Any(network => network.Contains(address)),
        _ => false,
    };

    public static IEnumerable<string> Split(string list) =>
        list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>An address, or a network in CIDR notation; null for anything else.</summary>
    public static IPNetwork? Network(string text)
    {
        if (IPNetwork.TryParse(text, out var network))
            return network;
        // "1" is an address to .NET (0.0.0.1): whoever writes that means something else.
        return text.AsSpan().ContainsAny('.', ':') && IPAddress.TryParse(text, out var address)
            ? new IPNetwork(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128)
            : null;
    }

    public static int? Port(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= 65535 ? port : null;

    /// <summary>Throws a <see cref="NotAllowedException"/> for an address that may not be connected to.</summary>
    public void Check(string host, IPAddress address, int port)
    {
        if (IsAllowed(address))
            return;

        if (!IsPublic(address))
        {
            var named = host == address.ToString() ? "" : $" (the address of {SafeText.Line(host, 100)})";
            throw new NotAllowedException(
                $"{address}{named} is not an address of the public internet; if it is on your own network and you trust it, add it to Http__AllowedNetworks");
        }

        if (!_ports.Contains(port))
        {
            throw new NotAllowedException(
                $"port {port} is none that is used for the web; if it is right, add it to Http__AllowedPorts");
        }
    }

    /// <summary>An address that is written as a number is refused before anything is sent, also where a proxy would connect to it.</summary>
    public void CheckLiteral(Uri address)
    {
        if (IPAddress.TryParse(address.IdnHost, out var literal))
            Check(address.IdnHost, literal, address.Port);
    }

    /// <summary>On a network that the operator has allowed by name.</summary>
    public bool IsAllowed(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return _allowed.Any(network => network.Contains(plain));
    }
}

/// <summary>A connection that <see cref="NetworkRules"/> forbid; the message says why and how the operator may allow it.</summary>
public sealed class NotAllowedException(string message) : Exception(message);
