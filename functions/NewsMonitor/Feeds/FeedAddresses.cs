using System.Text.RegularExpressions;

namespace NewsMonitor.Feeds;

/// <summary>Where sites have their feeds.</summary>
internal static partial class FeedAddresses
{
    private const int MostUsual = 14;

    /// <summary>In the order of how many Arabic sites have one there.</summary>
    private static readonly string[] Usual =
    [
        "/feed/", "/rss", "/rss.xml", "/ar/rss", "/feed.xml", "/ar/feed/", "/rss/ar", "/arabic/rss", "/atom.xml", "/index.xml",
        "/feeds/posts/default", "/?feed=rss2",
    ];

    /// <summary>Of this folder of the site first, then of the site.</summary>
    public static IEnumerable<Uri> UsualOf(Uri page)
    {
        var folder = page.AbsolutePath[..(page.AbsolutePath.LastIndexOf('/') + 1)];
        string[] here = page.AbsolutePath.EndsWith('/') || page.AbsolutePath.Contains('.', StringComparison.Ordinal)
            ? [$"{folder}feed/", $"{folder}rss", $"{folder}rss.xml"]
            : [$"{page.AbsolutePath}/feed/", $"{page.AbsolutePath}/rss", $"{page.AbsolutePath}/rss.xml"];
        return here.Concat(Usual).Distinct(StringComparer.Ordinal).Take(MostUsual).Select(path => new Uri(page, path));
    }

    /// <summary>An http(s) address, also from what was written for a reader (feed:…).</summary>
    public static Uri? Absolute(string? address, Uri? origin)
    {
        var text = address?.Trim() ?? "";
        if (text.StartsWith("feed:", StringComparison.OrdinalIgnoreCase))
        {
            text = text["feed:".Length..];
            text = text.StartsWith("//", StringComparison.Ordinal) ? $"http:{text}" : text;
        }

        return WebAddress.TryRead(text, origin, out var url) ? url : null;
    }

    public static bool LooksLikeFeed(Uri address) =>
        (FeedPath().IsMatch(address.AbsolutePath) && !NoFeedPath().IsMatch(address.AbsolutePath)) || FeedQuery().IsMatch(address.Query);

    /// <summary>WordPress says where its interfaces are, also where a theme forgets the feed, which lies beside them.</summary>
    public static Uri? OfWordPress(IReadOnlyList<string> relations, string type, Uri? address)
    {
        if (address is null)
            return null;

        if (type == "application/rsd+xml" && address.AbsolutePath.EndsWith("/xmlrpc.php", StringComparison.Ordinal))
            return new Uri(address, "feed/");

        return relations.Contains("https://api.w.org/") && address.AbsolutePath.EndsWith("/wp-json/", StringComparison.Ordinal)
            ? new Uri(address, "../feed/") : null;
    }

    /// <summary>The same site, one of its other hosts, or FeedBurner, where many keep theirs.</summary>
    public static bool IsOfSite(Uri address, Uri? page) =>
        page is null || Site(address) == Site(page) || address.Host is "feeds.feedburner.com" or "feeds2.feedburner.com";

    /// <summary>The last two labels: enough to tell an outlet from those that it links to.</summary>
    private static string Site(Uri address) =>
        address.HostNameType is UriHostNameType.Dns && address.IdnHost.Split('.') is [.., var name, var top]
            ? $"{name}.{top}".ToLowerInvariant() : address.IdnHost;

    [GeneratedRegex(@"[/._-](?:feeds?|rss[12]?|rdf|atom|rssfeeds?)(?:[/._-]|$)|\.xml$", RegexOptions.IgnoreCase)]
    private static partial Regex FeedPath();

    [GeneratedRegex(@"sitemap|opensearch|browserconfig|wlwmanifest|/wp-json/|\.(?:css|js|png|jpe?g|gif|svg|webp|ico|pdf|mp[34])$", RegexOptions.IgnoreCase)]
    private static partial Regex NoFeedPath();

    [GeneratedRegex(@"[?&](?:feed=(?:rss|atom|rdf)|(?:format|type|alt|output|view)=(?:rss|atom|feed|xml))", RegexOptions.IgnoreCase)]
    private static partial Regex FeedQuery();
}
