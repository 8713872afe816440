using System.CommandLine;
using System.Text.Json;
using NewsMonitor.Storage;
using NewsMonitor.Topics;

namespace NewsMonitor.Cli;

/// <summary><c>topics test</c>: the rules against the examples that are kept beside them.</summary>
internal static class TopicsTest
{
    private const string Extension = ".examples.yaml";

    public static Command Create()
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Topics files, each with the examples beside it (NAME.examples.yaml beside NAME.yaml, and those in it), or files of "
                + "examples; the topics in force when none is given.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var topics = TopicsFile.Option();
        var json = new Option<bool>("--json") { Description = "One object an example, one a line, with what was found." };
        var command = new Command(
            "test", "Match examples: texts that a topic or a rule should match, or should not. Fails when one is wrong and not marked as known.")
        {
            files, topics, json,
        };
        command.SetAction(result =>
        {
            using var output = TopicsCommand.Output();
            string inForce = TopicsFile.PathOf(result.GetValue(topics), result);
            string[] chosen = result.GetValue(files) is { Length: > 0 } given ? given : [inForce];
            return Run(chosen, result.GetValue(topics), inForce, result.GetValue(json), output, Console.Error);
        });
        return command;
    }

    /// <param name="chosen">The topics file that was asked for; null for the one that belongs to each file of examples.</param>
    /// <param name="inForce">For examples without a topics file beside them.</param>
    internal static int Run(string[] files, string? chosen, string inForce, bool json, TextWriter output, TextWriter problems)
    {
        var tally = new Tally();
        var compiled = new Dictionary<string, TopicRules>(StringComparer.Ordinal);
        foreach (string file in files)
        {
            var (topicsFile, examplesFile) = Pair(file, chosen, inForce);
            if (!compiled.TryGetValue(topicsFile, out var rules))
                compiled[topicsFile] = rules = TopicsFile.Read(topicsFile);
            var examples = file == examplesFile ? [] : rules.Examples;
            if (file == examplesFile || File.Exists(examplesFile))
                examples = [.. examples, .. rules.ParseExamples(TopicsFile.ReadText(examplesFile), examplesFile)];
            if (examples.Count == 0)
            {
                throw new MonitorException(
                    $"{file} has no examples: write \"should match\" and \"should not match\" beside a topic or a rule, or into {examplesFile}.");
            }

            foreach (var tried in examples.Select(rules.Try))
            {
                tally.Count(tried);
                if (json)
                    output.WriteLine(SafeText.Json(JsonSerializer.Serialize(Row(tried), Documents.Compact)));
                else if (tried.IsRight ? tried.Example.Known is not null : true)
                    Tell(tried, output);
            }
        }

        tally.Tell(json ? problems : output);
        return tally.Failed == 0 ? ExitCode.Success : ExitCode.Failure;
    }

    private static (string Topics, string Examples) Pair(string file, string? chosen, string inForce)
    {
        if (!file.EndsWith(Extension, StringComparison.Ordinal))
            return (file, Path.ChangeExtension(file, Extension));
        string beside = file[..^Extension.Length] + ".yaml";
        return (chosen ?? (File.Exists(beside) ? beside : inForce), file);
    }

    private static void Tell(TriedExample tried, TextWriter output)
    {
        var example = tried.Example;
        string what = example.Rule is null ? example.Topic : $"{example.Topic}/{example.Rule}";
        string verdict = (tried.IsRight, example.ShouldMatch, tried.Found) switch
        {
            (true, _, _) => "is right now; remove its \"known\"",
            (_, false, _) => "should not match, but does",
            (_, true, null) => "should match, but does not",
            var (_, _, found) => $"should be {example.Strength!.Value.Key()}, but is {found.Value.Key()}",
        };
        output.WriteLine($"{example.Place}: {(tried.IsRight || example.Known is null ? "" : "known: ")}{what} {verdict}");
        output.WriteLine($"    {SafeText.Line(Words(example), 300)}");
        if (example.Known is { } known && !tried.IsRight)
            output.WriteLine($"    because: {SafeText.Line(known, 300)}");
        foreach (var mention in tried.IsRight ? [] : tried.Mentions)
            output.WriteLine($"    {mention.Rule}: [{SafeText.Line(mention.Text, 300)}]");
    }

    private static string Words(Example example) =>
        example.Title.Length == 0 ? example.Text : example.Text.Length == 0 ? example.Title : $"{example.Title} | {example.Text}";

    private static object Row(TriedExample tried) => new
    {
        tried.Example.Place,
        tried.Example.Topic,
        tried.Example.Rule,
        tried.Example.ShouldMatch,
        right = tried.IsRight,
        tried.Example.Known,
        tried.Found,
        tried.Example.Title,
        tried.Example.Text,
        mentions = tried.Mentions.Select(m => new { m.Rule, m.Field, m.Start, m.End, m.Text }),
    };

    /// <summary>Counts by topic, in the order they come.</summary>
    private sealed class Tally
    {
        private readonly Dictionary<string, (int Should, int ShouldNot)> _examples = new(StringComparer.Ordinal);
        private int _right, _known, _mended;

        public int Failed { get; private set; }

        public void Count(TriedExample tried)
        {
            var (should, shouldNot) = _examples.GetValueOrDefault(tried.Example.Topic);
            _examples[tried.Example.Topic] = tried.Example.ShouldMatch ? (should + 1, shouldNot) : (should, shouldNot + 1);
            bool known = tried.Example.Known is not null;
            _right += tried.IsRight ? 1 : 0;
            _mended += tried.IsRight && known ? 1 : 0;
            _known += !tried.IsRight && known ? 1 : 0;
            Failed += tried.IsRight || known ? 0 : 1;
        }

        public void Tell(TextWriter output)
        {
            foreach (var (topic, (should, shouldNot)) in _examples)
                output.WriteLine($"{topic}: {should} should match, {shouldNot} should not");
            string mended = _mended > 0 ? $", {_mended} right that are marked as known" : "";
            output.WriteLine($"{_right} passed, {Failed} failed, {_known} known to be wrong{mended}");
        }
    }
}
