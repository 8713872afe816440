namespace NewsMonitor.Topics.Arabic;

/// <summary>
/// The alphabet of the matcher: what each UTF-16 unit is to it, a byte. Letters that <see cref="ArabicFolding"/> folds together have one
/// code, so that a text is folded by one look-up a character.
/// </summary>
internal static class Letters
{
    /// <summary>No letter: a space or a punctuation mark that never ends a sentence.</summary>
    public const byte Boundary = 0;

    /// <summary>No letter, and it may end a sentence: <see cref="Sentences"/> decides.</summary>
    public const byte Stop = 1;

    /// <summary>Dropped.</summary>
    public const byte Mark = 2;

    /// <summary>
    /// Dropped too, but a word may end there: typists put ZWNJ inside words (Persian habit) and, instead of a space, between them.
    /// </summary>
    public const byte Joint = 3;

    /// <summary>A ligature of several letters: <see cref="ArabicFolding.Letters"/>.</summary>
    public const byte Several = 4;

    /// <summary>Codes from here on are letters and digits.</summary>
    public const byte First = 8;

    /// <summary>A letter of another script. Words of rules cannot have any; words of texts match nothing.</summary>
    public const byte Foreign = byte.MaxValue;

    private static readonly byte[] s_ofFolded = new byte[char.MaxValue + 1];

    /// <summary>By UTF-16 unit of a text that is not folded.</summary>
    public static byte[] Codes { get; } = Build();

    /// <summary>Digits have the first codes.</summary>
    public static bool IsDigit(byte code) => code is >= First and < First + 10;

    /// <summary>The codes of a folded word, or null when it has a character that is no letter of rules.</summary>
    public static byte[]? Encode(string folded)
    {
        byte[] codes = new byte[folded.Length];
        for (int i = 0; i < codes.Length; i++)
        {
            codes[i] = s_ofFolded[folded[i]];
            if (codes[i] is < First or Foreign)
                return null;
        }

        return codes;
    }

    private static byte[] Build()
    {
        int next = First;
        // The letters of the Arabic blocks, and those of ASCII: the scripts that rules are written in.
        foreach (var (first, last) in (ReadOnlySpan<(int, int)>)[('0', '9'), ('a', 'z'), (0x0620, 0x06FF), (0x0750, 0x077F)])
        {
            for (int c = first; c <= last; c++)
            {
                char folded = ArabicFolding.Table[c];
                if (folded >= ArabicFolding.FirstLetter && s_ofFolded[folded] == 0)
                    s_ofFolded[folded] = checked((byte)next++);
            }
        }

        if (next >= Foreign)
            throw new InvalidOperationException("There are more letters than codes.");
        byte[] codes = new byte[char.MaxValue + 1];
        for (int c = 0; c < codes.Length; c++)
        {
            char folded = ArabicFolding.Table[c];
            codes[c] = folded switch
            {
                ArabicFolding.Boundary => Sentences.MayEnd((char)c) ? Stop : Boundary,
                ArabicFolding.Mark => Mark,
                ArabicFolding.Joint => Joint,
                ArabicFolding.Several => Several,
                _ => s_ofFolded[folded] is var code and not 0 ? code : Foreign,
            };
        }

        return codes;
    }
}
