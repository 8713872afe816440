using Microsoft.Extensions.Logging.Abstractions;
using NewsMonitor.Hits;
using NewsMonitor.Tests.Unit.Hits;
using NewsMonitor.Webhooks;

namespace NewsMonitor.Tests.Unit.Webhooks;

public sealed class EndpointStoreTests
{
    private readonly MemoryBlobs _blobs = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private EndpointStore Store => new(_blobs, TimeProvider.System, NullLogger<EndpointStore>.Instance);

    [Theory]
    [InlineData("")]
    [InlineData("hooks.example.org")]
    [InlineData("/hook")]
    [InlineData("//hooks.example.org/hook")]
    [InlineData("ftp://hooks.example.org/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("javascript:alert(1)")]
    [InlineData("https://")]
    [InlineData("https://user:secret@hooks.example.org/")]
    [InlineData("https://hooks.example.org:99999/")]
    public async Task What_is_no_address_for_a_webhook_is_refused(string url)
    {
        var refused = await Assert.ThrowsAsync<MonitorException>(() => Store.AddAsync(url, [], null, Cancel));
        Assert.Contains("https", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
        Assert.Empty(_blobs.Paths(""));
    }

    [Theory]
    [InlineData("https://hooks.example.org/hook", "https://HOOKS.example.org:443/hook")]
    [InlineData("https://hooks.example.org", "https://hooks.example.org/")]
    [InlineData("https://hooks.example.org/a b", "https://hooks.example.org/a%20b")]
    public async Task One_address_is_one_endpoint_and_keeps_its_secret(string url, string again)
    {
        var endpoint = await Store.AddAsync(url, [], null, Cancel);
        var refused = await Assert.ThrowsAsync<MonitorException>(() => Store.AddAsync(again, ["dialogue"], null, Cancel));
        Assert.Contains(endpoint.Id, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(endpoint.Secret, refused.Message, StringComparison.Ordinal);
        Assert.Equal(endpoint.Secret, Assert.Single(await Store.ListAsync(Cancel)).Secret);
    }

    [Fact]
    public async Task Addresses_that_differ_are_endpoints_of_their_own()
    {
        var one = await Store.AddAsync("https://hooks.example.org/a", [], null, Cancel);
        var two = await Store.AddAsync("https://hooks.example.org/A", [], "note", Cancel);
        Assert.NotEqual(one.Id, two.Id);
        Assert.NotEqual(one.Secret, two.Secret);
        Assert.Equal("note", (await Store.ReadAsync(two.Id, Cancel))!.Note);
    }

    [Fact]
    public async Task A_hit_goes_to_active_endpoints_that_want_its_topics()
    {
        var all = await Store.AddAsync("https://hooks.example.org/all", [], null, Cancel);
        var wanting = await Store.AddAsync("https://hooks.example.org/wanting", ["other", "dialogue"], null, Cancel);
        await Store.AddAsync("https://hooks.example.org/other", ["other"], null, Cancel);
        foreach (var status in (EndpointStatus[])[EndpointStatus.Paused, EndpointStatus.Gone])
        {
            var idle = await Store.AddAsync($"https://hooks.example.org/{status}", [], null, Cancel);
            await Store.ChangeAsync(idle.Id, old => old with { Status = status }, Cancel);
        }

        var told = (await Store.ListAsync(Cancel)).Where(endpoint => endpoint.Wants(SampleHits.Hit("a")));
        Assert.Equal(new[] { all.Id, wanting.Id }.Order(), told.Select(endpoint => endpoint.Id).Order());
    }

    [Fact]
    public async Task An_endpoint_that_is_not_there_is_neither_changed_nor_removed()
    {
        Assert.Null(await Store.ChangeAsync("0123456789abcdef", old => old, Cancel));
        Assert.False(await Store.RemoveAsync("0123456789abcdef", Cancel));
        Assert.Empty(_blobs.Paths(""));
    }

    [Fact]
    public void A_delivery_lies_under_its_endpoint_by_the_hits_day() =>
        Assert.Equal("deliveries/e1/2026/03/04/x.json", Delivery.PathOf("e1", DatedPath.Of("hits", SampleHits.At, "x")));
}
