using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NewsMonitor.Articles;
using NewsMonitor.Digests.Mail;
using NewsMonitor.Hits;
using NewsMonitor.Http;
using NewsMonitor.Tests.Contract.Digests;
using NewsMonitor.Tests.Peers;
using NewsMonitor.Webhooks;

namespace NewsMonitor.Tests.Contract.Webhooks;

/// <summary>
/// A server may close a connection at any time. What is posted on one that is just being closed is lost, and nobody can tell whether it
/// was taken: a webhook would come seconds late, and a mail not at all. So neither is ever posted on a connection that was used before.
/// </summary>
public sealed class ClosedConnectionTests
{
    private const int Posts = 200;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_webhook_is_taken_at_the_first_try()
    {
        using var server = new ClosingServer("204 No Content");
        await using var services = new ServiceCollection()
            .AddSingleton(TimeProvider.System).AddOptions<WebhookOptions>().Services
            .Configure<HttpOptions>(options => options.AllowedNetworks = "127.0.0.1").AddWebhookClient().BuildServiceProvider();
        var sender = services.GetRequiredService<WebhookSender>();
        var now = TimeProvider.System.GetUtcNow();
        var article = new Article("00112233445566778899aabbccddeeff", null, "عنوان", "نص", null, null, now, "nas", "ناس", "ar", "ab");
        var hit = new Hit(Hit.CurrentSchema, article.Id, now, "0f1e", [], article);
        var endpoint = new Endpoint(
            Endpoint.CurrentSchema, "0123456789abcdef", server.Address, [], WebhookSignature.NewSecret(), EndpointStatus.Active, null, now);

        var answers = new List<SendAnswer>();
        for (var i = 0; i < Posts; i++)
            answers.Add(await sender.SendAsync(endpoint, hit, $"hit-{i}", Cancel));
        Assert.All(answers, answer => Assert.Equal("HTTP 204", answer.Detail));
        Assert.Equal(Posts, server.Requests);
    }

    [Fact]
    public async Task Every_mail_is_taken_at_the_first_try()
    {
        using var server = new ClosingServer("202 Accepted");
        await using var services = new ServiceCollection().AddMail().BuildServiceProvider();
        var options = Options.Create(new MailOptions
        {
            Sender = "sendgrid",
            From = "monitor@news.example.org",
            SendGrid = new SendGridOptions { Key = "SG.key", Endpoint = server.Address },
        });
        var sender = new SendGridSender(
            services.GetRequiredService<IHttpMessageHandlerFactory>(), options, new MimeMessages(options), TimeProvider.System,
            NullLogger<SendGridSender>.Instance);

        var results = new List<SendResult>();
        for (var i = 0; i < Posts; i++)
            results.Add((await sender.SendAsync(TestMail.Make(), Cancel)).Result);
        Assert.All(results, result => Assert.Equal(SendResult.Accepted, result));
        Assert.Equal(Posts, server.Requests);
    }
}
