using System.CommandLine;
using System.Text;
using System.Text.Json;
using NewsMonitor.Storage;
using NewsMonitor.Topics;

namespace NewsMonitor.Cli;

/// <summary><c>topics</c>: what the topics file says.</summary>
internal static class TopicsCommand
{
    public static Command Create() =>
        new("topics", "Show the topics and what their words match.") { List(), Explain(), TopicsLint.Create(), TopicsTest.Create() };

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

    private static Command Explain()
    {
        var entry = new Argument<string?>("ENTRY")
        {
            Description = "A word as the topics file has it, any form of one, or the name of a word set; all words when none is given.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var topics = TopicsFile.Option();
        var json = new Option<bool>("--json") { Description = "One object a form, one a line." };
        var command = new Command("explain", "List the surface forms that a word matches, and where each comes from.") { entry, topics, json };
        command.SetAction(result =>
        {
            using var output = Output();
            return Explain(TopicsFile.Load(result.GetValue(topics), result), result.GetValue(entry), result.GetValue(json), output, Console.Error);
        });
        return command;
    }

    internal static int Explain(TopicRules rules, string? entry, bool json, TextWriter output, TextWriter problems)
    {
        bool any = false;
        foreach (var word in rules.Explain(entry))
        {
            any = true;
            string pos = word.PartOfSpeech.ToString().ToLowerInvariant();
            if (!json)
            {
                string slips = word.Misspelt ? ", also with one letter wrong" : "";
                output.WriteLine($"{word.Word}  ({word.Set}: {pos}, {word.Forms.Count} forms{slips})");
            }

            foreach (var form in word.Forms)
            {
                output.WriteLine(json
                    ? JsonSerializer.Serialize(new { word.Set, word.Word, pos, form = form.Text, form.Prefix, form.Stem, form.Ending }, Documents.Compact)
                    : $"  {form.Text}\t= {string.Join(" + ", ((string[])[form.Prefix, form.Stem, form.Ending]).Where(p => p.Length > 0))}");
            }
        }

        if (!any)
            problems.WriteLine($"no word, form or word set \"{SafeText.Line(entry)}\" in the topics file");

        return any ? 0 : 1;
    }

    internal static StreamWriter Output() => new(Console.OpenStandardOutput(), new UTF8Encoding(false));
}
