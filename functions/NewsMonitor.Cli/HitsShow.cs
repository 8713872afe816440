using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NewsMonitor.Hits;
using NewsMonitor.Hits.Export;
using NewsMonitor.Sources;
using NewsMonitor.Storage;

namespace NewsMonitor.Cli;

/// <summary><c>hits show</c>: one hit with all its evidence.</summary>
internal static class HitsShow
{
    public static Command Create(Func<ParseResult, ServiceProvider> open)
    {
        var id = new Argument<string>("ID") { Description = "As `hits list` prints it, or the hit's path." };
        var json = new Option<bool>("--json") { Description = "The hit as it is stored; of one that was revised, as it stands now." };
        var revisions = new Option<bool>("--revisions") { Description = "With --json: the hit as it was first stored and all its revisions, oldest first, one a line." };
        var show = new Command("show", "One hit with all its evidence: what was found, by which rule, in which sentence, and what became of it.") { id, json, revisions };
        show.Validators.Add(result =>
        {
            if (result.GetValue(revisions) && !result.GetValue(json))
                result.AddError("--revisions goes with --json; without it all of them are shown.");
        });
        show.SetAction(async (parsed, cancel) =>
        {
            await using var services = open(parsed);
            return await RunAsync(services, parsed.GetValue(id)!, parsed.GetValue(json), parsed.GetValue(revisions), parsed.InvocationConfiguration.Output, cancel);
        });
        return show;
    }

    private static async Task<int> RunAsync(
        IServiceProvider services, string asked, bool json, bool revisions, TextWriter output, CancellationToken cancel)
    {
        var hits = services.GetRequiredService<HitStore>();
        var id = asked.Contains('/', StringComparison.Ordinal) ? DatedPath.IdOf(asked) : asked;
        var found = await hits.FindAsync(id, cancel)
            ?? throw new MonitorException($"There is no hit '{SafeText.Line(asked)}'; `hits list` shows what there is.");
        if (json && !revisions)
        {
            await output.WriteLineAsync(SafeText.Json(JsonSerializer.Serialize(found.Hit, Documents.Readable)));
            return ExitCode.Success;
        }

        var all = await hits.ReadAllAsync(found.Path, cancel);
        if (json)
        {
            foreach (var hit in all)
                await output.WriteLineAsync(HitLines.Of(hit));
            return ExitCode.Success;
        }

        var lookup = StoryLookup.In(services);
        var storyPath = await lookup.OfHitAsync(found.Hit.Id, found.Hit.Found, cancel);
        var story = storyPath is null ? null : await services.GetRequiredService<StoryStore>().ReadAsync(storyPath, cancel);
        foreach (var line in Lines(found, all, story, storyPath, services.GetRequiredService<IBlobStore>()))
            await output.WriteLineAsync(line);
        return ExitCode.Success;
    }

    private static IEnumerable<string> Lines(KeptHit kept, IReadOnlyList<Hit> all, Story? story, string? storyPath, IBlobStore blobs)
    {
        var (hit, article) = (kept.Hit, kept.Hit.Article);
        yield return SafeText.Line(article.Title, 500);
        yield return $"  outlet     {SafeText.Line(article.SourceTitle)} ({SafeText.Line(article.SourceId)}), {SafeText.Line(article.Language, 12)}{(article.Author is { Length: > 0 } author ? $", by {SafeText.Line(author, 100)}" : "")}";
        yield return $"  address    {SafeText.Link(article.Url) ?? "(none)"}";
        yield return $"  published  {(article.Published is { } published ? Time(published) : "(the outlet does not say)")}";
        yield return $"  found      {Time(hit.Found)}{(hit.Backfilled is { } at ? $", by a backfill at {Time(at)}: nobody is told of it" : "")}";
        yield return $"  fetched    {Time(article.Fetched)}, from the {article.TextFrom.Key()}{(article.Kept == TextKept.Excerpt ? "; an excerpt is kept" : "")}";
        yield return $"  SHA-256    {SafeText.Line(article.ContentHash, 64)} (of what was fetched)";
        yield return $"  topics     version {SafeText.Line(hit.TopicsVersion, 64)}";
        yield return story is null
            ? "  story      (none; `hits reindex` mends that)"
            : $"  story      {storyPath}, {StoriesShow.Outlets(story)}";
        yield return $"  lies at    {blobs.Locate(HitStore.PathOf(kept.Path, hit.Number))}";
        yield return "";
        if (!hit.IsCurrent)
            yield return "no topic matches any more";
        foreach (var line in hit.Topics.SelectMany(ShownMatch.Lines))
            yield return line;
        foreach (var line in Changes(all, kept.Path, blobs))
            yield return line;
    }

    /// <summary>What was said before, and what took its place.</summary>
    private static IEnumerable<string> Changes(IReadOnlyList<Hit> all, string path, IBlobStore blobs)
    {
        var steps = new List<(string What, Hit Before, Hit After)>();
        // Of schema 1 the hit itself was changed.
        var earlier = all[0].Earlier ?? [];
        for (var i = 0; i < earlier.Count; i++)
        {
            var next = i + 1 < earlier.Count ? earlier[i + 1].Topics : all[0].Topics;
            steps.Add(($"{Time(earlier[i].Until)}  a backfill ran other topics", all[0] with { Topics = earlier[i].Topics }, all[0] with { Topics = next }));
        }

        for (var i = 1; i < all.Count; i++)
            steps.Add((What(all[i].Revision!, blobs.Locate(HitStore.PathOf(path, all[i].Number))), all[i - 1], all[i]));
        foreach (var (what, before, after) in steps)
        {
            yield return "";
            yield return what;
            if (before.Article.Title != after.Article.Title)
                yield return $"  title was: {SafeText.Line(before.Article.Title, 500)}";
            if (before.Article.Text != after.Article.Text)
                yield return $"  the text changed ({before.Article.Text.Length} to {after.Article.Text.Length} letters)";
            foreach (var change in TopicChange.Between(before.Topics, after.Topics))
            {
                yield return $"  {change.Kind.Key()} {SafeText.Line(change.Topic)}  {ShownMatch.Sums(change)}";
                foreach (var line in ShownMatch.Difference(change))
                    yield return $"  {line}";
            }
        }
    }

    private static string What(Revision revision, string place) =>
        $"{Time(revision.At)}  revision {revision.Number}: {(revision.Reason == RevisionReason.Correction ? "the outlet changed the article" : "a backfill ran other topics")}, {place}";

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
