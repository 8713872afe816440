using System.Diagnostics.CodeAnalysis;

namespace NewsMonitor;

/// <summary>The one place where text from strangers becomes a web address.</summary>
public static class WebAddress
{
    /// <summary>
    /// Absolute http and https only: on some systems /path is an absolute address too, of a file. False also where <see cref="Uri"/> itself
    /// fails, as .NET 10 does on two slashes and a mark of direction.
    /// </summary>
    /// <param name="origin">What a relative address is resolved against; null: there must be none.</param>
    public static bool TryRead(string? text, Uri? origin, [NotNullWhen(true)] out Uri? address)
    {
        address = null;
        try
        {
            var trimmed = text?.Trim();
            return !string.IsNullOrEmpty(trimmed)
                && (origin is null ? Uri.TryCreate(trimmed, UriKind.Absolute, out address) : Uri.TryCreate(origin, trimmed, out address))
                && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
                && address.IdnHost.Length > 0;
        }
        catch (Exception e) when (e is IndexOutOfRangeException or UriFormatException)
        {
            address = null;
            return false;
        }
    }
}
