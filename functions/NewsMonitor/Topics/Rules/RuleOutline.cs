using System.Globalization;

namespace NewsMonitor.Topics.Rules;

/// <summary>Says in the words of docs/rules.md what the parts of a topics file are made of.</summary>
internal static class RuleOutline
{
    private const int MostSamples = 6;

    public static IReadOnlyList<Outline> Of(RuleFile file, string name)
    {
        var outlines = new List<Outline>();
        if (file.Names.TryGetValue(name, out int set) && set != RuleFile.NumberSet)
        {
            outlines.Add(file.Patterns[set].Length > 0 ? OfPhrase(file, name, set) : OfWords(file, name, set));
        }

        outlines.AddRange(file.Source.Contexts.Where(c => c.Name == name).Select(context => new Outline(
            "context", name, file.Source[context].Line, [.. Outcomes(file, context.Outcomes, isBrief: false), .. UsersOf(file, [], r => file.Source.TextOf(r).Context == name)])));
        outlines.AddRange(
            from topic in file.Topics
            from rule in topic.Rules
            where rule.Id == name || $"{topic.Topic.Id}/{rule.Id}" == name
            select OfRule(file, topic, rule));
        return outlines;
    }

    private static Outline OfWords(RuleFile file, string name, int set)
    {
        var lines = file.Source.Words.Where(w => w.Set == set).GroupBy(w => w.Pos)
            .Select(words => $"{words.Key.Key()}: {string.Join(", ", words.Select(w => w.Text + (w.Misspelt ? "~" : "")))}").ToList();
        if (file.Source.Includes.TryGetValue(set, out var included))
            lines.Add($"include, their words belong to this set too: {string.Join("; ", included.Select(s => Summary(file, s)))}");
        string[] except = [.. file.Source.Exceptions.Where(e => e.Set == set).Select(e => e.Text)];
        if (except.Length > 0)
            lines.Add($"except, left out of its own words: {string.Join(", ", except)}");
        return new Outline("word set", name, file.Source.Sets[set].Line, [.. lines, .. UsersOf(file, set)]);
    }

    private static Outline OfPhrase(RuleFile file, string name, int set)
    {
        var lines = new List<string>();
        foreach (var (number, pattern) in file.Patterns[set].Index())
        {
            lines.Add(file.Patterns[set].Length == 1 ? "pattern:" : $"pattern {number + 1} of {file.Patterns[set].Length}, any of which makes it (line {file.Source[pattern].Line}):");
            lines.AddRange(Pattern(file, pattern).Select(l => "  " + l));
        }

        return new Outline("phrase", name, file.Source.Sets[set].Line, [.. lines, .. UsersOf(file, set)]);
    }

    private static Outline OfRule(RuleFile file, RuledTopic topic, Rule rule)
    {
        var text = file.Source.TextOf(rule);
        var lines = new List<string>();
        if (text.Description.Length > 0)
            lines.Add($"description: {text.Description}");
        lines.AddRange(Pattern(file, rule.Pattern));
        if (rule.Fields != (Fields.Title | Fields.Text))
            lines.Add($"fields: {rule.Fields.Key()} only");
        bool isPlain = text.Context is null && rule.Outcomes is [{ Conditions: var only }] && !only.All.Any();
        if (isPlain)
        {
            lines.Add($"gives: {Gives(rule.Outcomes[0])}");
        }
        else
        {
            lines.Add($"when{(text.Context is null ? "" : " " + text.Context)}, the first of these that holds decides; if none holds, it is no mention:");
            lines.AddRange(Outcomes(file, rule.Outcomes, isBrief: text.Context is not null).Select(l => "  " + l));
        }

        return new Outline("rule", $"{topic.Topic.Id}/{rule.Id}", file.Source[rule].Line, lines);
    }

    /// <param name="isBrief">Without saying what each place means: asked for the context, it says that.</param>
    private static IEnumerable<string> Outcomes(RuleFile file, Outcome[] outcomes, bool isBrief)
    {
        foreach (var (number, outcome) in outcomes.Index())
        {
            yield return $"{number + 1}. {Gives(outcome)}{(outcome.Conditions.All.Any() ? "" : ", always")}";
            foreach (string line in isBrief ? Brief(file, outcome.Conditions) : Conditions(file, outcome.Conditions))
                yield return "   " + line;
        }
    }

    private static string Gives(Outcome outcome) =>
        $"{outcome.Strength.Key()}, weight {outcome.Weight.ToString(CultureInfo.InvariantCulture)}";

