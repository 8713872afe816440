using System.Globalization;
using NewsMonitor.Feeds;

namespace NewsMonitor.Tests.Unit.Feeds;

public sealed class FeedDatesTests
{
    [Theory]
    [InlineData("Mon, 23 Nov 2026 14:05:06 +0300", "2026-11-23T11:05:06")]
    [InlineData("Mon, 23 Nov 2026 14:05:06 GMT", "2026-11-23T14:05:06")]
    [InlineData("23 Nov 26 14:05 EST", "2026-11-23T19:05:00")]
    [InlineData("Mon, 23 Nov 2026 14:05:06 PDT", "2026-11-23T21:05:06")]
    [InlineData("Monday, 23-Nov-26 14:05:06 UTC", "2026-11-23T14:05:06")]
    [InlineData("Mon Nov 23 14:05:06 UTC 2026", "2026-11-23T14:05:06")]
    [InlineData("November 23, 2026 2:05 PM GMT+3", "2026-11-23T11:05:00")]
    [InlineData("Mon, 23 Nov 2026 14:05:06 AST", "2026-11-23T11:05:06")]
    [InlineData("Mon, 23 Nov 2026 14:05:06", "2026-11-23T11:05:06")]
    [InlineData("Mon, 23 Nov 2026", "2026-11-22T21:00:00")]
    [InlineData("2026-11-23T14:05:06Z", "2026-11-23T14:05:06")]
    [InlineData("2026-11-23T14:05:06.123+03:00", "2026-11-23T11:05:06")]
    [InlineData("2026-11-23T14:05-0530", "2026-11-23T19:35:00")]
    [InlineData("2026-11-23 14:05:06", "2026-11-23T11:05:06")]
    [InlineData("2026-11-23", "2026-11-22T21:00:00")]
    [InlineData("20261123T140506Z", "2026-11-23T14:05:06")]
    [InlineData("2026-11", "2026-10-31T21:00:00")]
    [InlineData("2026-327", "2026-11-22T21:00:00")]
    [InlineData("2026-11-23T24:00:00Z", "2026-11-24T00:00:00")]
    [InlineData("23/11/2026 14:05", "2026-11-23T11:05:00")]
    [InlineData("2026/11/23 02:05 PM", "2026-11-23T11:05:00")]
    [InlineData("23/11/2026 14:05:06 +0000", "2026-11-23T14:05:06")]
    [InlineData("الاثنين، 23 تشرين الثاني 2026 14:05", "2026-11-23T11:05:00")]
    [InlineData("٢٣ تشرين الثاني ٢٠٢٦ - ٢:٠٥ م", "2026-11-23T11:05:00")]
    [InlineData("٧ كانون الأول ٢٠٢٥ ٠٩:٣٠ ص", "2025-12-07T06:30:00")]
    [InlineData("3 كانون الثاني 2026", "2026-01-02T21:00:00")]
    [InlineData("5 آب 2026 10:00", "2026-08-05T07:00:00")]
    [InlineData("23 نوفمبر 2026 الساعة 12:05 ص", "2026-11-22T21:05:00")]
    [InlineData("23 يناير 2026 12:05 م", "2026-01-23T09:05:00")]
    [InlineData("الإثنين 2 جويلية 2026 08:00 GMT", "2026-07-02T08:00:00")]
    [InlineData("23 جانفي 2026 08:00 +0100", "2026-01-23T07:00:00")]
    [InlineData("1 غشت 2026 08:00 بتوقيت غرينتش", "2026-08-01T08:00:00")]
    [InlineData("أبريل 9, 2026 08:00 مساءً", "2026-04-09T17:00:00")]
    public void A_date_is_read_and_without_an_offset_in_the_sources_zone(string text, string utc) =>
        Assert.Equal(utc, FeedDates.Parse(text, CountryZones.Of("IQ"))?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("منذ ساعتين")]
    [InlineData("0000-00-00 00:00:00")]
    [InlineData("31 Feb 2026 10:00 GMT")]
    [InlineData("2026-13-01T00:00:00Z")]
    [InlineData("١٢ جمادى الآخرة ١٤٤٨")]
    [InlineData("1448-06-12")]
    [InlineData("Mon, 23 Nov 2026 99:99:99 GMT")]
    [InlineData("9999-12-31T23:59:59-14:00")]
    public void What_is_no_date_is_null(string? text) => Assert.Null(FeedDates.Parse(text, TimeZoneInfo.Utc));

    [Theory]
    [InlineData("2026-07-01 12:00", "GB", 11)]
    [InlineData("2026-01-01 12:00", "GB", 12)]
    [InlineData("2026-07-01 12:00", "EG", 9)]
    [InlineData("2026-07-01 12:00", "iq", 9)]
    [InlineData("2026-07-01 12:00", "", 12)]
    [InlineData("2026-07-01 12:00", "XX", 12)]
    public void Summer_time_and_unknown_countries_are_known(string text, string country, int hour) =>
        Assert.Equal(hour, FeedDates.Parse(text, CountryZones.Of(country))!.Value.UtcDateTime.Hour);

    [Fact]
    public void Every_country_of_the_shipped_list_has_a_zone() =>
        Assert.All(
            NewsMonitor.Sources.Opml.Parse(Shipped.Read("sources.opml"), "l").Read().Sources.Where(s => s.Country is not ""),
            s => Assert.NotEqual(TimeZoneInfo.Utc, CountryZones.Of(s.Country)));
}
