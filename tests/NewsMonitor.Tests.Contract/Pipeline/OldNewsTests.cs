using NewsMonitor.Functions;
using NewsMonitor.Hits;

namespace NewsMonitor.Tests.Contract.Pipeline;

/// <summary>An article that is read again when it is long known: the state was lost, the shards were cut anew, another feed carries it.</summary>
public sealed class OldNewsTests(Receiver receiver) : IClassFixture<Receiver>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_article_that_is_read_again_after_weeks_is_no_news(bool withHousekeeping)
    {
        using var monitor = await SmallMonitor.CreateAsync(receiver);
        await monitor.SettleAsync();
        var before = await monitor.ReadAsync();

        monitor.Time.Advance(TimeSpan.FromDays(15));
        await using (var host = monitor.Start(Fault.None))
        {
            if (withHousekeeping)
                await host.RunTimerAsync(nameof(HousekeepingFunctions.KeepHouse));
        }

        Assert.True(await monitor.Blobs.DeleteAsync("state/polls/0000-of-0001.json", TestContext.Current.CancellationToken));
        await monitor.SettleAsync();
        Assert.Equal(before, await monitor.ReadAsync());
    }

    [Fact]
    public async Task The_same_words_are_news_again_after_weeks_though_the_old_article_was_read_again()
    {
        using var monitor = await SmallMonitor.CreateAsync(receiver);
        await monitor.SettleAsync();

        monitor.Time.Advance(TimeSpan.FromDays(15));
        Assert.True(await monitor.Blobs.DeleteAsync("state/polls/0000-of-0001.json", TestContext.Current.CancellationToken));
        await monitor.SettleAsync();
        await monitor.PublishAsync(SmallMonitor.SecondFeed, SmallMonitor.Item("b9", "الإعلان عن انسحاب القوات قريبا", "خبر."));
        await monitor.SettleAsync();

        var stories = await monitor.ReadAllAsync<Story>("stories/");
        Assert.Contains(stories, story => story.Document.Sources is [{ Url: "https://news.example/b9" }]);
        Assert.Equal(3, (await monitor.ReadAsync()).Count(fact => fact.EndsWith(" told 1 times", StringComparison.Ordinal)));
    }
}
