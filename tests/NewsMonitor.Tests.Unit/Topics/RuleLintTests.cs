using static NewsMonitor.Tests.Unit.Topics.SmallFile;

namespace NewsMonitor.Tests.Unit.Topics;

/// <summary>What lint finds in patterns, conditions and outcomes, each with a file that does not have it.</summary>
public sealed class RuleLintTests
{
    private const string Words = "{a: {noun: حوار}, b: {noun: نفط}, c: {noun: [نفط, غاز]}, none: {exact: قوة, except: قوة}}";

    /// <summary>Of the words above, some are used by no rule here, and one set is empty on purpose.</summary>
    private static void AssertFindsInRules(string expected, string rules, string phrases = "{}", string contexts = "{}")
    {
        string[] found = [.. Lint(Words, rules, phrases, contexts).Where(f => !f.StartsWith("1 ", StringComparison.Ordinal))];
        Assert.Equal(expected.Length > 0 ? 1 : 0, found.Length);
        Assert.All(found, f => Assert.StartsWith(expected, f, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("phrase: [a, none]", "none has no words")]
    [InlineData("phrase: [a, p]", "p has no words")]
    [InlineData("any: a, require: [{article: none}]", "it requires none, which has no words")]
    [InlineData("phrase: [a, b], unless: [{inside: a}]", "each match has a in it, which unless (inside: a) forbids")]
    [InlineData("phrase: [a, b], gap: 3, unless: [{inside: [a, غاز]}]", "each match has a in it, which unless (inside: a | غاز) forbids")]
    [InlineData("phrase: [a, b], unless: [{near: c, within: 1}]", "each match has b in it, which unless (near: c, within 1) forbids")]
    [InlineData("phrase: [a, b], unless: [{article: c}]", "each match has b in it")]
    [InlineData("phrase: [a, c], gap: 3, unless: [{inside: b}]", null)]
    [InlineData("phrase: [a, b], unless: [{before: a}]", null)]
    [InlineData("phrase: [a, b], unless: [{article: a, times: 2}]", null)]
    [InlineData("phrase: [a, b], unless: [{title: a}]", null)]
    [InlineData("phrase: [a, b], unless: [{title: a}], fields: text", null)]
    [InlineData("phrase: [a, b], unless: [{title: a}], fields: title", "each match has a in it, which unless (title: a) forbids")]
    [InlineData("phrase: [a, b], fields: title, require: [{after: c}]", null)]
    [InlineData("phrase: [a, b], then: c, unless: [{inside: غاز}], gap: 1", null)]
    [InlineData("any: a, require: [{near: b, within: 4}], unless: [{sentence: c}]", "require (near: b, within 4) needs what unless (sentence: c) forbids")]
    [InlineData("any: a, require: [{near: b, within: 4}], unless: [{near: c, within: 3}]", null)]
    [InlineData("any: a, require: [{near: c, within: 4}], unless: [{sentence: [b, وطن]}]", null)]
    [InlineData("any: a, require: [{article: b}], unless: [{sentence: c}]", null)]
    [InlineData("any: a, require: [{article: b, times: 2}], unless: [{article: c, times: 2}]", "require (article: b, times 2) needs")]
    [InlineData("any: a, require: [{article: b, times: 2}], unless: [{article: c, times: 3}]", null)]
    [InlineData("any: q, unless: [{inside: c}]", "each match has q in it, which unless (inside: c) forbids")] // q has b in it
    [InlineData("any: q, unless: [{inside: وطن}]", null)]
    [InlineData("any: then, unless: [{inside: then}]", null)] // what "then" took in is not inside
    [InlineData("any: then, unless: [{inside: b}]", "each match has b in it, which unless (inside: b) forbids")]
    [InlineData("any: then, unless: [{near: then}]", "each match has then in it, which unless (near: then, within 10) forbids")]
    public void A_rule_that_can_never_match(string rule, string? why)
    {
        const string Phrases = "{q: [{phrase: [a, b], gap: 1}, {phrase: [a, غاز], require: [{inside: b}]}]}";
        bool needsEmpty = rule.Contains(" p]", StringComparison.Ordinal);
        string phrases = needsEmpty ? "{p: {phrase: [none, a]}}" : rule.Contains("any: q", StringComparison.Ordinal) ? Phrases
            : "{then: {phrase: [a, b], then: c}}";
        string[] found = [.. Lint(Words, $"[{{id: r, {rule}}}]", phrases).Where(f => f.Contains(" rule r can never", StringComparison.Ordinal))];
        string expected = why is null ? "" : $"7 warning: rule r can never match: {why}";
        Assert.Equal(Only(expected), found.Select(f => f[..Math.Min(f.Length, expected.Length)]));
    }

    [Theory]
    [InlineData("all: [a, b, c], within: 1", "")]
    [InlineData("all: [a, b, c, وطن], within: 1", "7 warning: rule r can never match: 4 elements beside each other need within: 2 at least, and it has 1")]
    [InlineData("all: [a, b, c, وطن], within: 2", "")]
    [InlineData("all: [a, b, =على مدى, =على مدى], within: 2", "")] // one on each side, the long ones outside
    [InlineData("all: [a, =على مدى, =من خلال, =على مدى, =على مدى], within: 2", "7 warning: rule r can never match: 5 elements beside each other need within: 3 at least, and it has 2")]
    public void All_within_too_few_words(string rule, string expected) => AssertFindsInRules(expected, $"[{{id: r, {rule}}}]");

    [Theory]
    [InlineData("[{require: {near: b}}, {strength: possible}]", "")]
    [InlineData("[{strength: possible}, {require: {near: b}}]", "3 warning: outcome 2 of context k is never reached: outcome 1 has no conditions, so it always holds; put it first")]
    [InlineData("[{require: {sentence: c}}, {require: [{near: b}, {article: a}]}]", "3 warning: outcome 2 of context k is never reached: outcome 1 holds whenever it does")]
    [InlineData("[{require: {sentence: b}}, {require: {near: c}}]", "")]
    [InlineData("[{require: {near: b}, unless: {title: b}}, {require: {near: b}}]", "")]
    [InlineData("[{require: {near: وطن}, unless: {title: b}}, {require: {near: وطن}, unless: {article: c}}]", "3 warning: outcome 2 of context k is never reached")]
    [InlineData("[{require: {near: b}, unless: {sentence: c}}]", "3 warning: outcome 1 of context k can never hold: require (near: b, within 10) needs what unless (sentence: c) forbids")]
    [InlineData("[{require: {near: b}, unless: {near: a}}, {}]", "3 warning: outcome 1 of context k can never hold: each match has a in it, which unless (near: a, within 10) forbids")]
    [InlineData("[{require: {near: b}, unless: {near: b, within: 3}}, {}]", "")]
    [InlineData("[{require: {near: a}}, {strength: possible, require: {article: b}}]", "3 warning: outcome 2 of context k is never reached: an earlier one holds for all that rule r matches")]
    public void An_outcome_that_is_never_reached(string context, string expected)
    {
        var found = Lint(Words, "[{id: r, any: a, when: k}]", contexts: $"{{k: {context}}}").Where(f => f.Contains("warning: outcome ", StringComparison.Ordinal));
        Assert.Equal(Only(expected), found.Select(f => f[..Math.Min(f.Length, expected.Length)]));
    }

    [Fact]
    public void A_context_may_be_impossible_in_one_of_its_rules()
    {
        const string Context = "{k: [{require: {article: c}, unless: {inside: b}}]}";
        AssertFindsInRules("7 warning: rule s can never match: no outcome of context k can hold; the first does not since each match has b in it", "[{id: r, any: a, when: k}, {id: s, any: b, when: k}]", contexts: Context);
    }

    [Theory]
    [InlineData("phrase: [a, b], require: [{near: c}]", "7 warning: require (near: c, within 10) in rule r has no effect: each match has b in it; remove it")]
    [InlineData("phrase: [a, b], require: [{article: b}]", "7 warning: require (article: b) in rule r has no effect: each match has b in it; remove it")]
    [InlineData("phrase: [a, b], require: [{article: b, times: 2}]", "")]
    [InlineData("phrase: [a, b], require: [{after: b}]", "")]
    [InlineData("any: a, require: [{near: b, within: 3}, {near: c, within: 5}]", "7 warning: require (near: c, within 5) in rule r has no effect: (near: b, within 3) asks for more; remove it")]
    [InlineData("any: a, require: [{near: b, within: 3}, {near: b, within: 3}]", "7 warning: require (near: b, within 3) in rule r has no effect")]
    [InlineData("any: a, require: [{near: b, within: 5}, {near: c, within: 3}]", "")]
    [InlineData("any: a, unless: [{near: b, within: 3}, {sentence: c}]", "7 warning: unless (near: b, within 3) in rule r has no effect: (sentence: c) forbids more; remove it")]
    [InlineData("any: a, unless: [{near: c, within: 3}, {sentence: b}]", "")]
    [InlineData("any: a, unless: [{article: none}]", "7 warning: unless (article: none) in rule r has no effect: none has no words; remove it")]
    [InlineData("any: a, unless: [{inside: b}]", "7 warning: unless (inside: b) in rule r has no effect: no other word can stand inside, and b shares none with the elements; remove it")]
    [InlineData("any: c, unless: [{inside: b}]", "7 note: in rule r, unless (inside: b) forbids these words of c: نفط; they never count here")]
    [InlineData("any: =بالنفط, unless: [{inside: [b, وطن]}, {inside: =بالوطن}]", "7 warning: rule r can never match")]
    [InlineData("phrase: [a, b], gap: 1, unless: [{inside: =مع}]", "")]
    [InlineData("phrase: [a, b], skip: c, unless: [{inside: غاز}]", "")]
    [InlineData("any: a, when: [{require: [{near: b}], unless: [{near: [a, وطن]}]}, {}]", "7 warning: outcome 1 of rule r can never hold")]
    [InlineData("any: a, require: [{near: b}], when: [{require: [{sentence: b}]}]", "7 warning: require (sentence: b) in outcome 1 of rule r has no effect: the rule requires (near: b, within 10); remove it")]
    [InlineData("any: a, unless: [{sentence: b}], when: [{require: [{near: وطن}], unless: [{near: b}]}]", "7 warning: unless (near: b, within 10) in outcome 1 of rule r has no effect: the rule has unless (sentence: b); remove it")]
    public void A_condition_without_effect(string rule, string expected)
    {
        string[] found = [.. Lint(Words, $"[{{id: r, {rule}}}]").Where(f => !f.StartsWith("1 ", StringComparison.Ordinal))];
        Assert.Equal(expected.Length > 0, found.Length > 0);
        Assert.True(expected.Length == 0 || found[0].StartsWith(expected, StringComparison.Ordinal), string.Join('\n', found));
    }

    [Theory]
    [InlineData("phrase: [a, b], then: none", "7 warning: then: none in rule r has no effect: it has no words; remove it")]
    [InlineData("phrase: [a, b], then: c", "")]
    [InlineData("phrase: [a, b], skip: none", "7 warning: skip: none in rule r has no effect: it has no words; remove it")]
    [InlineData("phrase: [a, b], skip: number", "")]
    [InlineData("phrase: [a, d | وطن | e]", "7 warning: \"d\" in \"d | وطن | e\" has no effect: e has all its words; remove it")]
    [InlineData("phrase: [a, b | =النفط]", "7 warning: \"=النفط\" in \"b | =النفط\" has no effect: b has all its words; remove it")]
    [InlineData("phrase: [a, b | c]", "7 note: \"b\" in \"b | c\" has no effect: c has all its words; remove it")]
    [InlineData("phrase: [b, a | غاز]", "")]
    public void An_element_without_effect(string rule, string expected)
    {
        string[] found = [.. Lint(Words[..^1] + ", d: {noun: علم}, e: {noun: راية, include: d}}", $"[{{id: r, {rule}}}]").Where(f => !f.StartsWith("1 ", StringComparison.Ordinal))];
        Assert.Equal(Only(expected), found);
    }

    [Theory]
    [InlineData("phrase: [a, b], gap: 1", "phrase: [a, b], gap: 1", true)]
    [InlineData("phrase: [a, b], gap: 1", "phrase: [a, b], gap: 1, require: [{near: غاز}]", true)]
    [InlineData("phrase: [a, b], gap: 1, require: [{near: غاز}]", "phrase: [a, b], gap: 1", false)]
    [InlineData("phrase: [a, b], gap: 1", "phrase: [a, b], gap: 1, weight: 2", false)]
    [InlineData("phrase: [a, b], gap: 1, strength: possible", "phrase: [a, b], gap: 1", false)]
    [InlineData("phrase: [a, b], gap: 1", "phrase: [a, b], gap: 1, strength: possible", true)]
    [InlineData("phrase: [a, b], gap: 1, fields: text", "phrase: [a, b], gap: 1", false)]
    [InlineData("phrase: [a, c], gap: 2", "phrase: [a, b], gap: 1", true)]
    [InlineData("phrase: [a, c], gap: 2, unless: [{inside: =مع}]", "phrase: [a, b], gap: 1, unless: [{inside: =مع}]", false)]
    [InlineData("phrase: [a, c], gap: 2, unless: [{sentence: =مع}]", "phrase: [a, b], gap: 1, unless: [{sentence: =مع}]", true)]
    [InlineData("phrase: [a, b], gap: 1", "phrase: [a, b], gap: 1, then: غاز", false)]
    [InlineData("phrase: [a, b], gap: 1", "all: [a, b], within: 1", false)]
    [InlineData("any: c", "any: b, when: [{require: [{near: a}]}]", true)]
    [InlineData("any: c, when: [{require: [{article: a}]}]", "any: b, when: [{require: [{sentence: a}]}]", true)]
    [InlineData("any: c, when: [{require: [{article: a}]}, {strength: possible}]", "any: b, when: [{require: [{sentence: a}]}]", false)]
    [InlineData("any: b, when: [{require: [{article: a}]}, {strength: possible}]", "any: b, when: [{require: [{article: a}]}, {strength: possible}], weight: 0.5", true)]
    public void A_rule_that_another_covers(string first, string second, bool isCovered)
    {
        bool found = Lint(Words, $"[{{id: r, {first}}}, {{id: s, {second}}}]")
            .Any(f => f.StartsWith("7 warning: rule s finds nothing that rule r at line 7 does not, as sure and as weighty; remove it", StringComparison.Ordinal));
        Assert.Equal(isCovered, found);
    }

    [Theory]
    [InlineData("{any: c}, {any: b, unless: [{before: a}]}", true)]
    [InlineData("{any: b}, {any: c, unless: [{before: a}]}", false)]
    [InlineData("{phrase: [a, b]}, {phrase: [a, b]}", true)]
    public void A_pattern_of_a_phrase_that_another_covers(string patterns, bool isCovered) => Assert.Equal(
        isCovered, Lint(Words, "[{id: r, any: p}]", $"{{p: [{patterns}]}}")
            .Any(f => f.StartsWith("2 warning: this pattern of phrase p finds nothing that the one at line 2 does not", StringComparison.Ordinal)));

    [Theory]
    [InlineData("any: a, require: [{near: c}], unless: [{sentence: b}]", "7 note: in rule r, unless (sentence: b) forbids these words of c: نفط; they never count here: if that is not meant, take them out of one of the two")]
    [InlineData("any: a, require: [{sentence: c}], unless: [{near: b}]", "")]
    [InlineData("phrase: [a, c], unless: [{near: b}]", "7 note: in rule r, unless (near: b, within 10) forbids these words of c: نفط")]
    [InlineData("phrase: [a, c], unless: [{after: b}]", "")]
    [InlineData("phrase: [b, c]", "")]
    [InlineData("any: a, when: [{require: [{near: c}], unless: [{near: b}]}, {require: [{sentence: c}], unless: [{article: b}]}]", "7 note: in outcome 1 of rule r (and in 1 more), unless (near: b, within 10) forbids these words of c: نفط")]
    public void Words_that_are_asked_for_and_forbidden(string rule, string expected) => AssertFindsInRules(expected, $"[{{id: r, {rule}}}]");
}
