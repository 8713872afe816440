using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;
using AngleSharp.Text;

namespace NewsMonitor.Feeds;

/// <summary>How an address came to be thought a feed's, the surest first.</summary>
public enum FeedHint
{
    /// <summary>The page says that it is one.</summary>
    Declared,

    /// <summary>The page links to it, and it looks like one.</summary>
    Linked,

    /// <summary>Many sites have theirs there.</summary>
    Usual,
}

/// <summary>What may be a feed; nobody has looked yet.</summary>
/// <param name="Title">What the page calls it.</param>
public sealed record FeedCandidate(string Address, string? Title, FeedHint Hint);

/// <summary>A web page where a feed was expected: it is not read, but the feeds that it names are told.</summary>
public static class FeedPage
{
    private const int MaximumCandidates = 20;
    private const int MaximumTags = 20_000;

    private static readonly string[] Types =
    [
        "application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml", "application/json", "application/xml",
        "text/xml", "application/x-rss+xml", "text/rss+xml", "text/atom+xml", "text/rdf+xml", "application/rss", "application/atom", "text/rss",
    ];

    /// <summary>The feeds that a page declares, then those that it seems to link to.</summary>
    /// <param name="charset">What HTTP said, where it did.</param>
    /// <param name="address">Where the page came from.</param>
    public static IReadOnlyList<FeedCandidate> Candidates(ReadOnlyMemory<byte> bytes, string? charset, Uri? address) =>
        Candidates(FeedText.Decode(bytes.Span, charset).Text, address);

    /// <inheritdoc cref="Candidates(ReadOnlyMemory{byte}, string?, Uri?)"/>
    public static IReadOnlyList<FeedCandidate> Candidates(string html, Uri? address)
    {
        // Only the tags are needed: the tokenizer is linear in the page, a tree is not.
        var tokens = new HtmlTokenizer(new TextSource(new StringTextSource(html)), HtmlEntityProvider.Resolver);
        var found = new Dictionary<string, FeedCandidate>(StringComparer.Ordinal);
        Uri? declaredBase = null;
        for (var tags = 0; tags < MaximumTags;)
        {
            var token = tokens.Get();
            if (token.Type is HtmlTokenType.EndOfFile)
                break;

            if (token.Type is not HtmlTokenType.StartTag || token is not HtmlTagToken tag)
                continue;

            tags++;
            tokens.State = Inside(tag.Name);
            var origin = declaredBase ?? address;
            if (tag.Name == "base")
            {
                declaredBase ??= FeedAddresses.Absolute(tag.GetAttribute("href"), address);
            }
            else if (Hint(tag, origin, address) is { } candidate
                && (found.Count < MaximumCandidates || candidate.Hint is FeedHint.Declared)
                && (!found.TryGetValue(candidate.Address, out var known) || candidate.Hint < known.Hint))
            {
                found[candidate.Address] = candidate;
            }
        }

        return [.. found.Values.OrderBy(candidate => candidate.Hint).Take(MaximumCandidates)];
    }

    internal static Feed Describe(string html, FeedReading reading)
    {
        var candidates = Candidates(html, reading.Address);
        var isDeclared = candidates.Any(c => c.Hint is FeedHint.Declared);
        var told = candidates.Where(c => !isDeclared || c.Hint is FeedHint.Declared)
            .Select(c => string.IsNullOrWhiteSpace(c.Title) ? SafeText.Line(c.Address) : $"{SafeText.Line(c.Address)} ({SafeText.Line(c.Title, 60)})");
        reading.Problems.Add(
            candidates.Count == 0 ? "this is a web page, not a feed, and it names none"
            : isDeclared ? $"this is a web page, not a feed; it names these feeds: {string.Join("; ", told)}"
            : $"this is a web page, not a feed; it names none, but links to what may be one: {string.Join("; ", told)}");
        return reading.NoFeed();
    }

    private static FeedCandidate? Hint(HtmlTagToken tag, Uri? origin, Uri? page)
    {
        if (tag.Name is not ("link" or "a" or "area") || tag.GetAttribute("href").Trim() is not { Length: > 0 } href)
            return null;

        var relations = tag.GetAttribute("rel").Split([' ', '\t', '\n', '\r', '\f'], StringSplitOptions.RemoveEmptyEntries);
        var type = tag.GetAttribute("type").Split(';')[0].Trim();
        var title = tag.GetAttribute("title") is { Length: > 0 } given ? given : null;
        var url = FeedAddresses.Absolute(href, origin);
        if (tag.Name == "link" && FeedAddresses.OfWordPress(relations, type, url) is { } feed)
            return new FeedCandidate(feed.AbsoluteUri, null, FeedHint.Linked);

        var isAlternate = relations.Contains("alternate", StringComparer.OrdinalIgnoreCase)
            && Types.Contains(type, StringComparer.OrdinalIgnoreCase)
            && !href.Contains("/wp-json/", StringComparison.Ordinal);
        if (isAlternate || relations.Contains("feed", StringComparer.OrdinalIgnoreCase))
            return new FeedCandidate(url?.AbsoluteUri ?? href, title, FeedHint.Declared);

        // A stylesheet named feed.css is none, nor is what another site has.
        return url is not null && (tag.Name != "link" || relations.Contains("alternate", StringComparer.OrdinalIgnoreCase))
            && FeedAddresses.LooksLikeFeed(url) && FeedAddresses.IsOfSite(url, page)
            ? new FeedCandidate(url.AbsoluteUri, title, FeedHint.Linked)
            : null;
    }

    /// <summary>What stands in these elements is no markup, whatever it looks like.</summary>
    private static HtmlParseMode Inside(string element) => element switch
    {
        "script" => HtmlParseMode.Script,
        "style" or "xmp" or "iframe" => HtmlParseMode.Rawtext,
        "title" or "textarea" => HtmlParseMode.RCData,
        _ => HtmlParseMode.PCData,
    };
}
