using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using NewsMonitor.Digests.Mail;

namespace NewsMonitor.Tests.Contract.Digests;

public sealed class SendGridSenderTests : IAsyncLifetime
{
    private const string Key = "SG.test-key-which-nobody-may-see";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2021, 4, 8, 3, 5, 0, TimeSpan.Zero));
    private readonly LogLines<SendGridSender> _log = new();
    private readonly Handlers _handlers = new();
    private readonly TaskCompletionSource<JsonElement> _received = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WebApplication _server = null!;
    private Func<HttpContext, Task> _answer = context => Answer(context, 202, "", ("X-Message-Id", "abc-1"));
    private string? _authorization;
    private int _requests;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        _server.MapPost("/v3/mail/send", async context =>
        {
            Interlocked.Increment(ref _requests);
            _authorization = context.Request.Headers.Authorization;
            _received.TrySetResult((await JsonDocument.ParseAsync(context.Request.Body)).RootElement);
            await _answer(context);
        });
        await _server.StartAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _handlers.Dispose();
    }

    [Fact]
    public async Task One_recipient_and_all_headers_are_sent()
    {
        var mail = TestMail.Make();
        var outcome = await Send(mail);
        var json = await _received.Task;

        Assert.Equal((SendResult.Accepted, "SendGrid: taken, id abc-1"), (outcome.Result, outcome.Detail));
        Assert.Equal("Bearer " + Key, _authorization);
        var personalization = Assert.Single(json.GetProperty("personalizations").EnumerateArray());
        Assert.Equal(TestMail.To, Assert.Single(personalization.GetProperty("to").EnumerateArray()).GetProperty("email").GetString());
        Assert.False(personalization.TryGetProperty("cc", out _) || personalization.TryGetProperty("bcc", out _));
        Assert.Equal(mail.EditionId, personalization.GetProperty("custom_args").GetProperty("edition_id").GetString());
        Assert.Equal("monitor@news.example.org", json.GetProperty("from").GetProperty("email").GetString());
        Assert.Equal(mail.Content.Subject, json.GetProperty("subject").GetString());
        Assert.Equal(["text/plain", "text/html"], json.GetProperty("content").EnumerateArray().Select(part => part.GetProperty("type").GetString()));
        Assert.Equal([mail.Content.Text, mail.Content.Html], json.GetProperty("content").EnumerateArray().Select(part => part.GetProperty("value").GetString()));
        Assert.Equal(["digest", "digest-ar"], json.GetProperty("categories").EnumerateArray().Select(category => category.GetString()));

        var headers = json.GetProperty("headers").EnumerateObject().ToDictionary(header => header.Name, header => header.Value.GetString());
        Assert.Equal($"<{mail.MessageId}>", headers["Message-ID"]);
        Assert.Equal("<digest.news.example.org>", headers["List-Id"]);
        Assert.Equal($"<{mail.Unsubscribe}>", headers["List-Unsubscribe"]);
        Assert.Equal("List-Unsubscribe=One-Click", headers["List-Unsubscribe-Post"]);
        Assert.Equal("auto-generated", headers["Auto-Submitted"]);
        Assert.Equal("ar", headers["Content-Language"]);

        var tracking = json.GetProperty("tracking_settings");
        Assert.False(tracking.GetProperty("click_tracking").GetProperty("enable").GetBoolean());
        Assert.False(tracking.GetProperty("open_tracking").GetProperty("enable").GetBoolean());
        Assert.False(json.TryGetProperty("mail_settings", out _));
    }

    [Fact]
    public async Task The_sandbox_is_asked_for_and_said()
    {
        _answer = context => Answer(context, 200, "");
        var outcome = await Send(TestMail.Make(), options => options.SendGrid.Sandbox = true);

        Assert.True((await _received.Task).GetProperty("mail_settings").GetProperty("sandbox_mode").GetProperty("enable").GetBoolean());
        Assert.Equal(SendResult.Accepted, outcome.Result);
        Assert.Contains("not delivered", outcome.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, """{"errors":[{"message":"Does not contain a valid address: reader.one@example.org","field":"personalizations.0.to","help":null}]}""", SendResult.Refused, "personalizations.0.to: Does not contain")]
    [InlineData(403, """{"errors":[{"message":"The from address does not match a verified Sender Identity","field":"from"}]}""", SendResult.Refused, "verified Sender Identity")]
    [InlineData(413, "<html>too large</html>", SendResult.Refused, "413")]
    [InlineData(401, """{"errors":[{"message":"The provided authorization grant is invalid: SG.test-key-which-nobody-may-see"}]}""", SendResult.TryLater, "Mail:SendGrid:Key")]
    [InlineData(429, """{"errors":[{"message":"too many requests"}]}""", SendResult.TryLater, "429 too many requests")]
    [InlineData(500, "", SendResult.TryLater, "500")]
    [InlineData(503, "[1,2]", SendResult.TryLater, "503")]
    public async Task An_answer_decides_and_is_told(int status, string body, SendResult result, string detail)
    {
        _answer = context => Answer(context, status, body);
        var outcome = await Send(TestMail.Make());

        Assert.Equal(result, outcome.Result);
        Assert.Contains(detail, outcome.Detail, StringComparison.Ordinal);
        Assert.All(_log.Lines.Append(outcome.Detail), line =>
        {
            TestMail.AssertMasked(line);
            Assert.DoesNotContain(Key, line, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("Retry-After", "17", 17)]
    [InlineData("Retry-After", "Thu, 08 Apr 2021 03:06:00 GMT", 60)]
    [InlineData("Retry-After", "Thu, 08 Apr 2021 03:04:00 GMT", null)]
    [InlineData("Retry-After", "99999999", 86400)]
    [InlineData("X-RateLimit-Reset", "1617851130", 30)]
    [InlineData("X-RateLimit-Reset", "99999999999999999999", null)]
    [InlineData("X-Other", "1", null)]
    public async Task A_rate_limit_says_when(string header, string value, int? seconds)
    {
        _answer = context => Answer(context, 429, "", (header, value));
        var outcome = await Send(TestMail.Make());

        Assert.Equal((SendResult.TryLater, seconds), (outcome.Result, (int?)outcome.RetryAfter?.TotalSeconds));
    }

    [Fact]
    public async Task A_connection_lost_after_sending_is_unknown()
    {
        _answer = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };

        Assert.Equal(SendResult.Unknown, (await Send(TestMail.Make())).Result);
        Assert.Equal(1, _requests);
    }

    [Fact]
    public async Task A_time_out_after_sending_is_unknown()
    {
        _answer = async context => await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        var sending = Send(TestMail.Make());
        await _received.Task.WaitAsync(TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(SendResult.Unknown, (await sending).Result);
    }

    [Fact]
    public async Task A_connection_never_made_is_worth_another_try()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        Assert.Equal(SendResult.TryLater, (await Send(TestMail.Make(), options => options.SendGrid.Endpoint = $"http://127.0.0.1:{port}")).Result);
        Assert.Equal(SendResult.TryLater, (await Send(TestMail.Make(), options => options.SendGrid.Endpoint = "http://sendgrid.invalid")).Result);
    }

    [Fact]
    public async Task A_time_out_while_connecting_is_worth_another_try()
    {
        _handlers.Connecting = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var sending = Send(TestMail.Make());
        await _handlers.Connecting.Task.WaitAsync(TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(SendResult.TryLater, (await sending).Result);
    }

    [Fact]
    public async Task A_bad_address_never_leaves()
    {
        Assert.Equal(SendResult.Refused, (await Send(TestMail.Make(to: "a@example.org,b@example.org"))).Result);
        Assert.False(_received.Task.IsCompleted);
    }

    private Task<SendOutcome> Send(Mail mail, Action<MailOptions>? change = null)
    {
        var options = TestMail.Options(settings =>
        {
            (settings.SendGrid.Key, settings.SendGrid.Endpoint) = (Key, _server.Urls.First());
            change?.Invoke(settings);
        });
        return new SendGridSender(_handlers, options, new MimeMessages(options), _time, _log).SendAsync(mail, TestContext.Current.CancellationToken);
    }

    private static async Task Answer(HttpContext context, int status, string body, params (string Name, string Value)[] headers)
    {
        context.Response.StatusCode = status;
        foreach (var (name, value) in headers)
            context.Response.Headers[name] = value;
        await context.Response.WriteAsync(body);
    }

    private sealed class Handlers : IHttpMessageHandlerFactory, IDisposable
    {
        private readonly SocketsHttpHandler _handler;

        public Handlers() => _handler = new()
        {
            ConnectCallback = async (context, cancel) =>
            {
                if (Connecting is { } connecting)
                {
                    connecting.SetResult();
                    await Task.Delay(Timeout.Infinite, cancel);
                }

                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(context.DnsEndPoint, cancel);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };

        public TaskCompletionSource? Connecting { get; set; }

        public HttpMessageHandler CreateHandler(string name)
        {
            Assert.Equal(SendGridSender.HttpName, name);
            return _handler;
        }

        public void Dispose() => _handler.Dispose();
    }
}
