using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NewsMonitor.Functions;
using NewsMonitor.LocalHost;
using NewsMonitor.Pipeline;
using NewsMonitor.Storage;
using NewsMonitor.Tests.Peers;

namespace NewsMonitor.Tests.Contract.LocalHost;

/// <summary>The HTTP functions as the local host serves them, on a real port.</summary>
public sealed class HttpRoutesTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private LocalFunctionsHost _host = null!;
    private HttpClient _client = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = Create(new Uri("http://127.0.0.1:0"));
        await _host.Services.GetRequiredService<FirstRun>().PrepareAsync(Cancel);
        await _host.ServeAsync(Cancel);
        _client = new HttpClient { BaseAddress = new Uri(_host.Addresses.First()) };
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    private LocalFunctionsHost Create(Uri address)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["PollSchedule"] = "0 */5 * * * *",
            ["DigestSchedule"] = "30 2-57/5 * * * *",
            ["HousekeepingSchedule"] = "0 17 3 * * *",
            ["SecondLookSchedule"] = "0 9 * * * *",
            ["Storage:Data"] = _folder.Path,
        }).Build();
        return LocalFunctionsHost.Create(
            typeof(PollFunctions).Assembly, configuration, address, services => services.AddLogging().AddNewsMonitor(configuration));
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await _client.SendAsync(request, Cancel);
    }

    [Fact]
    public async Task The_page_and_the_api_are_served_through_the_two_catch_alls()
    {
        using var page = await SendAsync(HttpMethod.Get, "/");
        Assert.Equal((HttpStatusCode.OK, "text/html"), (page.StatusCode, page.Content.Headers.ContentType?.MediaType));
        Assert.Contains("default-src 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);

        using var hits = await SendAsync(HttpMethod.Get, "/api/hits");
        Assert.Equal(HttpStatusCode.OK, hits.StatusCode);
        Assert.Empty((await hits.Content.ReadFromJsonAsync<JsonArray>(Cancel))!);
    }

    [Fact]
    public async Task Health_says_503_before_the_first_poll()
    {
        using var health = await SendAsync(HttpMethod.Get, "/health");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        using var head = await SendAsync(HttpMethod.Head, "/health");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, head.StatusCode);
    }

    [Theory]
    [InlineData("/nothing")]
    [InlineData("/api/nothing")]
    [InlineData("/api/hits/more")]
    [InlineData("/unsubscribe/a")]
    public async Task An_unknown_address_is_404(string path)
    {
        using var answer = await SendAsync(HttpMethod.Get, path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_method_that_an_address_does_not_serve_is_405()
    {
        using var answer = await SendAsync(HttpMethod.Delete, "/api/hits");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }

    [Fact]
    public async Task Poll_now_queues_the_shards()
    {
        using var answer = await SendAsync(HttpMethod.Post, "/api/poll");
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(4, await _host.Services.GetRequiredService<IWorkQueues>().CountAsync(Queues.Polls, Cancel));
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("localhost.evil.example")]
    [InlineData("127.0.0.1.nip.example:5080")]
    public async Task Another_host_name_that_points_here_is_refused(string host)
    {
        using var answer = await SendAsync(HttpMethod.Get, "/api/hits", ("Host", host));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Localhost_is_answered()
    {
        using var answer = await SendAsync(HttpMethod.Get, "/api/hits", ("Host", $"localhost:{_client.BaseAddress!.Port}"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("cross-site", HttpStatusCode.Forbidden)]
    [InlineData("same-site", HttpStatusCode.Forbidden)]
    [InlineData("same-origin", HttpStatusCode.Accepted)]
    [InlineData("none", HttpStatusCode.Accepted)]
    public async Task A_post_from_another_site_is_refused(string site, HttpStatusCode expected)
    {
        using var answer = await SendAsync(HttpMethod.Post, "/api/poll", ("Sec-Fetch-Site", site));
        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task A_link_from_another_site_may_be_followed()
    {
        using var answer = await SendAsync(HttpMethod.Get, "/", ("Sec-Fetch-Site", "cross-site"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_port_in_use_is_an_error_that_says_so()
    {
        await using var second = Create(_client.BaseAddress!);
        var error = await Assert.ThrowsAsync<MonitorException>(() => second.ServeAsync(Cancel));
        Assert.Contains("--urls", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_that_others_can_reach_is_refused_when_served()
    {
        var error = Assert.ThrowsAny<MonitorException>(() => Create(new Uri("http://192.0.2.1:5080")).ServeAsync(Cancel).GetAwaiter().GetResult());
        Assert.Contains("loopback", error.Message, StringComparison.Ordinal);
    }
}
