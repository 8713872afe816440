using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using NewsMonitor.Hits.Index;
using NewsMonitor.Topics;

namespace NewsMonitor.Cli;

/// <summary>Which hits: the options that <c>hits list</c> and <c>hits export</c> have in common.</summary>
internal sealed class HitFilter
{
    private const int UsualDays = 7;

    /// <summary>No hit is older: nothing is looked for where nothing can be.</summary>
    private static readonly DateOnly Earliest = new(1990, 1, 1);

    private readonly Option<int> _days = CommonOptions.Days($"How many days back, by UTC day (default: {UsualDays}; with --story all of its days).", UsualDays);
    private readonly Option<DateOnly?> _from = CommonOptions.Day("--from", "Found on this UTC day or later, as in 2026-11-23.");
    private readonly Option<DateOnly?> _to = CommonOptions.Day("--to", "Found on this UTC day or earlier (default: today).");
    private readonly Option<string[]> _topics = Several("--topic", "Only hits of this topic; may be given several times, for any of them.");
    private readonly Option<string[]> _sources = Several("--source", "Only hits of this source, as `sources list` names it; may be given several times.");
    private readonly Option<string?> _story = new("--story") { Description = "Only the hits of this story: its path, or the id of one of its hits.", HelpName = "STORY" };
    private readonly Option<bool> _all = new("--all") { Description = "Also those that no topic matches any more, since a backfill or a correction." };

    private readonly Option<Strength> _strength = new("--strength")
    {
        Description = "Only hits that are at least as sure: possible (default) or confirmed.",
        HelpName = "possible|confirmed",
        CustomParser = result =>
        {
            if (Enum.GetValues<Strength>().Where(strength => strength.Key() == result.Tokens[0].Value).ToList() is [var strength])
                return strength;
            result.AddError($"--strength {SafeText.Line(result.Tokens[0].Value)}: it is possible or confirmed.");
            return default;
        },
    };

    private readonly Option<string?> _words = new("--words")
    {
        Description = "Only hits with all of these words in title or text, however they are spelled: قوات finds also والقوّات.",
        HelpName = "WORDS",
    };

    public HitFilter() => _words.Validators.Add(result =>
    {
        if (result.Tokens is [var token] && !token.Value.Any(char.IsLetterOrDigit))
            result.AddError("--words has no word in it.");
    });

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_days, _from, _to, _topics, _sources, _story, _strength, _words, _all])
            command.Options.Add(option);
        CommonOptions.CheckPeriod(command, _days, _from, _to);
    }

    /// <summary>What is asked for when nothing is said.</summary>
    public static HitQuery Usual(IServiceProvider services) => LastDays(services, UsualDays);

    public async Task<HitQuery> QueryAsync(ParseResult parsed, IServiceProvider services, CancellationToken cancel)
    {
        var query = Period(parsed, services) with
        {
            Topics = parsed.GetValue(_topics) ?? [],
            Sources = parsed.GetValue(_sources) ?? [],
            MinimumStrength = parsed.GetValue(_strength),
            Words = parsed.GetValue(_words) ?? "",
            All = parsed.GetValue(_all),
        };
        if (parsed.GetValue(_story) is not { } asked)
            return query;
        var (_, story) = await StoryLookup.In(services).FindAsync(asked, cancel);
        var days = story.Sources.Select(source => DateOnly.FromDateTime(source.Found.UtcDateTime)).ToList();
        var isPeriodGiven = parsed.GetResult(_days) is { Implicit: false } || parsed.GetResult(_from) is not null;
        return query with
        {
            Ids = story.Sources.Select(source => source.HitId).ToHashSet(StringComparer.Ordinal),
            First = isPeriodGiven && query.First > days.Min() ? query.First : days.Min(),
            Last = isPeriodGiven && query.Last < days.Max() ? query.Last : days.Max(),
        };
    }

    private HitQuery Period(ParseResult parsed, IServiceProvider services)
    {
        if (parsed.GetValue(_from) is not { } from)
            return LastDays(services, parsed.GetValue(_days));
        var tomorrow = LastDays(services, 1).Last;
        var to = parsed.GetValue(_to) is { } day && day < tomorrow ? day : tomorrow;
        return new HitQuery(from > Earliest ? from : Earliest, to);
    }

    private static HitQuery LastDays(IServiceProvider services, int days)
    {
        var today = DateOnly.FromDateTime(services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime);
        // A clock that is ahead of ours has dated some tomorrow.
        return new HitQuery(today.AddDays(1 - days), today.AddDays(1));
    }

    private static Option<string[]> Several(string name, string description) => new(name) { Description = description, HelpName = "ID", Arity = ArgumentArity.OneOrMore };
}
