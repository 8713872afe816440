using Microsoft.Extensions.DependencyInjection;
using NewsMonitor.Pipeline;
using NewsMonitor.Sources;
using NewsMonitor.Tests.Contract.Pages;

namespace NewsMonitor.Tests.Contract.Pipeline;

/// <summary>A monitor whose list has a single source.</summary>
internal static class PolledSource
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="settings">Further attributes of the outline.</param>
    public static async Task ListAsync(this PageSite site, string address, string settings = "")
    {
        var list = (await site.Blobs.ReadAsync(SourceCatalog.ListName, Cancel))!;
        var opml = $"""
            <opml version="2.0" xmlns:monitor="urn:newsmonitor:opml"><head><title>one</title></head><body>
              <outline type="rss" text="one" xmlUrl="{address}" {settings}/>
            </body></opml>
            """;
        Assert.True(await site.Blobs.ReplaceAsync(SourceCatalog.ListName, BinaryData.FromString(opml), list.ETag, Cancel));
    }

    /// <summary>One poll of all shards; the source's state afterwards.</summary>
    public static async Task<SourceState> PollAsync(this PageSite site, bool now = false)
    {
        for (var shard = 0; shard < 4; shard++)
            await site.Services.GetRequiredService<ShardPoll>().RunAsync(new PollMessage(shard, 4, now), Cancel);
        return Assert.Single((await PollStates.ReadAllAsync(site.Blobs, 4, Cancel)).SelectMany(state => state.Sources)).Value;
    }
}
