using NewsMonitor.Articles;
using NewsMonitor.Hits;
using NewsMonitor.Sources;
using NewsMonitor.Topics;
using NewsMonitor.Webhooks;

namespace NewsMonitor.Pipeline;

/// <summary>
/// From an article that matches to everything that follows from it, in this order: the hit is stored (then nothing of it can be lost); it is placed in the
/// log, which decides its story (then nothing can be decided otherwise); its story's document says so; its webhook messages are queued. Each step recognises
/// what is there already. A process that dies in between is completed by the next poll, whose state is written last of all, or if the feed has
/// dropped the item by then, by the <see cref="SecondLook"/>.
/// </summary>
public sealed class HitRecorder(HitStore hits, StoryStore stories, EndpointStore endpoints, WebhookDelivery webhooks, TimeProvider time, Journal journal)
{
    /// <param name="keep">How much of the text.</param>
    public async Task<KeptHit> KeepAsync(
        Article whole, IReadOnlyList<TopicMatch> matches, string topicsVersion, TextKept keep, CancellationToken cancel)
    {
        var (article, topics) = Allowed(whole, matches, keep);
        var kept = await hits.KeepAsync(new Hit(Hit.CurrentSchema, article.Id, time.GetUtcNow(), topicsVersion, topics, article), cancel);
        if (kept.IsNew)
            journal.Write(new HitKept(kept.Path, kept.Hit.Article.Title, [.. kept.Hit.Topics.Select(topic => topic.Topic)]));
        return keep == TextKept.Text ? kept : kept with { Whole = whole };
    }

    /// <summary>The outlet has changed an article that is a hit. Returns the hit as it stands.</summary>
    public async Task<KeptHit> CorrectAsync(
        KeptHit stored, Article now, IReadOnlyList<TopicMatch> matches, string topicsVersion, TextKept keep, CancellationToken cancel)
    {
        var (article, topics) = Allowed(now, matches, keep);
        var latest = await hits.ReviseAsync(stored.Path, RevisionReason.Correction, hit => Correction.Of(hit, article, topics, topicsVersion), cancel);
        if (latest.Number > stored.Hit.Number)
            journal.Write(new HitCorrected(stored.Path, latest.Article.Title, latest.Revision!.ChangesMentions));
        return stored with { Hit = latest, Whole = keep == TextKept.Text ? null : now };
    }

    private static (Article Article, IReadOnlyList<TopicMatch> Topics) Allowed(Article whole, IReadOnlyList<TopicMatch> matches, TextKept keep) =>
        keep == TextKept.Text ? (whole, matches) : Excerpt.Of(whole, matches);

    /// <summary>After all hits of a source: an endpoint's document that cannot be read must not keep a hit from being stored.</summary>
    public async Task TellAsync(IReadOnlyList<KeptHit> kept, CancellationToken cancel)
    {
        if (kept.Count == 0)
            return;
        await stories.JoinAsync(kept, cancel);
        var all = await endpoints.ListAsync(cancel);
        foreach (var hit in kept.Where(hit => hit.Hit.Number == 1))
        {
            foreach (var endpoint in all.Where(endpoint => endpoint.Wants(hit.Hit)))
                await webhooks.EnqueueAsync(endpoint, hit, cancel);
        }
    }
}
