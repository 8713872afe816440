using System.ComponentModel.DataAnnotations;

namespace NewsMonitor.Digests;

/// <summary>What digests need to know of the world.</summary>
public sealed class DigestOptions : IValidatableObject
{
    public const string Section = "Digests";

    /// <summary>The address under which readers reach this monitor, for the link that unsubscribes; without it digests have none.</summary>
    public string? PublicUrl { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (PublicUrl is { Length: > 0 } && !(Uri.TryCreate(PublicUrl, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http"))
            yield return new ValidationResult("Digests:PublicUrl is the monitor's own address: an absolute https URL, as in https://monitor.example.org.");
    }
}
