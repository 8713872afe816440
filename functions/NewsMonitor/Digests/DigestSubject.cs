namespace NewsMonitor.Digests;

/// <summary>
/// Count, topic and lead headline, under 70 UTF-16 units, whole words only. The count comes first and is in the digest's own
/// language, so that mail programs take the right direction from it: a subject has no markup to state one.
/// </summary>
internal static class DigestSubject
{
    public const int Most = 69;

    private const string Between = " · ";

    /// <summary>The headline is the news: a long topic name leaves it at least this much.</summary>
    private const int HeadlineShare = 36;

    public static string Write(DigestView view)
    {
        var subject = view.StoryCount == 0 ? view.Words.NothingNew : view.Words.Stories(view.StoryCount);
        if (view.Lead is not { } headline || view.LeadTopic is not { } leadTopic)
            return Add(subject, string.Join(view.Words.Comma, view.Topics.Select(topic => topic.Title)), Most);

        var share = Most - Math.Min(headline.Length + Between.Length, HeadlineShare);
        var topics = view.TopicCount > 1 ? view.Words.AndMore(leadTopic) : leadTopic;
        subject = Add(subject, subject.Length + Between.Length + topics.Length <= share ? topics : leadTopic, share);
        return Add(subject, headline, Most);
    }

    private static string Add(string subject, string part, int most)
    {
        var words = SafeText.ShortenToWords(part, most - subject.Length - Between.Length);
        return words.Length == 0 ? subject : subject + Between + words;
    }
}
