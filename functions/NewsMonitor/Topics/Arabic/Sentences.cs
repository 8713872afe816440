namespace NewsMonitor.Topics.Arabic;

/// <summary>Where sentences end, and what to quote around a mention.</summary>
internal static class Sentences
{
    /// <summary>How much is quoted as evidence, in UTF-16 units.</summary>
    public const int MaxQuote = 600;

    /// <summary>Whether the character can end a sentence at all.</summary>
    public static bool MayEnd(char c) => c is '!' or '?' or '؟' or '؛' or '…' or '۔' or '.' or '\n' or '\u2029' || IsBullet(c);

    /// <summary>A new line that begins with one begins a sentence.</summary>
    public static bool IsBullet(char c) => c is '•' or '*' or '▪' or '●';

    /// <summary>
    /// Whether the punctuation mark at <paramref name="i"/> ends a sentence. A full stop does not within a number, after an initial
    /// (د. حسين), or within a Latin name or address. Line breaks are judged by the caller.
    /// </summary>
    public static bool Ends(ReadOnlySpan<char> text, int i)
    {
        switch (text[i])
        {
            case '!' or '?' or '؟' or '؛' or '…' or '۔' or '\u2029':
                return true;
            case '.':
                char before = i > 0 ? text[i - 1] : ' ';
                char after = i + 1 < text.Length ? text[i + 1] : ' ';
                return !(char.IsDigit(before) && char.IsDigit(after))
                    && !char.IsAsciiLetterOrDigit(after)
                    && !(char.IsLetter(before) && (i < 2 || !IsWord(text[i - 2])));
            default:
                return false;
        }
    }

    /// <summary>The sentence that a mention stands in: trimmed, at most <see cref="MaxQuote"/> long, no word or surrogate pair cut.</summary>
    /// <param name="whole">The text is one sentence: a title.</param>
    public static string Around(ReadOnlySpan<char> text, int start, int end, bool whole)
    {
        if (end - start >= MaxQuote)
        {
            int cut = Backward(text, start + MaxQuote, start);
            // One endless word has to be cut somewhere.
            cut = cut > start ? cut : start + MaxQuote;
            return text[start..cut].Trim().ToString();
        }

        int room = MaxQuote - (end - start);
        int first = start, limit = Math.Max(0, start - room);
        while (first > limit && (whole || !(IsLineBreak(text[first - 1]) || Ends(text, first - 1))))
        {
            first--;
        }

        int last = end;
        limit = (int)Math.Min(text.Length, (long)end + room);
        while (last < limit && (whole || !IsLineBreak(text[last])))
        {
            last++;
            if (!whole && Ends(text, last - 1))
            {
                // A run of marks (?!, ...) and the quote or bracket that closes stay with the sentence.
                while (last < limit && (Ends(text, last) || text[last] is '"' or '»' or '”' or ')' or '’'))
                {
                    last++;
                }

                break;
            }
        }

        if (last - first > MaxQuote)
        {
            // Too long: as much on either side as there is, half the room each when both have plenty.
            int left = start - first, right = last - end;
            int keepLeft = Math.Min(left, Math.Max(room / 2, room - right));
            int keepRight = Math.Min(right, room - keepLeft);
            first = keepLeft < left ? Forward(text, start - keepLeft, start) : first;
            last = keepRight < right ? Backward(text, end + keepRight, end) : last;
        }
        else
        {
            // The search itself may have stopped in the middle of a word.
            first = first > 0 && first == start - room ? Forward(text, first, start) : first;
            last = last < text.Length && last == end + room ? Backward(text, last, end) : last;
        }

        return text[first..last].Trim().ToString();
    }

    private static bool IsLineBreak(char c) => c is '\n' or '\r' or '\u2029';

    private static bool IsWord(char c) => ArabicFolding.Table[c] >= ArabicFolding.Mark;

    /// <summary>The first place from here on, up to <paramref name="limit"/>, that is not inside a word.</summary>
    private static int Forward(ReadOnlySpan<char> text, int i, int limit)
    {
        while (i < limit && (Inside(text, i) || char.IsLowSurrogate(text[i])))
        {
            i++;
        }

        return i;
    }

    private static int Backward(ReadOnlySpan<char> text, int i, int limit)
    {
        while (i > limit && i < text.Length && (Inside(text, i) || char.IsLowSurrogate(text[i])))
        {
            i--;
        }

        return i;
    }

    private static bool Inside(ReadOnlySpan<char> text, int i) => i > 0 && IsWord(text[i]) && IsWord(text[i - 1]);
}
