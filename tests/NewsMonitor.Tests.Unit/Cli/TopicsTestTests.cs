using System.Text.Json;
using NewsMonitor.Cli;
using NewsMonitor.Tests.Peers;

namespace NewsMonitor.Tests.Unit.Cli;

/// <summary><c>topics test</c> on files.</summary>
public sealed class TopicsTestTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new(), _problems = new();

    public TopicsTestTests() => File.WriteAllText(PathOf("dams.yaml"), """
        topics:
          - id: dams
            title: {ar: السدود, en: Dams}
            rules: [{id: dam, any: سد, should match: [سد الموصل]}]
        """);

    public void Dispose() => _folder.Dispose();

    private string PathOf(string name) => Path.Combine(_folder.Path, name);

    private int Run(string file, bool json = false, string? topics = null) =>
        TopicsTest.Run([PathOf(file)], topics, PathOf("dams.yaml"), json, _output, _problems);

    private void WriteExamples(string yaml, string name = "dams.examples.yaml") => File.WriteAllText(PathOf(name), yaml);

    [Fact]
    public void A_topics_file_is_tested_on_the_examples_in_it_and_beside_it()
    {
        WriteExamples("dams: {should match: [سد دوكان], should not match: [نهر دجلة]}");
        Assert.Equal(0, Run("dams.yaml"));
        Assert.Equal("dams: 2 should match, 1 should not\n3 passed, 0 failed, 0 known to be wrong\n", _output.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public void What_is_wrong_is_shown_with_its_place_and_what_was_found_and_fails()
    {
        WriteExamples("dams:\n  should match:\n    - نهر دجلة\n  should not match:\n    - عن السدّ العالي\n");
        Assert.Equal(1, Run("dams.examples.yaml"));
        string told = _output.ToString();
        Assert.Contains("dams.examples.yaml:3:7: dams should match, but does not", told, StringComparison.Ordinal);
        Assert.Contains("dams.examples.yaml:5:7: dams should not match, but does", told, StringComparison.Ordinal);
        Assert.Contains("dam: [السدّ]", told, StringComparison.Ordinal);
        Assert.Contains("0 passed, 2 failed", told, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_known_to_be_wrong_is_told_but_fails_nothing_and_so_is_what_is_right_by_now()
    {
        WriteExamples("dams: {should match: [{text: حاجز, known: no word for it}, {text: سد, known: once}]}");
        Assert.Equal(0, Run("dams.examples.yaml"));
        string told = _output.ToString();
        Assert.Contains("known: dams should match, but does not", told, StringComparison.Ordinal);
        Assert.Contains("because: no word for it", told, StringComparison.Ordinal);
        Assert.Contains("is right now; remove its \"known\"", told, StringComparison.Ordinal);
        Assert.Contains("1 passed, 0 failed, 1 known to be wrong, 1 right that are marked as known", told, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_is_one_object_an_example_and_the_counts_go_to_the_problems()
    {
        WriteExamples("dams: {should match: [سد دوكان, نهر]}");
        Assert.Equal(1, Run("dams.examples.yaml", json: true));
        var rows = _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal([true, false], rows.Select(r => r.GetProperty("right").GetBoolean()));
        Assert.Equal("سد", rows[0].GetProperty("mentions")[0].GetProperty("text").GetString());
        Assert.Contains("1 passed, 1 failed", _problems.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Examples_without_topics_beside_them_are_for_those_in_force_or_asked_for()
    {
        WriteExamples("dams: {should match: [سد]}", "mine.examples.yaml");
        Assert.Equal(0, Run("mine.examples.yaml"));
        File.WriteAllText(PathOf("other.yaml"), "topics: [{id: dams, title: {ar: ت, en: t}, rules: [{id: r, any: نهر}]}]");
        Assert.Equal(1, Run("mine.examples.yaml", topics: PathOf("other.yaml")));
    }

    [Fact]
    public void A_file_without_examples_is_no_success()
    {
        File.WriteAllText(PathOf("none.yaml"), "topics: [{id: t, title: {ar: ت, en: t}, rules: [{id: r, any: سد}]}]");
        var error = Assert.Throws<MonitorException>(() => Run("none.yaml"));
        Assert.Contains("none.examples.yaml", error.Message, StringComparison.Ordinal);
    }
}
