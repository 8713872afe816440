using System.Buffers;
using System.Text;

namespace NewsMonitor.Feeds;

/// <summary>
/// Text whose bytes were read in a wrong encoding before it was published: UTF-8 taken for windows-1252 ("Ø§Ù„" for "ال") or for
/// windows-1256 ("ط§ظ„"), and windows-1252 taken for Latin-1, which leaves control characters.
/// </summary>
internal static class Mojibake
{
    /// <summary>The Arabic article so often; no language writes these by intent.</summary>
    private const int Evidence = 3;

    private static readonly SearchValues<char> Controls = SearchValues.Create([.. Enumerable.Range(0x80, 32).Select(c => (char)c)]);
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>A whole document that was encoded twice.</summary>
    public static string Document(string text, List<string> problems)
    {
        foreach (var (codePage, article) in ((int, string)[])[(1252, "Ø§Ù„"), (1252, "Ø§Ù\u0084"), (1256, "ط§ظ„")])
        {
            if (Count(text, article) < Evidence)
                continue;

            problems.Add($"UTF-8 that was taken for {(codePage == 1256 ? "windows-1256" : "windows-1252")} and encoded again was decoded again");
            return Runs(text, Bytes(codePage));
        }

        return text;
    }

    /// <summary>One title or text: control characters of U+0080 to U+009F are never meant.</summary>
    public static string Field(string text)
    {
        if (!text.AsSpan().ContainsAny(Controls))
            return text;

        if (text.All(c => c <= '\u00FF'))
        {
            try
            {
                return Strict.GetString(Encoding.Latin1.GetBytes(text));
            }
            catch (DecoderFallbackException)
            {
                // Not UTF-8 taken for Latin-1, so windows-1252 taken for it.
            }
        }

        var windows = Encoding.GetEncoding(1252);
        var mended = new StringBuilder(text.Length);
        foreach (var c in text)
            mended.Append(c is >= '\u0080' and <= '\u009F' ? windows.GetString([(byte)c])[0] : c);

        return mended.ToString();
    }

    private static int Count(string text, string part)
    {
        var count = 0;
        for (var at = 0; count < Evidence && (at = text.IndexOf(part, at, StringComparison.Ordinal)) >= 0; at += part.Length)
            count++;

        return count;
    }

    /// <summary>Runs that are UTF-8 again once their characters are bytes; the others are as they were.</summary>
    private static string Runs(string text, Dictionary<char, byte> bytes)
    {
        var mended = new StringBuilder(text.Length);
        var run = new List<byte>();
        for (var i = 0; i <= text.Length;)
        {
            var from = i;
            run.Clear();
            while (i < text.Length && bytes.TryGetValue(text[i], out var b))
            {
                run.Add(b);
                i++;
            }

            if (run.Count > 0)
            {
                var decoded = Encoding.UTF8.GetString(run.ToArray());
                mended.Append(decoded.Contains('\uFFFD', StringComparison.Ordinal) ? Some(run, text, from) : decoded);
            }

            if (i < text.Length)
                mended.Append(text[i]);

            i++;
        }

        return mended.ToString();
    }

    /// <summary>A run of which a part is UTF-8: a letter that was written rightly may touch it.</summary>
    private static string Some(List<byte> run, string text, int from)
    {
        var mended = new StringBuilder();
        var rest = run.ToArray().AsSpan();
        for (var at = 0; at < run.Count;)
        {
            var whole = Rune.DecodeFromUtf8(rest[at..], out var rune, out var used) is OperationStatus.Done;
            mended.Append(whole ? rune.ToString() : text.Substring(from + at, used));
            at += used;
        }

        return mended.ToString();
    }

    /// <summary>The bytes above ASCII by what a code page makes of them, and by their numbers where it makes nothing.</summary>
    private static Dictionary<char, byte> Bytes(int codePage)
    {
        var encoding = Encoding.GetEncoding(codePage);
        var bytes = Enumerable.Range(0x80, 128).ToDictionary(b => encoding.GetString([(byte)b])[0], b => (byte)b);
        for (var b = 0x80; b < 0xA0; b++)
            bytes.TryAdd((char)b, (byte)b);

        return bytes;
    }
}
