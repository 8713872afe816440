namespace NewsMonitor.Topics.Arabic;

/// <summary>How a word takes its prefixes and endings.</summary>
public enum PartOfSpeech
{
    /// <summary>Exactly as written; only the spelling is folded.</summary>
    Exact,

    /// <summary>A proper name or particle: takes و ف ب ك ل, no endings.</summary>
    Name,

    /// <summary>A noun in the form given (singular or plural): article, prepositions, dual, ات of a word in ة, possessives.</summary>
    Noun,

    /// <summary>A noun that must have a possessive: قواتها, but not القوات.</summary>
    Possessed,

    /// <summary>A noun for people: a noun that also has the plurals ون and ين.</summary>
    Person,

    /// <summary>An adjective in the masculine singular: article, prepositions, feminine, dual, sound plurals.</summary>
    Adjective,

    /// <summary>A verb, as its past or "past / present" in the third person: <see cref="Conjugation"/>.</summary>
    Verb,

    /// <summary>A verb without its participles, which are words of their own too: خرج, but not خارج.</summary>
    Finite,
}

/// <summary>One way a word can be written, folded, and where it came from.</summary>
/// <param name="Text">The folded surface form.</param>
/// <param name="Prefix">What stands before the stem, such as "و ب ال", empty when nothing does.</param>
/// <param name="Stem">What the prefix and the ending are put to, folded.</param>
/// <param name="Ending">What stands after the stem, empty when nothing does.</param>
/// <param name="Source">The rule that makes it: "noun", "dual", "past passive", "active participle" …</param>
public readonly record struct SurfaceForm(string Text, string Prefix, string Stem, string Ending, string Source);

/// <summary>What is left of a surface form without its proclitics.</summary>
/// <param name="Text">Folded.</param>
internal readonly record struct Body(string Text, string Stem, string Ending, Attachment Attachment, string Source);

/// <summary>Which proclitics a body takes: <see cref="Proclitics"/>.</summary>
[Flags]
internal enum Attachment
{
    /// <summary>None: the body is the whole word.</summary>
    Bare = 1,

    /// <summary>و ف, then ب ك ل.</summary>
    Name = 2,

    /// <summary>The same, then ال too.</summary>
    Noun = 4,

    /// <summary>و ف, then لل: a name in ال after ل.</summary>
    LamName = 8,

    /// <summary>و ف, then ل.</summary>
    Past = 16,

    /// <summary>و ف, then س or ل.</summary>
    Present = 32,

    /// <summary>ال or nothing: the later words of an expression.</summary>
    Follower = 64,
}
