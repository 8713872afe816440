using NewsMonitor.Topics.Arabic;

namespace NewsMonitor.Topics.Rules;

/// <summary>Where something stands in a topics file.</summary>
internal readonly record struct Location(int Line, int Column);

/// <summary>A word as a set lists it.</summary>
internal sealed record WrittenWord(int Set, string Text, PartOfSpeech Pos, bool Misspelt, Location At);

/// <param name="Form">The same, folded.</param>
internal sealed record WrittenException(int Set, string Text, string Form, Location At);

/// <summary>A context that rules can name.</summary>
internal sealed record NamedContext(string Name, Outcome[] Outcomes);

/// <summary>What people read of a rule, beside its id.</summary>
/// <param name="Context">The context that it names, if it does.</param>
internal sealed record RuleText(string Description, string? Context);

/// <summary>How a topics file is written, which matching need not know: where its parts stand, and what it says for people only.</summary>
internal sealed class RuleSource
{
    // By the part itself, not by what it says: two that say the same stand in two places.
    private readonly Dictionary<object, Location> _places = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<object, RuleText> _texts = new(ReferenceEqualityComparer.Instance);

    public List<WrittenWord> Words { get; } = [];
    public List<WrittenException> Exceptions { get; } = [];
    public List<NamedContext> Contexts { get; } = [];

    /// <summary>Those that stand beside the topics and rules.</summary>
    public List<Example> Examples { get; } = [];

    /// <summary>Where each set is declared, or first used if it has no name.</summary>
    public Dictionary<int, Location> Sets { get; } = [];

    /// <summary>By word set: those that it includes.</summary>
    public Dictionary<int, List<int>> Includes { get; } = [];

    /// <summary>By unnamed set: what "a | b" stands for.</summary>
    public Dictionary<int, int[]> Alternatives { get; } = [];

    /// <summary>Where a pattern, a condition, the conditions of an outcome, a rule or a context begins.</summary>
    public Location this[object part] => _places.GetValueOrDefault(part);

    public RuleText TextOf(Rule rule) => _texts[rule];

    public T Put<T>(T part, Location at)
        where T : class
    {
        _places[part] = at;
        return part;
    }

    public void Put(Rule rule, RuleText text) => _texts[rule] = text;
}
