using NewsMonitor.Topics.Arabic;

namespace NewsMonitor.Tests.Unit.Topics;

/// <summary>What the shipped topics find and what they leave alone, by example.</summary>
public sealed class ShippedTopicsTests
{
    public static TheoryData<string, string, string> Examples
    {
        get
        {
            var examples = new TheoryData<string, string, string>();
            foreach (string line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Topics", "shipped-topics-examples.txt")))
            {
                if (line.Length > 0 && line[0] != '#')
                {
                    string[] parts = line.Split('|');
                    examples.Add(parts[0], parts[1], parts[2]);
                }
            }

            return examples;
        }
    }

    [Theory, MemberData(nameof(Examples))]
    public void Finds_what_an_example_is_about_and_nothing_in_those_about_nothing(string topic, string title, string text)
    {
        string[] found = ShippedTopics.TopicsOf(title, text);
        if (topic == "none")
        {
            Assert.Empty(found);
        }
        else
        {
            Assert.Contains(topic, found);
        }
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

    [Theory]
    [InlineData("strategic-dialogue", 40)]
    [InlineData("troop-redeployment", 40)]
    [InlineData("none", 80)]
    public void There_are_enough_examples(string topic, int least) =>
        Assert.True(Examples.Count(e => e.Data.Item1 == topic) >= least);
}
