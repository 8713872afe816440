using NewsMonitor.Topics.Arabic;

namespace NewsMonitor.Topics;

/// <summary>A word of the topics file with every form that it matches.</summary>
/// <param name="Misspelt">Forms with one wrong letter match too; they are not listed.</param>
/// <param name="Except">Folded forms that its set leaves out.</param>
public sealed record ExplainedEntry(
    string Set, string Word, PartOfSpeech PartOfSpeech, bool Misspelt, IReadOnlyList<string> Except, IReadOnlyList<SurfaceForm> Forms);
