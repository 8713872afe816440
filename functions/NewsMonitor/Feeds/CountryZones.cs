using System.Collections.Frozen;

namespace NewsMonitor.Feeds;

/// <summary>
/// The zone in which a source of a country writes a date that states none: IANA names by ISO 3166-1 alpha-2. A country of several zones has
/// the one of its capital or press.
/// </summary>
public static class CountryZones
{
    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        // The Arab world.
        ["AE"] = "Asia/Dubai",
        ["BH"] = "Asia/Bahrain",
        ["DJ"] = "Africa/Djibouti",
        ["DZ"] = "Africa/Algiers",
        ["EG"] = "Africa/Cairo",
        ["IQ"] = "Asia/Baghdad",
        ["JO"] = "Asia/Amman",
        ["KM"] = "Indian/Comoro",
        ["KW"] = "Asia/Kuwait",
        ["LB"] = "Asia/Beirut",
        ["LY"] = "Africa/Tripoli",
        ["MA"] = "Africa/Casablanca",
        ["MR"] = "Africa/Nouakchott",
        ["OM"] = "Asia/Muscat",
        ["PS"] = "Asia/Gaza",
        ["QA"] = "Asia/Qatar",
        ["SA"] = "Asia/Riyadh",
        ["SD"] = "Africa/Khartoum",
        ["SO"] = "Africa/Mogadishu",
        ["SY"] = "Asia/Damascus",
        ["TN"] = "Africa/Tunis",
        ["YE"] = "Asia/Aden",

        // Neighbours.
        ["CY"] = "Asia/Nicosia",
        ["ER"] = "Africa/Asmara",
        ["ET"] = "Africa/Addis_Ababa",
        ["IL"] = "Asia/Jerusalem",
        ["IR"] = "Asia/Tehran",
        ["PK"] = "Asia/Karachi",
        ["SS"] = "Africa/Juba",
        ["TD"] = "Africa/Ndjamena",
        ["TR"] = "Europe/Istanbul",
        ["AF"] = "Asia/Kabul",

        // Where Arabic media abroad are made.
        ["BE"] = "Europe/Brussels",
        ["CH"] = "Europe/Zurich",
        ["CN"] = "Asia/Shanghai",
        ["DE"] = "Europe/Berlin",
        ["ES"] = "Europe/Madrid",
        ["FR"] = "Europe/Paris",
        ["GB"] = "Europe/London",
        ["IT"] = "Europe/Rome",
        ["NL"] = "Europe/Amsterdam",
        ["RU"] = "Europe/Moscow",
        ["SE"] = "Europe/Stockholm",
        ["US"] = "America/New_York",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>UTC for a country that is unknown or not stated, or on a machine without its zone.</summary>
    public static TimeZoneInfo Of(string? country) =>
        country is not null && Names.TryGetValue(country, out var name) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            ? zone : TimeZoneInfo.Utc;
}
