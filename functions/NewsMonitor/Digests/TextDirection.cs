using System.Text;

namespace NewsMonitor.Digests;

/// <summary>
/// Which way a run of text reads: right to left when it begins so or when a third of its letters do. "FBI" does not turn an
/// Arabic title round, nor "Reuters" the name "Reuters عربي", as the first-letter rule of dir="auto" would.
/// </summary>
internal static class TextDirection
{
    public static bool IsRightToLeft(string text, bool otherwise)
    {
        var (rightToLeft, letters, first) = (0, 0, otherwise);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Rune.IsLetter(rune))
                continue;

            var turns = IsRightToLeft(rune.Value);
            if (letters++ == 0)
                first = turns;
            if (turns)
                rightToLeft++;
        }

        return letters == 0 ? otherwise : first || rightToLeft * 3 >= letters;
    }

    // Hebrew to Arabic Extended-A, the presentation forms, and the right-to-left scripts of the supplementary plane.
    private static bool IsRightToLeft(int value) =>
        value is (>= 0x590 and <= 0x8FF) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFF) or (>= 0x10800 and <= 0x10FFF)
            or (>= 0x1E800 and <= 0x1EFFF);
}
