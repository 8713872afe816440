using System.Text;

namespace NewsMonitor.Topics.Arabic;

/// <summary>
/// Folds the spellings of one Arabic word into one: hamza and madda carriers, alef maqsura, ta marbuta, Persian letters, presentation
/// forms and ligatures become the plain letter; harakat, Quranic marks, tatweel and invisible joiners disappear; Latin is lower-cased
/// and digits become 0-9. One table look-up a character.
/// </summary>
public static class ArabicFolding
{
    // What a character folds to: a letter is itself, everything below FirstLetter is one of these.
    internal const char Boundary = '\0';
    internal const char Mark = '\u0001';
    internal const char Joint = '\u0002';
    internal const char Several = '\u0003';
    internal const char FirstLetter = '\u0010';

    /// <summary>
    /// By UTF-16 unit. <see cref="Mark"/> is dropped. <see cref="Joint"/> is dropped too, but a word may end there: typists put ZWNJ inside
    /// words (Persian habit) and, instead of a space, between them. <see cref="Several"/> is a ligature.
    /// </summary>
    internal static readonly char[] Table = BuildTable();

    internal static string Letters(char ligature) =>
        ligature >= PresentationForms.FirstB ? PresentationForms.B[ligature - PresentationForms.FirstB]
        : PresentationForms.A[ligature - PresentationForms.FirstA];

    /// <summary>The folded text, with the place in the original that each of its characters came from.</summary>
    public static FoldedText Fold(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var folded = new StringBuilder(text.Length);
        var starts = new List<int>(text.Length + 1);
        for (int i = 0; i < text.Length; i++)
        {
            char to = Table[text[i]];
            switch (to)
            {
                case Mark or Joint:
                    break;
                case Several:
                    foreach (char letter in Letters(text[i]))
                    {
                        folded.Append(letter);
                        starts.Add(i);
                    }

                    break;
                default:
                    folded.Append(to == Boundary ? text[i] : to);
                    starts.Add(i);
                    break;
            }
        }

        return new FoldedText(text, folded.ToString(), [.. starts]);
    }

    /// <summary>The end of a word whose last letter is at <paramref name="lastLetter"/>: its marks and tatweel belong to it.</summary>
    internal static int EndOfWord(ReadOnlySpan<char> text, int lastLetter)
    {
        int end = lastLetter + 1;
        while (end < text.Length && Table[text[end]] == Mark)
        {
            end++;
        }

        return end;
    }

    private static char[] BuildTable()
    {
        var table = new char[char.MaxValue + 1];
        for (int i = 0; i <= char.MaxValue; i++)
        {
            char c = (char)i;
            table[i] = !char.IsLetterOrDigit(c) || char.IsSurrogate(c) ? Boundary
                : char.IsDigit(c) ? (char)('0' + (int)char.GetNumericValue(c))
                : char.ToLowerInvariant(c);
        }

        Set('ا', "آأإٱٲٳٵ");
        Set('ي', "ىیېےۍێئٸ");
        Set('ه', "ةہھەۀۂۃۿ");
        Set('ك', "کڪګڬڭڮگڰ");
        Set('و', "ؤٶٷۄۅۆۇۈۉۊۋ");
        // Not Arabic letters, but how Iraqi and Gulf writers spell p, ch, v and zh.
        Set('ب', "پ");
        Set('ج', "چ");
        Set('ف', "ڤ");
        Set('ز', "ژ");

        Fill(Mark, '\u0610', '\u061A'); // honorifics, small letters
        Fill(Mark, '\u064B', '\u065F'); // harakat; hamza and madda above or below a letter that is already plain
        Fill(Mark, '\u0670', '\u0670'); // superscript alef
        Fill(Mark, '\u06D6', '\u06ED'); // Quranic marks
        Fill(Mark, '\u08D3', '\u08FF');
        Fill(Mark, '\u0640', '\u0640'); // tatweel
        Fill(Mark, '\u0674', '\u0674'); // high hamza
        Fill(Mark, '\u00AD', '\u00AD'); // soft hyphen
        Fill(Mark, '\u200D', '\u200D'); // ZWJ
        Fill(Mark, '\u2060', '\u2064'); // word joiner, invisible operators
        Fill(Mark, '\uFE00', '\uFE0F'); // variation selectors
        Fill(Joint, '\u061C', '\u061C'); // Arabic letter mark
        Fill(Joint, '\u200B', '\u200C'); // zero-width space, ZWNJ
        Fill(Joint, '\u200E', '\u200F'); // LRM, RLM
        Fill(Joint, '\u202A', '\u202E'); // embeddings and overrides
        Fill(Joint, '\u2066', '\u206F'); // isolates and deprecated format characters
        Fill(Joint, '\uFEFF', '\uFEFF'); // BOM

        Present(PresentationForms.FirstA, PresentationForms.A);
        Present(PresentationForms.FirstB, PresentationForms.B);
        return table;

        void Set(char to, string from)
        {
            foreach (char c in from)
            {
                table[c] = to;
            }
        }

        void Fill(char kind, char first, char last) => Array.Fill(table, kind, first, last - first + 1);

        void Present(char first, string[] forms)
        {
            for (int i = 0; i < forms.Length; i++)
            {
                table[first + i] = forms[i] switch
                {
                    "." => Boundary,
                    "-" => Mark,
                    [var one] => one,
                    _ => Several,
                };
            }
        }
    }
}

/// <summary>A folded text that remembers where each of its characters stood.</summary>
public sealed class FoldedText(string original, string text, int[] starts)
{
    public string Text { get; } = text;

    /// <summary>The range of the original that the folded characters [start, end) came from, with the marks that follow its last letter.</summary>
    public (int Start, int End) Original(int start, int end)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(end, starts.Length);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(end, start);
        return (starts[start], ArabicFolding.EndOfWord(original, starts[end - 1]));
    }
}
