using CsCheck;
using NewsMonitor.Topics;
using NewsMonitor.Topics.Arabic;

namespace NewsMonitor.Tests.Unit.Topics;

/// <summary>The rule language, on small files.</summary>
public sealed class TopicRulesTests
{
    private static TopicRules Parse(string words, string rules, string phrases = "{}") => TopicRules.Parse(
        $$"""
        words: {{words}}
        phrases: {{phrases}}
        topics:
          - id: t
            title: {ar: عنوان, en: Title}
            rules: {{rules}}
        """, "rules.yaml");

    private static string[] Texts(TopicRules rules, string text, string title = "") =>
        [.. rules.Match(title, text).SelectMany(m => m.Mentions).Select(m => m.Text)];

    private const string Words = "{a: {noun: [حوار]}, b: {adjective: [وطني]}, c: {name: [بغداد]}}";

    [Theory]
    [InlineData("بدأ الحوار الوطني اليوم", 0, "الحوار الوطني")]
    [InlineData("بدأ الحوار اليوم الوطني", 0, null)]
    [InlineData("بدأ الحوار اليوم الوطني", 1, "الحوار اليوم الوطني")]
    [InlineData("بدأ «الحوار»، الوطني", 0, "الحوار»، الوطني")]
    [InlineData("بدأ الحوار. الوطني", 3, null)]
    [InlineData("بدأ الحوار\nالوطني", 0, "الحوار\nالوطني")]
    [InlineData("بدأ الحوار\n\nالوطني", 0, null)]
    [InlineData("الوطني الحوار", 3, null)]
    [InlineData("الحوار\u200Cالوطني", 0, "الحوار\u200Cالوطني")] // ZWNJ for a space
    [InlineData("ال\u200Cحوار\u200Cالو\u200Cطني", 0, "ال\u200Cحوار\u200Cالو\u200Cطني")] // and inside words
    [InlineData("الحوار\u200F\u200Fالوطني", 0, "الحوار\u200F\u200Fالوطني")]
    public void Phrase(string text, int gap, string? expected) =>
        Assert.Equal(expected is null ? [] : [expected], Texts(Parse(Words, $"[{{id: r, phrase: [a, b], gap: {gap}}}]"), text));

    [Theory]
    [InlineData("في بغداد بدأ حوار", true)]
    [InlineData("حوار بدأ في بغداد", true)]
    [InlineData("حوار واحد اثنان ثلاثة أربعة بغداد", false)]
    [InlineData("حوار. بغداد", false)]
    public void All_in_any_order(string text, bool matches) =>
        Assert.Equal(matches, Texts(Parse(Words, "[{id: r, all: [a, c], within: 4}]"), text).Length > 0);

    [Theory]
    [InlineData("require: [{sentence: c}]", "حوار في بغداد", true)]
    [InlineData("require: [{sentence: c}]", "حوار. بغداد", false)]
    [InlineData("require: [{article: c}]", "حوار. بغداد", true)]
    [InlineData("require: [{article: c, times: 2}]", "حوار. بغداد", false)]
    [InlineData("require: [{article: c, times: 2}]", "حوار. بغداد بغداد", true)]
    [InlineData("require: [{title: c}]", "حوار. بغداد", false)]
    [InlineData("require: [{around: c, within: 2}]", "حوار. بغداد", true)]
    [InlineData("require: [{near: c, within: 2}]", "حوار في وسط بغداد", false)]
    [InlineData("require: [{after: c, within: 3}]", "حوار في وسط بغداد", true)]
    [InlineData("require: [{before: c, within: 3}]", "حوار في وسط بغداد", false)]
    [InlineData("unless: [{near: c}]", "حوار في بغداد", false)]
    [InlineData("unless: [{near: c}]", "حوار. بغداد", true)]
    [InlineData("require: [{near: [c, b]}]", "حوار وطني", true)]
    [InlineData("when: [{require: [{near: =بغداد}]}]", "حوار بغداد", true)]
    [InlineData("fields: title", "حوار", false)]
    public void Conditions(string condition, string text, bool matches) =>
        Assert.Equal(matches, Texts(Parse(Words, $"[{{id: r, any: a, {condition}}}]"), text).Length > 0);

    [Theory]
    [InlineData("حوار في بغداد", false)]
    [InlineData("بغداد حوار في بغداد", true)]
    [InlineData("حوار في بغداد وفي بغداد", true)]
    public void All_needs_words_of_its_own_for_each_element(string text, bool matches) =>
        Assert.Equal(matches, Texts(Parse(Words, "[{id: r, all: [a, c, c]}]"), text).Length > 0);

