using NewsMonitor.Topics;

namespace NewsMonitor.Hits;

/// <summary>What becomes of a story's document when hits come, change or go. Each returns null when the document says it already.</summary>
internal static class StoryChange
{
    public static Story New(string path, params IReadOnlyList<Hit> hits)
    {
        var lead = hits[0];
        var story = new Story(Story.CurrentSchema, DatedPath.IdOf(path), lead.Found, lead.Article.Title, lead.Article.Language, lead.Topics, [SourceOf(lead)]);
        return hits.Skip(1).Aggregate(story, (grown, hit) => With(grown, hit) ?? grown);
    }

    /// <summary>With a hit that joins it, or with a correction of one that is in it.</summary>
    public static Story? With(Story story, Hit hit)
    {
        if (story.Left?.Contains(hit.Id) == true)
            return null;
        var at = story.Sources.ToList().FindIndex(source => source.HitId == hit.Id);
        if (at < 0)
            return story with { Schema = Story.CurrentSchema, Sources = [.. story.Sources, SourceOf(hit)], Topics = Union(story.Topics, hit.Topics) };
        return hit.Revision is { Reason: RevisionReason.Correction } revision ? Corrected(story, at, hit, revision) : null;
    }

    /// <summary>With all that another story is made of, which becomes a note.</summary>
    public static Story? With(Story story, string otherPath, Story other)
    {
        var more = other.Sources.Where(source => story.Sources.All(had => had.HitId != source.HitId)).ToList();
        var merged = story.Merged ?? [];
        if (more.Count == 0 && merged.Contains(otherPath))
            return null;
        return story with
        {
            Schema = Story.CurrentSchema,
            Sources = [story.Sources[0], .. story.Sources.Skip(1).Concat(more).OrderBy(source => source.Found).ThenBy(source => source.HitId, StringComparer.Ordinal)],
            Topics = Union(story.Topics, other.Topics),
            Merged = [.. merged.Concat(other.Merged ?? []).Append(otherPath).Distinct(StringComparer.Ordinal)],
            Apart = OrNull([.. (story.Apart ?? []).Concat(other.Apart ?? []).Where(path => path != otherPath).Distinct(StringComparer.Ordinal)]),
            Corrections = OrNull([.. (story.Corrections ?? []).Concat(other.Corrections ?? []).Distinct().OrderBy(correction => correction.At)]),
            // A hit that was taken out of one of them and stands in the other is in.
            Left = OrNull([.. (story.Left ?? []).Concat(other.Left ?? []).Where(id => story.Sources.Concat(more).All(source => source.HitId != id)).Distinct(StringComparer.Ordinal)]),
        };
    }

    /// <summary>Without the hits that an operator takes out of it.</summary>
    /// <param name="left">Those that stay, from which it is made anew.</param>
    public static Story? Without(Story story, IReadOnlyCollection<string> hits, string into, IReadOnlyList<Hit> left)
    {
        if (story.Apart?.Contains(into) == true && story.Sources.All(source => !hits.Contains(source.HitId)))
            return null;
        var anew = New($"{story.Id}.json", [.. left]);
        return story with
        {
            Schema = Story.CurrentSchema,
            Headline = anew.Headline,
            Language = anew.Language,
            Topics = anew.Topics,
            Sources = anew.Sources,
            Apart = [.. (story.Apart ?? []).Append(into).Distinct(StringComparer.Ordinal)],
            Left = [.. (story.Left ?? []).Concat(hits).Distinct(StringComparer.Ordinal)],
        };
    }

    /// <summary>Said to readers only where what is mentioned is another.</summary>
    private static Story? Corrected(Story story, int at, Hit hit, Revision revision)
    {
        var (before, now) = (story.Sources[at], SourceOf(hit));
        var isTold = !revision.ChangesMentions || story.Corrections?.Any(had => had.HitId == hit.Id && had.Number >= revision.Number) == true;
        if (isTold && before.Title == now.Title && before.Topics?.SequenceEqual(now.Topics!) == true)
            return null;
        List<StorySource> sources = [.. story.Sources];
        sources[at] = now;
        // What no version mentions any more is gone; of one of schema 1 it is not known, and so it stays.
        var stays = story.Topics.Where(topic => sources.Exists(source => source.Topics?.Contains(topic.Topic) != false)).ToList();
        return story with
        {
            Schema = Story.CurrentSchema,
            Headline = at == 0 ? hit.Article.Title : story.Headline,
            Topics = at == 0 ? [.. hit.Topics, .. stays.Where(topic => hit.Topics.All(other => other.Topic != topic.Topic))] : Union(stays, hit.Topics),
            Sources = sources,
            Corrections = isTold ? story.Corrections : [.. story.Corrections ?? [], new StoryCorrection(hit.Id, revision.Number, revision.At)],
        };
    }

    private static StorySource SourceOf(Hit hit) => new(
        hit.Id, hit.Article.SourceId, hit.Article.SourceTitle, hit.Article.Title, hit.Article.Url, hit.Article.Published, hit.Found)
    {
        Topics = [.. hit.Topics.Select(topic => topic.Topic)],
    };

    /// <summary>What the story has, and what a fuller copy adds: a topic, or a topic confirmed that was only possible.</summary>
    private static List<TopicMatch> Union(IReadOnlyList<TopicMatch> had, IReadOnlyList<TopicMatch> more)
    {
        var union = had.Select(topic => more.FirstOrDefault(m => m.Topic == topic.Topic && m.Strength > topic.Strength) ?? topic).ToList();
        union.AddRange(more.Where(m => had.All(topic => topic.Topic != m.Topic)));
        return union;
    }

    private static List<T>? OrNull<T>(List<T> list) => list.Count == 0 ? null : list;
}
