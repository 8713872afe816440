using System.CommandLine;
using System.Text.Json;
using NewsMonitor.Storage;
using NewsMonitor.Topics;

namespace NewsMonitor.Cli;

/// <summary><c>topics explain</c>: what a word matches and why, what a set, phrase, context or rule is made of.</summary>
internal static class TopicsExplain
{
    public static Command Create()
    {
        var entry = new Argument<string?>("ENTRY")
        {
            Description = "A word as the topics file has it, any form of one, or the name of a word set, phrase, context or rule (also topic/rule); "
                + "all words when none is given.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var topics = TopicsFile.Option();
        var forms = new Option<bool>("--forms") { Description = "Every form of a word or set, one a line: form, rule that makes it, parts; with tabs between." };
        var json = new Option<bool>("--json") { Description = "One object a form, one a line; for a phrase, context or rule one object." };
        var command = new Command("explain", "Show the forms that a word matches and where each comes from, or what a set, phrase, context or rule is made of.")
        {
            entry, topics, forms, json,
        };
        command.SetAction(result =>
        {
            using var output = TopicsCommand.Output();
            var format = result.GetValue(json) ? ExplainFormat.Json : result.GetValue(forms) ? ExplainFormat.Forms : ExplainFormat.Plain;
            return Run(TopicsFile.Load(result.GetValue(topics), result), result.GetValue(entry), format, output, Console.Error);
        });
        return command;
    }

    internal static int Run(TopicRules rules, string? asked, ExplainFormat format, TextWriter output, TextWriter problems)
    {
        var outlines = asked is null ? [] : rules.Outline(asked);
        bool isSet = outlines.Any(o => o.Kind == "word set");
        bool any = outlines.Count > 0;
        foreach (var outline in outlines.Where(o => format == ExplainFormat.Json ? o.Kind != "word set" : format == ExplainFormat.Plain))
        {
            if (format == ExplainFormat.Json)
                output.WriteLine(Json(new { outline.Kind, outline.Name, outline.Line, outline.Lines }));
            else
                Write(outline, output);
        }

        // The words of a set are in its outline.
        var words = isSet && format == ExplainFormat.Plain ? [] : rules.Explain(asked);
        if (format == ExplainFormat.Plain && asked is not null)
            any |= ExplainedWords.Write(words, output);
        else
            any |= WriteAll(format == ExplainFormat.Plain ? words.OrderBy(w => w.Line) : words, format, output);

        // What is not there may have been left out on purpose.
        var leftOut = asked is null || format != ExplainFormat.Plain ? [] : rules.ExplainLeftOut(asked).ToList();
        foreach (var word in leftOut)
            output.WriteLine($"not matched: {ExplainedWords.Say([word])}; except leaves it out");
        if (any)
            return ExitCode.Success;

        var nearest = rules.Nearest(asked ?? "");
        problems.WriteLine(SafeText.Line(
            leftOut.Count > 0 ? $"nothing matches \"{asked}\""
            : $"there is no word, form, word set, phrase, context or rule \"{asked}\" in the topics file"
                + (nearest.Count > 0 ? $"; did you mean {string.Join(", ", nearest)}?" : ""),
            1000));
        return ExitCode.Failure;
    }

    private static bool WriteAll(IEnumerable<ExplainedEntry> words, ExplainFormat format, TextWriter output)
    {
        bool any = false;
        foreach (var word in words)
        {
            any = true;
            string pos = word.PartOfSpeech.Key();
            if (format == ExplainFormat.Plain)
                output.WriteLine($"{word.Set}: {word.Word} ({pos}, {ExplainedWords.Count(word)})");
            foreach (var form in format == ExplainFormat.Plain ? [] : word.Forms)
            {
                output.WriteLine(format == ExplainFormat.Json
                    ? Json(new { word.Set, word.Word, pos, form = form.Text, form.Prefix, form.Stem, form.Ending, form.Source })
                    : $"{form.Text}\t{form.Source}\t{ExplainedWords.Parts(form)}");
            }
        }

        return any;
    }

    private static void Write(Outline outline, TextWriter output)
    {
        output.WriteLine($"{outline.Kind} {outline.Name} (line {outline.Line})");
        foreach (string line in outline.Lines)
            output.WriteLine($"  {line[..^line.TrimStart().Length]}{SafeText.Line(line, 10_000)}");
        output.WriteLine();
    }

    private static string Json<T>(T value) => SafeText.Json(JsonSerializer.Serialize(value, Documents.Compact));
}

internal enum ExplainFormat
{
    Plain,
    Forms,
    Json,
}
