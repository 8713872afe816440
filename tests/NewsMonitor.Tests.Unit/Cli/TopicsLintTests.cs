using System.Text.Json;
using NewsMonitor.Cli;
using NewsMonitor.Tests.Unit.Topics;

namespace NewsMonitor.Tests.Unit.Cli;

public sealed class TopicsLintTests
{
    private static (int Code, string[] Lines, string Progress) Run(string words, string rules, bool json = false)
    {
        using StringWriter output = new(), progress = new();
        int code = TopicsLint.Run(SmallFile.Parse(words, rules), "my.yaml", json, output, progress);
        return (code, output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries), progress.ToString().Trim());
    }

    [Fact]
    public void Says_where_and_what_and_fails_on_a_warning()
    {
        var (code, lines, progress) = Run("{a: {noun: حوار}, b: {noun: نفط}}", "[{id: r, any: a}]");
        Assert.Equal((1, "1 warning, 0 notes"), (code, progress));
        Assert.Equal(["my.yaml:1:26: warning: word set b is used by nothing; remove it, or name it in a rule"], lines);
    }

    [Fact]
    public void A_note_is_no_failure()
    {
        var (code, lines, progress) = Run("{a: {noun: [حوار, نفط]}, b: {noun: نفط}}", "[{id: r, any: a, unless: [{near: b}]}]");
        Assert.Equal((0, "0 warnings, 1 note"), (code, progress));
        Assert.StartsWith("my.yaml:7:38: note: in rule r, unless (near: b, within 10) forbids these words of a: نفط", Assert.Single(lines), StringComparison.Ordinal);
    }

    [Fact]
    public void Says_nothing_of_a_good_file()
    {
        var (code, lines, progress) = Run("{a: {noun: حوار}}", "[{id: r, any: a}]");
        Assert.Equal((0, "0 warnings, 0 notes"), (code, progress));
        Assert.Empty(lines);
    }

    [Fact]
    public void Writes_an_object_a_finding_for_machines()
    {
        var (code, lines, _) = Run("{a: {noun: [حوار, \"حوار\"]}}", "[{id: r, any: a}]", json: true);
        Assert.Equal(1, code);
        var finding = JsonDocument.Parse(Assert.Single(lines)).RootElement;
        Assert.Equal(["file", "line", "column", "severity", "message"], finding.EnumerateObject().Select(p => p.Name));
        Assert.Equal(("my.yaml", 1, "warning"), (finding.GetProperty("file").GetString(), finding.GetProperty("line").GetInt32(), finding.GetProperty("severity").GetString()));
        Assert.Contains("حوار is listed already at line 1", lines[0], StringComparison.Ordinal);
    }
}
