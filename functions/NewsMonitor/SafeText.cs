using System.Globalization;
using System.Text;

namespace NewsMonitor;

/// <summary>
/// The one place where text from strangers (titles, sentences, names, servers' answers) becomes harmless: one line, no
/// controls, nothing that turns the direction of what stands beside it, valid UTF-16, bounded. It is not encoded for HTML:
/// Razor does that, to everything in mails and pages.
/// </summary>
public static class SafeText
{
    private const string Ellipsis = "…";

    /// <summary>Real Arabic puts at most four marks on a letter; piles of them paint over the lines around.</summary>
    private const int MostMarks = 6;

    /// <summary>One clean line of at most <paramref name="most"/> UTF-16 units, cut between words or at least between graphemes.</summary>
    public static string Line(string? text, int most = 200)
    {
        if (string.IsNullOrEmpty(text))
            return "";

        var line = new StringBuilder(Math.Min(text.Length, 512));
        var marks = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            // Enough to see that it is too long, whatever is cut off: a 10 MB title costs no more than a long one.
            if (line.Length - 256 > most)
                break;

            var category = Rune.GetUnicodeCategory(rune);
            if (Rune.IsWhiteSpace(rune))
            {
                if (line.Length > 0 && line[^1] != ' ')
                    line.Append(' ');
                marks = 0;
            }
            else if (category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark)
            {
                if (++marks <= MostMarks)
                    line.Append(rune.ToString());
            }
            else if (IsShown(rune, category))
            {
                line.Append(rune.ToString());
                marks = 0;
            }
        }

        return Shorten(line.ToString().TrimEnd(' '), most);
    }

    /// <summary>An email address as <c>r…@example.org</c>: enough to tell readers apart, not enough to write to one.</summary>
    public static string Masked(string address)
    {
        var at = address.LastIndexOf('@');
        return at < 1 ? "…" : $"{Line(address[..1])}…{Line(address[at..], 100)}";
    }

    /// <summary>Escapes, in finished JSON for a terminal, the bidi controls that it would obey; Arabic stays readable.</summary>
    public static string Json(string json)
    {
        if (!json.Any(TurnsDirection))
            return json;

        var safe = new StringBuilder(json.Length + 32);
        foreach (var letter in json)
        {
            if (TurnsDirection(letter))
                safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:X4}");
            else
                safe.Append(letter);
        }

        return safe.ToString();
    }

    /// <summary>Cuts at a space where one is near, else at a grapheme, and says so with an ellipsis.</summary>
    public static string Shorten(string line, int most)
    {
        if (line.Length <= most)
            return line;

        var room = most - Ellipsis.Length;
        var space = line.LastIndexOf(' ', room);
        return line[..(space > room / 2 ? space : GraphemeAtOrBefore(line, room))].TrimEnd(' ') + Ellipsis;
    }

    /// <summary>Cuts only at a space; empty when not even the first word has room.</summary>
    public static string ShortenToWords(string line, int most)
    {
        if (line.Length <= most)
            return line;

        var space = most <= Ellipsis.Length ? -1 : line.LastIndexOf(' ', most - Ellipsis.Length);
        return space <= 0 ? "" : line[..space].TrimEnd(' ', '،', ',', ':', ';', '؛', '-', '–') + Ellipsis;
    }

    /// <summary>An address that may be linked: absolute http or https, no user name, ASCII only; null for everything else.</summary>
    public static string? Link(string? address)
    {
        if (address is not { Length: > 0 and <= 2000 }
            || !WebAddress.TryRead(address, null, out var uri)
            || uri.Host.Length == 0 || uri.UserInfo.Length > 0)
            return null;

        var host = uri.HostNameType == UriHostNameType.IPv6 ? $"[{uri.IdnHost}]" : uri.IdnHost;
        var port = uri.IsDefaultPort ? "" : $":{uri.Port}";
        var rest = uri.GetComponents(UriComponents.PathAndQuery | UriComponents.Fragment, UriFormat.UriEscaped);
        var link = $"{uri.Scheme}://{host}{port}{rest}";
        return Ascii.IsValid(link) && !link.AsSpan().ContainsAny(" \"<>\\") ? link : null;
    }

    /// <summary>Embeddings, overrides and isolates. The plain marks (LRM, RLM, ALM) belong to honest Arabic and stay in JSON.</summary>
    private static bool TurnsDirection(char letter) => letter is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    private static bool IsShown(Rune rune, UnicodeCategory category) => category switch
    {
        UnicodeCategory.Control or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned => false,

        // Marks, embeddings, overrides and isolates of direction, invisible characters, tags: out. Kept are the joiners, which
        // Persian, Kurdish and emoji spell with, and the Arabic number signs, which are visible.
        UnicodeCategory.Format => rune.Value is 0x200C or 0x200D or (>= 0x600 and <= 0x605) or 0x6DD or 0x8E2,
        _ => true,
    };

    private static int GraphemeAtOrBefore(string line, int room)
    {
        var end = 0;
        while (end < line.Length)
        {
            var next = end + StringInfo.GetNextTextElementLength(line, end);
            if (next > room)
                break;
            end = next;
        }

        // One endless grapheme: a chain of joined emoji, say.
        return end > 0 ? end : char.IsLowSurrogate(line[room]) ? room - 1 : room;
    }
}
