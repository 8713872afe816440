using System.Text;
using System.Text.Json;
using NewsMonitor.Cli.Matching;
using NewsMonitor.Tests.Peers;
using NewsMonitor.Tests.Unit.Topics;

namespace NewsMonitor.Tests.Unit.Cli;

/// <summary>What is written, and from which inputs.</summary>
public sealed class MatchCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static Task<MatchTrial> RunAsync(string input, bool json = true) =>
        MatchTrial.RunAsync(new MemoryStream(Encoding.UTF8.GetBytes(input)), BlockSizes.Usual, json, rules: ShippedTopics.Rules);

    [Fact]
    public async Task Writes_one_line_a_hit_in_input_order_and_passes_extra_fields_through()
    {
        var run = await RunAsync(
            """
            {"id":"a","title":"الحوار الستراتيجي بين العراق وأميركا","text":"انسحبت القوات الأميركية من العراق.","url":"https://example.com/?a=1&b","tags":["x",1],"topic":"mine"}
            {"id":"b","title":"طقس","text":"غائم"}
            {"id":7,"text":"سحب القوات الأمريكية من العراق","date":null}
            """);

        Assert.Equal((0, ""), (run.Code, run.Problems));
        var lines = run.Matches;
        Assert.Equal(
            [("a", "strategic-dialogue"), ("a", "troop-redeployment"), ("7", "troop-redeployment")],
            lines.Select(l => (l.GetProperty("id").GetString(), l.GetProperty("topic").GetString())));
        Assert.Equal("https://example.com/?a=1&b", lines[0].GetProperty("url").GetString());
        Assert.Equal("[\"x\",1]", lines[0].GetProperty("tags").GetRawText());
        Assert.Equal(JsonValueKind.Null, lines[2].GetProperty("date").ValueKind);
        Assert.StartsWith(
            """{"rule":"strategic-dialogue","field":"title","start":0,"end":17,"text":"الحوار الستراتيجي","sentence":"الحوار الستراتيجي بين العراق وأميركا","strength":""",
            lines[0].GetProperty("mentions")[0].GetRawText(), StringComparison.Ordinal);
        Assert.False(lines[0].TryGetProperty("title", out _));
        Assert.Contains("الحوار", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mention_says_why_it_is_one()
    {
        var run = await MatchTrial.RunAsync("""{"id":"a","title":"بغداد","text":"بدأ الحوار الوطني. وحوار آخر"}""");
        Assert.Equal(
            """
            {"id":"a","topic":"t","strength":"confirmed","score":3.5,"mentions":[{"rule":"r","field":"text","start":4,"end":10,"text":"الحوار","sentence":"بدأ الحوار الوطني.","strength":"confirmed","weight":2.5,"because":[{"place":"match","set":"talks","text":"الحوار"},{"place":"article","set":"baghdad","text":"بغداد"},{"place":"near","set":"national","text":"الوطني"}]},{"rule":"r","field":"text","start":19,"end":24,"text":"وحوار","sentence":"وحوار آخر","strength":"possible","weight":1,"because":[{"place":"match","set":"talks","text":"وحوار"}]}]}

            """,
            run.Output);
    }

    [Fact]
    public async Task People_see_topic_rule_marked_words_sentence_and_reasons()
    {
        var json = """{"id":"a","title":"بغداد","text":"بدأ الحوار الوطني. وحوار آخر"}"""u8.ToArray();
        var run = await MatchTrial.RunAsync(new MemoryStream(json), BlockSizes.Usual, json: false);
        Assert.Equal(
            """
            a بغداد
              t  confirmed  score 3.5
                r (text 4-10): [الحوار]
                  بدأ [الحوار] الوطني.
                  confirmed, weight 2.5, because talks [الحوار]; baghdad [بغداد] in the article, national [الوطني] near it
                r (text 19-24): [وحوار]
                  [وحوار] آخر
                  possible, weight 1, because talks [وحوار]


            """,
            run.Output);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_in_an_article_plays_tricks_on_a_terminal(bool json)
    {
        var run = await RunAsync("{\"id\":\"x\\u001b[31m\",\"title\":\"\\u202Eانسحاب القوات\\u202E الأميركية\",\"text\":\"العراق\"}", json);

        Assert.Contains(json ? "\"topic\":\"troop-redeployment\",\"strength\":\"confirmed\"" : "troop-redeployment  confirmed  score ", run.Output, StringComparison.Ordinal);
        Assert.Contains(json ? "\"start\":1,\"end\":25" : "(title 1-25): [انسحاب القوات الأميركية]", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Output);
        Assert.DoesNotContain('\u202E', run.Output);
    }

    [Fact]
    public async Task Unknown_fields_pass_through_as_they_were_written_on_one_line()
    {
        string article = _folder.Write("a.json",
            """
            {
              "n": 1.50e+2, "s": "\u0627\/ا\t", "same": 1, "\u0073ame": 2, "score": 9, "e\u0301\u202E": "\ud83d",
              "deep": { "a": [ 1,
                2 ], "text": "x" },
              "text": "حوار"
            }
            """);
        var run = await MatchTrial.RunAsync("", article);

        Assert.EndsWith(
            """]}],"n":1.50e+2,"s":"\u0627\/ا\t","same":1,"é\u202E":"\ud83d","deep":{ "a": [ 1,     2 ], "text": "x" }}""".Replace("é", "e\u0301", StringComparison.Ordinal) + "\n",
            run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_of_several_fields_with_one_name_counts()
    {
        var run = await MatchTrial.RunAsync(
            """
            {"id":"a","text":"حوار","text":"لا شيء"}
            {"id":"b","id":"c","text":"لا شيء","t\u0065xt":"حوار"}
            {"id":"d","title":"حوار","text":3}
            {"id":{"x":1},"title":["x"],"text":"حوار"}
            """);
        Assert.Equal(["c", "d", "standard input:4"], run.Ids);
    }

    [Fact]
    public async Task Reads_json_documents_and_text_files()
    {
        var run = await MatchTrial.RunAsync(
            "حوار",
            _folder.Write("one.json", "{\n  \"id\": \"one\",\n  \"title\": \"حوار\"\n}"),
            _folder.Write("many.json", "\uFEFF [{\"id\":\"m1\",\"text\":\"-\"},\n{\"id\":\"m2\",\"text\":\"حوار\"}, {\"text\":\"حوار\"}]\n"),
            _folder.Write("plain.txt", "\uFEFFحوار"),
            _folder.Write("lines.JSONL", "{\"text\":\"حوار\"}"),
            "-");

        Assert.Equal((0, ""), (run.Code, run.Problems));
        Assert.Equal(["one", "m2", _folder["many.json[2]"], _folder["plain.txt"], _folder["lines.JSONL:1"], "-"], run.Ids);
        Assert.Equal(0, run.Matches[3].GetProperty("mentions")[0].GetProperty("start").GetInt32());
    }

    [Theory]
    [InlineData("{\"text\":\"حوار\"}\n{\"text\":\"حوار\"}", "standard input:1", "standard input:2")]
    [InlineData("\n \r\n {\"text\":\"حوار\"}\n", "standard input:3")]
    [InlineData("{\n\"text\":\n\"حوار\"}", "standard input")]
    [InlineData("[{\"text\":\"حوار\"},\n{\"text\":\"حوار\"}]", "standard input[0]", "standard input[1]")]
    [InlineData("حوار\n{\"text\":\"حوار\"}", "-")]
    [InlineData("", "")]
    [InlineData(" \n\n", "")]
    public async Task Standard_input_is_what_its_first_line_says(string input, params string[] ids)
    {
        var run = await MatchTrial.RunAsync(input);
        Assert.Equal((0, ""), (run.Code, run.Problems));
        Assert.Equal(ids is [""] ? [] : ids, run.Ids);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public async Task Utf_16_with_its_mark_is_understood(string encoding)
    {
        byte[] Encode(string text) => [.. Encoding.GetEncoding(encoding).GetPreamble(), .. Encoding.GetEncoding(encoding).GetBytes(text)];
        File.WriteAllBytes(_folder["wide.txt"], Encode("حوار"));
        var run = await MatchTrial.RunAsync(Encode("{\"id\":\"a\",\"text\":\"حوار\"}\r\n{\"id\":\"b\",\"text\":\"حوار\"}\r\n"), "-", _folder["wide.txt"]);
        Assert.Equal(["a", "b", _folder["wide.txt"]], run.Ids);
    }
}
