namespace NewsMonitor.Topics;

/// <summary>How a word takes its prefixes and endings.</summary>
public enum PartOfSpeech
{
    /// <summary>Exactly as written; only the spelling is folded.</summary>
    Exact,

    /// <summary>A proper name or particle: takes و ف ب ك ل, no endings.</summary>
    Name,

    /// <summary>A noun in the form given (singular or plural): article, prepositions, dual, ات of a word in ة, possessives.</summary>
    Noun,

    /// <summary>A noun for people: a noun that also has the plurals ون and ين.</summary>
    Person,

    /// <summary>An adjective in the masculine singular: article, prepositions, feminine, dual, sound plurals.</summary>
    Adjective,

    /// <summary>A verb given as "past / present" in the third person; several stems of either are separated by spaces.</summary>
    Verb,
}

/// <summary>One way a word can be written, folded, and where it came from.</summary>
/// <param name="Text">The folded surface form.</param>
/// <param name="Prefix">What stands before the stem, such as "و ب ال", empty when nothing does.</param>
/// <param name="Stem">The stem as in the topics file, folded.</param>
/// <param name="Ending">What stands after the stem, empty when nothing does.</param>
public readonly record struct SurfaceForm(string Text, string Prefix, string Stem, string Ending);

/// <summary>
/// Generates the surface forms of a word from its part of speech: controlled prefixes and endings, no stemming. It makes some forms that
/// nobody writes (that costs a table entry) and leaves out those that would collide with other common words.
/// </summary>
public static class Inflection
{
    private static readonly string[] s_conjunctions = ["", "و", "ف"];
    private static readonly string[] s_possessives = ["ه", "ها", "هم", "هما", "هن", "نا", "ي", "ك", "كم"];
    private static readonly string[] s_objects = ["ه", "ها", "هم", "هما", "هن", "نا"];
    private static readonly string[] s_none = [""];
    private static readonly string[] s_past = ["", "ت", "ا", "تا", "وا", "ن", "نا", "تم"];
    private static readonly string[] s_present = ["", "ون", "وا", "ان", "ا", "ن", "ين", "ي"];

    /// <summary>Every surface form of a single word. Duplicates are possible.</summary>
    public static IEnumerable<SurfaceForm> Forms(string word, PartOfSpeech pos) => pos switch
    {
        PartOfSpeech.Exact => [new(Fold(word), "", Fold(word), "")],
        PartOfSpeech.Name => Name(word),
        PartOfSpeech.Noun => Nominal(Fold(word), NounEndings(word, person: false)),
        PartOfSpeech.Person => Nominal(Fold(word), NounEndings(word, person: true)),
        PartOfSpeech.Adjective => Nominal(Fold(word), AdjectiveEndings(word)),
        PartOfSpeech.Verb => Verb(word),
        _ => throw new ArgumentOutOfRangeException(nameof(pos), pos, null),
    };

    /// <summary>
    /// The spellings that are one slip of the keyboard away: a letter missing, doubled, swapped with its neighbour or replaced by another.
    /// For long, unmistakable words only; the first and last letters are taken to be right.
    /// </summary>
    public static IEnumerable<string> Misspellings(string foldedWord)
    {
        const string Letters = "ابتثجحخدذرزسشصضطظعغفقكلمنهويء";
        ArgumentNullException.ThrowIfNull(foldedWord);
        for (int i = 1; i < foldedWord.Length; i++)
        {
            string before = foldedWord[..i], after = foldedWord[i..];
            foreach (char letter in Letters)
            {
                yield return before + letter + after; // one too many
                if (i < foldedWord.Length - 1)
                {
                    yield return before + letter + after[1..]; // a wrong one
                }
            }

            if (i < foldedWord.Length - 1)
            {
                yield return before + after[1..]; // one missing
                yield return before + after[1] + after[0] + after[2..]; // two swapped
            }
        }
    }

    /// <summary>The forms of a word with one slip. Slips are rare, and rarer still in rare forms: only the usual prefixes and endings.</summary>
    internal static IEnumerable<string> MisspeltForms(string word, PartOfSpeech pos) => Misspellings(Fold(word)).Distinct(StringComparer.Ordinal)
        .SelectMany(wrong => Forms(wrong, pos))
        .Where(f => f.Prefix is "" or "ال" or "و ال" or "ب ال" or "ل ال" && f.Ending is "" or "ة")
        .Select(f => f.Text);

    /// <summary>The words of an entry, not folded, split where the words of a text are split: F-16 is two.</summary>
    internal static string[] Words(string entry)
    {
        var words = new List<string>();
        int start = -1;
        for (int i = 0; i <= entry.Length; i++)
        {
            char kind = i < entry.Length ? ArabicFolding.Table[entry[i]] : ArabicFolding.Boundary;
            if (kind == ArabicFolding.Boundary && start >= 0)
            {
                words.Add(entry[start..i]);
                start = -1;
            }
            else if (start < 0 && (kind >= ArabicFolding.FirstLetter || kind == ArabicFolding.Several))
            {
                start = i;
            }
        }

        return [.. words];
    }

    internal static string Fold(string word) => ArabicFolding.Fold(word).Text;

    private static IEnumerable<SurfaceForm> Name(string word)
    {
        // ل before a name that carries its own article: للعراق. With a hamza it is no article: لألمانيا.
        string stem = Fold(word);
        bool article = stem.StartsWith("ال", StringComparison.Ordinal) && word[0] is not ('أ' or 'إ' or 'آ');
        foreach (var (prefix, label) in Proclitics(stem))
        {
            yield return new(prefix + (article && label.EndsWith('ل') ? stem[1..] : stem), label, stem, "");
        }
    }

