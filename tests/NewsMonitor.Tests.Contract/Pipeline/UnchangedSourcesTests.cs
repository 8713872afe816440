using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using NewsMonitor.Pipeline;
using NewsMonitor.Sources;
using NewsMonitor.Storage;
using NewsMonitor.Tests.Contract.Pages;
using NewsMonitor.Tests.Peers;

namespace NewsMonitor.Tests.Contract.Pipeline;

public sealed class UnchangedSourcesTests
{
    private const int Many = 60;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sources_that_have_not_changed_cost_one_request_each_and_together_a_handful_of_storage_operations()
    {
        await using var server = await LocalSite.StartAsync(AnswerAsync);
        await using var site = await PageSite.StartAsync();
        var list = (await site.Blobs.ReadAsync(SourceCatalog.ListName, Cancel))!;
        var outlines = Enumerable.Range(0, Many).Select(number =>
            $"<outline type=\"rss\" text=\"{number}\" xmlUrl=\"{server.Address}/{number}\" monitor:article=\"never\" />");
        var opml = $"<opml version=\"2.0\" xmlns:monitor=\"urn:newsmonitor:opml\"><head /><body>{string.Concat(outlines)}</body></opml>";
        Assert.True(await site.Blobs.ReplaceAsync(SourceCatalog.ListName, BinaryData.FromString(opml), list.ETag, Cancel));
        var poll = site.Services.GetRequiredService<ShardPoll>();
        await poll.RunAsync(new PollMessage(0, 1, true), Cancel);
        server.Requests.Clear();

        var counts = site.Services.GetRequiredService<StorageCounts>();
        var before = counts.Reads + counts.Writes + counts.Lists + counts.QueueOperations;
        await poll.RunAsync(new PollMessage(0, 1, true), Cancel);

        // The list, the state twice, the state written, the alarms: as many for a thousand.
        Assert.InRange(counts.Reads + counts.Writes + counts.Lists + counts.QueueOperations - before, 1, 5);
        Assert.Equal(Many, server.Requests.Count);
        Assert.All(server.Requests, request => Assert.Equal("\"v1\"", request.Headers["If-None-Match"]));
    }

    private static Task AnswerAsync(HttpContext context)
    {
        context.Response.Headers.ETag = "\"v1\"";
        if (context.Request.Headers.IfNoneMatch == "\"v1\"")
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        return context.Response.WriteAsync(
            $"<rss version=\"2.0\"><channel><title>t</title><item><title>الطقس غدا</title><link>https://news.example{context.Request.Path}</link></item></channel></rss>",
            Cancel);
    }
}
