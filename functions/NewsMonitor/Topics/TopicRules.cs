using System.Security.Cryptography;
using System.Text;
using NewsMonitor.Topics.Matching;
using NewsMonitor.Topics.Rules;
using NewsMonitor.Topics.Rules.Lint;

namespace NewsMonitor.Topics;

/// <summary>A topics file, compiled: immutable and safe for any number of threads.</summary>
public sealed class TopicRules
{
    [ThreadStatic]
    private static Matcher? t_spare;

    private readonly RuleFile _file;
    private readonly Vocabulary _vocabulary;
    private readonly AnchorIndex _anchors;

    private TopicRules(RuleFile file, string version)
    {
        (_file, Version) = (file, version);
        _vocabulary = Vocabulary.Build(file.Entries);
        _anchors = new AnchorIndex(file, _vocabulary);
        Topics = [.. file.Topics.Select(t => t.Topic)];
    }

    /// <summary>SHA-256 of the file in UTF-8, lower-case hexadecimal.</summary>
    public string Version { get; }

    public IReadOnlyList<Topic> Topics { get; }

    /// <summary>Those that stand in the file beside its topics and rules.</summary>
    public IReadOnlyList<Example> Examples => _file.Source.Examples;

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
        return Match(title.AsMemory(), text.AsMemory());
    }

    /// <summary>The same for an article that lies in a buffer; what is returned refers to no part of it.</summary>
    public IReadOnlyList<TopicMatch> Match(ReadOnlyMemory<char> title, ReadOnlyMemory<char> text)
    {
        var matcher = Take();
        var matches = matcher.Match(title, text);
        Keep(matcher);
        return matches;
    }

    /// <summary>The same, by looking at every word of the article: for tests, since it must find the same.</summary>
    internal IReadOnlyList<TopicMatch> MatchWithoutAnchors(string title, string text) =>
        new Matcher(this, _file, _vocabulary, _anchors).MatchAll(title.AsMemory(), text.AsMemory());

    /// <summary>Reads a file of examples for these topics.</summary>
    /// <param name="fileName">For messages.</param>
    /// <exception cref="MonitorException">The message names every mistake with its line and column.</exception>
    public IReadOnlyList<Example> ParseExamples(string yaml, string fileName) => ExampleReader.Parse(yaml, fileName, _file);

    /// <summary>Matches the text of an example against its topic, or its rule alone.</summary>
    public TriedExample Try(Example example)
    {
        ArgumentNullException.ThrowIfNull(example);
        var found = example.Rule is { } rule ? MatchRule(example.Topic, rule, example.Title.AsMemory(), example.Text.AsMemory())
            : Match(example.Title, example.Text).FirstOrDefault(m => m.Topic == example.Topic);
        return new TriedExample(example, found?.Strength, found?.Mentions ?? []);
    }

    private TopicMatch? MatchRule(string topic, string rule, ReadOnlyMemory<char> title, ReadOnlyMemory<char> text)
    {
        var matcher = Take();
        var match = matcher.MatchRule(topic, rule, title, text);
        Keep(matcher);
        return match;
    }

    /// <summary>This thread's matcher. Taken while in use, so that nothing that throws leaves it half read.</summary>
    private Matcher Take()
    {
        var matcher = t_spare is { } spare && spare.Rules == this ? spare : new Matcher(this, _file, _vocabulary, _anchors);
        t_spare = null;
        return matcher;
    }

    private static void Keep(Matcher matcher)
    {
        if (!matcher.IsLarge)
            t_spare = matcher;
    }

    /// <summary>
    /// The surface forms of the entries that <paramref name="entry"/> names: those written so or with such a form, those of the set with that
    /// name and of the sets that it includes, or all. In the file's order; an entry that several sets list comes once for each.
    /// </summary>
    public IEnumerable<ExplainedEntry> Explain(string? entry = null) => RuleExplainer.Explain(_file, entry);

    /// <summary>The entries that would make a form, if their sets did not leave it out.</summary>
    public IEnumerable<ExplainedEntry> ExplainLeftOut(string form) => RuleExplainer.LeftOut(_file, form);

    /// <summary>What the word set, phrase, context and rules of a name are made of; a rule is named by its id, alone or behind its topic's and a slash.</summary>
    public IReadOnlyList<Outline> Outline(string name) => RuleOutline.Of(_file, name.Trim());

    /// <summary>Words and names of the file that somebody may have meant who asked for one which is not there, the nearest first.</summary>
    public IReadOnlyList<string> Nearest(string asked) => NearestNames.To(_file, asked);

    /// <summary>What is valid in the file but probably not meant, in its order.</summary>
    public IReadOnlyList<LintFinding> Lint() => RuleLint.Find(_file);
}
