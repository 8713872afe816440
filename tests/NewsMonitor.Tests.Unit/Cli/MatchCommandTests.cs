using System.Text;
using System.Text.Json;
using NewsMonitor.Cli;
using NewsMonitor.Tests.Unit.Topics;

namespace NewsMonitor.Tests.Unit.Cli;

public sealed class MatchCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("match").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private (int Code, string Output, string Problems) Run(string input, bool json, params string[] files)
    {
        using var output = new MemoryStream();
        using var problems = new StringWriter();
        int code = MatchCommand.Run(
            ShippedTopics.Rules, [.. files.Select(f => f == "-" ? f : Path.Combine(_folder, f))], json, new StringReader(input), output, problems);
        return (code, Encoding.UTF8.GetString(output.ToArray()), problems.ToString());
    }

    private void Write(string name, string content) => File.WriteAllText(Path.Combine(_folder, name), content);

    private static JsonElement[] Lines(string output) =>
        [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement)];

    [Fact]
    public void Writes_one_line_a_hit_in_input_order_and_passes_extra_fields_through()
    {
        var (code, output, problems) = Run(
            """
            {"id":"a","title":"الحوار الستراتيجي بين العراق وأميركا","text":"انسحبت القوات الأميركية من العراق.","url":"https://example.com/?a=1&b","tags":["x",1],"topic":"mine"}
            {"id":"b","title":"طقس","text":"غائم"}
            {"id":7,"text":"سحب القوات الأمريكية من العراق","date":null}
            """, json: true);

        Assert.Equal((0, ""), (code, problems));
        var lines = Lines(output);
        Assert.Equal(
            [("a", "strategic-dialogue"), ("a", "troop-redeployment"), ("7", "troop-redeployment")],
            lines.Select(l => (l.GetProperty("id").GetString(), l.GetProperty("topic").GetString())));
        Assert.Equal("https://example.com/?a=1&b", lines[0].GetProperty("url").GetString());
        Assert.Equal("[\"x\",1]", lines[0].GetProperty("tags").GetRawText());
        Assert.Equal(JsonValueKind.Null, lines[2].GetProperty("date").ValueKind);
        var mention = lines[0].GetProperty("mentions")[0];
        Assert.Equal("""{"rule":"strategic-dialogue","field":"title","start":0,"end":17,"text":"الحوار الستراتيجي","sentence":"الحوار الستراتيجي بين العراق وأميركا"}""",
            mention.GetRawText());
        Assert.False(lines[0].TryGetProperty("title", out _));
        Assert.Contains("الحوار", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_line_is_reported_and_the_rest_goes_on()
    {
        Write("in.ndjson", "{\"id\":\"a\",\"text\":\n\n[]\n{\"id\":\"b\"}\n3\n{\"id\":\"c\",\"text\":\"سحب القوات الأمريكية من العراق\"}\n");
        var (code, output, problems) = Run("", true, "in.ndjson", "missing.txt");

        Assert.Equal(1, code);
        Assert.Equal("c", Lines(output).Single().GetProperty("id").GetString());
        string[] reported = problems.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Collection(
            reported,
            p => Assert.Contains("in.ndjson:1: not valid JSON", p, StringComparison.Ordinal),
            p => Assert.Contains("in.ndjson:4: has neither a title nor a text", p, StringComparison.Ordinal),
            p => Assert.Contains("in.ndjson:5: expected an object", p, StringComparison.Ordinal),
            p => Assert.Contains("missing.txt: cannot be read", p, StringComparison.Ordinal));
    }

    [Fact]
    public void Reads_json_documents_and_text_files()
    {
        Write("one.json", "{\n  \"id\": \"one\",\n  \"title\": \"انسحاب القوات الأميركية من العراق\"\n}");
        Write("many.json", "[{\"id\":\"m1\",\"text\":\"-\"},{\"id\":\"m2\",\"text\":\"انسحاب القوات الأميركية من العراق\"}]");
        Write("plain.txt", "\uFEFFانسحاب القوات الأميركية من العراق");
        Write("broken.json", "{\n\"id\": x}");
        var (code, output, problems) = Run("انسحاب القوات الأميركية من العراق", true, "one.json", "many.json", "plain.txt", "broken.json", "-");

        Assert.Equal(1, code);
        Assert.Contains("broken.json:2: not valid JSON", problems, StringComparison.Ordinal);
        Assert.Equal(["one", "m2", Path.Combine(_folder, "plain.txt"), "-"], Lines(output).Select(l => l.GetProperty("id").GetString()));
    }

    [Fact]
    public void Half_a_surrogate_pair_loses_nothing_and_keeps_offsets()
    {
        var (code, output, _) = Run("""{"id":"s","text":"\ud83d \"\n\u0627نسحاب القوات الأميركية من العراق"}""", json: true);

        Assert.Equal(0, code);
        Assert.Equal(4, Lines(output).Single().GetProperty("mentions")[0].GetProperty("start").GetInt32());
    }

    [Fact]
    public void People_see_topic_rule_marked_words_and_sentence_without_terminal_tricks()
    {
        var (_, output, _) = Run("{\"id\":\"x\\u001b[31m\",\"title\":\"\\u202Eانسحاب القوات الأميركية\",\"text\":\"العراق\"}", json: false);

        Assert.Contains("troop-redeployment  confirmed  score 2", output, StringComparison.Ordinal);
        Assert.Contains("withdrawal-of-troops (title 1-24): [انسحاب القوات الأميركية]", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output);
        Assert.DoesNotContain('\u202E', output);
    }
}
