namespace NewsMonitor.Quality;

/// <summary>An article to measure with.</summary>
/// <param name="File">Which file it came from, without its folder.</param>
/// <param name="Labels">Null when nobody has labelled it.</param>
/// <param name="Quotes">The words that are the mentions; null when nobody has marked them.</param>
public sealed record JudgedArticle(string File, string Id, string Title, string Text, Labels? Labels, IReadOnlyList<Quote>? Quotes);

/// <summary>What a reader says of an article.</summary>
/// <param name="Topics">By topic: whether the article is about it.</param>
/// <param name="SaysAll">Whether a topic that is not there is one that the article is not about; else nothing is known of it.</param>
/// <param name="IsUnsure">A borderline case: not scored.</param>
public sealed record Labels(IReadOnlyDictionary<string, bool> Topics, bool SaysAll, bool IsUnsure)
{
    /// <summary>Null when nothing is known.</summary>
    public bool? Of(string topic) => Topics.TryGetValue(topic, out bool about) ? about : SaysAll ? false : null;
}

/// <summary>Exact words of the title or text that mention a topic.</summary>
public sealed record Quote(string Topic, string Text);
