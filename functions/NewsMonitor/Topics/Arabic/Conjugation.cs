namespace NewsMonitor.Topics.Arabic;

/// <summary>
/// Conjugates a verb from its past, and its present where that does not follow from it. Works on letters without vowels, as the press
/// writes: what differs only in its vowels is one form. The verb's pattern and its weak letters decide: <see cref="VerbShape"/>.
/// </summary>
internal static class Conjugation
{
    private const string Past = "past", Present = "present", Passive = " passive";

    /// <param name="past">Third person masculine singular, as written; more than one for a verb whose stems no rule gives.</param>
    /// <param name="present">The same in the present; may be empty where <see cref="VerbShape.DerivePresent"/> knows it.</param>
    public static IEnumerable<Body> Bodies(IReadOnlyList<string> past, IReadOnlyList<string> present, bool participles)
    {
        var shape = VerbShape.Of(past[0], present.Count > 0 ? present[0] : null);
        foreach (var body in PastForms(shape.Past, shape.Short, Past))
            yield return body;
        foreach (var body in PresentForms(shape.Present, shape.Weakness, Present))
            yield return body;
        if (shape.PassivePast is { } passivePast)
        {
            foreach (var body in PastForms(passivePast, null, Past + Passive))
                yield return body;
        }

        if (shape.PassivePresent is { } passivePresent)
        {
            foreach (var body in PresentForms(passivePresent, shape.Weakness, Present + Passive))
                yield return body;
        }

        // The plural only, which ends as the present's does after لم: اخرجوا، أعيدوا، انتهوا. The singular, which nobody says to an army, would
        // be other common words.
        string commands = shape.Weakness == Weakness.Defective ? shape.Imperative[..^1] : shape.Imperative;
        foreach (var body in WithObjects(shape.Imperative, commands + "وا", "وا", commands + "و", Attachment.Past, "imperative"))
            yield return body;

        foreach (string participle in participles ? [shape.ActiveParticiple, shape.PassiveParticiple] : Array.Empty<string>())
        {
            string source = participle == shape.ActiveParticiple ? "active participle" : "passive participle";
            foreach (var body in Inflection.Adjective(participle, source))
                yield return body;
        }

        // What the writer of the file adds by hand, for verbs that follow no rule.
        foreach (var body in past.Skip(1).SelectMany(stem => PastForms(stem, null, Past))
            .Concat(present.Skip(1).SelectMany(stem => PresentForms(stem, Weakness.None, Present))))
        {
            yield return body;
        }
    }

    /// <param name="before">The stem before endings that begin with a consonant, where it is another: عد of عاد.</param>
    private static IEnumerable<Body> PastForms(string stem, string? before, string source)
    {
        char last = stem[^1];
        string root = stem[..^1];
        (string Form, string Ending, string Link)[] forms = last switch
        {
            // أنهى: أنهت، أنهيا، أنهوا، أنهينا، أنهاها
            'ى' => [(root + "ى", "", root + "ا"), (root + "ت", "ت", root + "ت"), (root + "تا", "تا", root + "تا"), (root + "يا", "ا", root + "يا"),
                (root + "وا", "وا", root + "و"), (root + "ين", "ن", root + "ين"), (root + "ينا", "نا", root + "ينا"), (root + "يت", "ت", root + "يت"),
                (root + "يتم", "تم", root + "يتمو")],
            // جلا: جلت، جلوا، جلونا، جلاها
            'ا' when root.Length >= 2 => [(root + "ا", "", root + "ا"), (root + "ت", "ت", root + "ت"), (root + "تا", "تا", root + "تا"),
                (root + "وا", "وا", root + "و"), (root + "ون", "ن", root + "ون"), (root + "ونا", "نا", root + "ونا"), (root + "وت", "ت", root + "وت"),
                (root + "وتم", "تم", root + "وتمو")],
            // بقي، أُنهي: بقيت، بقوا، بقينا
            'ي' => [(stem, "", stem), (stem + "ت", "ت", stem + "ت"), (stem + "ا", "ا", stem + "ا"), (stem + "تا", "تا", stem + "تا"),
                (root + "وا", "وا", root + "و"), (stem + "ن", "ن", stem + "ن"), (stem + "نا", "نا", stem + "نا"), (stem + "تم", "تم", stem + "تمو")],
            _ => Strong(stem, before ?? stem),
        };
        foreach (var (form, ending, link) in forms.Concat(HamzaBefore(stem, "وا")))
        {
            foreach (var body in WithObjects(stem, form, ending, link, Attachment.Past, source))
                yield return body;
        }

        static (string, string, string)[] Strong(string stem, string before) =>
        [
            (stem, "", stem), (stem + "ت", "ت", stem + "ت"), (stem + "ا", "ا", stem + "ا"), (stem + "تا", "تا", stem + "تا"), (stem + "وا", "وا", stem + "و"),
            (before + "ن", "ن", before + "ن"), (before + "نا", "نا", before + "نا"), (before + "ت", "ت", before + "ت"), (before + "تم", "تم", before + "تمو"),
        ];
    }

