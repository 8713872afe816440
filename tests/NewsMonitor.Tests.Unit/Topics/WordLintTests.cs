using static NewsMonitor.Tests.Unit.Topics.SmallFile;

namespace NewsMonitor.Tests.Unit.Topics;

/// <summary>What lint finds in word sets, each with a file that does not have it.</summary>
public sealed class WordLintTests
{
    [Theory]
    [InlineData("{a: {noun: حوار}, b: {noun: نفط}}", "{}", "{}", "1 warning: word set b is used by nothing; remove it, or name it in a rule")]
    [InlineData("{a: {noun: حوار}}", "{p: {phrase: [a, a]}}", "{}", "2 warning: phrase p is used by nothing; remove it")]
    [InlineData("{a: {noun: حوار}}", "{}", "{c: {require: {article: a}}}", "3 warning: context c is used by no rule; remove it, or name it in a rule: when: c")]
    [InlineData("{a: {noun: حوار, include: b}, b: {noun: نفط}}", "{}", "{}", "")]
    public void What_nothing_uses(string words, string phrases, string contexts, string expected) =>
        AssertFinds(expected, words, "[{id: r, any: a}]", phrases, contexts);

    [Fact]
    public void What_only_unused_parts_use()
    {
        var found = Lint(
            "{a: {noun: حوار}, b: {noun: نفط}, c: {include: b}}", "[{id: r, any: a}]", "{p: {any: c}, q: {any: p}}", "{k: {require: {near: q}}}");
        Assert.Equal(5, found.Length);
        Assert.Contains(found, f => f.StartsWith("1 warning: word set b is used by word set c, phrase p only, which no rule uses", StringComparison.Ordinal));
        Assert.Contains(found, f => f.StartsWith("2 warning: phrase q is used by context k only, which no rule uses", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("skip: b")]
    [InlineData("then: b")]
    [InlineData("unless: [{before: [b, نفط]}]")]
    [InlineData("require: [{before: p}]")]
    public void Whatever_a_rule_names_is_used(string use) =>
        AssertFinds("", "{a: {noun: حوار}, b: {noun: غاز}}", $"[{{id: r, phrase: [a, وطن], {use}}}, {{id: s, any: p}}]", "{p: {phrase: [a, b]}}");

    [Theory]
    [InlineData("{a: {noun: حوار}, b: {}}", "1 warning: word set b has no words; add some, or remove it")]
    [InlineData("{a: {noun: حوار}, b: {exact: حوار, except: حوار}}", "1 warning: حوار finds nothing: except leaves out each of its forms")]
    [InlineData("{a: {noun: حوار}, b: {exact: [حوار, نفط], except: حوار}}", "1 warning: حوار finds nothing: except leaves out each of its forms")]
    [InlineData("{a: {noun: حوار}, b: {exact: ححححححححححححححححححححححححححححححححححححححححححححححححح}}", "1 warning: ححححححححححححححححححححححححححححححححححححححححححححححححح finds nothing: a word longer than 48 letters")]
    [InlineData("{a: {noun: حوار}, b: {noun: حوار, except: حوار}}", null)]
    public void Words_without_forms(string words, string? expected)
    {
        var found = Lint(words, "[{id: r, any: a, require: [{article: [a, b]}]}]");
        Assert.Equal(expected is not null, found.Any(f => expected is not null && f.StartsWith(expected, StringComparison.Ordinal)));
        Assert.Equal(expected is not null, found.Any(f => f.Contains("finds nothing", StringComparison.Ordinal) || f.Contains("has no words; add", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("{a: {name: [أمريكا, امريكا]}}", "1 warning: امريكا (name) is already found by أمريكا (name) at line 1; remove it")]
    [InlineData("{a: {name: [عُمان, عمّان]}}", "1 warning: عمّان (name) is already found by عُمان (name) at line 1; remove it")]
    [InlineData("{a: {noun: [قاعده, قاعدة]}}", "")] // each has endings of its own
    [InlineData("{a: {adjective: [قاعده, قاعدة]}}", "1 warning: قاعدة (adjective) is already found by قاعده (adjective)")]
    [InlineData("{a: {noun: حوار, exact: بالحوار}}", "1 warning: بالحوار (exact) is already found by حوار (noun) at line 1; remove it")]
    [InlineData("{a: {exact: [بالحوار, الحوار], noun: حوارات}}", "")]
    [InlineData("{a: {name: الحوار, noun: حوار}}", "1 warning: الحوار (name) is already found by حوار (noun)")]
    [InlineData("{a: {finite: خرج, verb: خرج / يخرج}}", null)]
    [InlineData("{a: {finite: سحب / يسحب, verb: سحب / يسحب}}", "1 warning: سحب / يسحب (finite) is already found by سحب / يسحب (verb)")]
    [InlineData("{a: {noun: [حوار, نفط, حوار]}}", "1 warning: حوار is listed already at line 1; remove it here")]
    [InlineData("{a: {noun: حوار, include: b}, b: {noun: حوار}}", "1 warning: حوار is listed already in b (line 1), which a includes; remove it here")]
    [InlineData("{a: {noun: حوار}, b: {noun: حوار}}", "")]
    [InlineData("{a: {noun: [قوة, قوات]}}", "")] // قواتان
    [InlineData("{a: {adjective: [استراتيجي~, إستراتيجي]}}", "1 warning: إستراتيجي (adjective) is already found by استراتيجي (adjective)")]
    [InlineData("{a: {adjective: [استراتيجي, إستراتيجي~]}}", "1 warning: استراتيجي (adjective) is already found by إستراتيجي (adjective)")]
    [InlineData("{a: {adjective: [استراتيجي~, ستراتيجي~]}}", "")]
    [InlineData("{a: {name: [حقل الفكة, الفكة]}}", "")] // the longer has another place
    [InlineData("{a: {name: [حقل الفكة, حقل الفكه]}}", "1 warning: حقل الفكه (name) is already found by حقل الفكة (name)")]
    [InlineData("{a: {adjective: [سوري, سعودي], name: [سوريا, سورية, السعودية]}}", "")] // the country, and by chance an ending
    public void A_word_that_another_of_its_set_finds(string words, string? expected)
    {
        if (expected is null)
            Assert.Throws<MonitorException>(() => Lint(words, "[{id: r, any: a}]")); // no present
        else
            AssertFinds(expected, words, words.Contains(", b:", StringComparison.Ordinal) ? "[{id: r, any: a}, {id: s, phrase: [b, وطن]}]" : "[{id: r, any: a}]");
    }

    [Theory]
    [InlineData("verb: عبر / يعبر", "1 warning: عبر / يعبر (verb) also makes عبر, which most texts have; unless it is meant, leave it out: except: [عبر]")]
    [InlineData("verb: عبر / يعبر, except: عبر", "")]
    [InlineData("exact: عبر", "")]
    [InlineData("name: ما", "1 warning: ما (name) also makes لما, كما, بما, which most texts have; write the forms that are meant under exact instead")]
    [InlineData("finite: أعلن / يعلن", "")] // a common word, but the one that is meant
    [InlineData("finite: أعاد / يعيد", "1 warning: أعاد / يعيد (finite) also makes يعد, تعد, which most texts have; unless it is meant, leave it out: except: [يعد, تعد]")]
    [InlineData("adjective: ثاني", "")]
    [InlineData("name: عبر الخليج", "")]
    public void A_word_that_makes_a_common_one(string word, string expected) => AssertFinds(expected, $"{{a: {{{word}}}}}", "[{id: r, any: a}]");

    [Theory]
    [InlineData("{a: {noun: موقع, except: موقعة}}", "")]
    [InlineData("{a: {noun: موقع, except: مواقع}}", "1 warning: except: مواقع leaves nothing out: no word of a makes it; remove it")]
    [InlineData("{a: {noun: موقع, except: الموقعة}}", "1 warning: except: الموقعة leaves nothing out: forms are written without prefixes; write موقعه")]
    [InlineData("{a: {noun: حوار, include: b, except: موقعة}, b: {noun: موقع}}", "1 warning: except: موقعة leaves nothing out: موقع of b makes it, which a includes; write the except in b")]
    public void An_exception_that_leaves_nothing_out(string words, string expected) => AssertFinds(expected, words, "[{id: r, any: a}]");
}
