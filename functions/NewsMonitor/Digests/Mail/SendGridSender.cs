using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NewsMonitor.Http;
using SendGrid;
using SendGrid.Helpers.Mail;

namespace NewsMonitor.Digests.Mail;

/// <summary>
/// Hands mail to SendGrid. The API has no idempotency key, so nothing here or in the handler called <see cref="HttpName"/> may
/// send a request twice: a time-out is reported as unknown, to be settled by the event webhook, which repeats the edition's id.
/// </summary>
public sealed class SendGridSender(
    IHttpMessageHandlerFactory handlers, IOptions<MailOptions> options, MimeMessages messages, TimeProvider time, ILogger<SendGridSender> log)
    : IMailSender
{
    /// <summary>Name of the message handler; register it without retries.</summary>
    public const string HttpName = "sendgrid";

    /// <summary>Name of the custom argument that carries the edition's id.</summary>
    public const string EditionArgument = "edition_id";

    private readonly MailOptions _options = options.Value;

    public string Name => "sendgrid";

    public bool Repeatable => false;

    public async Task<SendOutcome> SendAsync(Mail mail, CancellationToken cancel)
    {
        var departure = new DepartureHandler(handlers.CreateHandler(HttpName));
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(_options.TimeoutSeconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, deadline.Token);
        try
        {
            // The factory owns the handler beneath. The deadline is ours, so that it follows TimeProvider.
            using var http = new HttpClient(departure, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = 1 << 20 };
            var client = new SendGridClient(http, new SendGridClientOptions { ApiKey = _options.SendGrid.Key, Host = _options.SendGrid.Endpoint.TrimEnd('/') });
            var response = await client.SendEmailAsync(Message(mail), either.Token);
            return await ReadAsync(mail, response, either.Token);
        }
        catch (MonitorException wrong)
        {
            return Outcome(mail, SendResult.Refused, wrong.Message);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested && !departure.Begun)
        {
            throw;
        }
        catch (Exception failed) when (failed is HttpRequestException or IOException or OperationCanceledException)
        {
            var what = failed is OperationCanceledException ? $"no answer within {_options.TimeoutSeconds} s" : failed.Message;
            return departure.Begun
                ? Outcome(mail, SendResult.Unknown, $"no answer after the mail had left ({what})")
                : Outcome(mail, SendResult.TryLater, what);
        }
    }

    private SendGridMessage Message(Mail mail)
    {
        var sender = messages.Sender;
        var message = new SendGridMessage
        {
            From = new EmailAddress(sender.Address, sender.Name),
            Subject = SafeText.Line(mail.Content.Subject, 500),
            PlainTextContent = mail.Content.Text,
            HtmlContent = mail.Content.Html,

            // One personalization, one address: nobody sees another reader.
            Personalizations =
            [
                new()
                {
                    Tos = [new(MimeMessages.Recipient(mail).Address)],
                    CustomArgs = new() { [EditionArgument] = mail.EditionId },
                },
            ],

            // SendGrid writes Date itself.
            Headers = messages.Headers(mail).Prepend(("Message-ID", $"<{mail.MessageId}>"))
                .ToDictionary(header => header.Item1, header => header.Item2, StringComparer.Ordinal),
            Categories = ["digest", $"digest-{mail.Language}"],
        };

        // Links stay as they are, and no pixel tells who opened the mail.
        message.SetClickTracking(false, false);
        message.SetOpenTracking(false);
        message.SetSubscriptionTracking(false);
        if (_options.SendGrid.Sandbox)
            message.SetSandBoxMode(true);
        return message;
    }

    private async Task<SendOutcome> ReadAsync(Mail mail, Response response, CancellationToken cancel)
    {
        var status = (int)response.StatusCode;
        if (response.IsSuccessStatusCode)
        {
            var id = response.Headers.TryGetValues("X-Message-Id", out var ids) ? $", id {ids.First()}" : "";
            return Outcome(mail, SendResult.Accepted, (_options.SendGrid.Sandbox ? "checked in the sandbox, not delivered" : "taken") + id);
        }

        var reason = $"{status} {await ReasonAsync(response, cancel)}";
        return status switch
        {
            // The key says nothing about the mail: it waits until the setting is mended.
            (int)HttpStatusCode.Unauthorized => Outcome(mail, SendResult.TryLater, $"{reason}; see Mail:SendGrid:Key"),
            (int)HttpStatusCode.TooManyRequests or >= 500 => Outcome(mail, SendResult.TryLater, reason, PauseAsked(response.Headers)),
            _ => Outcome(mail, SendResult.Refused, reason),
        };
    }

    private SendOutcome Outcome(Mail mail, SendResult result, string detail, TimeSpan? retryAfter = null) =>
        mail.Outcome(log, result, "SendGrid: " + detail, retryAfter, _options.SendGrid.Key);

    /// <summary>The standard header, or the one that SendGrid documents for its rate limits: seconds since 1970.</summary>
    private TimeSpan? PauseAsked(HttpResponseHeaders headers)
    {
        var now = time.GetUtcNow();
        if (headers.RetryAfter is null && headers.TryGetValues("X-RateLimit-Reset", out var resets)
            && long.TryParse(resets.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var reset) && reset < 253_402_300_800)
            return RetryAfter.Bounded(DateTimeOffset.FromUnixTimeSeconds(reset) - now);

        return RetryAfter.Of(headers, now);
    }

    /// <summary><c>{"errors":[{"message","field","help"}]}</c>, or whatever a proxy put in its place.</summary>
    private static async Task<string> ReasonAsync(Response response, CancellationToken cancel)
    {
        try
        {
            var body = await response.Body.ReadAsStringAsync(cancel);
            using var json = JsonDocument.Parse(body);
            return string.Join("; ", json.RootElement.GetProperty("errors").EnumerateArray().Select(error =>
                error.TryGetProperty("field", out var field) && field.ValueKind is JsonValueKind.String
                    ? $"{field.GetString()}: {error.GetProperty("message").GetString()}"
                    : error.GetProperty("message").GetString()));
        }
        catch (Exception unread) when (unread is JsonException or KeyNotFoundException or InvalidOperationException or HttpRequestException or IOException or OperationCanceledException)
        {
            // The status is the answer; its explanation could not be read.
            return response.StatusCode.ToString();
        }
    }
}