    private static IEnumerable<Body> PresentForms(string present, Weakness weakness, string source)
    {
        string stem = present[1..];
        bool weak = weakness == Weakness.Defective && stem[^1] is 'ي' or 'و' or 'ى';
        bool alef = weak && stem[^1] == 'ى';
        string root = stem[..^1];
        string plural = weak ? root : stem; // ينهون
        string dual = alef ? root + "ي" : stem; // يبقيان
        string shortened = weak ? root : weakness == Weakness.Hollow ? stem[..^2] + stem[^1] : stem; // لم ينه، لم يعد
        string women = alef ? root + "ين" : weak ? stem + "ن" : weakness == Weakness.Doubled ? stem + stem[^1] + "ن" : shortened + "ن";
        (string Form, string Ending, string Link)[] first = [(stem, "", alef ? root + "ا" : stem)];
        (string Form, string Ending, string Link)[] third =
        [
            .. first, (shortened, "", shortened), (dual + "ان", "ان", dual + "ان"), (dual + "ا", "ا", dual + "ا"), (plural + "ون", "ون", plural + "ون"),
            (plural + "وا", "وا", plural + "و"), (women, "ن", women), .. HamzaBefore(stem, "ون"), .. HamzaBefore(stem, "وا"),
        ];
        (string Form, string Ending, string Link)[] second =
            [.. third, (plural + "ين", "ين", plural + "ين"), (plural + "ي", "ي", plural + "ي")];
        foreach (char person in "يتنا")
        {
            foreach (var (form, ending, link) in person switch { 'ي' => third, 'ت' => second, _ => first })
            {
                foreach (var body in WithObjects(stem, person + form, ending, person + link, Attachment.Present, source))
                    yield return body;
            }
        }
    }

    /// <summary>A finite form, alone and before each object pronoun.</summary>
    private static IEnumerable<Body> WithObjects(string stem, string form, string ending, string link, Attachment attachment, string source)
    {
        string folded = Inflection.Fold(stem);
        yield return new(Inflection.Fold(form), folded, ending, attachment, source);
        foreach (string target in Inflection.Objects)
            yield return new(Inflection.Fold(link) + target, folded, $"{ending}+{target}", attachment, source);
    }

    /// <summary>A hamza at the end of the stem changes its seat before و: بدأوا، بدؤوا، جاءوا، جاؤوا.</summary>
    private static IEnumerable<(string Form, string Ending, string Link)> HamzaBefore(string stem, string ending) =>
        stem[^1] is 'أ' or 'ئ' or 'ؤ' or 'ء'
            ? ((char[])['أ', 'ئ', 'ؤ', 'ء']).Select(seat => stem[..^1] + seat + ending).Select(form => (form, ending, form.TrimEnd('ا')))
            : [];
}
