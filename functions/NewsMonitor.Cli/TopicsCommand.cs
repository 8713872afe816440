using System.CommandLine;
using System.Text;
using System.Text.Json;
using NewsMonitor.Storage;

namespace NewsMonitor.Cli;

/// <summary><c>topics</c>: what the topics file says.</summary>
internal static class TopicsCommand
{
    public static Command Create() =>
        new("topics", "Show the topics and what their words match.") { List(), TopicsExplain.Create(), TopicsLint.Create(), TopicsTest.Create() };

    private static Command List()
    {
        var topics = TopicsFile.Option();
        var json = new Option<bool>("--json") { Description = "One object a line." };
        var command = new Command("list", "List the topics.") { topics, json };
        command.SetAction(result =>
        {
            using var output = Output();
            foreach (var topic in TopicsFile.Load(result.GetValue(topics), result).Topics)
            {
                output.WriteLine(result.GetValue(json)
                    ? JsonSerializer.Serialize(new { topic.Id, title = new { ar = topic.TitleAr, en = topic.TitleEn } }, Documents.Compact)
                    : $"{topic.Id}\n  {topic.TitleAr}\n  {topic.TitleEn}");
            }

            return 0;
        });
        return command;
    }

    internal static StreamWriter Output() => new(Console.OpenStandardOutput(), new UTF8Encoding(false));
}
