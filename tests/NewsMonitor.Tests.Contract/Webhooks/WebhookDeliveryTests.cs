using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using NewsMonitor.Storage;
using NewsMonitor.Tests.Peers;
using NewsMonitor.Webhooks;

namespace NewsMonitor.Tests.Contract.Webhooks;

public sealed class WebhookDeliveryTests
{
    private const string Body = "the answer's body, which nobody may keep";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(200)]
    [InlineData(202)]
    [InlineData(204)]
    public async Task What_is_taken_is_delivered_once_signed_and_written_down(int status)
    {
        await using var site = await LocalSite.StartAsync(context => AnswerAsync(context, status));
        await using var desk = new DeliveryDesk();
        var endpoint = await desk.Endpoints.AddAsync($"{site.Address}/hook", [], null, Cancel);
        var hit = await desk.QueueAsync(endpoint);
        await desk.QueueAsync(endpoint); // a poll that was repeated
        Assert.Equal(2, await desk.WorkAsync());

        var asked = Assert.Single(site.Requests);
        var id = $"hit-{hit.Hit.Id}.{endpoint.Id}";
        Assert.Equal(("POST", "/hook", id), (asked.Method, asked.Path, asked.Headers["webhook-id"]));
        Assert.Equal("application/cloudevents+json; charset=utf-8", asked.Headers["Content-Type"]);
        Assert.Equal(desk.Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), asked.Headers["webhook-timestamp"]);
        Assert.Equal(WebhookSignature.Sign(endpoint.Secret, id, desk.Time.GetUtcNow(), asked.Body), asked.Headers["webhook-signature"]);
        Assert.Equal(HitEvent.ToJson(hit.Hit, new Uri("urn:newsmonitor")).ToArray(), asked.Body);

        var ledger = await desk.LedgerAsync(endpoint, hit);
        Assert.Equal((Delivery.CurrentSchema, id, DeliveryStatus.Delivered, null), (ledger.Schema, ledger.WebhookId, ledger.Status, ledger.Until));
        var attempt = Assert.Single(ledger.Attempts);
        Assert.Equal((desk.Time.GetUtcNow(), $"HTTP {status}"), (attempt.At, attempt.Answer));
        Assert.Equal(new WebhookDelivered(endpoint.Id, id), Assert.Single(desk.Happenings));
        Assert.Equal(0, await desk.Queues.CountAsync(WebhookDelivery.Queue, Cancel));
        NothingIsKept(desk);
    }

    [Fact]
    public async Task A_failure_is_tried_again_with_the_same_id_and_bytes_and_a_new_signature()
    {
        var answers = new Queue<int>([500, 503, 200]);
        await using var site = await LocalSite.StartAsync(context => AnswerAsync(context, answers.Dequeue()));
        await using var desk = new DeliveryDesk();
        var endpoint = await desk.Endpoints.AddAsync(site.Address, [], null, Cancel);
        var hit = await desk.QueueAsync(endpoint);
        await desk.WorkAsync();
        var waiting = await desk.LedgerAsync(endpoint, hit);
        Assert.Equal(DeliveryStatus.Waiting, waiting.Status);
        Assert.InRange(waiting.Until!.Value - desk.Time.GetUtcNow(), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(6));
        Assert.Equal(0, await desk.WorkAsync());

        desk.Time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(1, await desk.WorkAsync());
        desk.Time.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(1, await desk.WorkAsync());

        Assert.Equal(3, site.Requests.Count);
        Assert.Single(site.Requests.Select(asked => asked.Headers["webhook-id"]).Distinct());
        Assert.Single(site.Requests.Select(asked => Convert.ToHexString(asked.Body)).Distinct());
        Assert.Equal(3, site.Requests.Select(asked => asked.Headers["webhook-signature"]).Distinct().Count());
        var ledger = await desk.LedgerAsync(endpoint, hit);
        Assert.Equal(DeliveryStatus.Delivered, ledger.Status);
        Assert.Equal(["HTTP 500", "HTTP 503", "HTTP 200"], ledger.Attempts.Select(attempt => attempt.Answer));
        NothingIsKept(desk);
    }

    [Fact]
    public async Task After_the_last_pause_it_is_given_up_and_said()
    {
        await using var site = await LocalSite.StartAsync(context => AnswerAsync(context, 500));
        await using var desk = new DeliveryDesk();
        var begin = desk.Time.GetUtcNow();
        var endpoint = await desk.Endpoints.AddAsync(site.Address, [], null, Cancel);
        var hit = await desk.QueueAsync(endpoint);
        for (var hours = 0; hours < 24 * 6; hours++)
        {
            await desk.WorkAsync();
            desk.Time.Advance(TimeSpan.FromHours(1));
        }

        var ledger = await desk.LedgerAsync(endpoint, hit);
        Assert.Equal((DeliveryStatus.Failed, null, 10), (ledger.Status, ledger.Until, ledger.Attempts.Count));
        Assert.InRange(ledger.Attempts[^1].At - begin, TimeSpan.FromDays(2.5), TimeSpan.FromDays(4.5));
        Assert.Contains("given up after 10 tries", Assert.IsType<WebhookNotDelivered>(desk.Happenings[^1]).Problem, StringComparison.Ordinal);
        Assert.Equal(0, await desk.Queues.CountAsync(WebhookDelivery.Queue, Cancel));
        Assert.Equal(EndpointStatus.Active, (await desk.Endpoints.ReadAsync(endpoint.Id, Cancel))!.Status);
    }

    [Fact]
    public async Task An_endpoint_that_is_gone_is_not_called_again()
    {
        await using var site = await LocalSite.StartAsync(context => AnswerAsync(context, 410));
        await using var desk = new DeliveryDesk();
        var endpoint = await desk.Endpoints.AddAsync(site.Address, [], "the partner's note", Cancel);
        var hit = await desk.QueueAsync(endpoint);
        await desk.WorkAsync();
        Assert.Equal(DeliveryStatus.Failed, (await desk.LedgerAsync(endpoint, hit)).Status);
        var gone = await desk.Endpoints.ReadAsync(endpoint.Id, Cancel);
        Assert.Equal(EndpointStatus.Gone, gone!.Status);
        Assert.Contains("410", gone.Note, StringComparison.Ordinal);
        Assert.DoesNotContain(await desk.Endpoints.ListAsync(Cancel), endpoint => endpoint.Wants(hit.Hit));
        await desk.QueueAsync(endpoint);
        desk.Time.Advance(TimeSpan.FromDays(1));
        await desk.WorkAsync();
        Assert.Single(site.Requests);
        NothingIsKept(desk);
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData("1", 4)] // less than our own pause
    [InlineData("999999999", 86_400)] // no more than a day
    [InlineData("Wed, 04 Mar 2026 05:16:07 GMT", 600)]
    [InlineData("Wed, 04 Mar 2020 05:16:07 GMT", 4)]
    [InlineData("soon", 4)]
    public async Task Retry_after_is_honoured_within_bounds(string header, int seconds)
    {
        await using var site = await LocalSite.StartAsync(context =>
        {
            context.Response.Headers.RetryAfter = header;
            return AnswerAsync(context, 429);
        });
        await using var desk = new DeliveryDesk();
        var endpoint = await desk.Endpoints.AddAsync(site.Address, [], null, Cancel);
        var hit = await desk.QueueAsync(endpoint);
        await desk.WorkAsync();
        var wait = (await desk.LedgerAsync(endpoint, hit)).Until!.Value - desk.Time.GetUtcNow();
        Assert.InRange(wait, TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds + 2));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_not_followed(int status)
    {
        await using var elsewhere = await LocalSite.StartAsync(context => AnswerAsync(context, 200));
        await using var site = await LocalSite.StartAsync(context =>
        {
            context.Response.Headers.Location = elsewhere.Address;
            return AnswerAsync(context, status);
        });
        await using var desk = new DeliveryDesk();
        var endpoint = await desk.Endpoints.AddAsync(site.Address, [], null, Cancel);
        var hit = await desk.QueueAsync(endpoint);
        await desk.WorkAsync();
        Assert.Empty(elsewhere.Requests);
        Assert.Equal(DeliveryStatus.Waiting, (await desk.LedgerAsync(endpoint, hit)).Status);
    }

    [Fact]
    public async Task Who_does_not_answer_in_time_is_tried_later()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var site = await LocalSite.StartAsync(async context =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        await using var desk = new DeliveryDesk(totalSeconds: 7);
        var endpoint = await desk.Endpoints.AddAsync(site.Address, [], null, Cancel);
        var hit = await desk.QueueAsync(endpoint);
        var work = desk.WorkAsync();
        await asked.Task.WaitAsync(Cancel);
        desk.Time.Advance(TimeSpan.FromSeconds(7));
        await work;
        var ledger = await desk.LedgerAsync(endpoint, hit);
        Assert.Equal((DeliveryStatus.Waiting, "no answer within 7 s"), (ledger.Status, Assert.Single(ledger.Attempts).Answer));
    }

    [Theory]
    [InlineData(200, DeliveryStatus.Delivered)]
    [InlineData(500, DeliveryStatus.Waiting)]
    public async Task An_answer_without_end_is_hung_up_on(int status, DeliveryStatus expected)
    {
        var hungUp = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var site = await LocalSite.StartAsync(async context =>
        {
            context.Response.StatusCode = status;
            var chunk = Encoding.UTF8.GetBytes(Body);
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(chunk, CancellationToken.None);
                await context.Response.Body.FlushAsync(CancellationToken.None);
            }

            hungUp.SetResult();
        });
        await using var desk = new DeliveryDesk();
        var endpoint = await desk.Endpoints.AddAsync(site.Address, [], null, Cancel);
        var hit = await desk.QueueAsync(endpoint);
        await desk.WorkAsync();
        await hungUp.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        Assert.Equal(expected, (await desk.LedgerAsync(endpoint, hit)).Status);
        NothingIsKept(desk);
    }

    [Fact]
    public async Task A_server_that_speaks_no_http_is_named_so_and_not_quoted()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var answering = Task.Run(
            async () =>
            {
                using var client = await listener.AcceptTcpClientAsync(Cancel);
                using var request = new StreamReader(client.GetStream());
                await request.ReadLineAsync(Cancel);
                await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes($"{Body}\r\n\r\n"), Cancel);
            },
            Cancel);
        await using var desk = new DeliveryDesk();
        var endpoint = await desk.Endpoints.AddAsync($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/", [], null, Cancel);
        var hit = await desk.QueueAsync(endpoint);
        await desk.WorkAsync();
        await answering;
        var ledger = await desk.LedgerAsync(endpoint, hit);
        Assert.Equal(DeliveryStatus.Waiting, ledger.Status);
        Assert.NotEmpty(Assert.Single(ledger.Attempts).Answer);
        NothingIsKept(desk);
    }

    [Fact]
    public async Task A_port_where_nobody_listens_is_tried_later()
    {
        await using var desk = new DeliveryDesk();
        string address;
        await using (var site = await LocalSite.StartAsync(context => AnswerAsync(context, 200)))
            address = site.Address;
        var endpoint = await desk.Endpoints.AddAsync(address, [], null, Cancel);
        var hit = await desk.QueueAsync(endpoint);
        await desk.WorkAsync();
        Assert.Equal(DeliveryStatus.Waiting, (await desk.LedgerAsync(endpoint, hit)).Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_endpoint_that_was_paused_or_removed_after_queueing_gets_nothing(bool removed)
    {
        await using var site = await LocalSite.StartAsync(context => AnswerAsync(context, 200));
        await using var desk = new DeliveryDesk();
        var endpoint = await desk.Endpoints.AddAsync(site.Address, [], null, Cancel);
        await desk.QueueAsync(endpoint);
        if (removed)
            await desk.Endpoints.RemoveAsync(endpoint.Id, Cancel);
        else
            await desk.Endpoints.ChangeAsync(endpoint.Id, old => old with { Status = EndpointStatus.Paused }, Cancel);
        Assert.Equal(1, await desk.WorkAsync());
        Assert.Empty(site.Requests);
    }

    [Fact]
    public async Task A_delivery_whose_process_died_is_taken_over_when_its_time_is_up()
    {
        await using var site = await LocalSite.StartAsync(context => AnswerAsync(context, 200));
        await using var desk = new DeliveryDesk();
        var endpoint = await desk.Endpoints.AddAsync(site.Address, [], null, Cancel);
        var hit = await desk.QueueAsync(endpoint);
        var died = new Delivery(Delivery.CurrentSchema, $"hit-{hit.Hit.Id}.{endpoint.Id}", DeliveryStatus.Sending, desk.Time.GetUtcNow().AddSeconds(20), []);
        await desk.Blobs.CreateDocumentAsync(Delivery.PathOf(endpoint.Id, hit.Path), died, Cancel);
        desk.Time.Advance(TimeSpan.FromSeconds(20));
        await desk.WorkAsync();
        Assert.Equal(died.WebhookId, Assert.Single(site.Requests).Headers["webhook-id"]);
        Assert.Equal(DeliveryStatus.Delivered, (await desk.LedgerAsync(endpoint, hit)).Status);
    }

    private static async Task AnswerAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        if (status != 204)
            await context.Response.WriteAsync(Body, context.RequestAborted);
    }

    private static void NothingIsKept(DeliveryDesk desk)
    {
        foreach (var file in Directory.EnumerateFiles(desk.Folder, "*", SearchOption.AllDirectories))
            Assert.DoesNotContain(Body[..12], File.ReadAllText(file), StringComparison.Ordinal);
    }
}
