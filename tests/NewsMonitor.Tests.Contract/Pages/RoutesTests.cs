using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NewsMonitor.Digests;
using NewsMonitor.Pipeline;
using NewsMonitor.Sources;
using NewsMonitor.Storage;

namespace NewsMonitor.Tests.Contract.Pages;

public sealed class RoutesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", "/", 200)]
    [InlineData("HEAD", "/", 200)]
    [InlineData("GET", "/?lang=en", 200)]
    [InlineData("GET", "/page.css", 200)]
    [InlineData("GET", "/health", 503)]
    [InlineData("HEAD", "/health", 503)]
    [InlineData("GET", "/api/hits", 200)]
    [InlineData("POST", "/api/poll", 202)]
    [InlineData("POST", "/", 405)]
    [InlineData("DELETE", "/health", 405)]
    [InlineData("GET", "/api/poll", 405)]
    [InlineData("GET", "/nothing", 404)]
    [InlineData("GET", "/nothing.php", 404)]
    [InlineData("POST", "/nothing/here.asp", 404)]
    [InlineData("GET", "/%2e%2e/%2e%2e/etc/passwd", 404)]
    [InlineData("GET", "/unsubscribe/0123456789abcdef/wrong", 404)]
    [InlineData("PUT", "/unsubscribe/0123456789abcdef/wrong", 405)]
    [InlineData("GET", "/subscribers/", 404)]
    public async Task Every_answer_has_its_status_and_the_headers_that_protect(string method, string path, int status)
    {
        await using var site = await PageSite.StartAsync();
        var answer = await site.AskAsync(new HttpMethod(method), path);
        Assert.Equal(status, (int)answer.StatusCode);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        if (status == 405)
            Assert.NotEmpty(answer.Content.Headers.Allow);
        if (method == "HEAD")
            Assert.Empty(await answer.Content.ReadAsByteArrayAsync(Cancel));
        if (status == 404 && !path.StartsWith("/unsubscribe", StringComparison.Ordinal))
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Health_is_200_after_a_poll_and_503_when_the_last_is_stale()
    {
        await using var site = await PageSite.StartAsync();
        await site.Blobs.CreateDocumentAsync(ShardState.PathOf(0, 4), ShardState.Empty.With(site.Time.GetUtcNow(), []), Cancel);
        Assert.Equal(HttpStatusCode.OK, (await site.AskAsync(HttpMethod.Head, "/health")).StatusCode);
        site.Time.Advance(TimeSpan.FromHours(1));
        var answer = await site.AskAsync(HttpMethod.Get, "/health");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        var report = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel)).RootElement;
        Assert.False(report.GetProperty("isHealthy").GetBoolean());
        Assert.Contains("2026-03-04 05:06:07Z", report.GetProperty("problems")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Poll_now_queues_a_message_a_shard()
    {
        await using var site = await PageSite.StartAsync();
        await site.AskAsync(HttpMethod.Post, "/api/poll");
        Assert.Equal(4, await site.Services.GetRequiredService<IWorkQueues>().CountAsync(Queues.Polls, Cancel));
    }

    [Fact]
    public async Task A_broken_list_is_shown_as_the_problem_it_is()
    {
        await using var site = await PageSite.StartAsync();
        var list = (await site.Blobs.ReadAsync(SourceCatalog.ListName, Cancel))!;
        await site.Blobs.ReplaceAsync(SourceCatalog.ListName, BinaryData.FromString("<opml"), list.ETag, Cancel);
        var answer = await site.AskAsync(HttpMethod.Get, "/");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("sources.opml", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_answers_500_in_one_line_with_the_headers_and_without_a_stack_trace()
    {
        await using var site = await PageSite.StartAsync();
        var reader = await site.SubscribeAsync();
        var path = $"subscribers/{reader.Id}.json";
        await site.Blobs.ReplaceAsync(path, BinaryData.FromString("{ torn"), (await site.Blobs.ReadAsync(path, Cancel))!.ETag, Cancel);
        var answer = await site.AskAsync(HttpMethod.Get, $"/unsubscribe/{reader.Id}/{reader.Token}");
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.True(answer.Headers.Contains("Content-Security-Policy"));
        var body = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.DoesNotContain("   at ", body, StringComparison.Ordinal);
        Assert.DoesNotContain(reader.Address, body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asking_does_not_unsubscribe_and_posting_does()
    {
        await using var site = await PageSite.StartAsync();
        var reader = await site.SubscribeAsync();
        var path = $"/unsubscribe/{reader.Id}/{reader.Token}";
        var form = Assert.Single((await site.PageAsync(path)).Forms);
        Assert.Equal("post", form.Method);
        Assert.False(form.HasAttribute("action")); // posts to where it is
        await site.AskAsync(HttpMethod.Head, path);
        Assert.Equal(SubscriberStatus.Active, await StatusAsync(site, reader));

        // RFC 8058: what a mail client sends.
        using var click = new FormUrlEncodedContent([KeyValuePair.Create("List-Unsubscribe", "One-Click")]);
        var answer = await site.AskAsync(HttpMethod.Post, path, click);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(SubscriberStatus.Unsubscribed, await StatusAsync(site, reader));
        var page = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.DoesNotContain("reader@", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await site.AskAsync(HttpMethod.Post, path)).StatusCode);
    }

    [Fact]
    public async Task A_wrong_token_unsubscribes_nobody_and_tells_nothing()
    {
        await using var site = await PageSite.StartAsync();
        var reader = await site.SubscribeAsync();
        var pages = new HashSet<string>();
        foreach (var path in (string[])
            [
                $"/unsubscribe/{reader.Id}/{reader.Token[1..]}", $"/unsubscribe/{reader.Id}/x", $"/unsubscribe/0000000000000000/{reader.Token}",
                $"/unsubscribe/{new string('a', 395)}/{reader.Token}", $"/unsubscribe/%2e%2e%2f{reader.Id}/{reader.Token}",
                $"/unsubscribe/{reader.Id}/%D8%AD%D9%88%D8%A7%D8%B1",
            ])
        {
            foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Post])
            {
                var answer = await site.AskAsync(method, path);
                Assert.Equal((path, HttpStatusCode.NotFound), (path, answer.StatusCode));
                pages.Add(await answer.Content.ReadAsStringAsync(Cancel));
            }
        }

        Assert.Single(pages);
        Assert.Equal(SubscriberStatus.Active, await StatusAsync(site, reader));
    }

    private static async Task<SubscriberStatus> StatusAsync(PageSite site, Subscriber reader) =>
        (await site.Subscribers.ReadAsync(reader.Id, Cancel))!.Status;
}
