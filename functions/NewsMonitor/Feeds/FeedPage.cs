using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;
using AngleSharp.Text;

namespace NewsMonitor.Feeds;

/// <summary>A feed that a web page names with &lt;link rel=alternate&gt;.</summary>
public sealed record FeedCandidate(string Address, string? Title);

/// <summary>A web page where a feed was expected: it is not read, but the feeds that it names are told.</summary>
public static class FeedPage
{
    private const int MaximumCandidates = 20;
    private const int MaximumTags = 20_000;

    private static readonly string[] Types =
        ["application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml", "application/json", "application/xml", "text/xml"];

    public static IReadOnlyList<FeedCandidate> Candidates(string html, Uri? address)
    {
        // Only the tags are needed: the tokenizer is linear in the page, a tree is not.
        var tokens = new HtmlTokenizer(new TextSource(html), HtmlEntityProvider.Resolver);
        var origin = address;
        var found = new List<FeedCandidate>();
        for (var tags = 0; tags < MaximumTags && found.Count < MaximumCandidates;)
        {
            var token = tokens.Get();
            if (token.Type is HtmlTokenType.EndOfFile)
                break;

            if (token.Type is not HtmlTokenType.StartTag || token is not HtmlTagToken tag)
                continue;

            tags++;
            if (tag.Name == "base" && Absolute(tag.GetAttribute("href"), origin) is { } declared)
            {
                origin = declared;
            }
            else if (tag.Name == "link"
                && tag.GetAttribute("rel").Split(' ').Contains("alternate", StringComparer.OrdinalIgnoreCase)
                && Types.Contains(tag.GetAttribute("type").Split(';')[0].Trim(), StringComparer.OrdinalIgnoreCase)
                && tag.GetAttribute("href").Trim() is { Length: > 0 } href)
            {
                var shown = Absolute(href, origin)?.AbsoluteUri ?? href;
                if (found.All(f => f.Address != shown))
                    found.Add(new FeedCandidate(shown, tag.GetAttribute("title") is { Length: > 0 } title ? title : null));
            }
        }

        return found;
    }

    internal static Feed Describe(string html, FeedReading reading)
    {
        var candidates = Candidates(html, reading.Address);
        reading.Problems.Add(
            candidates.Count == 0 ? "this is a web page, not a feed, and it names none"
            : "this is a web page, not a feed; it names these feeds: "
                + string.Join("; ", candidates.Select(c => c.Title is null ? SafeText.Line(c.Address) : $"{SafeText.Line(c.Address)} ({SafeText.Line(c.Title, 60)})")));
        return reading.NoFeed();
    }

    private static Uri? Absolute(string? address, Uri? origin) =>
        !string.IsNullOrWhiteSpace(address)
        && (origin is null ? Uri.TryCreate(address.Trim(), UriKind.Absolute, out var url) : Uri.TryCreate(origin, address.Trim(), out url))
        && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps) ? url : null;
}