    [Theory]
    [InlineData("حوار. الولايات المتحدة الأميركية", false)]
    [InlineData("حوار. الولايات المتحدة الأميركية. الأميركية", true)]
    [InlineData("حوار. الولايات المتحدة. الولايات المتحدة", true)]
    public void Times_counts_overlapping_expressions_once(string text, bool matches) =>
        Assert.Equal(matches, Texts(Parse(
            "{a: {noun: [حوار]}, us: {name: [الولايات المتحدة, الولايات المتحدة الأميركية, المتحدة الأميركية], adjective: [أميركي]}}",
            "[{id: r, any: a, require: [{article: us, times: 2}]}]"), text).Length > 0);

    [Fact]
    public void The_first_outcome_that_holds_gives_strength_and_weight()
    {
        var rules = Parse(Words, "[{id: r, any: a, weight: 2, when: [{require: [{near: c}]}, {strength: possible, weight: 0.5, unless: [{article: c}]}]}]");
        Assert.Equal((Strength.Confirmed, 2), (rules.Match("", "حوار بغداد")[0].Strength, rules.Match("", "حوار بغداد")[0].Score));
        Assert.Equal((Strength.Possible, 1), (rules.Match("", "حوار")[0].Strength, rules.Match("", "حوار")[0].Score));
        Assert.Empty(rules.Match("", "حوار. بغداد"));
    }

    [Fact]
    public void Overlapping_mentions_merge_under_the_rule_that_says_most()
    {
        var rules = Parse(Words, "[{id: low, phrase: [a, b], gap: 0}, {id: high, weight: 3, phrase: [b, c], gap: 0}]");
        var mention = Assert.Single(rules.Match("", "الحوار الوطني ببغداد").Single().Mentions);
        Assert.Equal(("high", "الحوار الوطني ببغداد"), (mention.Rule, mention.Text));
    }

    [Fact]
    public void A_named_phrase_is_a_set_and_then_takes_in_what_follows()
    {
        var rules = Parse(Words, "[{id: r, any: ab}]", "{ab: [{phrase: [a, b], gap: 0, then: c, unless: [{before: =لا}]}]}");
        Assert.Equal(["الحوار الوطني بغداد", "حوار وطني"], Texts(rules, "الحوار الوطني بغداد. حوار وطني. لا حوار وطني"));
    }

    [Fact]
    public void Fixed_expressions_of_several_words_match_as_one()
    {
        var rules = Parse("{us: {name: [الولايات المتحدة]}}", "[{id: r, any: us}]");
        Assert.Equal(["وللولايات المتّحدة"], Texts(rules, "الولايات و المتحدة، وللولايات المتّحدة"));
    }

    [Theory]
    [InlineData("name: [F-16]", "مقاتلات F-16 و«اف 16»", "F-16")]
    [InlineData("name: [إف-16]", "مقاتلات إف16 وإف 16", "وإف 16")]
    [InlineData("exact: ['«عين» الأسد']", "قاعدة عين الأسد", "عين الأسد")]
    [InlineData("exact: [U.S.]", "the U.S. said", "U.S")]
    public void Entries_are_split_into_words_as_texts_are(string words, string text, string expected) =>
        Assert.Equal([expected], Texts(Parse($"{{a: {{{words}}}}}", "[{id: r, any: a}]"), text));

    [Fact]
    public void Same_file_same_version_and_another_file_another()
    {
        Assert.Equal(Parse(Words, "[{id: r, any: a}]").Version, Parse(Words, "[{id: r, any: a}]").Version);
        Assert.NotEqual(Parse(Words, "[{id: r, any: a}]").Version, Parse(Words, "[{id: r, any: b}]").Version);
        Assert.Matches("^[0-9a-f]{64}$", Parse(Words, "[{id: r, any: a}]").Version);
        Assert.Equal(new Topic("t", "عنوان", "Title"), Assert.Single(Parse(Words, "[{id: r, any: a}]").Topics));
    }

