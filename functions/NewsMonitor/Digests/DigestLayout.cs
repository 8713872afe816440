using NewsMonitor.Hits;
using NewsMonitor.Topics;

namespace NewsMonitor.Digests;

/// <summary>
/// Decides what stands where: each story is told once, under its first topic in the digest's order that is confirmed (else the
/// first possible one), and named under its others; within a topic the most carried first, then the newest.
/// </summary>
internal static class DigestLayout
{
    /// <summary>Stories told in full; the others are listed as links. Every topic gets its share, confirmed stories before possible ones.</summary>
    public const int MostInFull = 60;

    /// <summary>Outlets linked under one story; more are counted.</summary>
    public const int MostOutlets = 20;

    public const int HeadlineLength = 300;
    private const int NameLength = 80;
    private const int PreheaderLength = 160;

    public static DigestView Arrange(Digest digest)
    {
        var words = DigestWords.For(digest.Language);
        var at = TimeZoneInfo.ConvertTime(digest.At, digest.Zone);
        var places = digest.Stories.Select(story => Place(story, digest.Topics)).ToList();

        var sections = digest.Topics.Append(null).Select(topic => new
        {
            Topic = topic,
            Title = topic is null ? words.OtherTopic : Title(topic),
            Told = Order(places.Where(place => place.Topic == topic)),
        }).ToList();

        var inFull = sections
            .SelectMany(section => section.Told.Select((place, index) => (place, index)))
            .OrderBy(entry => entry.place.Strength is Strength.Confirmed ? 0 : 1).ThenBy(entry => entry.index)
            .Take(MostInFull).Select(entry => entry.place).ToHashSet(ReferenceEqualityComparer.Instance);

        var views = new List<TopicView>();
        foreach (var section in sections)
        {
            var (topic, told) = (section.Topic, section.Told);
            var elsewhere = topic is null ? [] : places.Where(place => place.Topic != topic && Match(place.Story, topic) is not null).ToList();
            if (told.Count + elsewhere.Count == 0)
                continue;

            views.Add(new(
                section.Title, words.Stories(told.Count + elsewhere.Count),
                [.. told.Where(place => place.Strength is Strength.Confirmed && inFull.Contains(place)).Select(place => Tell(place, digest, words, at))],
                [.. told.Where(place => place.Strength is Strength.Possible && inFull.Contains(place)).Select(place => Tell(place, digest, words, at))],
                [.. told.Where(place => !inFull.Contains(place)).Select(place => Line(place, place.Strength, null, digest, words, at))],
                [.. Order(elsewhere).Select(place =>
                    Line(place, Match(place.Story, topic!)!.Strength, words.ToldUnder(Title(place.Topic!)), digest, words, at))]));
        }

        var lead = sections.Select(section => section.Told.FirstOrDefault())
            .OfType<Placed>().OrderBy(place => place.Strength is Strength.Confirmed ? 0 : 1).FirstOrDefault();
        var outlets = digest.Stories.SelectMany(story => story.Sources).Select(source => source.SourceId).Distinct(StringComparer.Ordinal).Count();
        var numbers = digest.Stories.Count == 0
            ? words.NothingNew
            : $"{words.Stories(digest.Stories.Count)} · {words.Outlets(outlets)} · {words.Topics(views.Count)}";
        var headlines = sections.SelectMany(section => section.Told).Where(place => place != lead).Select(place => Headline(place.Story, words)).Take(4);

        return new(
            words, words.FullDate(at), numbers, words.Zone(digest.Zone, at),
            SafeText.Line(string.Join(" · ", headlines.Prepend(numbers)), PreheaderLength),
            lead is null ? null : Headline(lead.Story, words),
            lead is null ? null : lead.Topic is { } leads ? Title(leads) : words.OtherTopic,
            digest.Stories.Count, views.Count, views,
            words.YouGetThis([.. digest.Topics.Select(Title)]),
            SafeText.Link(digest.Unsubscribe?.AbsoluteUri), SafeText.Line(digest.EditionId, 200));
    }

    /// <param name="Topic">Null when the story has no topic of this digest; it is shown all the same.</param>
    private sealed record Placed(Story Story, DigestTopic? Topic, Strength Strength);

    private static Placed Place(Story story, IReadOnlyList<DigestTopic> topics)
    {
        var first = topics.FirstOrDefault(topic => Match(story, topic)?.Strength is Strength.Confirmed)
            ?? topics.FirstOrDefault(topic => Match(story, topic) is not null);
        return new(story, first, first is null ? Strength.Possible : Match(story, first)!.Strength);
    }

