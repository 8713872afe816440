using System.Text;
using Microsoft.Extensions.Time.Testing;
using NewsMonitor.Feeds;

namespace NewsMonitor.Tests.Unit.Feeds;

public sealed class FeedPaceTests
{
    [Fact]
    public void A_feed_that_says_nothing_of_its_pace_has_none() => Assert.Null(Pace(""));

    [Theory]
    [InlineData("<ttl>45</ttl>", 45)]
    [InlineData("<ttl>\n 60 \n</ttl>", 60)]
    public void The_time_to_live_is_stated_in_minutes(string stated, int minutes) =>
        Assert.Equal(TimeSpan.FromMinutes(minutes), Pace(stated)?.Ttl);

    [Theory]
    [InlineData("<ttl>0</ttl>")]
    [InlineData("<ttl>-5</ttl>")]
    [InlineData("<ttl>999999999</ttl>")]
    [InlineData("<ttl>99999999999999999999</ttl>")]
    [InlineData("<ttl>1e3</ttl>")]
    [InlineData("<ttl></ttl>")]
    [InlineData("<skipHours><hour>25</hour><hour>-1</hour><hour>x</hour></skipHours>")]
    [InlineData("<skipDays><day>الجمعة</day><day>3</day></skipDays>")]
    [InlineData("<skipDays><day>Monday</day><day>Tuesday</day><day>Wednesday</day><day>Thursday</day><day>Friday</day><day>Saturday</day><day>Sunday</day></skipDays>")]
    public void What_cannot_be_meant_is_not_believed(string stated) => Assert.Null(Pace(stated));

    [Fact]
    public void Hours_and_days_without_news_are_told_in_order()
    {
        var pace = Pace("<skipHours><hour>24</hour><hour> 3</hour><hour>1</hour><hour>3</hour></skipHours><skipDays><day>saturday</day><day>Friday</day></skipDays>");
        Assert.NotNull(pace);
        Assert.Null(pace.Ttl);
        Assert.Equal([0, 1, 3], pace.SkipHours);
        Assert.Equal([DayOfWeek.Friday, DayOfWeek.Saturday], pace.SkipDays);
    }

    [Fact]
    public void A_day_of_which_every_hour_is_to_be_skipped_skips_none()
    {
        var pace = Pace($"<ttl>5</ttl><skipHours>{string.Concat(Enumerable.Range(0, 25).Select(h => $"<hour>{h}</hour>"))}</skipHours>");
        Assert.Equal((TimeSpan.FromMinutes(5), 0), (pace?.Ttl, pace?.SkipHours.Count));
    }

    [Fact]
    public void A_broken_feed_states_it_too()
    {
        Assert.Equal(TimeSpan.FromMinutes(30), Parse("<rss version=\"2.0\"><channel><title>a & b</title><ttl>30</ttl><item><title>t</title></item></channel></rss>").Pace?.Ttl);
    }

    [Fact]
    public void What_wordpress_writes_into_every_feed_says_nothing() =>
        Assert.Null(Pace("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>1</sy:updateFrequency>"));

    private static FeedPace? Pace(string stated) =>
        Parse($"<rss version=\"2.0\" xmlns:sy=\"http://purl.org/rss/1.0/modules/syndication/\"><channel><title>c</title>{stated}<item><title>t</title></item></channel></rss>").Pace;

    private static Feed Parse(string document) =>
        FeedParser.Parse(Encoding.UTF8.GetBytes(document), null, null, TimeZoneInfo.Utc, new FakeTimeProvider());
}
