using NewsMonitor.Articles;
using NewsMonitor.Hits;
using NewsMonitor.Topics;
using NewsMonitor.Webhooks;

namespace NewsMonitor.Pipeline;

/// <summary>
/// From an article that matches to everything that follows from it: the hit, its story, its webhook messages. Each step recognises what is
/// there already.
/// </summary>
public sealed class HitRecorder(HitStore hits, StoryStore stories, EndpointStore endpoints, WebhookDelivery webhooks, TimeProvider time, Journal journal)
{
    public async Task<KeptHit> KeepAsync(Article article, IReadOnlyList<TopicMatch> matches, string topicsVersion, CancellationToken cancel)
    {
        var kept = await hits.KeepAsync(new Hit(Hit.CurrentSchema, article.Id, time.GetUtcNow(), topicsVersion, matches, article), cancel);
        await stories.JoinAsync(kept.Hit, cancel);
        if (kept.IsNew)
            journal.Write(new HitKept(kept.Path, kept.Hit.Article.Title, [.. kept.Hit.Topics.Select(topic => topic.Topic)]));
        return kept;
    }

    /// <summary>After all hits of a source: an endpoint's document that cannot be read must not keep a hit from being stored.</summary>
    public async Task TellAsync(IReadOnlyList<KeptHit> kept, CancellationToken cancel)
    {
        if (kept.Count == 0)
            return;
        var all = await endpoints.ListAsync(cancel);
        foreach (var hit in kept)
        {
            foreach (var endpoint in all.Where(endpoint => endpoint.Wants(hit.Hit)))
                await webhooks.EnqueueAsync(endpoint, hit, cancel);
        }
    }
}