    private static TopicMatch? Match(Story story, DigestTopic topic) =>
        story.Topics.FirstOrDefault(match => string.Equals(match.Topic, topic.Id, StringComparison.Ordinal));

    private static List<Placed> Order(IEnumerable<Placed> places) =>
        [.. places.OrderBy(place => place.Strength is Strength.Confirmed ? 0 : 1)
            .ThenByDescending(place => Outlets(place.Story).Count)
            .ThenByDescending(place => place.Story.FirstSeen)
            .ThenBy(place => place.Story.Id, StringComparer.Ordinal)];

    /// <summary>Each outlet once, with its first version.</summary>
    private static List<StorySource> Outlets(Story story) => [.. story.Sources.DistinctBy(source => source.SourceId, StringComparer.Ordinal)];

    private static StoryView Tell(Placed place, Digest digest, DigestWords words, DateTimeOffset at)
    {
        var story = place.Story;
        var outlets = Outlets(story);
        var inTitle = story.Topics.SelectMany(match => match.Mentions).Where(Evidence.IsInTitle);
        var headline = MarkedText.Mark(Headline(story, words), inTitle, HeadlineLength);
        var also = outlets.Skip(1).Take(MostOutlets).Select(source => Outlet(source, digest.Zone, at, words)).ToList();

        // The section's own topic first, then the others that the reader follows.
        var matches = digest.Topics.Where(topic => topic == place.Topic).Concat(digest.Topics.Where(topic => topic != place.Topic))
            .Select(topic => (Topic: topic, Match: Match(story, topic))).Where(entry => entry.Match is not null);
        var reasons = matches.Select(entry => Evidence.Explain(
            entry.Match!, entry.Topic, entry.Topic == place.Topic ? null : words.WhyAlso(Title(entry.Topic)), words));

        return new(
            headline, Url(story), Language(story.Language), TextDirection.IsRightToLeft(headline.ToString(), words.IsRightToLeft),
            LeadOutlet(story, digest.Zone, at, words), [.. reasons], also, words.AlsoIn(outlets.Count - 1),
            outlets.Count - 1 > also.Count ? words.MoreOutlets(outlets.Count - 1 - also.Count) : null)
        {
            Correction = !digest.Corrected.Contains(story.Id) ? null : place.Topic is null ? words.Withdrawn : words.Corrected,
        };
    }

    private static LineView Line(Placed place, Strength strength, string? note, Digest digest, DigestWords words, DateTimeOffset at)
    {
        var headline = Headline(place.Story, words);
        return new(
            headline, Url(place.Story), Language(place.Story.Language), TextDirection.IsRightToLeft(headline, words.IsRightToLeft),
            LeadOutlet(place.Story, digest.Zone, at, words), strength is Strength.Possible, note);
    }

    private static string Headline(Story story, DigestWords words) =>
        SafeText.Line(story.Headline, HeadlineLength) is { Length: > 0 } headline ? headline : words.NoTitle;

    /// <summary>The lead's address, or the first outlet's that can be linked.</summary>
    private static string? Url(Story story) => story.Sources.Select(source => SafeText.Link(source.Url)).FirstOrDefault(url => url is not null);

    private static OutletView LeadOutlet(Story story, TimeZoneInfo zone, DateTimeOffset at, DigestWords words) =>
        story.Sources.Count > 0
            ? Outlet(story.Sources[0], zone, at, words)
            : new("", null, words.Found(words.Time(TimeZoneInfo.ConvertTime(story.FirstSeen, zone), at)));

    private static OutletView Outlet(StorySource source, TimeZoneInfo zone, DateTimeOffset at, DigestWords words)
    {
        var name = SafeText.Line(source.SourceTitle, NameLength);
        var time = words.Time(TimeZoneInfo.ConvertTime(source.Published ?? source.Found, zone), at);
        return new(
            name.Length > 0 ? name : SafeText.Line(source.SourceId, NameLength), SafeText.Link(source.Url),
            source.Published is null ? words.Found(time) : time);
    }

    private static string Title(DigestTopic topic) =>
        SafeText.Line(topic.Title, NameLength * 2) is { Length: > 0 } title ? title : SafeText.Line(topic.Id, NameLength);

    private static string? Language(string? language) =>
        language is { Length: > 1 and <= 35 } && language.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-') ? language : null;
}
