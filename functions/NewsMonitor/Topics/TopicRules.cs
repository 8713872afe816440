using System.Security.Cryptography;
using System.Text;

namespace NewsMonitor.Topics;

/// <summary>A topics file, compiled: immutable and safe for any number of threads.</summary>
public sealed class TopicRules
{
    // A scan of a very long article is not kept.
    private const int LongestKept = 1 << 20;
    private const int LongestMerged = 300;

    [ThreadStatic]
    private static (TopicRules Rules, Scan Scan) t_spare;

    private readonly RuleFile _file;
    private readonly Lexicon _lexicon;

    private TopicRules(RuleFile file, string version)
    {
        (_file, Version) = (file, version);
        _lexicon = Lexicon.Build(file.Entries);
        Topics = [.. file.Topics.Select(t => t.Topic)];
    }

    /// <summary>SHA-256 of the file in UTF-8, lower-case hexadecimal.</summary>
    public string Version { get; }

    public IReadOnlyList<Topic> Topics { get; }

    /// <param name="fileName">For messages.</param>
    /// <exception cref="MonitorException">The file is not a valid topics file; the message names every mistake with its line and column.</exception>
    public static TopicRules Parse(string yaml, string fileName)
    {
        ArgumentNullException.ThrowIfNull(yaml);
        var file = RuleFileParser.Parse(yaml, fileName);
        return new TopicRules(file, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(yaml))));
    }

    /// <summary>The topics that an article is about, in the file's order; empty when there are none.</summary>
    public IReadOnlyList<TopicMatch> Match(string title, string text)
    {
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(text);
        var scan = t_spare.Rules == this ? t_spare.Scan : new Scan(_file, _lexicon);
        t_spare = default;
        scan.Read(title, text);
        List<TopicMatch>? matches = null;
        foreach (var topic in _file.Topics)
        {
            if (Match(topic, scan, title, text) is { } match)
            {
                (matches ??= []).Add(match);
            }
        }

        if (text.Length < LongestKept)
        {
            t_spare = (this, scan);
        }

        return matches ?? (IReadOnlyList<TopicMatch>)[];
    }

    /// <summary>
    /// The surface forms of the entries that <paramref name="entry"/> names: those written so or with such a form, those of the set with that
    /// name and of the sets that it includes, or all. In the file's order; an entry that several sets list comes once for each.
    /// </summary>
    public IEnumerable<ExplainedEntry> Explain(string? entry = null)
    {
        string asked = (entry ?? "").Trim();
        int set = _file.Names.GetValueOrDefault(asked, -1);
        string folded = Inflection.Fold(asked.TrimEnd('~', ' '));
        string[] words = [.. Inflection.Words(folded)];
        var found = _file.Entries.Where(e => entry is null || Inflection.Fold(e.Text) == folded || Makes(e)).ToHashSet();
        if (found.Count == 0 && words is [var slip])
        {
            // A form of a word is never taken for a slip of another.
            found = [.. _file.Entries.Where(e => e.Misspelt && Inflection.MisspeltForms(e.Text, e.Pos).Contains(slip, StringComparer.Ordinal))];
        }

        foreach (var word in _file.Entries)
        {
            foreach (var (name, written) in word.WrittenIn)
            {
                if (found.Contains(word) || (set >= 0 && _file.Closure[written].Contains(set)))
                {
                    string rest = string.Concat(word.Words.Skip(1).Select(w => " " + Inflection.Fold(w)));
                    yield return new ExplainedEntry(
                        name, word.Text, word.Pos, word.Misspelt,
                        [.. Inflection.Forms(word.Words[0], word.Pos).Select(f => f with { Text = f.Text + rest }).DistinctBy(f => f.Text)]);
                }
            }
        }

        bool Makes(WordEntry e) => e.Words.Length == words.Length
            && e.Words.Skip(1).Select(Inflection.Fold).SequenceEqual(words.Skip(1), StringComparer.Ordinal)
            && Inflection.Forms(e.Words[0], e.Pos).Any(f => f.Text == words[0]);
    }

    private static TopicMatch? Match(RuledTopic topic, Scan scan, string title, string text)
    {
        List<Found>? found = null;
        foreach (var rule in topic.Rules)
        {
            if (!RuleMatcher.CanMatch(rule.Pattern, scan))
            {
                continue;
            }

            foreach (var match in RuleMatcher.Find(rule.Pattern, scan))
            {
                bool inTitle = match.First < scan.TitleWords;
                if (!rule.Fields.HasFlag(inTitle ? Fields.Title : Fields.Text))
                {
                    continue;
                }

                foreach (var outcome in rule.Outcomes)
                {
                    if (RuleMatcher.Hold(outcome.Conditions, scan, match))
                    {
                        (found ??= []).Add(new Found(rule.Id, inTitle, match, outcome.Strength, outcome.Weight));
                        break;
                    }
                }
            }
        }

        if (found is null)
        {
            return null;
        }

        var merged = Merge(found);
        double score = merged.Sum(m => m.Weight);
        return score < topic.Threshold ? null : new TopicMatch(
            topic.Topic.Id, merged.Max(m => m.Strength), Math.Round(score, 2),
            [.. merged.Select(m => Quote(m, m.InTitle ? title : text))]);
    }

    private sealed record Found(string Rule, bool InTitle, Occurrence Match, Strength Strength, double Weight);

    /// <summary>
    /// Overlapping matches become one mention, under the rule that says most. A chain of them is cut, so that a text which repeats itself
    /// is not quoted whole.
    /// </summary>
    private static List<Found> Merge(List<Found> found)
    {
        var merged = new List<Found>();
        foreach (var next in found.OrderBy(f => f.Match.First))
        {
            if (merged.Count > 0 && merged[^1] is var last && last.InTitle == next.InTitle && next.Match.First <= last.Match.Last)
            {
                var stronger = next.Strength > last.Strength || (next.Strength == last.Strength && next.Weight > last.Weight) ? next : last;
                bool grows = next.Match.Last > last.Match.Last && next.Match.End - last.Match.Start <= LongestMerged;
                var end = grows ? next.Match : last.Match;
                merged[^1] = stronger with { Match = last.Match with { Last = end.Last, End = end.End } };
            }
            else
            {
                merged.Add(next);
            }
        }

        return merged;
    }

    private static Mention Quote(Found found, string original)
    {
        var (start, end) = (found.Match.Start, found.Match.End);
        return new Mention(
            found.Rule, found.InTitle ? "title" : "text", start, end, original[start..end],
            Sentences.Around(original, start, end, whole: found.InTitle));
    }
}

/// <summary>A word of the topics file with every form that it matches.</summary>
/// <param name="Misspelt">Forms with one wrong letter match too; they are not listed.</param>
public sealed record ExplainedEntry(string Set, string Word, PartOfSpeech PartOfSpeech, bool Misspelt, IReadOnlyList<SurfaceForm> Forms);
