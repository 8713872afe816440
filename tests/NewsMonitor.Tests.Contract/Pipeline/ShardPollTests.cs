using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using NewsMonitor.Hits;
using NewsMonitor.Pipeline;
using NewsMonitor.Storage;
using NewsMonitor.Tests.Contract.Pages;
using NewsMonitor.Tests.Peers;
using NewsMonitor.Webhooks;

namespace NewsMonitor.Tests.Contract.Pipeline;

public sealed class ShardPollTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_endpoint_that_cannot_be_read_keeps_no_hit_from_being_stored_and_no_other_from_being_told()
    {
        await using var site = await PageSite.StartAsync();
        await site.ListAsync("sample-feed.xml");
        await site.Blobs.CreateAsync("webhooks/0000.json", BinaryData.FromString("{ not json"), Cancel);
        await site.Services.GetRequiredService<EndpointStore>().AddAsync("https://hooks.example.org/", [], null, Cancel);
        var state = await site.PollAsync();
        Assert.Single(await site.Services.GetRequiredService<HitStore>().ListIdsAsync(Cancel).ToListAsync(Cancel));
        Assert.Equal(1, await site.Services.GetRequiredService<IWorkQueues>().CountAsync(WebhookDelivery.Queue, Cancel));
        Assert.NotNull(state.Known);
        Assert.Null(state.Alarm); // its news is of 2021, but it is a file
    }

    [Theory]
    [InlineData("3600", 3600)]
    [InlineData("2147483647", 86_400)]
    public async Task A_server_is_left_alone_as_it_asks_for_a_day_at_most_and_the_monitor_counts_as_well(string asked, int seconds)
    {
        await using var server = await LocalSite.StartAsync(context =>
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            context.Response.Headers.RetryAfter = asked;
            return Task.CompletedTask;
        });
        await using var site = await PageSite.StartAsync();
        await site.ListAsync($"{server.Address}/feed");
        var state = await site.PollAsync();
        Assert.Equal(site.Time.GetUtcNow().AddSeconds(seconds), state.Plan!.Next);
        Assert.Equal(PollReason.RetryAfter, state.Plan.Reason);

        site.Time.Advance(TimeSpan.FromMinutes(59));
        await site.PollAsync();
        await site.PollAsync(now: true); // not even by hand
        Assert.Single(server.Requests);
        Assert.True((await site.Services.GetRequiredService<Health>().CheckAsync(Cancel)).IsHealthy);
    }
}