    private static IEnumerable<SurfaceForm> Nominal(string stem, IEnumerable<Ending> endings)
    {
        foreach (var ending in endings)
        {
            string body = (ending.ReplacesLast ? stem[..^1] : stem) + ending.Text;
            foreach (var (prefix, label) in Proclitics(stem))
            {
                yield return new(prefix + body, label, stem, ending.Label);
                if (!ending.Construct)
                {
                    // The article; ل + ال is written لل, and before a stem in ل one lam is lost (للواء).
                    bool lam = label.EndsWith('ل');
                    string article = !lam ? "ال" : body.StartsWith('ل') ? "" : "ل";
                    yield return new(prefix + article + body, label.Length == 0 ? "ال" : label + " ال", stem, ending.Label);
                }
            }
        }
    }

    private static IEnumerable<(string Prefix, string Label)> Proclitics(string stem)
    {
        foreach (string conjunction in s_conjunctions)
        {
            foreach (string preposition in (string[])["", "ب", "ك", "ل"])
            {
                string label = conjunction.Length > 0 && preposition.Length > 0 ? $"{conjunction} {preposition}" : conjunction + preposition;
                yield return (conjunction + preposition, label);
            }
        }
    }

    private readonly record struct Ending(string Text, string Label, bool ReplacesLast = false, bool Construct = false);

    private static IEnumerable<Ending> NounEndings(string word, bool person)
    {
        bool feminine = word.EndsWith('ة');
        bool hamza = word.EndsWith('ء');
        yield return new("", "");
        if (feminine)
        {
            yield return new("تان", "تان", true);
            yield return new("تين", "تين", true);
            yield return new("تا", "تا", true, Construct: true);
            yield return new("تي", "تي", true, Construct: true);
            yield return new("ات", "ات", true);
            foreach (string possessive in s_possessives)
            {
                yield return new("ت" + possessive, "ت+" + possessive, true, Construct: true);
                yield return new("ات" + possessive, "ات+" + possessive, true, Construct: true);
                yield return new("تي" + possessive, "تي+" + possessive, true, Construct: true);
            }

            yield break;
        }

        yield return new("ا", "اً", Construct: true);
        yield return new("ان", "ان");
        yield return new("ين", "ين");
        yield return new("ي", "ي", Construct: true);
        if (person)
        {
            yield return new("ون", "ون");
            yield return new("و", "و", Construct: true);
            yield return new("ه", "ة");
            yield return new("ات", "ات");
        }

        foreach (string possessive in s_possessives)
        {
            yield return new(possessive, possessive, Construct: true);
            yield return new("ي" + possessive, "ي+" + possessive, Construct: true);
            if (person)
            {
                yield return new("و" + possessive, "و+" + possessive, Construct: true);
            }

            if (hamza)
            {
                // The hamza changes its seat before a possessive: بقاؤها، بقائها.
                yield return new("و" + possessive, "ؤ+" + possessive, true, Construct: true);
                yield return new("ي" + possessive, "ئ+" + possessive, true, Construct: true);
            }
        }
    }

    private static IEnumerable<Ending> AdjectiveEndings(string word)
    {
        yield return new("", "");
        if (word.EndsWith('ة') || word.EndsWith('ى') || word.EndsWith('ء'))
        {
            yield break; // given in a form of its own
        }

        yield return new("ا", "اً", Construct: true);
        yield return new("ه", "ة");
        foreach (string ending in (string[])["ون", "ين", "ان", "تان", "تين", "ات"])
        {
            yield return new(ending, ending);
        }

        // In front of what it belongs to: مسؤولو، مسؤولي.
        yield return new("و", "و", Construct: true);
        yield return new("ي", "ي", Construct: true);
    }

    private static IEnumerable<SurfaceForm> Verb(string entry)
    {
        string[] halves = entry.Split('/');
        foreach (string past in Stems(halves[0]))
        {
            foreach (string subject in s_past)
            {
                foreach (string conjunction in s_conjunctions)
                {
                    yield return new(conjunction + past + subject, conjunction, past, subject);
                    foreach (string target in s_objects)
                    {
                        string link = subject == "وا" ? "و" : subject == "تم" ? "تمو" : subject;
                        yield return new(conjunction + past + link + target, conjunction, past, subject + "+" + target);
                    }
                }
            }
        }

        foreach (string present in halves.Length > 1 ? Stems(halves[1]) : [])
        {
            string stem = present[1..];
            foreach (char person in "يتنا")
            {
                // First persons have no ending.
                foreach (string subject in person is 'ن' or 'ا' ? s_none : s_present)
                {
                    foreach (string conjunction in s_conjunctions)
                    {
                        foreach (string particle in (string[])["", "س", "ل"])
                        {
                            string label = conjunction.Length > 0 && particle.Length > 0 ? $"{conjunction} {particle}" : conjunction + particle;
                            label = label.Length == 0 ? $"{person}" : $"{label} {person}";
                            string front = conjunction + particle + person + stem;
                            yield return new(front + subject, label, stem, subject);
                            foreach (string target in s_objects)
                            {
                                string link = subject == "وا" ? "و" : subject;
                                yield return new(front + link + target, label, stem, subject + "+" + target);
                            }
                        }
                    }
                }
            }
        }

        static string[] Stems(string half) =>
            [.. Words(half).Select(Fold)];
    }
}
