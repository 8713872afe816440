using NewsMonitor.Topics;
using NewsMonitor.Topics.Arabic;

namespace NewsMonitor.Tests.Unit.Topics;

/// <summary>What the shipped topics find and what they leave alone, by example.</summary>
public sealed class ShippedTopicsTests
{
    [Fact]
    public void Find_what_their_examples_say_but_for_those_known_to_be_wrong()
    {
        var wrong = ShippedTopics.Examples.Where(e => e.Known is null).Select(ShippedTopics.Rules.Try).Where(tried => !tried.IsRight);
        Assert.Empty(wrong.Select(tried => $"{tried.Example.Place}: {tried.Example.Topic}: {tried.Example.Title} | {tried.Example.Text}"));
    }

    [Fact]
    public void Examples_known_to_be_wrong_are_few_and_still_wrong()
    {
        var known = ShippedTopics.Examples.Where(e => e.Known is not null).ToList();
        Assert.InRange(known.Count, 0, ShippedTopics.Examples.Count / 40);
        Assert.DoesNotContain(known.Select(ShippedTopics.Rules.Try), tried => tried.IsRight);
    }

    [Theory]
    [InlineData("strategic-dialogue")]
    [InlineData("troop-redeployment")]
    public void There_are_enough_examples(string topic)
    {
        Assert.InRange(ShippedTopics.Examples.Count(e => e.Topic == topic && e.ShouldMatch), 150, int.MaxValue);
        Assert.InRange(ShippedTopics.Examples.Count(e => e.Topic == topic && !e.ShouldMatch), 150, int.MaxValue);
    }

    [Theory]
    [InlineData("إن أن إنه أنه إنها أنها إنهم أنهم أنهما أنهن لأنه لأنها لأنهم فإنه فإنها بأنه بأنها وأنه وأنها كأنه انته")]
    [InlineData("عد يعد تعد يعدون عدت عدنا أعد")]
    public void Words_that_every_text_is_full_of_are_no_form_of_a_shipped_word(string words) =>
        Assert.All(words.Split(' '), word => Assert.DoesNotContain(ShippedTopics.Rules.Explain(word), e => e.PartOfSpeech != PartOfSpeech.Exact));

    [Theory]
    [InlineData("ending", "أنهى أنهت أنهوا أنهينا أنهتها أنهاها ينهي سينهون ينه تنه وانتهت انتهوا تنتهي ينته")]
    [InlineData("return", "عاد عادت عادوا ستعود تعيد أعادت أعدنا أعيد تعاد")]
    public void Changing_stems_are_all_there(string set, string words) =>
        Assert.All(words.Split(' '), word => Assert.Contains(ShippedTopics.Rules.Explain(word), e => e.Set == set));

    [Fact]
    public void Lint_warns_of_nothing_in_them() => Assert.DoesNotContain(ShippedTopics.Rules.Lint(), f => f.Severity == LintSeverity.Warning);
}
