using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using NewsMonitor.Hits;
using NewsMonitor.Http;
using NewsMonitor.Webhooks;
using Endpoint = NewsMonitor.Webhooks.Endpoint;

namespace NewsMonitor.Tests.Contract.Http;

/// <summary>Addresses come from strangers: what is not public is not connected to, by whatever way it is reached.</summary>
public sealed class GuardTests
{
    [Theory]
    [InlineData("http://127.0.0.1:{0}/")]
    [InlineData("http://localhost:{0}/")] // a name that resolves to it
    [InlineData("http://2130706433:{0}/")]
    [InlineData("http://0x7f.1:{0}/")]
    [InlineData("http://[::ffff:127.0.0.1]:{0}/")]
    [InlineData("http://[::1]:{0}/")]
    [InlineData("http://0.0.0.0:{0}/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    public async Task A_private_address_is_not_connected_to(string address)
    {
        await using var server = await FetchServer.StartAsync((http, _) => http.Response.WriteAsync("secret"), allowed: "");
        var refused = Assert.IsType<FetchResult.Failed>(
            await server.FetchAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, address, server.Root.Port)));
        Assert.StartsWith("not allowed: ", refused.Reason, StringComparison.Ordinal);
        Assert.Contains("Http__AllowedNetworks", refused.Reason, StringComparison.Ordinal);
        Assert.Equal(0, server.Requests);
    }

    [Theory]
    [InlineData("http://127.0.0.2:{0}/inside")]
    [InlineData("http://localhost.localdomain:{0}/inside")]
    [InlineData("http://[::ffff:127.0.0.2]:{0}/inside")]
    [InlineData("//2130706434:{0}/inside")]
    [InlineData("http://10.0.0.1/inside")]
    public async Task Nor_does_a_redirect_lead_there(string location)
    {
        // 127.0.0.1 is allowed here and stands for the public internet; everything else of this machine is inside.
        await using var server = await FetchServer.StartAsync((http, _) =>
        {
            http.Response.Redirect(string.Format(System.Globalization.CultureInfo.InvariantCulture, location, http.Connection.LocalPort));
            return Task.CompletedTask;
        });
        var refused = Assert.IsType<FetchResult.Failed>(await server.FetchAsync());
        Assert.Matches("^(not allowed|no such host)", refused.Reason);
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task Nor_does_a_webhook()
    {
        await using var server = await FetchServer.StartAsync((http, _) => http.Response.WriteAsync("secret"));
        await using var services = new ServiceCollection()
            .AddSingleton(TimeProvider.System).AddOptions<WebhookOptions>().Services.AddWebhookClient().BuildServiceProvider();
        var endpoint = new Endpoint(
            Endpoint.CurrentSchema, "e", server.Root.AbsoluteUri, [], WebhookSignature.NewSecret(), EndpointStatus.Active, null, default);
        var article = new NewsMonitor.Articles.Article("a", "https://news.example/1", "t", "x", null, null, default, "s", "S", "ar", "");
        var answer = await services.GetRequiredService<WebhookSender>().SendAsync(
            endpoint, new Hit(Hit.CurrentSchema, "a", default, "v", [], article), "msg_1", TestContext.Current.CancellationToken);
        Assert.Null(answer.Status);
        Assert.Contains("Http__AllowedNetworks", answer.Detail, StringComparison.Ordinal);
        Assert.Equal(0, server.Requests);
    }
}
