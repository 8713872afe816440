using System.CommandLine;
using System.Text.Json;
using NewsMonitor.Storage;
using NewsMonitor.Topics;

namespace NewsMonitor.Cli;

/// <summary><c>topics lint</c>: what a topics file says without effect, or probably does not mean.</summary>
internal static class TopicsLint
{
    public static Command Create()
    {
        var topics = TopicsFile.Option();
        var json = new Option<bool>("--json") { Description = "One object a finding, one a line." };
        var command = new Command(
            "lint", "Warn of words, conditions and rules that do nothing or can never match. Exits with 1 when there is a warning; a note is no warning.")
        {
            topics, json,
        };
        command.SetAction(result =>
        {
            using var output = TopicsCommand.Output();
            var path = TopicsFile.PathOf(result.GetValue(topics), result);
            return Run(TopicsFile.Read(path), path, result.GetValue(json), output, Console.Error);
        });
        return command;
    }

    internal static int Run(TopicRules rules, string file, bool json, TextWriter output, TextWriter progress)
    {
        int warnings = 0, notes = 0;
        foreach (var finding in rules.Lint())
        {
            bool isWarning = finding.Severity == LintSeverity.Warning;
            (warnings, notes) = isWarning ? (warnings + 1, notes) : (warnings, notes + 1);
            string severity = isWarning ? "warning" : "note";
            output.WriteLine(json
                ? SafeText.Json(JsonSerializer.Serialize(new { file, finding.Line, finding.Column, severity, finding.Message }, Documents.Compact))
                : SafeText.Line($"{file}:{finding.Line}:{finding.Column}: {severity}: {finding.Message}", 2000));
        }

        progress.WriteLine($"{Count(warnings, "warning")}, {Count(notes, "note")}");
        return warnings > 0 ? ExitCode.Failure : ExitCode.Success;
    }

    private static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";
}
