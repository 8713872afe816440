using Microsoft.Azure.Functions.Worker;
using NewsMonitor.Webhooks;

namespace NewsMonitor.Functions;

public sealed class WebhookFunctions(WebhookDelivery delivery)
{
    [Function(nameof(DeliverWebhook))]
    public Task DeliverWebhook([QueueTrigger(WebhookDelivery.Queue)] WebhookMessage message, CancellationToken cancel) =>
        delivery.RunAsync(message, cancel);
}