    [Theory]
    [InlineData("words: [", "rules.yaml:2:1: not valid YAML")]
    [InlineData("words:\n  a: {noun: [حوار,\nنفط]}", "rules.yaml:3:1: not valid YAML: a line inside [ ] or { } must be indented")]
    [InlineData("topics: [{id: t, title: {ar: ع, en: T}, rules: [{id: r, any: []}]}]", "rules.yaml:1:62: expected a word or the name of a set between [ and ]")]
    [InlineData("phrases: {p: []}", "rules.yaml:1:14: phrase p needs at least one pattern")]
    [InlineData("contexts: {c: []}", "rules.yaml:1:15: context c needs at least one outcome")]
    [InlineData("topics: [{id: t, title: {ar: ع, en: T}, rules: [{id: r, any: حوار, when: []}]}]", "rules.yaml:1:74: when needs at least one outcome")]
    [InlineData("", "rules.yaml:1:1: expected one YAML document")]
    [InlineData("words: {a: {nuon: [x]}}", "rules.yaml:1:13: words a has no \"nuon\"; expected one of: noun,")]
    [InlineData("words:\n  A b: {noun: [x]}", "rules.yaml:2:3: \"A b\" cannot be a name")]
    [InlineData("words:\n  a: {verb: [خرج]}", "rules.yaml:2:14: \"خرج\": its present does not follow from its past; write both")]
    [InlineData("words:\n  a: {verb: [خرج / خروج]}", "rules.yaml:2:14: \"خرج / خروج\": a verb is written in the past, or past / present")]
    [InlineData("words:\n  a: {noun: [سحب], except: [عن السحب]}", "rules.yaml:2:29: \"عن السحب\": except lists single words")]
    [InlineData("words:\n  a: {noun: [войска]}", "rules.yaml:2:14: \"войска\": words are written in Arabic or Latin letters and digits")]
    [InlineData("words:\n  a: {noun: [حوار، محادثات]}", "rules.yaml:2:14: \"حوار، محادثات\": put a Latin comma (,) between words, not ،")]
    [InlineData("words:\n  a: {noun: حوار؛ محادثات}", "rules.yaml:2:13: \"حوار؛ محادثات\": put a Latin comma (,)")]
    [InlineData("words:\n  a: {noun: حوار | محادثات}", "rules.yaml:2:13: \"حوار | محادثات\": put a Latin comma (,)")]
    [InlineData("words:\n  a: {verb: [انسحب، خرج / ينسحب]}", "rules.yaml:2:14: \"انسحب، خرج / ينسحب\": put a Latin comma (,)")]
    [InlineData("topics:\n  - rules: [{id: r, any: حوار، محادثات}]", "rules.yaml:2:26: \"حوار، محادثات\": put a Latin comma (,)")]
    [InlineData("words:\n  a: {noun: ['«»']}", "rules.yaml:2:14: \"«»\" has no letters")]
    [InlineData("words:\n  a: {noun: [حوار~]}", "rules.yaml:2:14: \"حوار~\": ~")]
    [InlineData("words:\n  a: {verb: [استعرض/يستعرض~]}", "rules.yaml:2:14: \"استعرض/يستعرض~\": ~")]
    [InlineData("words:\n  a: {include: [b]}", "rules.yaml:2:17: there is no word set named b")]
    [InlineData("topics: x", "rules.yaml:1:9: topics must be a list")]
    [InlineData("topics:\n  - {id: t}", "rules.yaml:2:5: a topic needs id, title (ar and en) and at least one rule")]
    [InlineData("topics:\n  - rules: [{id: r}]", "rules.yaml:2:13: a rule needs one of any, phrase or all")]
    [InlineData("topics:\n  - rules: [{id: r, any: zz}]", "rules.yaml:2:26: there is no set named \"zz\"")]
    [InlineData("topics:\n  - rules: [{id: r, any: حوار, gap: -1}]", "rules.yaml:2:37: gap (how many words may stand between) must be a whole number from 0 to 12")]
    [InlineData("topics:\n  - rules: [{id: r, any: حوار, require: [{nowhere: حوار}]}]", "rules.yaml:2:43: a condition has no \"nowhere\"")]
    [InlineData("topics:\n  - rules: [{id: r, any: حوار, when: nowhere}]", "rules.yaml:2:38: there is no context named nowhere")]
    [InlineData(
        "topics:\n  - rules: [{id: r, any: حوار, strength: possible, when: [{require: [{title: حوار}]}]}]", "rules.yaml:2:42: strength has no effect beside when")]
    [InlineData("language: 2", "rules.yaml:1:11: language must be a whole number from 1 to 1")]
    public void Says_where_the_file_is_wrong_and_what_it_expected(string yaml, string expected)
    {
        var error = Assert.Throws<MonitorException>(() => TopicRules.Parse(yaml, "rules.yaml"));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("any: حوار, gap: 1", "rules.yaml:2:32: gap counts the words between those of a phrase; it goes with phrase only")]
    [InlineData("all: [حوار, وطن], gap: 1", "rules.yaml:2:39: gap counts the words between")]
    [InlineData("any: حوار, within: 5", "rules.yaml:2:32: within goes with all only")]
    [InlineData("within: 5, phrase: [حوار, وطن]", "rules.yaml:2:21: within goes with all; for a phrase write gap")]
    [InlineData("any: حوار, fields: []", "rules.yaml:2:40: fields must name title, text or both")]
    [InlineData("any: حوار, require: [{title: حوار, times: 1}]", "rules.yaml:2:56: times counts in the article; it goes with article only")]
    [InlineData("any: حوار, unless: [{article: حوار, within: 5}]", "rules.yaml:2:57: within counts words from the match; it goes with around, near, before and after only")]
    [InlineData("any: حوار, unless: [{title: حوار, within: 5}]", "rules.yaml:2:55: within counts words from the match; it goes with around, near, before and after only")]
    [InlineData("any: حوار, unless: [{sentence: حوار, within: 5}]", "rules.yaml:2:58: within counts words from the match; it goes with around, near, before and after only")]
    [InlineData("any: حوار, unless: [{inside: حوار, within: 5}]", "rules.yaml:2:56: within counts words from the match; it goes with around, near, before and after only")]
    public void Refuses_a_key_that_would_have_no_effect(string rule, string expected)
    {
        var error = Assert.Throws<MonitorException>(() => TopicRules.Parse($"topics:\n  - rules: [{{id: r, {rule}}}]", "rules.yaml"));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_everything_that_is_wrong_at_once()
    {
        var error = Assert.Throws<MonitorException>(() => TopicRules.Parse("words: {a: {b: c}}\ntopics: [{id: X}]", "rules.yaml"));
        Assert.Equal(3, error.Message.Split('\n').Length);
    }

    [Fact]
    public void Explains_what_a_word_matches()
    {
        var entry = Assert.Single(Parse(Words, "[{id: r, any: a}]").Explain("بالحوار"));
        Assert.Equal(("a", "حوار", PartOfSpeech.Noun), (entry.Set, entry.Word, entry.PartOfSpeech));
        Assert.Contains(entry.Forms, f => f is { Text: "بالحوار", Prefix: "ب ال", Stem: "حوار", Ending: "" });
        Assert.Equal(2, Parse(Words, "[{id: r, any: [a, وطن]}]").Explain("حوار").Count() + 1);
    }

    [Theory]
    [InlineData("both", "talks حوار, force قوات, also قوات, force الولايات المتحدة")] // has nothing but include
    [InlineData("force", "force قوات, force الولايات المتحدة")]
    [InlineData("also", "also قوات")]
    [InlineData("بقواتها", "force قوات, also قوات")]
    [InlineData("وللولايات المتّحدة", "force الولايات المتحدة")]
    [InlineData("الاستراتيحي", "slip استراتيجي")]
    [InlineData("استراتيجي~", "slip استراتيجي")]
    [InlineData("الولايات غير المتحدة", "")]
    public void Explains_sets_with_what_they_include_and_every_form_that_matches(string asked, string expected)
    {
        var rules = Parse(
            "{both: {include: [talks, force, also]}, talks: {noun: حوار}, force: {noun: قوات, name: [الولايات المتحدة]}, also: {noun: قوات}, "
            + "slip: {adjective: استراتيجي~}}",
            "[{id: r, any: both}]");
        Assert.Equal(expected, string.Join(", ", rules.Explain(asked).Select(e => $"{e.Set} {e.Word}")));
    }

    [Fact]
    public void Marks_anywhere_change_nothing_that_matches() =>
        Gen.Select(Gen.Int[0, 200], Gen.Int[0, 6]).Array[1, 20].Sample(marks =>
        {
            const string Marks = "ـ\u064E\u0651\u0670\u06E1\u200D\u00AD";
            const string Text = "بدأت بغداد وواشنطن الحوار الاستراتيجي بين العراق وأميركا، وانسحبت القوات الأميركية من العراق.";
            string marked = Text;
            foreach (var (at, mark) in marks)
            {
                marked = marked.Insert(at % marked.Length, Marks[mark].ToString());
            }

            static string[] Found(string text) =>
                [.. ShippedTopics.Rules.Match("", text).SelectMany(m => m.Mentions).Select(m => m.Rule + ArabicFolding.Fold(m.Text).Text)];
            Assert.Equal(Found(Text), Found(marked));
        });
}
