using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace NewsMonitor.Feeds;

/// <summary>
/// Dates as feeds write them: RFC 822 and ISO 8601, and what comes close, in English and Arabic (months of Iraq and the Levant, of Egypt and
/// of the Maghreb; Arabic-Indic digits; ص and م). Day before month where only numbers are given, as Arab countries write.
/// </summary>
public static partial class FeedDates
{
    private const int MaximumLength = 100;

    private static readonly FrozenDictionary<string, int> Months = MonthNames();
    private static readonly FrozenDictionary<string, double> Zones = ZoneHours();

    /// <summary>Null when there is no date in the text; one without an offset is read in <paramref name="zone"/>.</summary>
    public static DateTimeOffset? Parse(string? text, TimeZoneInfo zone)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > MaximumLength)
            return null;

        var plain = Plain(text);
        try
        {
            return Iso(plain, zone) ?? Numbers(plain, zone) ?? Words(plain, zone);
        }
        catch (ArgumentOutOfRangeException)
        {
            // The 31st of a short month, or an offset beyond the calendar's ends.
            return null;
        }
    }

    private static DateTimeOffset? Iso(string text, TimeZoneInfo zone)
    {
        var m = IsoForm().Match(text);
        if (!m.Success)
            return null;

        var year = Number(m.Groups["y"]);
        var date = m.Groups["doy"].Success
            ? DayOfYear(year, Number(m.Groups["doy"]))
            : new DateTime(year, m.Groups["m"].Success ? Number(m.Groups["m"]) : 1, m.Groups["d"].Success ? Number(m.Groups["d"]) : 1);
        return Build(date, m, m.Groups["z"].Value, zone);
    }

    private static DateTime DayOfYear(int year, int day) =>
        day is >= 1 and <= 366 ? new DateTime(year, 1, 1).AddDays(day - 1) : throw new ArgumentOutOfRangeException(nameof(day));

    /// <summary>23/11/2026 14:05 and 14:05 2026/11/23 and the like.</summary>
    private static DateTimeOffset? Numbers(string text, TimeZoneInfo zone)
    {
        var m = NumericForm().Match(text);
        if (!m.Success || Months.Keys.Any(name => name.Length > 3 && text.Contains(name, StringComparison.Ordinal)))
            return null;

        int first = Number(m.Groups["a"]), second = Number(m.Groups["b"]), third = Number(m.Groups["c"]);
        var date = m.Groups["a"].Length == 4 ? new DateTime(first, second, third)
            : second > 12 ? new DateTime(third, first, second)
            : new DateTime(third, second, first);
        return Build(date, Clock().Match(text), Zone(text), zone);
    }

    /// <summary>A day, a month by name and a year in any order, a time, a zone; words that mean nothing here are passed over.</summary>
    private static DateTimeOffset? Words(string text, TimeZoneInfo zone)
    {
        var clock = Clock().Match(text);
        var rest = clock.Success ? text.Remove(clock.Index, clock.Length).Insert(clock.Index, " ") : text;
        var month = 0;
        foreach (Match word in Word().Matches(rest))
        {
            if (month == 0)
            {
                // كانون الثاني and تشرين الأول are two words, before one.
                var next = word.NextMatch();
                month = next.Success && Months.TryGetValue($"{word.Value} {next.Value}", out var two) ? two
                    : Months.GetValueOrDefault(word.Value, 0);
            }
        }

        if (month == 0)
            return null;

        int day = 0, year = 0;
        foreach (Match number in DateNumber().Matches(Offset().Replace(rest, " ")))
        {
            var value = int.Parse(number.Value, CultureInfo.InvariantCulture);
            if (number.Length == 4 && year == 0)
            {
                year = value;
            }
            else if (day == 0 && value is >= 1 and <= 31 && number.Length <= 2)
            {
                day = value;
            }
            else if (year == 0 && number.Length == 2)
            {
                year = value + (value < 70 ? 2000 : 1900);
            }
        }

        return day == 0 || year == 0 ? null : Build(new DateTime(year, month, day), clock, Zone(rest), zone);
    }

    private static DateTimeOffset? Build(DateTime date, Match time, string zoneText, TimeZoneInfo zone)
    {
        // A year of the Hijri calendar, or a database's zero date, is not a date of ours.
        if (date.Year is < 1970 or > 9000)
            return null;

        int hour = 0, minute = 0, second = 0;
        if (time.Success && time.Groups["h"].Success)
        {
            hour = Number(time.Groups["h"]);
            minute = time.Groups["mi"].Success ? Number(time.Groups["mi"]) : 0;
            second = time.Groups["s"].Success ? Math.Min(Number(time.Groups["s"]), 59) : 0;
            var half = time.Groups["ap"].Value;
            hour = half.Length == 0 || hour > 12 ? hour : half[0] is 'p' or 'م' ? (hour % 12) + 12 : hour % 12;
            if (hour > 24 || minute > 59 || (hour == 24 && minute + second > 0))
                return null;
        }

        var local = DateTime.SpecifyKind(date, DateTimeKind.Unspecified).Add(new TimeSpan(hour, minute, second));
        var offset = OffsetOf(zoneText, zone, local) ?? (zone.IsInvalidTime(local) ? zone.BaseUtcOffset : zone.GetUtcOffset(local));
        return new DateTimeOffset(local, TimeSpan.Zero).Subtract(offset);
    }

    private static string Zone(string text)
    {
        // The last that fits: a numeric offset overrules the name before it (GMT+3).
        if (Offset().Matches(text) is { Count: > 0 } offsets)
            return offsets[^1].Value;

        var named = Word().Matches(text).LastOrDefault(w => Zones.ContainsKey(w.Value) || w.Value is "ast" or "ist");
        return named?.Value ?? "";
    }

    private static TimeSpan? OffsetOf(string text, TimeZoneInfo zone, DateTime local)
    {
        if (text.Length == 0)
            return null;

        var m = Offset().Match(text);
        if (m.Success)
        {
            var hours = Number(m.Groups["oh"]);
            var minutes = m.Groups["om"].Success ? Number(m.Groups["om"]) : 0;
            return hours > 14 || minutes > 59 ? null : (m.Groups["sign"].Value == "-" ? -1 : 1) * new TimeSpan(hours, minutes, 0);
        }

        // AST is Arabia Standard Time in the Gulf and Atlantic Standard Time in America; IST is Israel's or India's.
        return text switch
        {
            "ast" => TimeSpan.FromHours(zone.BaseUtcOffset == TimeSpan.FromHours(3) ? 3 : -4),
            "ist" => zone.BaseUtcOffset == TimeSpan.FromHours(2) ? zone.GetUtcOffset(local) : TimeSpan.FromHours(5.5),
            _ => Zones.TryGetValue(text, out var hours) ? TimeSpan.FromHours(hours) : null,
        };
    }

    /// <summary>ASCII digits, lower case, hamzas folded, no marks: so that one spelling is looked up.</summary>
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            var mapped = c switch
            {
                >= '٠' and <= '٩' => (char)('0' + c - '٠'),
                >= '۰' and <= '۹' => (char)('0' + c - '۰'),
                'أ' or 'إ' or 'آ' or 'ٱ' => 'ا',
                'ى' or 'ی' => 'ي',
                'ة' => 'ه',
                '،' or '؛' => ',',
                '\u2212' or '\u2013' => '-',
                '\u00A0' or '\u202F' or '\t' or '\n' or '\r' => ' ',
                '\u0640' or (>= '\u064B' and <= '\u0652') or (>= '\u200B' and <= '\u200F') or (>= '\u202A' and <= '\u202E')
                    or (>= '\u2066' and <= '\u2069') or '\u061C' or '\uFEFF' => '\0',
                _ => char.ToLowerInvariant(c),
            };
            if (mapped != '\0')
                plain.Append(mapped);
        }

        return plain.ToString().Trim();
    }

    private static int Number(Group group) => int.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    private static FrozenDictionary<string, int> MonthNames()
    {
        string[][] names =
        [
            ["january", "jan", "janvier", "كانون الثاني", "يناير", "جانفي"],
            ["february", "feb", "février", "fevrier", "شباط", "فبراير", "فيفري"],
            ["march", "mar", "mars", "اذار", "مارس"],
            ["april", "apr", "avril", "نيسان", "ابريل", "افريل"],
            ["may", "mai", "ايار", "مايو", "ماي"],
            ["june", "jun", "juin", "حزيران", "يونيو", "يونيه", "جوان"],
            ["july", "jul", "juillet", "تموز", "يوليو", "يوليه", "جويليه", "يوليوز"],
            ["august", "aug", "août", "aout", "اب", "اغسطس", "اوت", "غشت"],
            ["september", "sep", "sept", "septembre", "ايلول", "سبتمبر", "شتنبر"],
            ["october", "oct", "octobre", "تشرين الاول", "اكتوبر"],
            ["november", "nov", "novembre", "تشرين الثاني", "نوفمبر", "نونبر"],
            ["december", "dec", "décembre", "decembre", "كانون الاول", "ديسمبر", "دجنبر"],
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
        ["mez"] = 1,
        ["mesz"] = 2,
        ["eet"] = 2,
        ["eest"] = 3,
        ["msk"] = 3,
        ["trt"] = 3,
        ["gst"] = 4,
        ["irst"] = 3.5,
        ["pkt"] = 5,
        ["غرينتش"] = 0,
        ["جرينتش"] = 0,
        ["بغداد"] = 3,
        ["الرياض"] = 3,
        ["مكه"] = 3,
        ["الدوحه"] = 3,
        ["الكويت"] = 3,
        ["دبي"] = 4,
        ["ابوظبي"] = 4,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private const string Time = @"(?<h>\d{1,2}):(?<mi>\d{2})(?::(?<s>\d{2})(?:[.,]\d{1,9})?)?";

    [GeneratedRegex(
        @"^(?<y>\d{4})(?:-?(?<m>\d{2})-?(?<d>\d{2})|-(?<m>\d{2})|-(?<m>\d{1,2})-(?<d>\d{1,2})|-?(?<doy>\d{3}))?"
        + @"(?:(?:\s*t\s*|\s+)(?:" + Time + @"|(?<h>\d{2})(?<mi>\d{2})(?<s>\d{2})?)(?:\s*(?<ap>am|pm|ص|م)\b)?"
        + @"\s*(?<z>z|utc|gmt|[+-]\d{2}:?\d{2}|[+-]\d{1,2})?)?$")]
    private static partial Regex IsoForm();

    [GeneratedRegex(@"(?<!\d)(?<a>\d{4})[/.\\-](?<b>\d{1,2})[/.\\-](?<c>\d{1,2})(?!\d)|(?<!\d)(?<a>\d{1,2})[/.\\-](?<b>\d{1,2})[/.\\-](?<c>\d{4})(?!\d)")]
    private static partial Regex NumericForm();

    [GeneratedRegex(
        @"(?<!\d)" + Time + @"(?!\d)(?:\s*(?<ap>a\.?m\b\.?|p\.?m\b\.?|ص\b|م\b|صباحا|مساء))?|(?<!\d)(?<h>\d{1,2})\s*(?<ap>am\b|pm\b|صباحا|مساء)")]
    private static partial Regex Clock();

    /// <summary>After a space, a name or a time: the hyphens of 23-11-2026 are none.</summary>
    [GeneratedRegex(@"(?:(?<=[a-z\s(])|(?<=:\d{2})|^)(?<sign>[+-])(?<oh>\d{2}):?(?<om>\d{2})(?!\d)|(?<=utc|gmt|ut)\s?(?<sign>[+-])(?<oh>\d{1,2})(?::?(?<om>\d{2}))?(?!\d)")]
    private static partial Regex Offset();

    [GeneratedRegex(@"\p{L}+")]
    private static partial Regex Word();

    [GeneratedRegex(@"(?<!\d)(?:\d{4}|\d{1,2})(?!\d)")]
    private static partial Regex DateNumber();
}
