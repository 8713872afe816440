using System.Text.Json;
using NewsMonitor.Cli;
using NewsMonitor.Topics;

namespace NewsMonitor.Tests.Unit.Cli;

public sealed class TopicsExplainTests
{
    private static readonly TopicRules s_rules = TopicRules.Parse(
        """
        words:
          troops: {noun: [قوات, جندي], name: الحلف الأطلسي}
          their-troops: {possessed: قوات}
          also-troops: {noun: قوات, include: own}
          own: {exact: قواتنا}
          move: {finite: عبر / يعبر, except: [عبر, عبره]}
          strategic: {adjective: استراتيجي~}
        phrases:
          crossing:
            - {phrase: [troops | =الجيش, move], gap: 1, skip: number, then: own, unless: [{before: strategic, within: 1}]}
            - {any: [move, also-troops]}
        contexts:
          close:
            - {require: [{near: their-troops, within: 2}, {article: move, times: 2}]}
            - {strength: possible, weight: 0.5}
        topics:
          - id: t
            title: {ar: عنوان, en: Title}
            rules:
              - {id: cross, description: عبرت القوات, any: crossing, weight: 2, fields: title, when: close}
              - {id: together, all: [troops, move], within: 4}
          - id: u
            title: {ar: عنوان, en: Title}
            rules: [{id: together, any: strategic, when: [{unless: {around: troops}}]}]
        """, "my.yaml");

    private static (int Code, string Output, string Problems) Run(string? asked, ExplainFormat format = ExplainFormat.Plain)
    {
        using StringWriter output = new() { NewLine = "\n" }, problems = new() { NewLine = "\n" };
        int code = TopicsExplain.Run(s_rules, asked, format, output, problems);
        return (code, output.ToString().TrimEnd('\n'), problems.ToString().TrimEnd('\n'));
    }

    [Fact]
    public void Puts_the_forms_of_a_word_together_by_the_rule_that_makes_them() => Assert.Equal(
        """
        قوات (noun of troops in line 2, also-troops in line 4): 325 forms
          prefixes و ف, then ب ك ل, then ال (أ before ب)
            noun: قوات
            dual: قواتان قواتين
          prefixes و ف, then ب ك ل (أ before ب)
            accusative: قواتا
            dual before its owner, or mine: قواتي
            possessed, with ه ها هم هما هن نا ك كم: قواتـ
            dual, possessed, with ه ها هم هما هن نا ي ك كم: قواتيـ
          not matched: any other spelling or ending (no ~, so no slip either)

        قوات (possessed of their-troops in line 3): 351 forms
          prefixes و ف, then ب ك ل (أ before ب)
            possessed, with ه ها هم هما هن نا ي ك كم: قواتـ
            dual, possessed, with ه ها هم هما هن نا ي ك كم: قواتيـ
            plural, possessed, with ه ها هم هما هن نا ي ك كم: قواتوـ
          not matched: any other spelling or ending (no ~, so no slip either)
        """, Run("قوات").Output);

