using Microsoft.Extensions.Options;
using NewsMonitor.Hits;
using NewsMonitor.Storage;

namespace NewsMonitor.Webhooks;

/// <summary>Tell one endpoint about one hit.</summary>
/// <param name="Hit">The hit's path.</param>
public sealed record WebhookMessage(string Endpoint, string Hit);

public sealed record WebhookDelivered(string EndpointId, string WebhookId) : Happening;

public sealed record WebhookNotDelivered(string EndpointId, string WebhookId, string Problem) : Happening
{
    public override bool IsTrouble => true;
}

/// <summary>
/// Delivers hits to endpoints, at least once and nearly always once: the ledger is taken before the POST and settled after it, so that
/// of any number of messages for the same delivery one posts. A process that dies in between leaves a taken ledger, which another takes
/// over after the longest time a POST can last; the repeat has the same id and body.
/// </summary>
public sealed class WebhookDelivery(
    IBlobStore blobs, IWorkQueues queues, EndpointStore endpoints, HitStore hits, WebhookSender sender, TimeProvider time, Journal journal,
    IOptions<WebhookOptions> options)
{
    public const string Queue = "monitor-webhooks";

    /// <summary>Pauses after the first, second … failure, as the Standard Webhooks specification proposes; about three days in all.</summary>
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    public Task EnqueueAsync(Endpoint endpoint, KeptHit hit, CancellationToken cancel) =>
        EnqueueAsync(new WebhookMessage(endpoint.Id, hit.Path), TimeSpan.Zero, cancel);

    /// <summary>Unless a delivery was begun. A message that still waits for its turn does no harm: of two, one delivers.</summary>
    public async Task EnqueueIfUntoldAsync(Endpoint endpoint, KeptHit hit, CancellationToken cancel)
    {
        if (await blobs.ReadAsync(Delivery.PathOf(endpoint.Id, hit.Path), cancel) is null)
            await EnqueueAsync(endpoint, hit, cancel);
    }

    public async Task RunAsync(WebhookMessage message, CancellationToken cancel)
    {
        // An endpoint that was removed or paused after the hit was queued gets nothing more.
        if (await endpoints.ReadAsync(message.Endpoint, cancel) is not { Status: EndpointStatus.Active } endpoint)
            return;
        var hit = await hits.ReadAsync(message.Hit, cancel)
            ?? throw new MonitorException($"{blobs.Locate(message.Hit)} is missing; a webhook message refers to it.");
        var path = Delivery.PathOf(endpoint.Id, message.Hit);

        if (await TakeAsync(path, message, $"{HitEvent.IdOf(hit)}.{endpoint.Id}", cancel) is not { } taken)
            return;
        var answer = await sender.SendAsync(endpoint, hit, taken.WebhookId, cancel);
        await SettleAsync(path, taken, endpoint, message, answer, cancel);
    }

    private Task EnqueueAsync(WebhookMessage message, TimeSpan delay, CancellationToken cancel) =>
        queues.SendDocumentAsync(Queue, message, delay, cancel);

    /// <summary>Takes the ledger for one try; null when there is nothing to do now.</summary>
    private async Task<Delivery?> TakeAsync(string path, WebhookMessage message, string webhookId, CancellationToken cancel)
    {
        // Longer than a try can last, so that whoever takes over knows the first is over.
        var lease = TimeSpan.FromSeconds(options.Value.TotalSeconds + 5);
        while (true)
        {
            var now = time.GetUtcNow();
            var stored = await blobs.ReadDocumentAsync<Delivery>(path, cancel);
            switch (stored?.Value)
            {
                case { Status: DeliveryStatus.Delivered or DeliveryStatus.Failed }:
                    return null;
                case { Status: DeliveryStatus.Waiting, Until: { } due } when due > now:
                    // A second message for the same delivery, or one that came early.
                    await EnqueueAsync(message, due - now, cancel);
                    return null;
                // A lease that is longer than leases are is of a clock that is ahead of ours: its try is over by the time that it takes.
                case { Status: DeliveryStatus.Sending, Until: { } end } when end > now && end - now <= lease:
                    // Another is at it. Its outcome is seconds away; should it die, this message is the one that goes on.
                    await Task.Delay(end - now < TimeSpan.FromSeconds(1) ? end - now : TimeSpan.FromSeconds(1), time, cancel);
                    continue;
            }

            var taken = new Delivery(Delivery.CurrentSchema, webhookId, DeliveryStatus.Sending, now + lease, stored?.Value.Attempts ?? []);
            var won = stored is null
                ? await blobs.CreateDocumentAsync(path, taken, cancel)
                : await blobs.ReplaceDocumentAsync(path, taken, stored.ETag, cancel);
            if (won)
                return taken;
        }
    }

    private async Task SettleAsync(
        string path, Delivery taken, Endpoint endpoint, WebhookMessage message, SendAnswer answer, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        IReadOnlyList<Attempt> attempts = [.. taken.Attempts, new Attempt(now, answer.Detail, (int)answer.Took.TotalMilliseconds)];
        TimeSpan? pause = answer.IsSuccess || answer.IsGone || attempts.Count > Pauses.Length ? null : PauseAfter(attempts.Count, answer);
        var settled = taken with
        {
            Status = answer.IsSuccess ? DeliveryStatus.Delivered : pause is null ? DeliveryStatus.Failed : DeliveryStatus.Waiting,
            Until = now + pause,
            Attempts = attempts,
        };
        // Queued before it is written down: if we die in between, the message in hand comes again and finds the ledger taken.
        if (pause is { } delay)
            await EnqueueAsync(message, delay, cancel);
        await blobs.ChangeDocumentAsync<Delivery>(
            path, old => old is { Status: DeliveryStatus.Delivered } ? null : settled, CancellationToken.None);
        if (answer.IsGone)
        {
            await endpoints.ChangeAsync(
                endpoint.Id, old => old with { Status = EndpointStatus.Gone, Note = $"Answered 410 Gone at {now:u}." }, cancel);
        }

        if (answer.IsSuccess)
            journal.Write(new WebhookDelivered(endpoint.Id, taken.WebhookId));
        else
            journal.Write(new WebhookNotDelivered(endpoint.Id, taken.WebhookId, Explain(answer, attempts.Count, pause)));
    }

    /// <summary>With a fifth more or less, so that a thousand failures do not come back in one second.</summary>
    private static TimeSpan PauseAfter(int failures, SendAnswer answer)
    {
        var pause = Pauses[failures - 1] * (0.8 + (0.4 * Random.Shared.NextDouble()));
        return answer.RetryAfter is { } asked && asked > pause ? asked : pause;
    }

    private static string Explain(SendAnswer answer, int attempts, TimeSpan? pause) =>
        answer.IsGone ? "HTTP 410: the endpoint is gone and is not called any more"
        : pause is { } wait ? $"{answer.Detail}; try {attempts + 1} in {wait:d\\.hh\\:mm\\:ss}"
        : $"{answer.Detail}; given up after {attempts} tries";
}
