using System.Security.Cryptography;
using System.Text;
using NewsMonitor.Storage;

namespace NewsMonitor.Sources;

/// <summary>Addresses of sources: what is accepted, when two are the same, and the id that follows from one.</summary>
public static class SourceAddress
{
    public const string Accepted = "an http or https address, or the plain name of a file beside the list (letters, digits, - _ . only)";

    /// <summary>The address to poll, or null when it is neither a web address nor a plain file name.</summary>
    public static string? Normalize(string written)
    {
        var text = written.Trim();

        // feed: and feed:// are what browsers once handed to readers; exports of old readers still hold them.
        if (text.StartsWith("feed://", StringComparison.OrdinalIgnoreCase))
        {
            text = "http://" + text["feed://".Length..];
        }
        else if (text.StartsWith("feed:http", StringComparison.OrdinalIgnoreCase))
        {
            text = text["feed:".Length..];
        }

        if (text.Contains(':', StringComparison.Ordinal))
        {
            return WebAddress.TryRead(text, null, out var address) && Host(address) is not null ? text : null;
        }

        return BlobPath.IsValid(text) && !text.Contains('/', StringComparison.Ordinal) ? text : null;
    }

    /// <summary>Equal for two spellings of one address: scheme, case of the host, default port and fragment do not count.</summary>
    public static string Canonical(string address)
    {
        if (!WebAddress.TryRead(address, null, out var url) || Host(url) is not { } host)
            return address;

        var port = url.IsDefaultPort ? "" : $":{url.Port}";
        return $"//{host}{port}{url.PathAndQuery}";
    }

    /// <summary>Host (or file name) and eight hexadecimal digits of the canonical address: readable, stable, fit for a path.</summary>
    public static string Id(string address)
    {
        var name = (WebAddress.TryRead(address, null, out var url) ? Host(url) : null) ?? address.ToLowerInvariant();
        name = name.Trim('[', ']');
        name = name.StartsWith("www.", StringComparison.Ordinal) ? name[4..] : name;
        var readable = new StringBuilder();
        foreach (var c in name.Take(60))
            readable.Append(char.IsAsciiLetterOrDigit(c) || (c is '.' or '-' && readable.Length > 0) ? c : '-');

        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(Canonical(address)));
        return $"{readable}-{Convert.ToHexStringLower(hash, 0, 4)}";
    }

    /// <summary>The host as DNS knows it, in lower case and ASCII, IPv6 in brackets; null when there is none or it cannot be one.</summary>
    public static string? Host(Uri url)
    {
        try
        {
            return url.Host.Length == 0 ? null
                : (url.HostNameType is UriHostNameType.IPv6 ? url.Host : url.IdnHost).ToLowerInvariant();
        }
        catch (UriFormatException)
        {
            // A Uri that was accepted may still have a host that has no ASCII form.
            return null;
        }
    }

    /// <summary>The address as it may be shown and logged: without a user name and password.</summary>
    public static string Shown(string address) =>
        WebAddress.TryRead(address, null, out var url) && url.UserInfo.Length > 0
            ? SafeText.Line(address.Replace(url.UserInfo + "@", "", StringComparison.Ordinal))
            : SafeText.Line(address);
}
