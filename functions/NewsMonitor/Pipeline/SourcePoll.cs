using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using NewsMonitor.Articles;
using NewsMonitor.Feeds;
using NewsMonitor.Hits;
using NewsMonitor.Http;
using NewsMonitor.Sources;
using NewsMonitor.Topics;

namespace NewsMonitor.Pipeline;

/// <summary>What the sources of one run share.</summary>
/// <param name="Topics">Read when the first item is new, which it seldom is.</param>
/// <param name="Pages">How many article pages may still be fetched.</param>
public sealed record PollRun(Lazy<Task<TopicRules>> Topics, PageBudget Pages);

/// <summary>
/// Polls one source: its feed, the new items of it, and the pages behind those. Everything that follows from an item is stored before the
/// state is returned that knows it; whoever writes that state writes it last.
/// </summary>
public sealed class SourcePoll(
    SourceCatalog sources, Fetcher fetcher, ArticlePages pages, HitStore stored, HitRecorder recorder, TimeProvider time, Journal journal,
    IOptions<PipelineOptions> options)
{
    /// <summary>Pages to be read later, per source; of more, the newest.</summary>
    private const int MostPending = 40;

    /// <summary>The feed, and the pages that are due.</summary>
    public async Task<SourceState> RunAsync(Source source, SourceState known, PollRun run, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var state = await FetchAsync(source, known, cancel) switch
        {
            FetchResult.NotModified answer => Unchanged(source, known, answer.Freshness, now),
            FetchResult.Fetched fetched => await ReadAsync(source, known, fetched, run, now, cancel),
            FetchResult.Failed failed => await FailedAsync(source, known, failed, now, cancel),
            var other => throw new InvalidOperationException($"No such fetch result: {other}."),
        };
        return Watched(source, known, await ReadPendingAsync(source, state, known.Pending ?? [], run, cancel), now);
    }

    /// <summary>Only pages that were left from earlier polls.</summary>
    public async Task<SourceState> RunPagesAsync(Source source, SourceState known, PollRun run, CancellationToken cancel) =>
        await ReadPendingAsync(source, known with { Pending = null }, known.Pending ?? [], run, cancel);

    /// <summary>Whatever else goes wrong with one source stays its own: it keeps its old validators and is read again.</summary>
    public SourceState Broken(Source source, SourceState known, Exception e)
    {
        var now = time.GetUtcNow();
        var problem = $"could not be processed, and will be tried again: {SafeText.Line(e.Message)}";
        journal.Write(new SourcePolled(source.Id, source.Title, PollResult.Failed, 0, 0, 0, problem));
        // Ours, not the source's: no back-off, or an hour's fault of our storage would delay the news by a day.
        return WithProblem(known, problem, now) with { LastPoll = now, FailingSince = known.FailingSince ?? now, Plan = null };
    }

    /// <summary>Tells who wanted it to be asked why it is not.</summary>
    public void LeaveAlone(Source source, SourceState known) =>
        journal.Write(new SourcePolled(source.Id, source.Title, PollResult.Waiting, 0, 0, 0, known.Problem));

    private async Task<FetchResult> FetchAsync(Source source, SourceState known, CancellationToken cancel)
    {
        if (!source.IsFile)
            return await fetcher.FetchAsync(new Uri(known.Moved ?? source.Address), known.ETag, known.LastModified, cancel);
        try
        {
            var content = await sources.OpenFileAsync(source, cancel);
            return new FetchResult.Fetched(content.ToMemory(), null, null, null, null, new Uri($"file:///{source.Address}"), Freshness.None);
        }
        catch (MonitorException e)
        {
            return new FetchResult.Failed(e.Message);
        }
    }

    private async Task<SourceState> FailedAsync(
        Source source, SourceState known, FetchResult.Failed failed, DateTimeOffset now, CancellationToken cancel)
    {
        journal.Write(new SourcePolled(source.Id, source.Title, PollResult.Failed, 0, 0, 0, failed.Reason));
        var state = Failing(known, failed.Reason, now);
        // A new address that fails may have been a mistake of the site's: the old one is asked next time, and may lead elsewhere by then.
        if (failed.IsGone && known.Moved is null)
            await DisableAsync(source, now, cancel);
        return state with { Moved = null, Plan = PollPlan.AfterFailure(source, state, failed.RetryAfter, now, options.Value) };
    }

    /// <summary>410: the site says that it will never publish here again (RFC 9110, 15.5.11).</summary>
    private async Task DisableAsync(Source source, DateTimeOffset now, CancellationToken cancel)
    {
        await sources.ChangeAsync(list => list.SetEnabled(source.Id, false, $"gone (HTTP 410) since {now:yyyy-MM-dd}; disabled by the monitor"), cancel);
        journal.Write(new SourceDisabled(source.Id, source.Title, "gone (HTTP 410)"));
    }

    private async Task<SourceState> ReadAsync(
        Source source, SourceState known, FetchResult.Fetched fetched, PollRun run, DateTimeOffset now, CancellationToken cancel)
    {
        var contentHash = Convert.ToHexStringLower(SHA256.HashData(fetched.Bytes.Span));
        var answered = known with { ETag = fetched.ETag, LastModified = fetched.LastModified };
        if (contentHash == known.ContentHash)
            return Unchanged(source, answered, fetched.Freshness, now);

        var feed = FeedParser.Parse(fetched.Bytes, fetched.Charset, source.IsFile ? null : fetched.Final, CountryZones.Of(source.Country), time);
        var problem = feed.Problems.Count == 0 ? null : string.Join(' ', feed.Problems.Take(3));
        if (!feed.IsFeed)
        {
            journal.Write(new SourcePolled(source.Id, source.Title, PollResult.Failed, 0, 0, 0, problem));
            // Without its validators: "not modified" would make a page that is no feed look well.
            var failing = Failing(known, problem ?? "this is not a feed", now) with { Moved = null };
            return failing with { Plan = PollPlan.AfterFailure(source, failing, null, now, options.Value) };
        }

        var items = KnownItems.Unpack(known.Known);
        var (fresh, edited) = items.Take(ArticleReader.ReadAll(source, feed, now, contentHash));
        var (hits, pending) = await MatchAsync(source, fresh, edited, run, now, cancel);
        journal.Write(new SourcePolled(source.Id, source.Title, PollResult.Read, feed.Items.Count, fresh.Count, hits.Count(hit => hit.IsNew), problem));
        var read = WithProblem(answered, problem, now) with
        {
            LastPoll = now,
            ContentHash = contentHash,
            Moved = Moved(known, fetched.Freshness),
            Pace = feed.Pace,
            LastSuccess = now,
            FailingSince = null,
            Failures = 0,
            Items = feed.Items.Count,
            Known = items.Pack(),
            Pending = pending,
        };
        read = PublishingHabit.Learn(read, known, feed.Items, fresh.Count, now);
        return read with { Plan = PollPlan.After(source, read, fetched.Freshness.For, now, options.Value) };
    }

    /// <summary>
    /// All new items against the topics: by their pages where those are wanted and can be had, else by what the feed says. What does not
    /// match by that alone is pending until its page was read. Then those that were changed.
    /// </summary>
    private async Task<(IReadOnlyList<KeptHit> Hits, IReadOnlyList<PendingPage>? Pending)> MatchAsync(
        Source source, IReadOnlyList<Article> fresh, IReadOnlyList<Article> edited, PollRun run, DateTimeOffset now, CancellationToken cancel)
    {
        if (fresh.Count + edited.Count == 0)
            return ([], null);
        var rules = await run.Topics.Value;
        var kept = new List<KeptHit>();
        var pending = new List<PendingPage>();
        foreach (var article in fresh)
        {
            var page = await PageAsync(source, article, run, cancel);
            if (!await KeepAsync(source, page.Article, rules, kept, cancel) && page.IsToBeTriedAgain)
                pending.Add(PendingPage.Of(page.Article, page.Problem is null ? 0 : 1, now));
        }

        foreach (var article in edited)
        {
            if (await EditedAsync(source, article, rules, run, kept, now, cancel) is { } page)
                pending.Add(page);
        }

        await recorder.TellAsync(kept, cancel);
        return (kept, pending.Count == 0 ? null : pending);
    }

    /// <summary>
    /// An article that its outlet has changed: a hit is corrected, by its page where that is what was kept; another may have become one, by what the
    /// feed says now.
    /// </summary>
    /// <returns>A page that is to be read later.</returns>
    private async Task<PendingPage?> EditedAsync(
        Source source, Article article, TopicRules rules, PollRun run, List<KeptHit> kept, DateTimeOffset now, CancellationToken cancel)
    {
        if (await stored.FindAsync(article.Id, cancel) is not { } hit)
        {
            await KeepAsync(source, article, rules, kept, cancel);
            return null;
        }

        // What several feeds carry is corrected by the one that it was found in: each words its summary in its own way.
        if (hit.Hit.Article.SourceId != source.Id)
            return null;
        var page = hit.Hit.Article.TextFrom == ArticleText.Page ? await PageAsync(source, article, run, cancel) : new PageOutcome(article, false, null);
        if (page.Article.TextFrom == hit.Hit.Article.TextFrom)
            await CorrectAsync(source, hit, page.Article, rules, kept, cancel);
        return page.IsToBeTriedAgain ? PendingPage.Of(article, page.Problem is null ? 0 : 1, now) with { IsEdited = true } : null;
    }

    private async Task<PageOutcome> PageAsync(Source source, Article article, PollRun run, CancellationToken cancel) =>
        pages.IsWanted(source, article) ? await pages.ReadAsync(source, article, run.Pages, cancel) : new PageOutcome(article, false, null);

    /// <param name="state">Its pending pages are new, and were tried just now.</param>
    private async Task<SourceState> ReadPendingAsync(
        Source source, SourceState state, IReadOnlyList<PendingPage> earlier, PollRun run, CancellationToken cancel)
    {
        var left = new List<PendingPage>(state.Pending ?? []);
        var kept = new List<KeptHit>();
        foreach (var pending in earlier)
        {
            var now = time.GetUtcNow();
            var page = pending.Next > now ? new PageOutcome(pending.Article(source), true, null)
                : await pages.ReadAsync(source, pending.Article(source), run.Pages, cancel);
            if (page.IsToBeTriedAgain)
            {
                var tries = pending.Tries + (page.Problem is null ? 0 : 1);
                if (page.Problem is null)
                    left.Add(pending);
                else if (ArticlePages.PauseAfter(tries) is { } pause)
                    left.Add(pending with { Tries = tries, Next = now + pause });
                continue;
            }

            var rules = await run.Topics.Value;
            if (!pending.IsEdited)
                await KeepAsync(source, page.Article, rules, kept, cancel);
            else if (page.Article.TextFrom == ArticleText.Page && await stored.FindAsync(pending.Id, cancel) is { } hit)
                await CorrectAsync(source, hit, page.Article, rules, kept, cancel);
        }

        await recorder.TellAsync(kept, cancel);
        var newest = left.OrderByDescending(page => page.Published ?? page.Fetched).Take(MostPending).ToList();
        return state with { Pending = newest.Count == 0 ? null : newest };
    }

    /// <summary>False when no topic matches.</summary>
    private async Task<bool> KeepAsync(Source source, Article article, TopicRules rules, List<KeptHit> kept, CancellationToken cancel)
    {
        if (rules.Match(article.Title, article.Text) is not { Count: > 0 } matches)
            return false;
        kept.Add(await recorder.KeepAsync(article, matches, rules.Version, source.Keep, cancel));
        return true;
    }

    /// <summary>Also when nothing is left of it to correct: the poll before may have died before the story knew.</summary>
    private async Task CorrectAsync(Source source, KeptHit hit, Article now, TopicRules rules, List<KeptHit> kept, CancellationToken cancel) =>
        kept.Add(await recorder.CorrectAsync(hit, now, rules.Match(now.Title, now.Text), rules.Version, source.Keep, cancel));

    private SourceState Unchanged(Source source, SourceState known, Freshness freshness, DateTimeOffset now)
    {
        journal.Write(new SourcePolled(source.Id, source.Title, PollResult.Unchanged, 0, 0, 0, null));
        // What was wrong with the document still is; what was wrong with the server is over.
        var state = (known.FailingSince is null ? known : WithProblem(known, null, now)) with
        {
            LastPoll = now,
            LastSuccess = now,
            LastNews = known.LastNews ?? now,
            Moved = Moved(known, freshness),
            FailingSince = null,
            Failures = 0,
            Pending = null,
        };
        return state with { Plan = PollPlan.After(source, state, freshness.For, now, options.Value) };
    }

    private SourceState Watched(Source source, SourceState known, SourceState state, DateTimeOffset now)
    {
        // A file beside the list is an archive or a sample: nobody expects news of it.
        var alarm = SourceAlarm.Of(state, now) is { } raised && !(source.IsFile && raised.Kind == AlarmKind.Silent) ? raised : null;
        if (alarm is not null && alarm != known.Alarm)
            journal.Write(new SourceAlarmed(source.Id, source.Title, alarm, state.Problem));
        else if (alarm is null && known.Alarm is { } over)
            journal.Write(new SourceRecovered(source.Id, source.Title, over));
        return state with { Alarm = alarm };
    }

    private static SourceState Failing(SourceState known, string problem, DateTimeOffset now) => WithProblem(known, problem, now) with
    {
        LastPoll = now,
        FailingSince = known.FailingSince ?? now,
        Failures = known.Failures + 1,
        Pending = null,
    };

    private static SourceState WithProblem(SourceState known, string? problem, DateTimeOffset now) => known with
    {
        Problem = problem,
        ProblemSince = problem is null ? null : known.ProblemSince ?? now,
    };

    private static string? Moved(SourceState known, Freshness freshness) => freshness.Moved?.AbsoluteUri ?? known.Moved;
}