    private static IEnumerable<string> Pattern(RuleFile file, Pattern pattern)
    {
        yield return pattern.Kind switch
        {
            PatternKind.Any => "any, one occurrence of this:",
            PatternKind.Phrase => "phrase, these in this order in one sentence:",
            _ => $"all, these in any order in one sentence, none farther than {Words(pattern.Within)} from the first in the list:",
        };
        foreach (var (number, element) in pattern.Elements.Take(pattern.Needed).Index())
        {
            int[] members = file.Source.Alternatives.GetValueOrDefault(element) ?? [element];
            string place = pattern.Needed == 1 ? "" : $"{number + 1}. ";
            yield return members.Length == 1 ? $"  {place}{Summary(file, element)}" : $"  {place}one of:";
            foreach (int member in members.Length == 1 ? [] : members)
                yield return $"  {(pattern.Needed == 1 ? "  " : "     ")}{Summary(file, member)}";
        }

        if (pattern.Kind == PatternKind.Phrase)
            yield return pattern.Gap == 0 ? "gap 0: no other word between two neighbours" : $"gap {pattern.Gap}: at most {Words(pattern.Gap, "other ")} between two neighbours";
        if (pattern.Skip >= 0)
            yield return $"skip, not counted in the gap: {Summary(file, pattern.Skip)}";
        foreach (int then in pattern.Elements.Skip(pattern.Needed))
            yield return $"then, taken into the match when it follows: {Summary(file, then)}";
        foreach (string line in Conditions(file, pattern.Conditions))
            yield return line;
    }

    private static IEnumerable<string> Conditions(RuleFile file, Conditions conditions)
    {
        foreach (var condition in conditions.Require)
            yield return $"require {Say(file, condition)}";
        foreach (var condition in conditions.Unless)
            yield return $"unless {Say(file, condition)}";
    }

    private static IEnumerable<string> Brief(RuleFile file, Conditions conditions)
    {
        if (conditions.Require.Length > 0)
            yield return $"require {string.Join("; ", conditions.Require.Select(file.Say))}";
        if (conditions.Unless.Length > 0)
            yield return $"unless {string.Join("; ", conditions.Unless.Select(file.Say))}";
    }

    private static string Say(RuleFile file, Condition condition)
    {
        string where = condition.Place switch
        {
            Place.Article => condition.Times > 1 ? $"anywhere in title or text, {condition.Times} times" : "anywhere in title or text",
            Place.Title => "in the title",
            Place.Sentence => "in the sentence of the match",
            Place.Around => $"within {Words(condition.Within)} before or after, in whatever sentence",
            Place.Near => $"within {Words(condition.Within)} before or after, in the sentence",
            Place.Before => $"within {Words(condition.Within)} before the first",
            Place.After => $"within {Words(condition.Within)} after the last",
            _ => "between the first and the last word",
        };
        return $"{condition.Place.Key()}: {file.Labels[condition.Set]} ({where})";
    }

    /// <summary>A set in a line: what kind it is, how many words, some of them.</summary>
    private static string Summary(RuleFile file, int set)
    {
        string label = file.Labels[set];
        if (set == RuleFile.NumberSet)
            return "number (every word in digits)";
        if (!file.Names.ContainsKey(label))
            return label.StartsWith('=') ? $"{label} (exactly this)" : $"{label} (a noun)";
        if (file.Patterns[set].Length > 0)
        {
            return $"{label} (phrase: {string.Join("; or ", file.Patterns[set].Select(p => string.Join(p.Kind == PatternKind.All ? " & " : " + ", p.Elements.Take(p.Needed).Select(e => file.Labels[e]))))})";
        }

        string[] words = [.. file.Entries.Where(e => e.Sets.Contains(set)).Select(e => e.Text)];
        return $"{label} ({Words(words.Length)}: {string.Join(", ", words.Take(MostSamples))}{(words.Length > MostSamples ? " …" : "")})";
    }

    private static IEnumerable<string> UsersOf(RuleFile file, int set)
    {
        int[] ways = [set, .. file.Source.Alternatives.Where(a => a.Value.Contains(set)).Select(a => a.Key)];
        bool Names(IEnumerable<int> sets) => sets.Any(ways.Contains);
        return UsersOf(
            file,
            [
                ("word sets", file.Source.Includes.Where(i => i.Value.Contains(set)).Select(i => file.Labels[i.Key])),
                ("phrases", file.Phrases.Where(p => Names(p.Pattern.Sets)).Select(p => file.Labels[p.Set]).Distinct(StringComparer.Ordinal)),
                ("contexts", file.Source.Contexts.Where(c => Names(c.Outcomes.SelectMany(o => o.Conditions.Sets))).Select(c => c.Name)),
            ],
            r => Names(r.Pattern.Sets) || (file.Source.TextOf(r).Context is null && Names(r.Outcomes.SelectMany(o => o.Conditions.Sets))));
    }

    private static IEnumerable<string> UsersOf(RuleFile file, IEnumerable<(string Kind, IEnumerable<string> Names)> users, Func<Rule, bool> isUser)
    {
        string[] lines = [.. users.Concat(file.Topics.Select(t => (Kind: $"rules of {t.Topic.Id}", Names: t.Rules.Where(isUser).Select(r => r.Id))))
            .Where(u => u.Names.Any()).Select(u => $"used by {u.Kind}: {string.Join(", ", u.Names)}")];
        return lines.Length > 0 ? lines : ["used by nothing"];
    }

    private static string Words(int count, string kind = "") => $"{count} {kind}{(count == 1 ? "word" : "words")}";
}
