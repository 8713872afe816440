using NewsMonitor.Topics;

namespace NewsMonitor.Tests.Unit.Topics;

/// <summary>Examples beside topics and rules, and in files of their own.</summary>
public sealed class ExampleTests
{
    private static readonly TopicRules s_rules = TopicRules.Parse(
        """
        words:
          dam:   {noun: [سد, سدود]}
          water: {noun: [مياه, ماء]}
          open:  {verb: [فتح / يفتح]}
        topics:
          - should match: [سد الموصل]
            rules:
              - {id: dam, any: dam, strength: possible, should not match: [مياه دجلة]}
              - id: opened
                phrase: [open, dam]
                gap: 1
                should match:
                  - {title: "فتحت بوابات السد", strength: confirmed}
            id: dams
            title: {ar: السدود, en: Dams}
        """,
        "dams.yaml");

    private static TriedExample Try(string yaml) => s_rules.Try(Assert.Single(s_rules.ParseExamples(yaml, "dams.examples.yaml")));

    [Fact]
    public void Those_in_the_topics_file_belong_to_the_topic_or_the_rule_that_they_stand_beside()
    {
        Assert.Equal(
            [("dams", null, true), ("dams", "dam", false), ("dams", "opened", true)],
            s_rules.Examples.OrderBy(e => e.Rule).Select(e => (e.Topic, e.Rule, e.ShouldMatch)));
        Assert.All(s_rules.Examples, e => Assert.True(s_rules.Try(e).IsRight));
    }

    [Theory]
    [InlineData("dams: {should match: [سد حديثة]}", true)]
    [InlineData("dams: {should match: [مياه دجلة]}", false)]
    [InlineData("dams: {should not match: [سد حديثة]}", false)]
    [InlineData("dams: {should not match: مياه دجلة}", true)]
    [InlineData("dams: {should match: [{title: سد حديثة, strength: possible}]}", true)]
    [InlineData("dams: {should match: [{title: سد حديثة, strength: confirmed}]}", false)]
    [InlineData("dams: {should match: [{text: فتح السد, rule: dam}]}", true)]
    [InlineData("dams: {should match: [{text: فتح السد, strength: possible, rule: dam}]}", true)]
    [InlineData("dams: {should match: [{text: سد حديثة, rule: opened}]}", false)]
    [InlineData("dams: {should not match: [{text: سد حديثة, rule: opened}]}", true)]
    public void Each_is_right_or_wrong(string yaml, bool right) => Assert.Equal(right, Try(yaml).IsRight);

    [Fact]
    public void What_was_found_is_told()
    {
        var tried = Try("dams: {should not match: [{title: ت, text: 'قال إن سد حديثة امتلأ', known: 'any dam is found'}]}");
        Assert.Equal("any dam is found", tried.Example.Known);
        Assert.Equal("dams.examples.yaml:1:27", tried.Example.Place);
        Assert.Equal((Strength.Possible, "سد"), (tried.Found, Assert.Single(tried.Mentions).Text));
    }

    [Theory]
    [InlineData("weirs: {should match: [سد]}", "dams.examples.yaml:1:1: there is no topic weirs; the topics are: dams")]
    [InlineData("dams: {shuld match: [سد]}", "dams.examples.yaml:1:8: dams has no \"shuld match\"; expected one of: should match, should not match")]
    [InlineData("dams: {should match: [{titel: سد}]}", "dams.examples.yaml:1:24: an example has no \"titel\"; expected one of: title, text, rule, strength, known")]
    [InlineData("dams: {should match: [{known: سد}]}", "dams.examples.yaml:1:23: an example needs a title, a text or both")]
    [InlineData("dams: {should match: ['']}", "dams.examples.yaml:1:23: an example must be text")]
    [InlineData("dams: {should match: [{text: سد, rule: weir}]}", "dams.examples.yaml:1:8: the topic dams has no rule weir, which the example in dams.examples.yaml:1:23 asks for")]
    [InlineData("dams: {should not match: [{text: سد, strength: possible}]}", "dams.examples.yaml:1:38: strength goes with \"should match\" only")]
    [InlineData("- سد", "dams.examples.yaml:1:1: expected a file of examples: topics, each with \"should match\" and \"should not match\"")]
    public void Mistakes_are_told_with_their_place(string yaml, string message) =>
        Assert.Contains(message, Assert.Throws<MonitorException>(() => s_rules.ParseExamples(yaml, "dams.examples.yaml")).Message, StringComparison.Ordinal);
}
