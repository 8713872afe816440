using System.ComponentModel.DataAnnotations;

namespace NewsMonitor.Http;

/// <summary>Where the monitor may connect to: for feeds, article pages, redirects and webhooks alike.</summary>
public sealed class HttpOptions : IValidatableObject
{
    public const string Section = "Http";

    /// <summary>
    /// Networks of the operator's own that may be connected to though they are not public, on any port: addresses or CIDR, separated by
    /// commas, as in <c>192.168.1.0/24, 127.0.0.1</c>.
    /// </summary>
    public string AllowedNetworks { get; set; } = "";

    /// <summary>Ports of public addresses beside 80, 443, 8080 and 8443, separated by commas.</summary>
    public string AllowedPorts { get; set; } = "";

    /// <summary>
    /// A proxy that all requests go through, as in <c>http://proxy.example:3128</c>; it must then keep them from private addresses itself.
    /// Empty: connections are made directly, whatever HTTPS_PROXY says.
    /// </summary>
    [RegularExpression(
        @"http://[^\s/@]{1,250}/?", ErrorMessage = "Http:Proxy is the proxy of all requests: an address like http://proxy.example:3128, without a password.")]
    public string? Proxy { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (NetworkRules.Split(AllowedNetworks).FirstOrDefault(part => NetworkRules.Network(part) is null) is { } network)
        {
            yield return new ValidationResult(
                $"Http:AllowedNetworks has '{SafeText.Line(network, 60)}': give IP addresses or CIDR networks, separated by commas, as in 192.168.1.0/24, 127.0.0.1.");
        }

        if (NetworkRules.Split(AllowedPorts).FirstOrDefault(part => NetworkRules.Port(part) is null) is { } port)
        {
            yield return new ValidationResult(
                $"Http:AllowedPorts has '{SafeText.Line(port, 60)}': give numbers from 1 to 65535, separated by commas.");
        }
    }
}
