using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NewsMonitor.Pipeline;
using NewsMonitor.Sources;
using NewsMonitor.Storage;

namespace NewsMonitor.Cli;

/// <summary><c>sources list</c>: what is polled, how it is, and when it is polled next and why then.</summary>
internal static class SourcesList
{
    public static Command Create(Func<ParseResult, CancellationToken, Task<SourceCatalog>> catalog, Option<bool> json)
    {
        var command = new Command("list", "Lists all sources: id, whether polled, language, country, title, address; how they are; when they are polled next, and why then.");
        command.SetAction(async (parsed, cancel) =>
        {
            var list = await (await catalog(parsed, cancel)).ReadAsync(cancel);
            var states = await StatesAsync(parsed, cancel);
            var output = parsed.InvocationConfiguration.Output;
            foreach (var source in list.Sources)
            {
                var state = states.GetValueOrDefault(source.Id);
                if (parsed.GetValue(json))
                {
                    await output.WriteLineAsync(ToJson(source, state));
                    continue;
                }

                await output.WriteLineAsync(Line(source));
                foreach (var detail in Details(source, state))
                    await output.WriteLineAsync($"    {detail}");
            }

            await SourcesCommand.TellAsync(list.Problems, parsed);
            return 0;
        });
        return command;
    }

    private static string Line(Source s) => string.Join("  ", Words(s));

    private static IEnumerable<string> Words(Source s)
    {
        yield return s.Id;
        yield return s.Enabled ? "on " : "off";
        yield return SafeText.Line(s.Language, 12);
        yield return s.Country.Length > 0 ? s.Country : "--";
        yield return SafeText.Line(s.Title);
        yield return SourceAddress.Shown(s.Address);
        if (s.Article is not ArticleMode.Auto)
            yield return $"article={s.Article.Key()}";
        if (s.MinimumMinutes is not null || s.MaximumMinutes is not null)
            yield return $"minutes={s.MinimumMinutes}..{s.MaximumMinutes}";
        if (s.Note is not null)
            yield return $"({SafeText.Line(s.Note)})";
    }

    /// <summary>What there is to say of it; empty for one that was never polled.</summary>
    internal static IEnumerable<string> Details(Source source, SourceState? state)
    {
        if (state is null)
            yield break;
        if (source.Enabled && state.Plan is { } plan)
            yield return Explain(plan, state);
        if (state.Alarm is { Kind: AlarmKind.Silent } silent)
            yield return $"silent: nothing new since {silent.Since:u}, far longer than is usual for it";
        if (state.Problem is { } problem)
            yield return $"{(state.FailingSince is null ? "problem" : "fails")} since {state.FailingSince ?? state.ProblemSince:u}: {SafeText.Line(problem, 300)}";
        if (state.Moved is { } moved)
            yield return $"has moved for good to {SourceAddress.Shown(moved)}, and is asked there";
        if (state.Pending is { Count: > 0 } pages)
            yield return $"{pages.Count} article pages are still to be read";
    }

    /// <summary>When it is polled next, and why then.</summary>
    internal static string Explain(PollPlan plan, SourceState state)
    {
        var next = $"next {FeedCommand.When(plan.Next)}";
        var every = string.Create(CultureInfo.InvariantCulture, $"every {plan.Minutes:0.#} min");
        return plan.Reason switch
        {
            PollReason.Rate when plan.PerDay is { } rate => string.Create(CultureInfo.InvariantCulture, $"{every}: publishes {rate:0.#} items a day; {next}"),
            PollReason.Rate => $"{every}: not yet known how often it publishes; {next}",
            PollReason.Quiet => $"{every}: nothing new since {state.LastNews:u}; {next}",
            PollReason.Asked => $"{every}: the feed or its server asks for it (ttl, skipHours, Cache-Control); {next}",
            PollReason.Failing => $"{every}: {(state.Failures == 1 ? "it has failed once" : $"it has failed {state.Failures} times in a row")}; {next}",
            PollReason.RetryAfter => $"its server asks to be left alone (Retry-After); {next}",
            _ => "a file: read at every poll",
        };
    }

    private static string ToJson(Source source, SourceState? state)
    {
        var fields = JsonSerializer.SerializeToNode(source, Documents.Compact)!.AsObject();
        fields["state"] = state is null ? null : JsonSerializer.SerializeToNode(
            new
            {
                state.LastPoll,
                state.LastSuccess,
                state.LastNews,
                state.Items,
                state.PerDay,
                state.Plan,
                state.Problem,
                state.ProblemSince,
                state.FailingSince,
                state.Failures,
                state.Alarm,
                state.Moved,
                PendingPages = state.Pending?.Count ?? 0,
            },
            Documents.Compact);
        return SafeText.Json(fields.ToJsonString(Documents.Compact));
    }

    private static async Task<Dictionary<string, SourceState>> StatesAsync(ParseResult parsed, CancellationToken cancel)
    {
        await using var services = Services.For(parsed);
        var shards = await PollStates.ReadAllAsync(
            services.GetRequiredService<IBlobStore>(), services.GetRequiredService<IOptions<PipelineOptions>>().Value.Shards, cancel);
        return shards.SelectMany(shard => shard.Sources).ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);
    }
}
