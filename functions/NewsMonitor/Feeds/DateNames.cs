using System.Collections.Frozen;

namespace NewsMonitor.Feeds;

/// <summary>What months and zones are called, as <see cref="FeedDates"/> looks them up: lower case, hamzas folded, no marks.</summary>
internal static class DateNames
{
    public static readonly FrozenDictionary<string, int> Months = MonthNames();

    public static readonly FrozenDictionary<string, double> Zones = ZoneHours();

    private static FrozenDictionary<string, int> MonthNames()
    {
        string[][] names =
        [
            ["january", "jan", "janvier", "كانون الثاني", "كانون ثاني", "كانون ثان", "يناير", "جانفي"],
            ["february", "feb", "février", "fevrier", "شباط", "فبراير", "فيفري"],
            ["march", "mar", "mars", "اذار", "مارس"],
            ["april", "apr", "avril", "نيسان", "ابريل", "افريل"],
            ["may", "mai", "ايار", "مايس", "مايو", "ماي"],
            ["june", "jun", "juin", "حزيران", "يونيو", "يونيه", "جوان"],
            ["july", "jul", "juillet", "تموز", "يوليو", "يوليه", "جويليه", "يوليوز"],
            ["august", "aug", "août", "aout", "اب", "اغسطس", "اوت", "غشت", "اغشت"],
            ["september", "sep", "sept", "septembre", "ايلول", "سبتمبر", "شتنبر", "شتمبر"],
            ["october", "oct", "octobre", "تشرين الاول", "تشرين اول", "اكتوبر"],
            ["november", "nov", "novembre", "تشرين الثاني", "تشرين ثاني", "تشرين ثان", "نوفمبر", "نونبر", "نوفنبر"],
            ["december", "dec", "décembre", "decembre", "كانون الاول", "كانون اول", "ديسمبر", "دجنبر", "دجمبر"],
        ];
        return names.SelectMany((month, i) => month.Select(name => (name, number: i + 1)))
            .ToFrozenDictionary(m => m.name, m => m.number, StringComparer.Ordinal);
    }

    /// <summary>Hours from UTC: RFC 822's names, the usual European ones, and Arabic ones as in بتوقيت غرينتش.</summary>
    private static FrozenDictionary<string, double> ZoneHours() => new Dictionary<string, double>(StringComparer.Ordinal)
    {
        ["z"] = 0,
        ["ut"] = 0,
        ["utc"] = 0,
        ["gmt"] = 0,
        ["wet"] = 0,
        ["est"] = -5,
        ["edt"] = -4,
        ["cst"] = -6,
        ["cdt"] = -5,
        ["mst"] = -7,
        ["mdt"] = -6,
        ["pst"] = -8,
        ["pdt"] = -7,
        ["bst"] = 1,
        ["west"] = 1,
        ["cet"] = 1,
        ["cest"] = 2,
        ["adt"] = -3,
        ["met"] = 1,
        ["mest"] = 2,
        ["mez"] = 1,
        ["mesz"] = 2,
        ["eet"] = 2,
        ["eest"] = 3,
        ["msk"] = 3,
        ["trt"] = 3,
        ["gst"] = 4,
        ["irst"] = 3.5,
        ["pkt"] = 5,
        ["aft"] = 4.5,
        ["eat"] = 3,
        ["sast"] = 2,
        ["غرينتش"] = 0,
        ["جرينتش"] = 0,
        ["غرينيتش"] = 0,
        ["بغداد"] = 3,
        ["الرياض"] = 3,
        ["مكه"] = 3,
        ["الدوحه"] = 3,
        ["الكويت"] = 3,
        ["دبي"] = 4,
        ["ابوظبي"] = 4,
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
