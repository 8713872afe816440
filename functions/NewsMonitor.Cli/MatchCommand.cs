using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using NewsMonitor.Topics;

namespace NewsMonitor.Cli;

/// <summary><c>match</c>: the topics that texts are about, and the words that say so.</summary>
internal static class MatchCommand
{
    private static readonly JsonWriterOptions s_json = new() { Encoder = Encoder() };

    public static Command Create()
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Text, .json or .ndjson ({\"id\",\"title\",\"text\"} a line); standard input when none is given, or for -.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        files.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(t => t.Value.StartsWith("--", StringComparison.Ordinal)))
                result.AddError($"there is no option {token.Value}");
        });
        var topics = TopicsFile.Option();
        var json = new Option<bool>("--json") { Description = "One NDJSON line a hit, in input order; offsets are UTF-16 units." };
        var command = new Command("match", "Match texts against the topics.") { files, topics, json };
        command.SetAction(result =>
        {
            using var output = Console.OpenStandardOutput();
            return Run(
                TopicsFile.Load(result.GetValue(topics), result), result.GetValue(files) ?? [], result.GetValue(json),
                new StreamReader(Console.OpenStandardInput(), Encoding.UTF8), output, Console.Error);
        });
        return command;
    }

    /// <returns>0, or 1 when something could not be read.</returns>
    internal static int Run(TopicRules rules, string[] files, bool json, TextReader input, Stream output, TextWriter problems)
    {
        int code = 0;
        var source = new MatchInput(problem =>
        {
            problems.WriteLine(SafeText.Line(problem, 1000));
            code = 1;
        });
        using var buffered = new BufferedStream(output, 1 << 16);
        using var text = new StreamWriter(buffered, new UTF8Encoding(false), leaveOpen: true);
        foreach (string file in files.Length == 0 ? ["-"] : files)
        {
            foreach (var article in file == "-" ? source.ReadStandardInput(input) : source.ReadFile(file))
            {
                foreach (var match in rules.Match(article.Title, article.Text))
                {
                    if (json)
                        WriteJson(article, match, buffered);
                    else
                        WriteText(article, match, text);
                }
            }
        }

        return code;
    }

    private static void WriteJson(MatchArticle article, TopicMatch match, Stream output)
    {
        using (var json = new Utf8JsonWriter(output, s_json))
        {
            json.WriteStartObject();
            json.WriteString("id", article.Id);
            json.WriteString("topic", match.Topic);
            json.WriteString("strength", match.Strength == Strength.Confirmed ? "confirmed" : "possible");
            json.WriteNumber("score", match.Score);
            json.WriteStartArray("mentions");
            foreach (var mention in match.Mentions)
            {
                json.WriteStartObject();
                json.WriteString("rule", mention.Rule);
                json.WriteString("field", mention.Field);
                json.WriteNumber("start", mention.Start);
                json.WriteNumber("end", mention.End);
                json.WriteString("text", mention.Text);
                json.WriteString("sentence", mention.Sentence);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (article.Fields.ValueKind == JsonValueKind.Object)
            {
                var taken = new HashSet<string>(["id", "title", "text", "topic", "strength", "score", "mentions"], StringComparer.Ordinal);
                foreach (var field in article.Fields.EnumerateObject().Where(f => taken.Add(f.Name)))
                {
                    json.WritePropertyName(field.Name);
                    json.WriteRawValue(field.Value.GetRawText());
                }
            }

            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void WriteText(MatchArticle article, TopicMatch match, TextWriter output)
    {
        string title = article.Title.Length > 0 ? "  " + article.Title : "";
        output.WriteLine(SafeText.Line(article.Id + title, 500));
        string strength = match.Strength == Strength.Confirmed ? "confirmed" : "possible";
        output.WriteLine($"  {match.Topic}  {strength}  score {match.Score.ToString(CultureInfo.InvariantCulture)}");
        foreach (var mention in match.Mentions)
        {
            output.WriteLine($"    {mention.Rule} ({mention.Field} {mention.Start}-{mention.End}): [{SafeText.Line(mention.Text, 1000)}]");
            output.WriteLine($"      {SafeText.Line(mention.Sentence.Replace(mention.Text, $"[{mention.Text}]", StringComparison.Ordinal), 2000)}");
        }

        output.WriteLine();
    }

    /// <summary>Arabic stays readable; marks that reorder a terminal's text are escaped.</summary>
    private static JavaScriptEncoder Encoder()
    {
        var settings = new TextEncoderSettings(UnicodeRanges.All);
        settings.ForbidCharacters('\u061C', '\u200E', '\u200F', '\u202A', '\u202B', '\u202C', '\u202D', '\u202E', '\u2066', '\u2067', '\u2068', '\u2069');
        return JavaScriptEncoder.Create(settings);
    }
}
