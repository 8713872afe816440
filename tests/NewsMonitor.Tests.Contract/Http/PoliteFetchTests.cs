using System.Text;
using Microsoft.AspNetCore.Http;
using NewsMonitor.Http;

namespace NewsMonitor.Tests.Contract.Http;

/// <summary>What a server asks of its readers, and what it may not ask.</summary>
public sealed class PoliteFetchTests
{
    private const string Rss = "<rss version=\"2.0\"><channel><title>وكالة</title></channel></rss>";

    [Theory]
    [InlineData("/301", "/end", true)]
    [InlineData("/308", "/end", true)]
    [InlineData("/301-301", "/end", true)]
    [InlineData("/302", null, true)]
    [InlineData("/307", null, true)]
    [InlineData("/302-301", null, true)]
    [InlineData("/301-302", "/302", true)]
    [InlineData("/301", "/end", false)]
    public async Task What_has_moved_for_good_is_told_as_far_as_it_is_for_good(string path, string? moved, bool isNew)
    {
        await using var server = await FetchServer.StartAsync((http, _) =>
        {
            var steps = http.Request.Path.Value![1..].Split('-');
            if (steps[0] != "end")
            {
                http.Response.StatusCode = int.Parse(steps[0], System.Globalization.CultureInfo.InvariantCulture);
                http.Response.Headers.Location = "/" + (steps.Length > 1 ? string.Join('-', steps[1..]) : "end");
                return Task.CompletedTask;
            }

            http.Response.StatusCode = http.Request.Headers.IfNoneMatch.Count > 0 ? 304 : 200;
            return http.Response.StatusCode == 200 ? http.Response.WriteAsync(Rss) : Task.CompletedTask;
        });
        var freshness = await server.FetchAsync(path, isNew ? null : "\"1\"") switch
        {
            FetchResult.Fetched fetched => fetched.Freshness,
            FetchResult.NotModified unchanged => unchanged.Freshness,
            var other => throw new Xunit.Sdk.XunitException($"{other}"),
        };
        Assert.Equal(moved is null ? null : new Uri(server.Root, moved), freshness.Moved);
    }

    [Theory]
    [InlineData("max-age=600", null, null, 600)]
    [InlineData("public, s-maxage=9, max-age=600", "100", null, 500)]
    [InlineData("max-age=600", "700", null, null)]
    [InlineData("max-age=0", null, 900, null)]
    [InlineData("no-cache, max-age=600", null, 900, null)]
    [InlineData(null, null, 900, 900)]
    [InlineData(null, null, -900, null)]
    [InlineData("max-age=600", null, 900, 600)]
    [InlineData("nonsense", null, null, null)]
    [InlineData(null, null, null, null)]
    public async Task How_long_an_answer_is_fresh_is_read_from_its_headers(string? cache, string? age, int? expires, int? seconds)
    {
        var date = new DateTimeOffset(2026, 11, 24, 6, 0, 0, TimeSpan.Zero);
        await using var server = await FetchServer.StartAsync((http, _) =>
        {
            http.Response.Headers.CacheControl = cache;
            http.Response.Headers.Age = age;
            http.Response.Headers.Date = date.ToString("R");
            if (expires is { } after)
                http.Response.Headers.Expires = date.AddSeconds(after).ToString("R");
            return http.Response.WriteAsync(Rss);
        });
        var fetched = Assert.IsType<FetchResult.Fetched>(await server.FetchAsync());
        Assert.Equal(seconds is { } s ? TimeSpan.FromSeconds(s) : null, fetched.Freshness.For);
    }

    [Fact]
    public async Task One_host_gets_two_requests_at_a_time()
    {
        int now = 0, most = 0;
        await using var server = await FetchServer.StartAsync(async (http, _) =>
        {
            var here = Interlocked.Increment(ref now);
            InterlockedMax(ref most, here);
            for (var i = 0; i < 20; i++)
                await Task.Yield();
            await http.Response.WriteAsync(Rss);
            Interlocked.Decrement(ref now);
        });
        var results = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => server.FetchAsync($"/{i}")));
        Assert.All(results, result => Assert.IsType<FetchResult.Fetched>(result));
        Assert.InRange(most, 1, 2);
    }

    [Fact]
    public async Task A_password_goes_to_the_host_of_its_address_and_to_no_other()
    {
        var seen = new List<(string Path, string Authorization)>();
        await using var elsewhere = await FetchServer.StartAsync((http, _) =>
        {
            seen.Add((http.Request.Path, http.Request.Headers.Authorization.ToString()));
            return http.Response.WriteAsync(Rss);
        });
        await using var server = await FetchServer.StartAsync((http, _) =>
        {
            seen.Add((http.Request.Path, http.Request.Headers.Authorization.ToString()));
            http.Response.Redirect(http.Request.Path == "/one" ? "/two" : new Uri(elsewhere.Root, "/three").AbsoluteUri);
            return Task.CompletedTask;
        });
        var address = new UriBuilder(new Uri(server.Root, "/one")) { UserName = "reader", Password = "pa%20ss" }.Uri;
        Assert.IsType<FetchResult.Fetched>(await server.FetchAsync(address.AbsoluteUri));
        var basic = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("reader:pa ss"));
        Assert.Equal([("/one", basic), ("/two", basic), ("/three", "")], seen);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var old = most; value > old; old = most)
        {
            if (Interlocked.CompareExchange(ref most, value, old) == old)
                return;
        }
    }
}
