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

    /// <summary>Null when there is no date in the text; one without an offset is read in <paramref name="zone"/>.</summary>
    public static DateTimeOffset? Parse(string? text, TimeZoneInfo zone)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > MaximumLength)
            return null;

        var plain = Plain(text);
        try
        {
            return Seconds(plain) ?? Iso(plain, zone) ?? Numbers(plain, zone) ?? Words(plain, zone);
        }
        catch (ArgumentOutOfRangeException)
        {
            // The 31st of a short month, or an offset beyond the calendar's ends.
            return null;
        }
    }

    /// <summary>Seconds or milliseconds of Unix, as some export them; from 2001, so that no other number is one.</summary>
    private static DateTimeOffset? Seconds(string text) =>
        text.Length is not (10 or 13) || text[0] == '0' || text.AsSpan().ContainsAnyExceptInRange('0', '9') ? null
        : DateTimeOffset.UnixEpoch.AddSeconds(long.Parse(text.AsSpan(0, 10), CultureInfo.InvariantCulture));

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
        if (!m.Success || DateNames.Months.Keys.Any(name => name.Length > 3 && text.Contains(name, StringComparison.Ordinal)))
            return null;

        var clock = Clock().Match(text);
        if (IsTorn(Without(text, clock)))
            return null;

        int first = Number(m.Groups["a"]), second = Number(m.Groups["b"]), third = Number(m.Groups["c"]);
        var date = m.Groups["a"].Length == 4 ? new DateTime(first, second, third)
            : second > 12 ? new DateTime(third, first, second)
            : new DateTime(third, second, first);
        return Build(date, clock, Zone(text), zone);
    }

    /// <summary>A day, a month by name and a year in any order, a time, a zone; words that mean nothing here are passed over.</summary>
    private static DateTimeOffset? Words(string text, TimeZoneInfo zone)
    {
        var clock = Clock().Match(text);
        var rest = Without(text, clock);
        if (IsTorn(rest))
            return null;

        int month = 0, start = 0, end = 0;
        foreach (Match word in Word().Matches(rest))
        {
            if (month == 0)
            {
                // كانون الثاني and تشرين الأول are two words, before one.
                var next = word.NextMatch();
                var isPair = next.Success && DateNames.Months.TryGetValue($"{word.Value} {next.Value}", out month);
                month = isPair ? month : DateNames.Months.GetValueOrDefault(word.Value, 0);
                (start, end) = (word.Index, isPair ? next.Index + next.Length : word.Index + word.Length);
            }
        }

        if (month == 0)
            return null;

        // The number beside the month is its day: a date of the Hijri calendar may stand before it.
        Match before = DayBefore().Match(rest[..start]), after = DayAfter().Match(rest[end..]);
        var beside = before.Success ? before.Groups["d"].Index : after.Success ? end + after.Groups["d"].Index : -1;
        var day = before.Success ? Number(before.Groups["d"]) : after.Success ? Number(after.Groups["d"]) : 0;
        int year = 0, shortYear = 0;
        foreach (Match number in DateNumber().Matches(Offset().Replace(rest, o => new string(' ', o.Length))))
        {
            var value = int.Parse(number.Value, CultureInfo.InvariantCulture);
            if (number.Length == 4)
            {
                year = year is >= 1970 and < 9000 ? year : value;
            }
            else if (day == 0 && value is >= 1 and <= 31)
            {
                day = value;
            }
            else if (shortYear == 0 && number.Length == 2 && number.Index != beside)
            {
                shortYear = value + (value < 70 ? 2000 : 1900);
            }
        }

        year = year == 0 ? shortYear : year;

        var stated = Zone(rest) is { Length: > 0 } named ? named : American().Match(text).Value;
        return day == 0 || year == 0 ? null : Build(new DateTime(year, month, day), clock, stated, zone);
    }

    /// <summary>What is left of a time, or of an offset, that cannot be read: the day would be right and the hour wrong.</summary>
    private static bool IsTorn(string rest) => Torn().IsMatch(Offset().Replace(rest, " "));

    private static string Without(string text, Match part) =>
        part.Success ? text.Remove(part.Index, part.Length).Insert(part.Index, " ") : text;

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
            second = time.Groups["s"].Success ? Number(time.Groups["s"]) : 0;
            var half = time.Groups["ap"].Value;
            hour = half.Length == 0 || hour > 12 ? hour : IsAfternoon(half, hour) ? (hour % 12) + 12 : hour % 12;

            // The sixtieth second is a leap one.
            if (hour > 24 || minute > 59 || second > 60 || (hour == 24 && minute + second > 0))
                return null;

            second = Math.Min(second, 59);
        }

        var local = DateTime.SpecifyKind(date, DateTimeKind.Unspecified).Add(new TimeSpan(hour, minute, second));
        var offset = OffsetOf(zoneText, zone, local) ?? (zone.IsInvalidTime(local) ? zone.BaseUtcOffset : zone.GetUtcOffset(local));
        return new DateTimeOffset(local, TimeSpan.Zero).Subtract(offset);
    }

    /// <summary>At night is before midnight from six on, and after it until then; noon's eleven is still the morning's.</summary>
    private static bool IsAfternoon(string half, int hour) => half switch
    {
        "ليلا" => hour is >= 6 and < 12,
        "ظهرا" => hour is not 11,
        _ => half[0] is 'p' or 'م' || half == "عصرا",
    };

    private static string Zone(string text)
    {
        // The last that fits: a numeric offset overrules the name before it (GMT+3).
        if (Offset().Matches(text) is { Count: > 0 } offsets)
            return offsets[^1].Value;

        var named = Word().Matches(text).LastOrDefault(w => DateNames.Zones.ContainsKey(w.Value) || w.Value is "ast" or "ist");
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
            "at" => TimeSpan.FromHours(-4),
            "et" => TimeSpan.FromHours(-5),
            "ct" => TimeSpan.FromHours(-6),
            "mt" => TimeSpan.FromHours(-7),
            "pt" => TimeSpan.FromHours(-8),
            "ast" => TimeSpan.FromHours(zone.BaseUtcOffset == TimeSpan.FromHours(3) ? 3 : -4),
            "ist" => zone.BaseUtcOffset == TimeSpan.FromHours(2) ? zone.GetUtcOffset(local) : TimeSpan.FromHours(5.5),
            _ => DateNames.Zones.TryGetValue(text, out var hours) ? TimeSpan.FromHours(hours) : null,
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

    private const string Time = @"(?<h>\d{1,2}):(?<mi>\d{2})(?::(?<s>\d{2})(?:[.,]\d{1,9})?)?";

    [GeneratedRegex(
        @"^(?<y>\d{4})(?:-?(?<m>\d{2})-?(?<d>\d{2})|-0(?<m>\d{2})-(?<d>\d{2})|-(?<m>\d{2})|-(?<m>\d{1,2})-(?<d>\d{1,2})|-?(?<doy>\d{3}))?"
        + @"(?:(?:\s*t\s*|\s+|(?<=^\d{8})(?=\d{4}))(?:" + Time + @"|(?<h>\d{2})(?<mi>\d{2})(?<s>\d{2})?)(?:\s*(?<ap>am|pm|ص|م)\b)?"
        + @"\s*(?<z>z|utc|gmt|[+-]\d{2}:?\d{2}|[+-]\d{1,2})?)?$")]
    private static partial Regex IsoForm();

    [GeneratedRegex(@"(?<!\d)(?<a>\d{4})[/.\\-](?<b>\d{1,2})[/.\\-](?<c>\d{1,2})(?!\d)|(?<!\d)(?<a>\d{1,2})[/.\\-](?<b>\d{1,2})[/.\\-](?<c>\d{4})(?!\d)")]
    private static partial Regex NumericForm();

    [GeneratedRegex(
        @"(?<!\d)" + Time + @"(?!\d)(?:\s*(?<ap>a\.?m\b\.?|p\.?m\b\.?|ص\b|م\b|صباحا|مساء|فجرا|ظهرا|عصرا|ليلا))?"
        + @"|(?<!\d)(?<h>\d{1,2})\s*(?<ap>am\b|pm\b|صباحا|مساء|فجرا|ظهرا|عصرا|ليلا)")]
    private static partial Regex Clock();

    [GeneratedRegex(@"\d:|:\d\d(?!\d)")]
    private static partial Regex Torn();

    /// <summary>The short names of American zones, only after a time: "at" and "et" are words too.</summary>
    [GeneratedRegex(@"(?<=:\d\d(?:\s?[ap]m)?\s)[aecmp]t$")]
    private static partial Regex American();

    [GeneratedRegex(@"(?<!\d)(?<d>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?[\s,/.-]{0,3}(?:من\s)?(?:شهر\s)?$")]
    private static partial Regex DayBefore();

    [GeneratedRegex(@"^(?:/\p{L}+)?[\s,/.-]{0,3}(?<d>[12]\d|3[01]|0?[1-9])(?!\d)")]
    private static partial Regex DayAfter();

    /// <summary>After a space, a name or a time: the hyphens of 23-11-2026 are none.</summary>
    [GeneratedRegex(@"(?:(?<=[a-z\s(])|(?<=:\d{2})|^)(?<sign>[+-])(?:(?<oh>\d{2}):?(?<om>\d{2})|(?<oh>\d):?(?<om>\d{2}))(?!\d)"
        + @"|(?:(?<=utc|gmt|ut|غرينتش|جرينتش)\s?|(?<=:\d{2}\s?))(?<sign>[+-])(?<oh>\d{1,2})(?::?(?<om>\d{2}))?(?!\d)")]
    private static partial Regex Offset();

    [GeneratedRegex(@"\p{L}+")]
    private static partial Regex Word();

    [GeneratedRegex(@"(?<!\d)(?:\d{4}|\d{1,2})(?!\d)")]
    private static partial Regex DateNumber();
}
