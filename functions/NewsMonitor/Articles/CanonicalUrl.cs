using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using NewsMonitor.Sources;

namespace NewsMonitor.Articles;

/// <summary>One spelling for the address of an article, however a feed decorates it.</summary>
public static partial class CanonicalUrl
{
    private const int MaximumLength = 16_000;
    private const int MaximumSteps = 6;

    private static readonly HashSet<string> Tracking = Names(
        "fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid twclid ttclid igshid igsh srsltid mc_cid mc_eid mkt_tok _ga _gl _hsenc _hsmi",
        "hsctatracking ncid ocid cmpid cmp xtor spm maca traffic_source feed_id ns_mchannel ns_source ns_campaign ns_linkname ns_fee smid emc wt_mc wt_zmc",
        "guccounter guce_referrer guce_referrer_sig ref_src ref_url vero_id oly_enc_id oly_anon_id rss_id amp nonamp mibextid taid tblci taboolaclickid",
        "oborigurl dicbo fb_comment_id fb_ref fb_source fb_action_ids fb_action_types __twitter_impression replytocom",
        "phpsessid jsessionid aspsessionid asp.net_sessionid cfid cftoken");

    private static readonly string[] TrackingPrefixes =
        ["utm_", "itm_", "pk_", "piwik_", "mtm_", "matomo_", "hmb_", "sc_campaign", "stm_", "at_", "_x_tr_", "aspsessionid"];

    /// <summary>Parameters that are tracking only when they say that the reader came from a feed, or from where links are shared.</summary>
    private static readonly HashSet<string> Origins = Names("source src ref from partner via origin output outputtype share shared medium");

    private static readonly HashSet<string> OriginValues = Names(
        "rss feed rss_feed rssfeed rss2 atom feedburner googlenews google-news amp facebook fb twitter x telegram whatsapp linkedin instagram email copy");

    /// <summary>Parameters that ask for a form of the page, where they only say yes.</summary>
    private static readonly HashSet<string> Forms = Names("rss print mobile m wap");

    private static readonly HashSet<string> Yes = Names("1 true yes print");

    /// <summary>Marks of direction that come along when an Arabic address is copied.</summary>
    private static readonly char[] Marks =
        [' ', '\t', '\r', '\n', '\u00A0', '\u200B', '\u200E', '\u200F', '\u061C', '\u202A', '\u202B', '\u202C', '\u2066', '\u2067', '\u2068', '\u2069', '\uFEFF'];

    private static readonly SearchValues<char> Unreserved =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~");

    private static readonly SearchValues<char> Literal = SearchValues.Create("!$&'()*+,;=:@/?[]|%");

    /// <summary>
    /// The address to show and follow: lower-case host, no credentials, default port, fragment or tracking parameters, AMP unwrapped, one form
    /// of percent-encoding. Null when the text is no http or https address.
    /// </summary>
    public static string? Of(string? link)
    {
        // Until nothing changes: an address may carry another, and a host or path read anew may read differently.
        for (var step = 0; step < MaximumSteps; step++)
        {
            if (Parse(link) is not { } url)
                return null;

            var next = Unwrap(url) ?? Write(url);
            if (next == link)
                return next;

            link = next;
        }

        return null;
    }

