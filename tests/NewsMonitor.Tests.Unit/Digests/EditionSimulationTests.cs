using NewsMonitor.Digests;
using NewsMonitor.Digests.Mail;

namespace NewsMonitor.Tests.Unit.Digests;

/// <summary>Sixty days in which the clocks change, stories come when they like and the sender is not always well.</summary>
public sealed class EditionSimulationTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromMinutes(5);

    public static TheoryData<Cadence, string, int, bool> Readers
    {
        get
        {
            var readers = new TheoryData<Cadence, string, int, bool>();
            foreach (var cadence in Enum.GetValues<Cadence>())
            {
                foreach (var zone in (string[])["Asia/Baghdad", "Europe/Berlin", "America/New_York"])
                {
                    readers.Add(cadence, zone, 3, false); // spring
                    readers.Add(cadence, zone, 10, true); // autumn
                }
            }

            return readers;
        }
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public async Task Every_story_is_in_exactly_one_edition(Cadence cadence, string zone, int month, bool troubled)
    {
        var begin = new DateTimeOffset(2026, month, 1, 0, 0, 0, TimeSpan.Zero);
        var chance = new Random((month * 1000) + ((int)cadence * 100) + zone.Length);
        await using var desk = new DigestDesk(begin, repeatable: true);
        if (troubled)
        {
            desk.Sender.Answer = (_, _) => Task.FromResult(new SendOutcome(
                chance.Next(4) switch { 0 => SendResult.TryLater, 1 => SendResult.Unknown, _ => SendResult.Accepted }, "as it happens"));
        }

        var reader = await desk.SubscribeAsync(DigestDesk.Reader(
            cadence: cadence, zone: zone, at: new TimeOnly(2, 30), on: DayOfWeek.Sunday)); // the hour that the clocks skip and double
        var stories = new List<string>();
        for (; desk.Time.GetUtcNow() < begin.AddDays(60); desk.Time.Advance(Tick))
        {
            if (chance.Next(150) == 0)
                stories.Add(await desk.TellAsync($"{stories.Count}"));
            if (chance.Next(1500) == 0)
                desk.Time.Advance(TimeSpan.FromHours(chance.Next(60))); // everything was off
            await desk.TickAsync();
        }

        desk.Sender.Answers(SendResult.Accepted);
        for (var last = 0; last < 40; last++, desk.Time.Advance(TimeSpan.FromHours(12)))
            await desk.TickAsync();

        var editions = new List<Edition>();
        while (await desk.EditionAsync(reader, editions.Count + 1) is { } edition)
            editions.Add(edition);
        Assert.NotEmpty(stories);
        Assert.Equal(stories.Order(StringComparer.Ordinal), editions.SelectMany(edition => edition.Stories).Order(StringComparer.Ordinal));
        Assert.All(editions, edition => Assert.Equal(EditionStatus.Sent, edition.Status));
        Assert.Equal(editions.Select(edition => edition.Id), desk.Sender.Sent.Select(mail => mail.EditionId).Distinct());
        Assert.All(Periods(editions, cadence, zone), period => Assert.Single(period));
    }

    /// <summary>Editions that were made within one local day, week or hour; a period has no second one.</summary>
    private static IEnumerable<IGrouping<long, Edition>> Periods(IEnumerable<Edition> editions, Cadence cadence, string zone)
    {
        var clock = TimeZoneInfo.FindSystemTimeZoneById(zone);
        return editions.GroupBy(edition =>
        {
            // A period of days begins at 02:30, or 03:30 where that is skipped: an hour's grace, as no edition is made that close to its end.
            var local = TimeZoneInfo.ConvertTime(edition.Made, clock).DateTime - new TimeSpan(2, 30, 0);
            return cadence switch
            {
                Cadence.Instant => edition.Made.Ticks,
                Cadence.Hourly => edition.Made.Ticks / TimeSpan.TicksPerHour,
                Cadence.Daily => DateOnly.FromDateTime(local).DayNumber,
                _ => (DateOnly.FromDateTime(local).DayNumber + 1) / 7, // day 0 was a Monday
            };
        });
    }
}
