using NewsMonitor.Topics.Arabic;

namespace NewsMonitor.Topics;

/// <summary>A word of the topics file with what it matches.</summary>
public sealed class ExplainedEntry
{
    private readonly Lazy<IReadOnlyList<SurfaceForm>> _forms;

    internal ExplainedEntry(Func<IReadOnlyList<SurfaceForm>> forms) => _forms = new(forms);

    public required string Set { get; init; }

    /// <summary>Where the set lists it.</summary>
    public required int Line { get; init; }

    public required string Word { get; init; }

    public required PartOfSpeech PartOfSpeech { get; init; }

    /// <summary>Forms with one slip of the keyboard match too; they are not listed.</summary>
    public required bool Misspelt { get; init; }

    /// <summary>Forms without prefixes, folded, that the word would make and its set leaves out.</summary>
    public required IReadOnlyList<string> Except { get; init; }

    /// <summary>The form that was asked for, where the word was found by it and not by its own spelling or its set.</summary>
    public required SurfaceForm? Asked { get; init; }

    /// <summary>The same forms as in <see cref="Forms"/>, together where one rule makes them.</summary>
    public required IReadOnlyList<FormGroup> Groups { get; init; }

    /// <summary>Every form, folded.</summary>
    public IReadOnlyList<SurfaceForm> Forms => _forms.Value;
}

/// <summary>Forms of a word that one rule makes, without what may stand before them.</summary>
/// <param name="Prefixes">What may: "و ف, then ب ك ل"; empty for nothing.</param>
/// <param name="Source">The rule: "dual", "past passive" …</param>
/// <param name="Forms">Whole, folded.</param>
/// <param name="WithPronouns">The same before pronouns.</param>
public sealed record FormGroup(string Prefixes, string Source, IReadOnlyList<string> Forms, IReadOnlyList<PronounForms> WithPronouns);

/// <summary>What takes pronouns, and which.</summary>
public sealed record PronounForms(IReadOnlyList<string> Stems, IReadOnlyList<string> Pronouns);

/// <summary>What a word set, phrase, context or rule is made of, for people.</summary>
/// <param name="Kind">"word set", "phrase", "context" or "rule".</param>
/// <param name="Name">A rule's with its topic: "topic/rule".</param>
public sealed record Outline(string Kind, string Name, int Line, IReadOnlyList<string> Lines);
