namespace NewsMonitor.Hits.Export;

/// <summary>The sentences of a hit that mention something, each once and clean, those of the surest topic first.</summary>
internal static class HitSentences
{
    private const int Longest = 1000;

    public static IEnumerable<string> Of(Hit hit) => hit.Topics
        .OrderByDescending(topic => topic.Strength).ThenByDescending(topic => topic.Score)
        .SelectMany(topic => topic.Mentions)
        .Select(mention => SafeText.Line(mention.Sentence, Longest))
        .Where(sentence => sentence.Length > 0)
        .Distinct(StringComparer.Ordinal);
}
