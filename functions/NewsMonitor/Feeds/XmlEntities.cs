using System.Globalization;
using System.Net;
using System.Text;
using System.Xml;

namespace NewsMonitor.Feeds;

/// <summary>References in text that may not be XML: HTML's names are known, what is none stays as written.</summary>
internal static class XmlEntities
{
    private const int MaximumName = 32;

    public static string Decode(string text, FeedProblems problems)
    {
        var at = text.IndexOf('&', StringComparison.Ordinal);
        if (at < 0)
            return text;

        var decoded = new StringBuilder(text.Length);
        int from = 0, bare = 0;
        for (; at >= 0; at = text.IndexOf('&', from))
        {
            decoded.Append(text, from, at - from);
            var window = text.AsSpan(at, Math.Min(MaximumName + 2, text.Length - at));
            var end = window.Length > 2 && (char.IsAsciiLetter(window[1]) || window[1] == '#') ? window.IndexOf(';') : -1;
            if (end > 1 && Resolve(window[1..end], problems) is { } value)
            {
                decoded.Append(value);
                from = at + end + 1;
            }
            else
            {
                bare++;
                decoded.Append('&');
                from = at + 1;
            }
        }

        problems.Add("a bare ampersand was read as text", bare);
        return decoded.Append(text, from, text.Length - from).ToString();
    }

    private static string? Resolve(ReadOnlySpan<char> name, FeedProblems problems)
    {
        if (name[0] == '#')
            return Number(name[1..]) is { } code ? Character(code) : null;

        switch (name)
        {
            case "amp": return "&";
            case "lt": return "<";
            case "gt": return ">";
            case "quot": return "\"";
            case "apos": return "'";
        }

        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c))
                return null;
        }

        var reference = $"&{name};";
        var value = WebUtility.HtmlDecode(reference);
        if (value == reference)
            return null;

        problems.Add("an HTML entity that XML does not know was read as its character", reference);
        return value;
    }

    private static int? Number(ReadOnlySpan<char> digits) => digits is ['x' or 'X', .. var hex]
        ? int.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var h) ? h : null
        : int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var d) ? d : null;

    /// <summary>As browsers read them: 128 to 159 as in windows-1252; what is no character is dropped.</summary>
    private static string Character(int code)
    {
        if (code is >= 128 and <= 159)
            return WebUtility.HtmlDecode(Encoding.GetEncoding(1252).GetString([(byte)code]));

        if (!Rune.IsValid(code))
            return "";

        var text = char.ConvertFromUtf32(code);
        return text.Length == 2 || XmlConvert.IsXmlChar(text[0]) ? text : "";
    }
}
