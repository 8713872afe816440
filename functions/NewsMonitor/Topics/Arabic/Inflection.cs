namespace NewsMonitor.Topics.Arabic;

/// <summary>
/// Generates the surface forms of a word from its part of speech: controlled prefixes and endings, no stemming. It makes some forms that
/// nobody writes (that costs a table entry) and leaves out those that would collide with other common words.
/// </summary>
public static class Inflection
{
    internal static readonly string[] Objects = ["ه", "ها", "هم", "هما", "هن", "نا"];
    private static readonly string[] s_possessives = ["ه", "ها", "هم", "هما", "هن", "نا", "ي", "ك", "كم"];

    /// <summary>Every surface form of a single word. Duplicates are possible.</summary>
    public static IEnumerable<SurfaceForm> Forms(string word, PartOfSpeech pos) => Bodies(word, pos).SelectMany(Forms);

    /// <summary>A body with each of the proclitics that it takes.</summary>
    internal static IEnumerable<SurfaceForm> Forms(Body body) => Proclitics.All
        .Where(proclitic => (proclitic.Takers & body.Attachment) != 0)
        .Select(proclitic => new SurfaceForm(proclitic.Text + body.Text, proclitic.Label, body.Stem, body.Ending, body.Source));

    /// <summary>The forms of a word without their proclitics. Duplicates are possible.</summary>
    internal static IEnumerable<Body> Bodies(string word, PartOfSpeech pos) => pos switch
    {
        PartOfSpeech.Exact => [new(Fold(word), Fold(word), "", Attachment.Bare, "as written")],
        PartOfSpeech.Name => Name(word),
        PartOfSpeech.Noun => Nominal(word, NounEndings(word, person: false)),
        PartOfSpeech.Possessed => Nominal(word, NounEndings(word, person: true).Where(ending => ending.Source.EndsWith("possessed", StringComparison.Ordinal))),
        PartOfSpeech.Person => Nominal(word, NounEndings(word, person: true)),
        PartOfSpeech.Adjective => Nominal(word, AdjectiveEndings(word, "adjective")),
        PartOfSpeech.Verb => Verb(word, participles: true),
        PartOfSpeech.Finite => Verb(word, participles: false),
        _ => throw new ArgumentOutOfRangeException(nameof(pos), pos, null),
    };

    /// <summary>The words of an entry, not folded, split where the words of a text are split: F-16 is two.</summary>
    internal static string[] Words(string entry)
    {
        var words = new List<string>();
        int start = -1;
        for (int i = 0; i <= entry.Length; i++)
        {
            byte code = i < entry.Length ? Letters.Codes[entry[i]] : Letters.Boundary;
            if (code < Letters.Mark && start >= 0)
            {
                words.Add(entry[start..i]);
                start = -1;
            }
            else if (start < 0 && code >= Letters.Several)
            {
                start = i;
            }
        }

        return [.. words];
    }

    internal static string Fold(string word) => ArabicFolding.Fold(word).Text;

    internal static IEnumerable<Body> Adjective(string word, string source) => Nominal(word, AdjectiveEndings(word, source));

    /// <summary>An entry's halves, each of one stem or, where the verb is irregular, of several.</summary>
    private static IEnumerable<Body> Verb(string entry, bool participles)
    {
        string[] halves = entry.Split('/');
        string[] past = Words(halves[0]), present = halves.Length > 1 ? Words(halves[1]) : [];
        return Conjugation.Bodies(past, present, participles);
    }

    private static IEnumerable<Body> Name(string word)
    {
        string stem = Fold(word);
        // With a hamza it is no article: لألمانيا.
        bool article = stem.StartsWith("ال", StringComparison.Ordinal) && word[0] is not ('أ' or 'إ' or 'آ');
        yield return new(stem, stem, "", Attachment.Name, "name");
        if (article)
            yield return new(stem[2..], stem, "", Attachment.LamName, "name");
    }

    private static IEnumerable<Body> Nominal(string word, IEnumerable<Ending> endings)
    {
        string stem = Fold(word);
        foreach (var ending in endings)
        {
            string body = (ending.ReplacesLast ? stem[..^1] : stem) + ending.Text;
            yield return new(body, stem, ending.Label, ending.Construct ? Attachment.Name : Attachment.Noun, ending.Source);
        }
    }

    private readonly record struct Ending(string Text, string Label, string Source, bool ReplacesLast = false, bool Construct = false);

    private static IEnumerable<Ending> NounEndings(string word, bool person)
    {
        string kind = person ? "person" : "noun";
        yield return new("", "", kind);
        if (word.EndsWith('ة'))
        {
            yield return new("تان", "تان", "dual", true);
            yield return new("تين", "تين", "dual", true);
            yield return new("تا", "تا", "dual", true, Construct: true);
            yield return new("تي", "تي", "dual, or mine", true, Construct: true);
            yield return new("ات", "ات", "feminine plural", true);
            foreach (string possessive in s_possessives)
            {
                yield return new("ت" + possessive, "ت+" + possessive, "possessed", true, Construct: true);
                yield return new("ات" + possessive, "ات+" + possessive, "feminine plural, possessed", true, Construct: true);
                yield return new("تي" + possessive, "تي+" + possessive, "dual, possessed", true, Construct: true);
            }

            yield break;
        }

        yield return new("ا", "اً", "accusative", Construct: true);
        yield return new("ان", "ان", "dual");
        yield return new("ين", "ين", person ? "dual or plural" : "dual");
        yield return new("ي", "ي", "dual before its owner, or mine", Construct: true);
        if (person)
        {
            yield return new("ون", "ون", "plural");
            yield return new("و", "و", "plural before its owner", Construct: true);
            yield return new("ه", "ة", "feminine");
            yield return new("ات", "ات", "feminine plural");
        }

        bool alef = word.EndsWith('ى');
        foreach (string possessive in s_possessives)
        {
            // The last alef of مبنى is a plain one before a pronoun: مبناها.
            yield return alef ? new("ا" + possessive, "ا+" + possessive, "possessed", true, Construct: true)
                : new(possessive, possessive, "possessed", Construct: true);
            yield return new("ي" + possessive, "ي+" + possessive, "dual, possessed", Construct: true);
            if (person)
                yield return new("و" + possessive, "و+" + possessive, "plural, possessed", Construct: true);
            if (word.EndsWith('ء'))
            {
                // The hamza changes its seat before a possessive: بقاؤها، بقائها.
                yield return new("و" + possessive, "ؤ+" + possessive, "possessed", true, Construct: true);
                yield return new("ي" + possessive, "ئ+" + possessive, "possessed", true, Construct: true);
            }
        }
    }

    private static IEnumerable<Ending> AdjectiveEndings(string word, string source)
    {
        yield return new("", "", source);
        if (word.EndsWith('ة') || word.EndsWith('ى') || word.EndsWith('ء'))
            yield break; // given in a form of its own

        yield return new("ا", "اً", source + ", accusative", Construct: true);
        yield return new("ه", "ة", source + ", feminine");
        foreach (string ending in (string[])["ان", "تان", "تين"])
            yield return new(ending, ending, source + ", dual");

        foreach (string ending in (string[])["ون", "ين", "ات"])
            yield return new(ending, ending, source + ", plural");

        // In front of what it belongs to: مسؤولو، مسؤولي.
        yield return new("و", "و", source + ", plural before its owner", Construct: true);
        yield return new("ي", "ي", source + ", plural before its owner", Construct: true);
    }
}
