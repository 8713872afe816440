using System.Globalization;
using System.Text;

namespace NewsMonitor.Feeds;

/// <summary>What must be settled before a JSON reader sees a document.</summary>
internal static class JsonText
{
    /// <summary>
    /// Inside strings: line breaks and tabs, as they stand in what was pasted together without an encoder, are escaped; halves of characters
    /// outside the basic plane, as a cut by length leaves them, become U+FFFD.
    /// </summary>
    public static string Mend(string text, FeedProblems problems)
    {
        var mended = new StringBuilder();
        int from = 0, breaks = 0, halves = 0;
        var inside = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '"')
            {
                inside = !inside;
            }
            else if (inside && c == '\\')
            {
                var half = Escape(text, i);
                if (char.IsHighSurrogate(half) && char.IsLowSurrogate(Escape(text, i + 6)))
                {
                    i += 11;
                }
                else if (char.IsSurrogate(half))
                {
                    halves++;
                    Put(i, 6, "\\uFFFD");
                    i += 5;
                }
                else
                {
                    i++;
                }
            }
            else if (inside && c is ('\n' or '\r' or '\t'))
            {
                breaks++;
                Put(i, 1, c switch { '\n' => "\\n", '\r' => "\\r", _ => "\\t" });
            }
        }

        problems.Add("a line break or tab inside a JSON string was escaped", breaks);
        problems.Add("half a character in a JSON string was replaced", halves);
        return from == 0 ? text : mended.Append(text, from, text.Length - from).ToString();

        void Put(int at, int length, string instead)
        {
            mended.Append(text, from, at - from).Append(instead);
            from = at + length;
        }
    }

    /// <summary>The character of a \u escape; NUL where there is none.</summary>
    private static char Escape(string text, int at) =>
        at + 6 <= text.Length && text[at] == '\\' && text[at + 1] == 'u'
        && ushort.TryParse(text.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) ? (char)code : '\0';
}
