using System.Text;
using NewsMonitor.Topics;

namespace NewsMonitor.Tests.Unit.Topics;

/// <summary>Topics files that would take too long or too much, and long articles for hard rules.</summary>
public sealed class HostileRulesTests
{
    private const string Topic = "topics: [{id: t, title: {ar: ت, en: t}, rules: [{id: r, any: a}]}]\n";

    private static string Refused(string yaml) => Assert.Throws<MonitorException>(() => TopicRules.Parse(yaml, "t.yaml")).Message;

    [Theory]
    [InlineData('[', ']')]
    [InlineData('{', '}')]
    public void Lists_in_lists_in_lists_are_refused_and_do_not_end_the_process(char open, char close)
    {
        const int Depth = 500_000;
        string yaml = $"words: {new string(open, Depth)}{new string(close, Depth)}\n{Topic}";
        Assert.Contains("nested more than 32 deep", Refused(yaml), StringComparison.Ordinal);
    }

    [Fact]
    public void Aliases_of_aliases_do_not_multiply()
    {
        var yaml = new StringBuilder("words:\n  a: {noun: &n0 [سد, سد, سد]}\n");
        for (int i = 1; i < 40; i++)
            yaml.Append($"  a{i}: {{noun: &n{i} [*n{i - 1}, *n{i - 1}, *n{i - 1}]}}\n");
        Assert.Contains("a word of a1 must be text", Refused(yaml + Topic), StringComparison.Ordinal);
    }

    /// <summary>Each level uses the one before it twice or thrice.</summary>
    private static string Nested(int levels)
    {
        var yaml = new StringBuilder("words:\n  w: {noun: [سد]}\nphrases:\n  p0: [{phrase: [w, w], gap: 12}]\n");
        for (int i = 1; i < levels; i++)
            yaml.Append($"  p{i}: [{{phrase: [p{i - 1}, p{i - 1}], gap: 12}}, {{all: [p{i - 1}, w], within: 60}}]\n");
        return yaml + Topic.Replace("any: a", $"any: p{levels - 1}", StringComparison.Ordinal);
    }

    [Fact]
    public void Phrases_of_phrases_are_refused_before_they_explode() =>
        Assert.Contains("t.yaml:11:3: phrase p7 is made of 9840 sets", Refused(Nested(40)), StringComparison.Ordinal);

    [Fact]
    public void What_is_just_allowed_ends_on_a_text_that_is_made_for_it()
    {
        var rules = TopicRules.Parse(Nested(7), "t.yaml");
        string text = string.Concat(Enumerable.Repeat("سد ", 2_000));
        Assert.NotEmpty(rules.Match("", text));
    }

    [Fact]
    public void Ten_thousand_words_in_a_set_are_all_found()
    {
        var words = Words(10_000);
        var rules = TopicRules.Parse($"words:\n  a: {{name: [{string.Join(", ", words)}]}}\n{Topic}", "t.yaml");
        var mentions = rules.Match("", string.Join(" في ", words)).Single().Mentions;
        Assert.Equal(words, mentions.Select(m => m.Text));
    }

    [Fact]
    public void More_forms_than_fit_are_refused()
    {
        var verbs = Words(20_000).Select(word => "انت" + word);
        Assert.Contains("more than 2000000 word forms", Refused($"words:\n  a: {{verb: [{string.Join(", ", verbs)}]}}\n{Topic}"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_article_of_fifty_megabytes_is_read_to_its_end()
    {
        const string True = "انسحاب القوات الأميركية من العراق";
        string filler = string.Join(' ', Words(400)) + ". ";
        string text = string.Concat(Enumerable.Repeat(filler, 27_000_000 / filler.Length)) + True;
        Assert.True(Encoding.UTF8.GetByteCount(text) > 48_000_000);
        var mention = Assert.Single(ShippedTopics.Rules.Match("", text).Single(m => m.Topic == "troop-redeployment").Mentions);
        Assert.Equal(text.Length, mention.End);
    }

    /// <summary>Different words of five letters, none a common one.</summary>
    private static List<string> Words(int count)
    {
        const string Letters = "بتثجحخدذرزسشصضطظعغفقكلمنهوي";
        return [.. Enumerable.Range(0, count).Select(i => string.Create(5, i, (word, n) =>
        {
            word[0] = 'ظ';
            for (int k = 1; k < 5; k++, n /= Letters.Length)
                word[k] = Letters[n % Letters.Length];
        }))];
    }
}
