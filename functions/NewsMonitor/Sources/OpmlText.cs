using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using System.Xml;

namespace NewsMonitor.Sources;

/// <summary>The bytes of a list as text, whatever wrote them.</summary>
internal static partial class OpmlText
{
    private static readonly (byte[] Mark, Encoding Encoding)[] Marks =
    [
        ([0xEF, 0xBB, 0xBF], Encoding.UTF8),
        ([0xFF, 0xFE, 0, 0], Encoding.UTF32),
        ([0xFF, 0xFE], Encoding.Unicode),
        ([0xFE, 0xFF], Encoding.BigEndianUnicode),
    ];

    /// <summary>A byte order mark and sound UTF-8 go before the label, which exports get wrong.</summary>
    /// <param name="guess">Reads what is neither as Arabic Windows does; else it is an error.</param>
    /// <returns>The text, and what was wrong where something was guessed.</returns>
    public static (string Text, string? Problem) Decode(BinaryData content, string name, bool guess)
    {
        var (text, problem) = Read(content, name, guess);
        return (Plain(text), problem);
    }

    private static (string Text, string? Problem) Read(BinaryData content, string name, bool guess)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var bytes = content.ToMemory().Span;
        foreach (var (mark, encoding) in Marks)
        {
            if (bytes.StartsWith(mark))
                return (encoding.GetString(bytes[mark.Length..]), null);
        }

        // No mark, but a zero in the first letter, which is '<'.
        if (bytes is [0, not 0, ..] or [not 0, 0, ..])
            return ((bytes[0] == 0 ? Encoding.BigEndianUnicode : Encoding.Unicode).GetString(bytes), null);

        if (Utf8.IsValid(bytes))
            return (Encoding.UTF8.GetString(bytes), null);

        var label = Label().Match(Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 200)])).Groups[1].Value;
        var labelled = label.Length > 0 ? label : "utf-8";
        try
        {
            return (Encoding.GetEncoding(labelled, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback).GetString(bytes), null);
        }
        catch (Exception e) when (e is DecoderFallbackException or ArgumentException or NotSupportedException)
        {
            return guess
                ? (Encoding.GetEncoding("windows-1256").GetString(bytes), $"{name}: it is not {SafeText.Line(labelled, 40)}, as it says; read as windows-1256.")
                : throw new MonitorException($"{name}: its encoding cannot be read ({SafeText.Line(e.Message, 150)}). Save it as UTF-8.", e);
        }
    }

    /// <summary>An XML declaration after white space is an error to every parser; without it the lines still count as they are.</summary>
    private static string Plain(string text)
    {
        var start = text.AsSpan().IndexOfAnyExcept(" \t\r\n");
        if (start <= 0 || !text.AsSpan(start).StartsWith("<?xml", StringComparison.Ordinal))
            return text;

        var end = text.IndexOf("?>", start, StringComparison.Ordinal);
        return end < 0 ? text : string.Concat(text.AsSpan(0, start), text.AsSpan(end + 2));
    }

    /// <summary>Makes of bare ampersands, names that only HTML knows and characters that XML does not allow what was meant.</summary>
    public static string Mend(string text)
    {
        var mended = Ampersand().Replace(text, match => match.Value switch
        {
            "&amp;" or "&lt;" or "&gt;" or "&quot;" or "&apos;" => match.Value,
            ['&', '#', ..] => match.Value[2] is 'x' ? Number(match.Value, 3, 16) : Number(match.Value, 2, 10),
            _ => WebUtility.HtmlDecode(match.Value) is var meant && meant != match.Value
                ? meant.Replace("&", "&amp;", StringComparison.Ordinal)
                : $"&amp;{match.Value.AsSpan(1)}",
        });
        return mended.Any(c => !XmlConvert.IsXmlChar(c) && !char.IsSurrogate(c))
            ? string.Concat(mended.Where(c => XmlConvert.IsXmlChar(c) || char.IsSurrogate(c)))
            : mended;
    }

    private static string Number(string reference, int from, int radix)
    {
        var code = Convert.ToInt32(reference[from..^1], radix);
        return code > 0xFFFF || (code <= 0xFFFF && XmlConvert.IsXmlChar((char)code)) ? reference : "";
    }

    [GeneratedRegex("""^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]{1,40})["']""")]
    private static partial Regex Label();

    [GeneratedRegex("&(?:#x[0-9A-Fa-f]{1,5};|#[0-9]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)?")]
    private static partial Regex Ampersand();
}
