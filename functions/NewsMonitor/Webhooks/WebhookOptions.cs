using System.ComponentModel.DataAnnotations;

namespace NewsMonitor.Webhooks;

/// <summary>How webhooks are delivered.</summary>
public sealed class WebhookOptions
{
    public const string Section = "Webhooks";

    /// <summary>The longest one delivery may take, in seconds.</summary>
    [Range(1, 120, ErrorMessage = "Webhooks:TotalSeconds is how long one delivery may take: whole seconds from 1 to 120.")]
    public int TotalSeconds { get; set; } = 15;

    /// <summary>The longest a connection may take to come about, in seconds.</summary>
    [Range(1, 60, ErrorMessage = "Webhooks:ConnectSeconds is how long connecting may take: whole seconds from 1 to 60.")]
    public int ConnectSeconds { get; set; } = 5;

    /// <summary>The CloudEvents <c>source</c> of all events: says which monitor they come from. An absolute URI.</summary>
    [Required(ErrorMessage = "Webhooks:EventSource is an absolute URI that names this monitor.")]
    [RegularExpression("[a-z][a-z0-9+.-]*:.+", ErrorMessage = "Webhooks:EventSource is an absolute URI that names this monitor, as in urn:newsmonitor.")]
    public string EventSource { get; set; } = "urn:newsmonitor";
}
