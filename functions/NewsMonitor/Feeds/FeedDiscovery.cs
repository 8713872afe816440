using NewsMonitor.Http;
using NewsMonitor.Sources;

namespace NewsMonitor.Feeds;

/// <summary>A feed that was fetched and read.</summary>
/// <param name="Title">Its own, else what the page calls it.</param>
/// <param name="SameAs">The address of a feed that has the same items, which stands before it.</param>
public sealed record FoundFeed(string Address, string Title, Feed Feed, FeedHint Hint, string? SameAs)
{
    /// <summary>By its words, which do not lie; its label often does.</summary>
    public bool IsArabic { get; } = ArabicShare.IsArabic(Feed);

    /// <summary>What readers wrote below articles.</summary>
    public bool IsOfComments { get; } =
        Address.Contains("/comments/", StringComparison.OrdinalIgnoreCase)
        || Feed.Title.StartsWith("Comments ", StringComparison.OrdinalIgnoreCase)
        || Feed.Title.Contains("تعليقات", StringComparison.Ordinal);

    /// <summary>False for another form of one that stands before it, and for comments.</summary>
    public bool IsOfItsOwn => SameAs is null && !IsOfComments;
}

/// <summary>What a site has to read.</summary>
/// <param name="Feeds">Proven: fetched and parsed. Arabic ones first, comments last.</param>
/// <param name="Problems">Why not everything was tried.</param>
public sealed record FoundFeeds(IReadOnlyList<FoundFeed> Feeds, IReadOnlyList<string> Problems);

/// <summary>
/// Finds the feeds of a site from one of its pages: those that it names, those that it links to, and where it names none, the usual
/// addresses. Few requests, a few at a time, bounded in time; a host that asks for peace gets it.
/// </summary>
public sealed class FeedDiscovery(Fetcher fetcher, TimeZoneInfo zone, TimeProvider time)
{
    private const int AtOnce = 3;
    private const int MostNamed = 12;
    private const int MostRequests = 24;
    private const int MostFaults = 3;
    private const int CompareItems = 5;
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(45);

    public async Task<FoundFeeds> FindAsync(FetchResult.Fetched page, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(MostTime, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
        var search = new Search(page.Final);
        try
        {
            await TryAsync(search, FeedPage.Candidates(page.Bytes, page.Charset, page.Final), both.Token);
            if (search.Found.Count == 0)
                await TryAsync(search, FeedAddresses.UsualOf(page.Final).Select(url => new FeedCandidate(url.AbsoluteUri, null, FeedHint.Usual)), both.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            search.Stop($"the search for feeds was stopped after {MostTime.TotalSeconds:0} s");
        }

        return new FoundFeeds(Ordered(search.Found), search.Problems);
    }

    private async Task TryAsync(Search search, IEnumerable<FeedCandidate> candidates, CancellationToken cancel)
    {
        var waiting = new Queue<FeedCandidate>(search.New(candidates).Take(MostNamed + 2));
        while (waiting.Count > 0 && !search.IsOver)
        {
            var now = new List<FeedCandidate>();
            while (now.Count < AtOnce && search.Requests < MostRequests && waiting.TryDequeue(out var next))
            {
                now.Add(next);
                search.Requests++;
            }

            if (now.Count == 0)
                return;

            var answers = await Task.WhenAll(now.Select(async c => (c, await fetcher.FetchAsync(new Uri(c.Address), null, null, cancel))));
            foreach (var (candidate, answer) in answers)
            {
                // A page of its own with the site's feeds, as /rss often is; no further than that.
                foreach (var more in Take(search, candidate, answer))
                    waiting.Enqueue(more);
            }

            // Beyond what was looked for, guessing only costs the site requests.
            if (now[0].Hint is FeedHint.Usual && search.Found.Any(f => f.IsArabic && !f.IsOfComments))
                return;
        }
    }

    /// <returns>What else is to be tried.</returns>
    private IEnumerable<FeedCandidate> Take(Search search, FeedCandidate candidate, FetchResult answer)
    {
        if (answer is FetchResult.Failed failed)
        {
            search.Refused(candidate, failed);
            return [];
        }

        if (answer is not FetchResult.Fetched body)
            return [];

        search.Faults = 0;
        var feed = FeedParser.Parse(body.Bytes, body.Charset, body.Final, zone, time);
        if (!feed.IsFeed)
        {
            return candidate.Hint is FeedHint.Declared ? []
                : search.New(FeedPage.Candidates(body.Bytes, body.Charset, body.Final)).Take(MostNamed).ToList();
        }

        // What a page names is its word; what was guessed is best written as the server does.
        var address = candidate.Hint is FeedHint.Usual ? body.Final.AbsoluteUri : candidate.Address;
        if (search.Ends.Add(SourceAddress.Canonical(body.Final.AbsoluteUri)))
        {
            var title = FeedReading.OneLine(feed.Title) is { Length: > 0 } own ? own : FeedReading.OneLine(candidate.Title);
            search.Found.Add(new FoundFeed(address, title, feed, candidate.Hint, null));
        }

        return [];
    }

    private static List<FoundFeed> Ordered(IEnumerable<FoundFeed> found)
    {
        var ordered = new List<FoundFeed>();
        foreach (var feed in found.OrderBy(f => f.IsOfComments).ThenBy(f => !f.IsArabic).ThenBy(f => f.Feed.Items.Count == 0).ThenBy(f => f.Hint))
        {
            var items = First(feed);
            ordered.Add(feed with { SameAs = items.Count == 0 ? null : ordered.FirstOrDefault(f => f.SameAs is null && First(f).SetEquals(items))?.Address });
        }

        return [.. ordered.OrderBy(f => f.SameAs is not null)];

        static HashSet<string> First(FoundFeed f) => f.Feed.Items.Take(CompareItems).Select(i => i.Link ?? i.Title).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>How far one search has come.</summary>
    private sealed class Search(Uri page)
    {
        private readonly HashSet<string> _known = [SourceAddress.Canonical(page.AbsoluteUri)];

        public List<FoundFeed> Found { get; } = [];

        public List<string> Problems { get; } = [];

        public HashSet<string> Ends { get; } = new(StringComparer.Ordinal);

        public int Requests { get; set; }

        public int Faults { get; set; }

        public bool IsOver { get; private set; }

        public IEnumerable<FeedCandidate> New(IEnumerable<FeedCandidate> candidates) =>
            candidates.Where(c => FeedAddresses.Absolute(c.Address, null) is not null && _known.Add(SourceAddress.Canonical(c.Address)));

        public void Refused(FeedCandidate candidate, FetchResult.Failed failed)
        {
            if (candidate.Hint is FeedHint.Declared)
                Problems.Add($"{SourceAddress.Shown(candidate.Address)}, which the page names: {failed.Reason.Split(';')[0]}");

            if (failed.Status is 429 || failed.RetryAfter is not null)
                Stop("the site asks for fewer requests; the search for feeds was stopped");
            else if (failed.Status is null && ++Faults >= MostFaults)
                Stop("the site does not answer; the search for feeds was stopped");
        }

        public void Stop(string why)
        {
            if (!IsOver)
                Problems.Add(why);
            IsOver = true;
        }
    }
}
