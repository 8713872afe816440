using System.Globalization;

namespace NewsMonitor.Cli.Matching;

/// <summary>
/// The text of a JSON string. Nothing is lost to what is no text: half a surrogate pair, which JSON can escape, stays as it is, since offsets
/// count it, and what is no UTF-8 becomes U+FFFD.
/// </summary>
internal static class JsonText
{
    private const byte Escape = (byte)'\\';

    /// <param name="json">What stands between the quotes, in a string that was read already.</param>
    /// <param name="text">At least as long.</param>
    /// <returns>The length of the text, and whether all was UTF-8.</returns>
    public static (int Length, bool IsValid) Read(ReadOnlySpan<byte> json, bool isEscaped, Span<char> text)
    {
        if (!isEscaped)
            return Utf8Text.Read(json, text);

        bool isValid = true;
        int length = 0;
        for (int i = 0; i < json.Length;)
        {
            if (json[i] == Escape)
            {
                (text[length++], int taken) = Unescape(json[(i + 1)..]);
                i += taken + 1;
                continue;
            }

            int run = json[i..].IndexOf(Escape);
            run = run < 0 ? json.Length - i : run;
            var (read, valid) = Utf8Text.Read(json.Slice(i, run), text[length..]);
            (i, length, isValid) = (i + run, length + read, isValid && valid);
        }

        return (length, isValid);
    }

    public static string Read(ReadOnlySpan<byte> json, bool isEscaped)
    {
        char[] text = new char[json.Length];
        return new string(text, 0, Read(json, isEscaped, text).Length);
    }

    private static (char Letter, int Taken) Unescape(ReadOnlySpan<byte> escape) => (char)escape[0] switch
    {
        'u' => ((char)ushort.Parse(escape.Slice(1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), 5),
        'n' => ('\n', 1),
        'r' => ('\r', 1),
        't' => ('\t', 1),
        'b' => ('\b', 1),
        'f' => ('\f', 1),
        var letter => (letter, 1),
    };
}
