using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using NewsMonitor.Articles;
using NewsMonitor.Feeds;
using NewsMonitor.Http;
using NewsMonitor.Sources;

namespace NewsMonitor.Pipeline;

/// <summary>A new item that did not match by what its feed says, and whose page could not be read yet.</summary>
/// <param name="Tries">How often it was tried.</param>
/// <param name="Next">When it is tried next, UTC.</param>
public sealed record PendingPage(
    string Id, string? ItemId, string Url, string Title, string? Author, DateTimeOffset? Published, DateTimeOffset Fetched, string ContentHash,
    int Tries, DateTimeOffset Next)
{
    /// <summary>True for one that is a hit, and was changed by its outlet.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsEdited { get; init; }

    /// <param name="tries">None yet, or the first.</param>
    public static PendingPage Of(Article article, int tries, DateTimeOffset now) => new(
        article.Id, article.ItemId, article.Url!, article.Title, article.Author, article.Published, article.Fetched, article.ContentHash, tries,
        now + ArticlePages.PauseAfter(tries)!.Value);

    /// <summary>Without the feed's text: that was matched, and did not match.</summary>
    public Article Article(Source source) =>
        new(Id, Url, Title, "", Author, Published, Fetched, source.Id, source.Title, source.Language, ContentHash) { ItemId = ItemId };
}

/// <summary>What came of an article's page.</summary>
/// <param name="Article">With the page's text where there is one, else as it was.</param>
/// <param name="IsToBeTriedAgain">The page could not be fetched, and may be later.</param>
/// <param name="Problem">One line for people; null when the page was read or is not wanted.</param>
public sealed record PageOutcome(Article Article, bool IsToBeTriedAgain, string? Problem);

/// <summary>Reads the page behind an item where the feed says too little, as the source's mode and the limits of a poll allow.</summary>
public sealed class ArticlePages(Fetcher fetcher, IOptions<ArticleOptions> options, TimeProvider time)
{
    private static readonly TimeSpan[] Pauses =
        [TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromHours(4), TimeSpan.FromHours(12)];

    public PageBudget Budget() => new(options.Value.PagesPerPoll, options.Value.PagesPerHost);

    /// <summary>When a page that could not be read so many times is tried again; null when it is given up.</summary>
    public static TimeSpan? PauseAfter(int tries) => tries == 0 ? TimeSpan.Zero : tries <= Pauses.Length ? Pauses[tries - 1] : null;

    public bool IsWanted(Source source, Article article) =>
        source.Article != ArticleMode.Never
        && article.Url is { } url && !ArticleReader.IsPlaceOnly(source, url)
        && (source.Article == ArticleMode.Always || article.Text.Length < options.Value.ShortText)
        && !(time.GetUtcNow() - article.Published > TimeSpan.FromDays(options.Value.OldestDays));

    /// <summary>Never throws for what a server or a page does. Without room in the budget nothing is fetched, and it is to be tried again.</summary>
    public async Task<PageOutcome> ReadAsync(Source source, Article article, PageBudget budget, CancellationToken cancel)
    {
        var address = new Uri(article.Url!);
        if (!budget.TryTake(address.Authority))
            return new PageOutcome(article, IsToBeTriedAgain: true, null);
        switch (await fetcher.FetchPageAsync(address, cancel))
        {
            case FetchResult.Fetched fetched:
                var page = ArticlePage.Read(fetched.Bytes, fetched.Charset, fetched.Final, CountryZones.Of(source.Country));
                return new PageOutcome(ArticleReader.WithPage(article, page), IsToBeTriedAgain: false, page.Problem);
            case FetchResult.Failed { Status: 404 or 410 or 451 } gone:
                return new PageOutcome(article, IsToBeTriedAgain: false, gone.Reason);
            case FetchResult.Failed failed:
                budget.Failed(address.Authority);
                return new PageOutcome(article, IsToBeTriedAgain: true, failed.Reason);
            default:
                return new PageOutcome(article, IsToBeTriedAgain: true, "an answer that makes no sense");
        }
    }
}

/// <summary>How many pages one poll of a shard may still fetch, in all and from each host. Thread-safe.</summary>
public sealed class PageBudget(int total, int perHost)
{
    /// <summary>A host that has failed so often in one poll is left alone until the next.</summary>
    private const int MostFailures = 2;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (int Taken, int Failures)> _hosts = new(StringComparer.Ordinal);
    private int _left = total;

    public bool TryTake(string host)
    {
        lock (_lock)
        {
            var (taken, failures) = _hosts.GetValueOrDefault(host);
            if (_left <= 0 || taken >= perHost || failures >= MostFailures)
                return false;
            _left--;
            _hosts[host] = (taken + 1, failures);
            return true;
        }
    }

    public void Failed(string host)
    {
        lock (_lock)
        {
            var (taken, failures) = _hosts.GetValueOrDefault(host);
            _hosts[host] = (taken, failures + 1);
        }
    }
}
