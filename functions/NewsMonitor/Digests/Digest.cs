using NewsMonitor.Hits;

namespace NewsMonitor.Digests;

/// <summary>Everything a digest is rendered from.</summary>
/// <param name="EditionId">Names the edition in its Message-ID and footer.</param>
/// <param name="Language">"ar" or "en": of the frame; stories keep their own.</param>
/// <param name="Zone">The reader's zone; every time in the mail is shown in it.</param>
/// <param name="Topics">In the order to show, with titles in the digest's language.</param>
/// <param name="Unsubscribe">Shown in the footer where it is known.</param>
public sealed record Digest(
    string EditionId, string Language, TimeZoneInfo Zone, DateTimeOffset At,
    IReadOnlyList<DigestTopic> Topics, IReadOnlyList<Story> Stories, Uri? Unsubscribe)
{
    /// <summary>Ids of the stories that were told before and are told again because an outlet has changed what it mentions.</summary>
    public IReadOnlySet<string> Corrected { get; init; } = new HashSet<string>();
}

/// <param name="RuleTitles">What readers call the rules, by rule id, in the digest's language; a rule without one is shown by its id.</param>
public sealed record DigestTopic(string Id, string Title, IReadOnlyDictionary<string, string>? RuleTitles = null);

/// <summary>A digest as it leaves: the subject and two equally complete parts.</summary>
public sealed record RenderedDigest(string Subject, string Html, string Text);
