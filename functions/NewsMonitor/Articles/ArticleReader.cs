using System.Security.Cryptography;
using System.Text;
using NewsMonitor.Feeds;
using NewsMonitor.Sources;

namespace NewsMonitor.Articles;

/// <summary>Items to articles: readable text and an identity.</summary>
/// <remarks>
/// <para>The id is made of the canonical address where there is one: the same for every feed that carries the article, after edits of title,
/// text, guid, date and order, for http and https, for www, mobile and AMP hosts and for whatever tracking was added. Without a usable
/// address it is made of the guid and the title, and without a guid of title and text, both within the source only, because strangers' guids
/// and empty texts are alike. Such an item that is edited gets another id; <see cref="KnownItems"/> still knows it.</para>
/// <para>What that does not cover: an address that is used again for another article is the old one.</para>
/// </remarks>
public static class ArticleReader
{
    /// <summary>So many different items with one address say that it is not theirs (a section page, a player, a constant).</summary>
    private const int Shared = 3;

    private const int MaximumTitle = 1_000;
    private const int TitleFromText = 120;

    /// <summary>All items of a feed that say something, in its order.</summary>
    /// <param name="contentHash">SHA-256 of the fetched bytes, lower-case hexadecimal.</param>
    public static IReadOnlyList<Article> ReadAll(Source source, Feed feed, DateTimeOffset fetched, string contentHash)
    {
        var urls = feed.Items.Select(item => CanonicalUrl.Of(item.Link)).ToList();
        var notTheirs = feed.Items.Zip(urls)
            .Where(i => i.Second is not null)
            .GroupBy(i => CanonicalUrl.Key(i.Second!), i => i.First, StringComparer.Ordinal)
            .Where(g => g.Select(i => i.Title).Distinct(StringComparer.Ordinal).Count() >= Shared
                && g.Select(i => i.Id).Distinct(StringComparer.Ordinal).Count() is 1 or >= Shared)
            .Select(g => g.Key)
            .Concat(Places(source))
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. feed.Items.Select((item, i) => Read(source, item, urls[i], fetched, contentHash, notTheirs)).Where(a => a.Title.Length > 0 || a.Url is not null),
        ];
    }

    /// <summary>One item by itself.</summary>
    public static Article Read(Source source, FeedItem item, DateTimeOffset fetched, string contentHash) =>
        Read(source, item, CanonicalUrl.Of(item.Link), fetched, contentHash, [.. Places(source)]);

    /// <summary>
    /// The article with the text of its page, where that says more than the feed did. What only the feed says (a summary that is not part of
    /// the body) stands before it, so that no mention is lost; the id, the address and the title stay the feed's.
    /// </summary>
    public static Article WithPage(Article article, PageText page)
    {
        var published = article.Published ?? (page.Published <= article.Fetched ? page.Published : null);
        if (page.Text.Length <= article.Text.Length)
            return article with { Published = published };

        var said = PageWords.Key(page.Text);
        var missing = article.Text.Split('\n').Where(line => IsMissing(PageWords.Key(line)) && !PageWords.PointsElsewhere(line));
        return article with { Text = string.Join('\n', [.. missing, page.Text]), Published = published, TextFrom = ArticleText.Page };

        // A summary is often the text's beginning, cut within a word.
        bool IsMissing(string line) => line.Length > 0 && line != PageWords.Key(article.Title) && !said.Contains(line[..((line.Length * 4 / 5) + 1)], StringComparison.Ordinal);
    }

    /// <summary>The site, or the feed itself: no article's own address.</summary>
    /// <param name="url">Canonical.</param>
    public static bool IsPlaceOnly(Source source, string url) =>
        CanonicalUrl.IsSiteRoot(url) || Places(source).Contains(CanonicalUrl.Key(url), StringComparer.Ordinal);

    /// <param name="notTheirs">Keys of addresses that are no item's own.</param>
    private static Article Read(
        Source source, FeedItem item, string? url, DateTimeOffset fetched, string contentHash, HashSet<string> notTheirs)
    {
        // The longer of the two; a text is never longer than its HTML.
        var text = HtmlText.ToText(item.Content);
        if (text.Length < item.Summary.Length && HtmlText.ToText(item.Summary) is var summary && summary.Length > text.Length)
            text = summary;
        var title = Cut(HtmlText.ToLine(item.Title), MaximumTitle);
        if (title.Length == 0)
            title = Cut(text.Split('\n')[0], TitleFromText);

        return new Article(
            Id(source, item, url, title, text, notTheirs),
            url,
            title,
            text,
            HtmlText.ToLine(item.Author) is { Length: > 0 } author ? Cut(author, MaximumTitle) : null,
            item.Published,
            fetched,
            source.Id,
            source.Title,
            source.Language,
            contentHash)
        {
            ItemId = string.IsNullOrWhiteSpace(item.Id) ? null : Cut(item.Id.Trim(), MaximumTitle),
        };
    }

    private static string Id(Source source, FeedItem item, string? url, string title, string text, HashSet<string> notTheirs)
    {
        var key = url is null || CanonicalUrl.IsSiteRoot(url) ? null : CanonicalUrl.Key(url);
        var identity = key is not null && !notTheirs.Contains(key) ? $"url\n{key}"
            : !string.IsNullOrWhiteSpace(item.Id) ? $"guid\n{source.Id}\n{item.Id.Trim()}\n{title}"
            : $"text\n{source.Id}\n{title}\n{text}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)), 0, 16);
    }

    /// <summary>Keys of the source's own addresses: the site's and the feed's.</summary>
    private static IEnumerable<string> Places(Source source) =>
        new[] { source.SiteUrl, source.Address }.Select(CanonicalUrl.Of).OfType<string>().Select(CanonicalUrl.Key);

    private static string Cut(string text, int maximum) =>
        text.Length <= maximum ? text : text[..(char.IsHighSurrogate(text[maximum - 1]) ? maximum - 1 : maximum)].TrimEnd() + "…";
}
