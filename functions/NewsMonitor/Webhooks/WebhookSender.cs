using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using Microsoft.Extensions.Options;
using NewsMonitor.Hits;
using NewsMonitor.Http;

namespace NewsMonitor.Webhooks;

/// <summary>One POST to one endpoint. Follows no redirect, reads no more of the answer than its status, never throws for what a network did.</summary>
public sealed class WebhookSender(HttpClient client, IOptions<WebhookOptions> options, TimeProvider time)
{
    public async Task<SendAnswer> SendAsync(Endpoint endpoint, Hit hit, string webhookId, CancellationToken cancel)
    {
        var body = HitEvent.ToJson(hit, new Uri(options.Value.EventSource));
        var now = time.GetUtcNow();
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint.Url) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/cloudevents+json", "utf-8");
        request.Headers.Add("webhook-id", webhookId);
        request.Headers.Add("webhook-timestamp", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", WebhookSignature.Sign(endpoint.Secret, webhookId, now, body.Span));

        var watch = Stopwatch.StartNew();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.TotalSeconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancel);
        try
        {
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return new SendAnswer((int)answer.StatusCode, $"HTTP {(int)answer.StatusCode}", RetryAfter.Of(answer.Headers, now), watch.Elapsed);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new SendAnswer(null, $"no answer within {options.Value.TotalSeconds} s", null, watch.Elapsed);
        }
        catch (HttpRequestException e)
        {
            return new SendAnswer(null, Explain(e), null, watch.Elapsed);
        }
    }

    private static string Explain(HttpRequestException failed) => failed.HttpRequestError switch
    {
        // The message would quote what was answered, and nothing of an answer is kept.
        HttpRequestError.InvalidResponse => "the answer is not HTTP",
        _ => SafeText.Line(failed.InnerException?.Message ?? failed.Message),
    };
}

/// <param name="Status">Null when there was no answer.</param>
/// <param name="Detail">One line for people.</param>
public sealed record SendAnswer(int? Status, string Detail, TimeSpan? RetryAfter, TimeSpan Took)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    public bool IsGone => Status == 410;
}
