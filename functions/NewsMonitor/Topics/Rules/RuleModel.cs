using NewsMonitor.Topics.Arabic;

namespace NewsMonitor.Topics.Rules;

// A topics file as written, with names resolved to set numbers. A set is anything that has occurrences in a text:
// named words, named phrases, and the unnamed "this or that" of a rule.

/// <summary>One word or fixed expression, and the sets that it belongs to.</summary>
/// <param name="Except">Folded forms that are not meant, without their prefixes.</param>
/// <param name="WrittenIn">The sets that list it; the others take it in.</param>
internal sealed record WordEntry(
    string Text, PartOfSpeech Pos, bool Misspelt, IReadOnlySet<string> Except, (string Name, int Set)[] WrittenIn, int[] Sets)
{
    /// <summary>The words of the expression, not folded; a verb is one, with all its stems.</summary>
    public string[] Words { get; } = Pos is PartOfSpeech.Verb or PartOfSpeech.Finite ? [Text] : Inflection.Words(Text);

    /// <summary>The later words, folded, each with a space before it.</summary>
    public string Rest => string.Concat(Words.Skip(1).Select(word => " " + Inflection.Fold(word)));

    /// <summary>The forms of its first word, without their proclitics. Duplicates are possible.</summary>
    public IEnumerable<Body> Bodies() => Inflection.Bodies(Words[0], Pos).Where(body => !Except.Contains(body.Text));

    /// <summary>The surface forms of its first word.</summary>
    public IEnumerable<SurfaceForm> Forms() => Bodies().SelectMany(Inflection.Forms);
}

internal enum PatternKind
{
    /// <summary>An occurrence of the one element.</summary>
    Any,

    /// <summary>The elements in this order, with at most <c>Gap</c> other words between neighbours.</summary>
    Phrase,

    /// <summary>The elements in any order in one sentence, none further than <c>Within</c> words from the first-named.</summary>
    All,
}

internal enum Place
{
    /// <summary>Anywhere in title or text.</summary>
    Article,

    Title,

    Sentence,

    /// <summary>Within N words of the match, in whatever sentence.</summary>
    Around,

    /// <summary>In the sentence, within N words of the match on either side, or inside it.</summary>
    Near,

    Before,

    After,

    /// <summary>Between the first and the last word of the match.</summary>
    Inside,
}

/// <param name="Times">For <see cref="Place.Article"/>: at least so often.</param>
internal sealed record Condition(Place Place, int Set, int Within, int Times)
{
    /// <summary>Whether it is about more than the sentence of the match.</summary>
    public bool IsOfArticle => Place is Place.Article or Place.Title or Place.Around;

    /// <summary>Whether more than the title and the sentence of the match has to be read to tell.</summary>
    public bool NeedsArticle => Place is Place.Article or Place.Around;
}

internal sealed record Conditions(Condition[] Require, Condition[] Unless)
{
    public static Conditions None { get; } = new([], []);

    public IEnumerable<Condition> All => Require.Concat(Unless);

    public IEnumerable<int> Sets => All.Select(c => c.Set);
}

/// <param name="Needed">How many of the elements must be there; a phrase takes in the rest when they follow.</param>
/// <param name="Skip">A set whose words are not counted in the gap, or -1.</param>
internal sealed record Pattern(PatternKind Kind, int[] Elements, int Needed, int Gap, int Skip, int Within, Conditions Conditions)
{
    /// <summary>All that it names.</summary>
    public IEnumerable<int> Sets => Elements.Concat(Conditions.Sets).Concat(Skip >= 0 ? [Skip] : []);
}

/// <summary>A phrase with a name: what it matches becomes occurrences of its set.</summary>
internal sealed record NamedPhrase(int Set, Pattern Pattern);

/// <summary>One way in which a rule holds; the first that does gives strength and weight.</summary>
internal sealed record Outcome(Strength Strength, double Weight, Conditions Conditions);

[Flags]
internal enum Fields
{
    None = 0,
    Title = 1,
    Text = 2,
}

internal sealed record Rule(string Id, Pattern Pattern, Fields Fields, Outcome[] Outcomes);

/// <summary>A topic with its rules.</summary>
internal sealed record RuledTopic(Topic Topic, double Threshold, Rule[] Rules);

/// <param name="Names">The named sets, by name.</param>
/// <param name="Labels">By set: its name, or what an unnamed one is written as.</param>
/// <param name="Closure">By set: itself and the sets that take in its occurrences.</param>
/// <param name="Source">How all this is written.</param>
internal sealed record RuleFile(
    IReadOnlyList<WordEntry> Entries, IReadOnlyList<NamedPhrase> Phrases, IReadOnlyList<RuledTopic> Topics,
    IReadOnlyDictionary<string, int> Names, IReadOnlyList<string> Labels, int[][] Closure, RuleSource Source)
{
    /// <summary>The set that is always there, the first: every word in digits.</summary>
    public const string Number = "number";
    public const int NumberSet = 0;

    /// <summary>By set: the sets whose words are occurrences of it, as they are written.</summary>
    public int[][] Members { get; } = MembersOf(Entries, Closure);

    /// <summary>By set: the patterns that make it, if it is a named phrase.</summary>
    public Pattern[][] Patterns { get; } = [.. Enumerable.Range(0, Closure.Length)
        .Select(set => Phrases.Where(p => p.Set == set).Select(p => p.Pattern).ToArray())];

    /// <summary>By set: the named phrases whose occurrences are its own.</summary>
    public int[][] PhraseSets { get; } = [.. Enumerable.Range(0, Closure.Length)
        .Select(set => Phrases.Select(p => p.Set).Distinct().Where(phrase => phrase != set && Closure[phrase].Contains(set)).ToArray())];

    /// <summary>A condition as the file says it: "near: oil, within 6".</summary>
    public string Say(Condition condition)
    {
        string where = $"{condition.Place.Key()}: {Labels[condition.Set]}";
        return condition.Place is Place.Around or Place.Near or Place.Before or Place.After ? $"{where}, within {condition.Within}"
            : condition.Times > 1 ? $"{where}, times {condition.Times}" : where;
    }

    private static int[][] MembersOf(IReadOnlyList<WordEntry> entries, int[][] closure)
    {
        var members = Enumerable.Range(0, closure.Length).Select(_ => new SortedSet<int>()).ToArray();
        foreach (int written in entries.SelectMany(e => e.WrittenIn).Select(w => w.Set).Append(NumberSet).Distinct())
        {
            foreach (int taker in closure[written])
                members[taker].Add(written);
        }

        return [.. members.Select(m => m.ToArray())];
    }
}