    [Fact]
    public void Says_what_a_word_does_not_match()
    {
        string output = Run("عبر").Output;
        Assert.StartsWith("عبر / يعبر (finite of move in line 6): ", output, StringComparison.Ordinal);
        Assert.Contains("    past: عبرت عبرا عبرتا عبروا عبرن عبرتم\n", output, StringComparison.Ordinal);
        Assert.Contains("    past, with ها هم هما هن نا: عبرـ\n", output, StringComparison.Ordinal);
        Assert.Contains("  not matched, left out by except: عبر عبره\n", output, StringComparison.Ordinal);
        Assert.Contains("  ~: also with one slip (a letter wrong, missing, added, or two swapped)", Run("استراتيجي").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("وقواتها", """
        وقواتها = و + قوات + ها: possessed of قوات (noun of troops in line 2, also-troops in line 4)
        وقواتها = و + قوات + ها: possessed of قوات (possessed of their-troops in line 3)
        """)]
    [InlineData("سيعبرون", "سيعبرون = س + عبر + ون: present of عبر / يعبر (finite of move in line 6)")]
    [InlineData("للحلف الأطلسي", "للحلف الاطلسي = ل ال + الحلف: name of الحلف الأطلسي (name of troops in line 2)")]
    [InlineData("الاستراتيحي", "الاستراتيحي = ال + استراتيحي: one slip from a form of استراتيجي (adjective of strategic in line 7)")]
    public void Says_which_word_and_rule_make_a_form(string form, string expected) =>
        Assert.Equal((0, expected, ""), Run(form));

    [Fact]
    public void Says_that_a_form_is_left_out() => Assert.Equal(
        (1, "not matched: عبره = عبر + +ه: past of عبر / يعبر (finite of move in line 6); except leaves it out", "nothing matches \"عبره\""), Run("عبره"));

    [Theory]
    [InlineData("قوت", "there is no word, form, word set, phrase, context or rule \"قوت\" in the topics file; did you mean قوات?")]
    [InlineData("بالقوت", "there is no word, form, word set, phrase, context or rule \"بالقوت\" in the topics file; did you mean قوات?")]
    [InlineData("trops", "there is no word, form, word set, phrase, context or rule \"trops\" in the topics file; did you mean troops?")]
    [InlineData("استراتيجيات عظيمة", "there is no word, form, word set, phrase, context or rule \"استراتيجيات عظيمة\" in the topics file; did you mean استراتيجي?")]
    [InlineData("xyz", "there is no word, form, word set, phrase, context or rule \"xyz\" in the topics file")]
    public void A_word_that_is_not_there_has_neighbours(string asked, string expected) => Assert.Equal((1, "", expected), Run(asked));

    [Fact]
    public void Shows_a_set_with_what_uses_it() => Assert.Equal(
        """
        word set also-troops (line 4)
          noun: قوات
          include, their words belong to this set too: own (1 word: قواتنا)
          used by phrases: crossing
        """, Run("also-troops").Output);

    [Fact]
    public void Shows_a_phrase_in_the_words_of_the_rules_page() => Assert.Equal(
        """
        phrase crossing (line 9)
          pattern 1 of 2, any of which makes it (line 10):
            phrase, these in this order in one sentence:
              1. one of:
                   troops (3 words: قوات, جندي, الحلف الأطلسي)
                   =الجيش (exactly this)
              2. move (1 word: عبر / يعبر)
            gap 1: at most 1 other word between two neighbours
            skip, not counted in the gap: number (every word in digits)
            then, taken into the match when it follows: own (1 word: قواتنا)
            unless before: strategic (within 1 word before the first)
          pattern 2 of 2, any of which makes it (line 11):
            any, one occurrence of this:
              one of:
                move (1 word: عبر / يعبر)
                also-troops (2 words: قوات, قواتنا)
          used by rules of t: cross
        """, Run("crossing").Output);

    [Theory]
    [InlineData("cross", """
        rule t/cross (line 20)
          description: عبرت القوات
          any, one occurrence of this:
            crossing (phrase: troops | =الجيش + move; or move | also-troops)
          fields: title only
          when close, the first of these that holds decides; if none holds, it is no mention:
            1. confirmed, weight 2
               require near: their-troops, within 2; article: move, times 2
            2. possible, weight 1, always
        """)]
    [InlineData("t/together", """
        rule t/together (line 21)
          all, these in any order in one sentence, none farther than 4 words from the first in the list:
            1. troops (3 words: قوات, جندي, الحلف الأطلسي)
            2. move (1 word: عبر / يعبر)
          gives: confirmed, weight 1
        """)]
    [InlineData("close", """
        context close (line 13)
          1. confirmed, weight 1
             require near: their-troops (within 2 words before or after, in the sentence)
             require article: move (anywhere in title or text, 2 times)
          2. possible, weight 0.5, always
          used by rules of t: cross
        """)]
    public void Shows_rules_and_contexts(string name, string expected) => Assert.Equal(expected, Run(name).Output);

    [Fact]
    public void A_rule_in_two_topics_is_shown_twice()
    {
        string output = Run("together").Output;
        Assert.Contains("rule t/together (line 21)", output, StringComparison.Ordinal);
        Assert.Contains("rule u/together (line 24)", output, StringComparison.Ordinal);
        Assert.Contains("       unless around: troops (within 40 words before or after, in whatever sentence)", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_every_form_with_its_rule_and_parts()
    {
        string[] lines = Run("troops", ExplainFormat.Forms).Output.Split('\n');
        Assert.Equal(s_rules.Explain("troops").Sum(w => w.Forms.Count), lines.Length);
        Assert.Contains("وبالقوات\tnoun\tو ب ال + قوات", lines);
        Assert.Contains("بقواتكم\tpossessed\tب + قوات + كم", lines);
        Assert.Contains("للحلف الاطلسي\tname\tل ال + الحلف", lines);
    }

    [Fact]
    public void Writes_an_object_a_form_or_a_part_for_machines()
    {
        var forms = Run("جندي", ExplainFormat.Json).Output.Split('\n').Select(l => JsonDocument.Parse(l).RootElement).ToList();
        Assert.All(forms, f => Assert.Equal(["set", "word", "pos", "form", "prefix", "stem", "ending", "source"], f.EnumerateObject().Select(p => p.Name)));
        Assert.Contains(forms, f => f.GetProperty("form").GetString() == "وللجنديين" && f.GetProperty("source").GetString() == "dual");
        var rule = JsonDocument.Parse(Run("cross", ExplainFormat.Json).Output).RootElement;
        Assert.Equal(("rule", "t/cross", 20), (rule.GetProperty("kind").GetString(), rule.GetProperty("name").GetString(), rule.GetProperty("line").GetInt32()));
    }

    [Fact]
    public void Lists_all_words_when_none_is_asked_for()
    {
        string[] lines = Run(null).Output.Split('\n');
        Assert.Equal("troops: قوات (noun, 325 forms)", lines[0]);
        Assert.Contains("own: قواتنا (exact, 1 form)", lines);
        Assert.Equal(s_rules.Explain().Count(), lines.Length);
    }
}
