using System.Globalization;
using System.Text;

namespace NewsMonitor.Feeds;

/// <summary>What an encoding is called by servers, XML declarations and pages, as browsers understand it.</summary>
internal static class EncodingLabels
{
    /// <summary>Labels the platform does not know, or that browsers read as something wider; in lower case, with hyphens.</summary>
    private static readonly Dictionary<string, string> Aliases = new(StringComparer.Ordinal)
    {
        ["utf8"] = "utf-8",
        ["unicode"] = "utf-8",
        ["utf8mb4"] = "utf-8",
        ["u8"] = "utf-8",
        ["utf16"] = "utf-16",
        ["u16"] = "utf-16",
        ["ansi"] = "windows-1256",
        ["arabic"] = "iso-8859-6",
        ["x-cp1256"] = "windows-1256",
        ["asmo-708"] = "iso-8859-6",
        ["ecma-114"] = "iso-8859-6",
        ["csiso88596e"] = "iso-8859-6",
        ["csiso88596i"] = "iso-8859-6",
        ["iso-8859-6-e"] = "iso-8859-6",
        ["iso-8859-6-i"] = "iso-8859-6",
        ["iso-ir-127"] = "iso-8859-6",
        ["iso-8859-1"] = "windows-1252",
        ["latin1"] = "windows-1252",
        ["latin-1"] = "windows-1252",
        ["l1"] = "windows-1252",
        ["us-ascii"] = "windows-1252",
        ["ascii"] = "windows-1252",
        ["iso-8859-9"] = "windows-1254",
        ["iso-8859-11"] = "windows-874",
        ["tis-620"] = "windows-874",
        ["gb2312"] = "gb18030",
        ["gbk"] = "gb18030",
        ["x-gbk"] = "gb18030",
        ["x-sjis"] = "shift_jis",
        ["shift-jis"] = "shift_jis",
        ["macroman"] = "macintosh",
        ["maccyrillic"] = "x-mac-cyrillic",
        ["mac-cyrillic"] = "x-mac-cyrillic",
        ["macgreek"] = "x-mac-greek",
        ["macturkish"] = "x-mac-turkish",
        ["maciceland"] = "x-mac-icelandic",
        ["maccentraleurope"] = "x-mac-ce",
        ["maclatin2"] = "x-mac-ce",
    };

    /// <summary>Null for what is no encoding that we know.</summary>
    public static Encoding? Find(string label)
    {
        var name = label.Trim().ToLowerInvariant().Replace('_', '-');
        name = Aliases.GetValueOrDefault(name, name);
        try
        {
            return Encoding.GetEncoding(CodePage(name, "windows-") ?? CodePage(name, "windows") ?? CodePage(name, "win-") ?? CodePage(name, "win")
                ?? CodePage(name, "cp-") ?? CodePage(name, "cp") ?? CodePage(name, "ibm") ?? CodePage(name, "csibm") ?? CodePage(name, "")
                ?? Iso(name) ?? name);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>cp1256, win-1256 and windows1256 are all one page; those of DOS are IBM's.</summary>
    private static string? CodePage(string name, string prefix)
    {
        if (!name.StartsWith(prefix, StringComparison.Ordinal)
            || !int.TryParse(name.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var page))
        {
            return null;
        }

        return page is 874 or (>= 1250 and <= 1258) ? $"windows-{page}" : page switch
        {
            65001 => "utf-8",
            28596 => "iso-8859-6",
            20127 or 28591 => "windows-1252",
            437 or (>= 700 and < 1000) => $"ibm{page:000}",
            _ => null,
        };
    }

    /// <summary>iso8859-6, iso88596 and 8859-6 are ISO-8859-6.</summary>
    private static string? Iso(string name)
    {
        var digits = string.Concat(name.Where(char.IsAsciiDigit));
        return name.Length <= 12 && digits.Length is 5 or 6 && digits.StartsWith("8859", StringComparison.Ordinal)
            && name.All(c => char.IsAsciiDigit(c) || c is '-' or 'i' or 's' or 'o')
            ? Aliases.GetValueOrDefault($"iso-8859-{digits[4..]}", $"iso-8859-{digits[4..]}") : null;
    }
}