    /// <summary>
    /// What is equal for two addresses of one article: the canonical address without scheme, without the labels of mobile, AMP and www
    /// hosts, without what a path may say of AMP or of its index page, without a last slash, and with its parameters in order. Never shown
    /// or followed.
    /// </summary>
    public static string Key(string canonical)
    {
        var rest = canonical[(canonical.IndexOf("://", StringComparison.Ordinal) + 3)..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var (host, path) = (rest[..slash], rest[slash..]);
        while (MinorLabel().Match(host) is { Success: true } label && host.Count(c => c == '.') >= 2)
            host = host[label.Length..];

        var query = path.IndexOf('?', StringComparison.Ordinal);
        var place = Slashes().Replace(query < 0 ? path : path[..query], "/");
        place = AmpName().Replace(AmpFolder().Replace(place, "/"), "");
        place = Index().Replace(place, "/").TrimEnd('/');
        return query < 0 ? host + place : $"{host}{place}?{string.Join('&', path[(query + 1)..].Split('&').Order(StringComparer.Ordinal))}";
    }

    /// <summary>True for an address that is a whole site, or one language of it: every item of a careless feed has it.</summary>
    public static bool IsSiteRoot(string canonical) => SiteRoot().IsMatch(Key(canonical));

    private static Uri? Parse(string? link) =>
        link is { Length: > 0 and <= MaximumLength } && link.AsSpan().Trim(Marks) is var text
        && WebAddress.TryRead(text.ToString(), null, out var url) && SourceAddress.Host(url)?.TrimEnd('.').Length > 0
            ? url : null;

    private static string Write(Uri url)
    {
        var port = url.IsDefaultPort ? "" : $":{url.Port}";
        var path = AmpPath().Replace(Session().Replace(Encode(url.AbsolutePath), ""), "$1");
        return $"{url.Scheme}://{SourceAddress.Host(url)?.TrimEnd('.')}{port}{(path.Length == 0 ? "/" : path)}{Query(url.Query)}";
    }

    /// <summary>Addresses that only carry another: Google's AMP cache and viewer, and the redirect of its alerts.</summary>
    private static string? Unwrap(Uri url)
    {
        var isGoogle = url.Host is "www.google.com" or "google.com";
        if (AmpCache().Match(url.AbsolutePath) is { Success: true } cached
            && (isGoogle || url.Host.EndsWith(".cdn.ampproject.org", StringComparison.Ordinal)))
        {
            return $"{(cached.Groups["s"].Success ? "https" : "http")}://{cached.Groups["rest"].Value}{url.Query}";
        }

        if (isGoogle && url.AbsolutePath == "/url")
        {
            foreach (var parameter in url.Query.TrimStart('?').Split('&'))
            {
                if ((parameter.StartsWith("url=", StringComparison.Ordinal) || parameter.StartsWith("q=http", StringComparison.Ordinal))
                    && Uri.UnescapeDataString(parameter[(parameter.IndexOf('=', StringComparison.Ordinal) + 1)..]) is var target && Parse(target) is not null)
                {
                    return target;
                }
            }
        }

        return null;
    }

    private static string Query(string query)
    {
        var kept = query.TrimStart('?').Split('&')
            // amp;utm_source=… is an ampersand escaped once too often.
            .Select(p => p.StartsWith("amp;", StringComparison.OrdinalIgnoreCase) ? p[4..] : p)
            .Where(p => p.Length > 0 && !IsTracking(p)).Select(Encode).ToList();
        return kept.Count == 0 ? "" : "?" + string.Join('&', kept);
    }

    private static bool IsTracking(string parameter)
    {
        var equals = parameter.IndexOf('=', StringComparison.Ordinal);
        var (name, value) = equals < 0 ? (parameter, "") : (parameter[..equals], parameter[(equals + 1)..]);
        return Tracking.Contains(name)
            || TrackingPrefixes.Any(p => name.StartsWith(p, StringComparison.OrdinalIgnoreCase))
            || value.Equals("amp", StringComparison.OrdinalIgnoreCase)
            || (Origins.Contains(name) && OriginValues.Contains(value))
            || (Forms.Contains(name) && Yes.Contains(value));
    }

    private static HashSet<string> Names(params string[] lines) => lines.SelectMany(l => l.Split(' ')).ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>RFC 3986, 6.2.2: what needs no escape has none, the rest has upper-case ones; raw Arabic is UTF-8.</summary>
    private static string Encode(string text)
    {
        var encoded = new StringBuilder(text.Length + 16);
        Span<byte> bytes = stackalloc byte[4];
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '%' && i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2]))
            {
                var code = (char)Convert.ToByte(text.Substring(i + 1, 2), 16);
                if (Unreserved.Contains(code))
                    encoded.Append(code);
                else
                    encoded.Append('%').Append(char.ToUpperInvariant(text[i + 1])).Append(char.ToUpperInvariant(text[i + 2]));

                i += 2;
            }
            else if (Unreserved.Contains(c) || (Literal.Contains(c) && c != '%'))
            {
                encoded.Append(c);
            }
            else
            {
                var rune = Rune.TryGetRuneAt(text, i, out var whole) ? whole : Rune.ReplacementChar;
                foreach (var b in bytes[..rune.EncodeToUtf8(bytes)])
                    encoded.Append('%').Append(b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));

                i += rune.Utf16SequenceLength - 1;
            }
        }

        return encoded.ToString();
    }

    /// <summary>WordPress and most others serve the article at the address before /amp.</summary>
    [GeneratedRegex(@"(?<=[^/])(/)amp/?$", RegexOptions.IgnoreCase)]
    private static partial Regex AmpPath();

    [GeneratedRegex("^/amp/(?=.)", RegexOptions.IgnoreCase)]
    private static partial Regex AmpFolder();

    [GeneratedRegex(@"\.amp(?=$|\.html?$)", RegexOptions.IgnoreCase)]
    private static partial Regex AmpName();

    [GeneratedRegex(@"/(?:index|default)\.(?:php\d?|s?html?|aspx?|jsp)$", RegexOptions.IgnoreCase)]
    private static partial Regex Index();

    [GeneratedRegex("(?:;|%3B)(?:jsessionid|phpsessid)=[^/;]*", RegexOptions.IgnoreCase)]
    private static partial Regex Session();

    [GeneratedRegex(@"^(?:/amp|/[cv])(?<s>/s)?/(?<rest>[^/]+\.[^/]+/.*)$")]
    private static partial Regex AmpCache();

    [GeneratedRegex(@"^(?:www\d?|m|mobile|amp|wap|touch)\.")]
    private static partial Regex MinorLabel();

    [GeneratedRegex("/{2,}")]
    private static partial Regex Slashes();

    [GeneratedRegex(@"^[^/?]+(?:/[a-z]{2}(?:-[a-z]{2})?|/arabic)?(?:/(?:index|default|home)\.[a-z]{3,5})?$", RegexOptions.IgnoreCase)]
    private static partial Regex SiteRoot();
}
