using System.Text;
using NewsMonitor.Cli.Matching;
using NewsMonitor.Tests.Peers;

namespace NewsMonitor.Tests.Unit.Cli;

/// <summary>Whatever an input has in it, it loses nothing else, and it is told where it is.</summary>
public sealed class MatchHostileInputTests : IDisposable
{
    private const string Good = "{\"id\":\"good\",\"text\":\"حوار\"}";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    [Theory]
    [InlineData("{\"id\":\"a\",\"text\":", "not valid JSON, skipped: ")]
    [InlineData("{\"id\":\"a\",\"text\":\"حوار\"", "not valid JSON, skipped: ")]
    [InlineData("{\"id\":\"a\",\"text\":\"حوار\"} x", "not valid JSON, skipped: ")]
    [InlineData("{\"id\":\"a\",\"text\":\"حوار\",}", "not valid JSON, skipped: ")]
    [InlineData("{\"id\":\"a\",\"text\":\"\\ud83\"}", "not valid JSON, skipped: ")]
    [InlineData("{\"id\":\"a\",\"text\":\"حوار\\x\"}", "not valid JSON, skipped: ")]
    [InlineData("{\"id\":\"a\",\"text\":\"حو\tار\"}", "not valid JSON, skipped: ")]
    [InlineData("{\"text\":\"حوار\"}{\"text\":\"حوار\"}", "not valid JSON, skipped: ")]
    [InlineData("حوار", "not valid JSON, skipped: ")]
    [InlineData("\0\0", "not valid JSON, skipped: ")]
    [InlineData("[3", "not valid JSON, skipped: ")]
    [InlineData("[]", "expected an object with id, title and text, skipped")]
    [InlineData("[{\"text\":\"حوار\"}]", "expected an object with id, title and text, skipped")]
    [InlineData("3", "expected an object with id, title and text, skipped")]
    [InlineData("\"حوار\"", "expected an object with id, title and text, skipped")]
    [InlineData("null", "expected an object with id, title and text, skipped")]
    [InlineData("{}", "has neither a title nor a text, skipped")]
    [InlineData("{\"id\":\"a\",\"text\":null,\"title\":{\"text\":\"حوار\"}}", "has neither a title nor a text, skipped")]
    public async Task A_bad_line_is_told_and_its_neighbours_are_matched(string bad, string problem)
    {
        string file = _folder.Write("in.ndjson", $"{Good}\r\n\r\n{bad}\n{Good}");
        var run = await MatchTrial.RunAsync("", file);

        Assert.Equal(1, run.Code);
        Assert.Equal(["good", "good"], run.Ids);
        Assert.StartsWith($"{file}:3: {problem}", Assert.Single(run.ProblemLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_that_is_too_deep_is_told()
    {
        var run = await MatchTrial.RunAsync($"{Good}\n{{\"text\":\"حوار\",\"x\":{new string('[', 100_000)}}}\n{Good}");
        Assert.Equal(["good", "good"], run.Ids);
        Assert.StartsWith("standard input:2: not valid JSON, skipped: ", Assert.Single(run.ProblemLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Problems_come_in_input_order_also_from_several_files()
    {
        string one = _folder.Write("one.ndjson", $"3\n{Good}\n4\n"), two = _folder.Write("two.json", $"[{Good}, 5,\n{Good}, x]");
        var run = await MatchTrial.RunAsync("6", one, _folder["missing.ndjson"], two, _folder.Path, _folder.Write("empty.json", ""), "-", one);

        Assert.Equal(1, run.Code);
        Assert.Equal(["good", "good", "good", "good"], run.Ids);
        Assert.Collection(
            run.ProblemLines,
            p => Assert.StartsWith($"{one}:1: expected an object", p, StringComparison.Ordinal),
            p => Assert.StartsWith($"{one}:3: expected an object", p, StringComparison.Ordinal),
            p => Assert.StartsWith($"{_folder["missing.ndjson"]}: cannot be read: ", p, StringComparison.Ordinal),
            p => Assert.StartsWith($"{two}[1]: expected an object", p, StringComparison.Ordinal),
            p => Assert.StartsWith($"{two}:2: not valid JSON, skipped with all that follows: 'x'", p, StringComparison.Ordinal),
            p => Assert.StartsWith($"{_folder.Path}: cannot be read: it is a folder", p, StringComparison.Ordinal),
            p => Assert.StartsWith($"{_folder["empty.json"]}: not valid JSON, skipped: ", p, StringComparison.Ordinal),
            p => Assert.StartsWith($"{one}:1: expected an object", p, StringComparison.Ordinal),
            p => Assert.StartsWith($"{one}:3: expected an object", p, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_broken_document_is_told_with_its_line()
    {
        var run = await MatchTrial.RunAsync("{\n\"id\": x}", "-", _folder.Write("cut.json", $"[{Good},\n{Good}"));
        Assert.Equal(["good", "good"], run.Ids);
        Assert.Collection(
            run.ProblemLines,
            p => Assert.StartsWith("standard input:2: not valid JSON, skipped: 'x'", p, StringComparison.Ordinal),
            p => Assert.StartsWith($"{_folder["cut.json"]}:2: not valid JSON, skipped with all that follows: ", p, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_not_utf_8_is_replaced_and_told_and_the_article_is_kept()
    {
        byte[] input = [.. Bytes("{\"id\":\"a\",\"text\":\"\\u0627 "), 0xFF, 0xD8, .. Bytes(" حوار\",\"x\":\""), 0xC3, .. Bytes("\"}\n" + Good + "\n{\"text\":"), 0xFF, .. Bytes("}")];
        var run = await MatchTrial.RunAsync(input);

        Assert.Equal(1, run.Code);
        Assert.Equal(["a", "good"], run.Ids);
        Assert.Equal(5, run.Matches[0].GetProperty("mentions")[0].GetProperty("start").GetInt32());
        Assert.Equal("ا \uFFFD\uFFFD حوار", run.Matches[0].GetProperty("mentions")[0].GetProperty("sentence").GetString());
        Assert.Equal("\uFFFD", run.Matches[0].GetProperty("x").GetString());
        Assert.Collection(
            run.ProblemLines,
            p => Assert.StartsWith("standard input:1: not valid UTF-8", p, StringComparison.Ordinal),
            p => Assert.StartsWith("standard input:3: not valid JSON, skipped: ", p, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Half_a_surrogate_pair_loses_nothing_and_keeps_offsets()
    {
        var run = await MatchTrial.RunAsync("""{"id":"\ud83d","text":"\ud83d \"\n\ude00\u062dوار \ud83d\ude00 \udc00","\udc00":1}""");

        Assert.Equal((0, ""), (run.Code, run.Problems));
        var mention = run.Matches.Single().GetProperty("mentions")[0];
        Assert.Equal((5, 9), (mention.GetProperty("start").GetInt32(), mention.GetProperty("end").GetInt32()));
        Assert.Equal("\uFFFDحوار 😀 \uFFFD", mention.GetProperty("sentence").GetString());
    }

    [Fact]
    public async Task Marks_blank_lines_and_line_ends_of_all_kinds_are_no_article()
    {
        var run = await MatchTrial.RunAsync($"\uFEFF{Good}\r\n\r\n \t \n\n\uFEFF{Good}\n\uFEFF\n{Good}");
        Assert.Equal((0, ""), (run.Code, run.Problems));
        Assert.Equal(["good", "good", "good"], run.Ids);
    }

    [Fact]
    public async Task A_line_longer_than_any_may_be_is_told_and_skipped()
    {
        var sizes = new BlockSizes(100, 1 << 20);
        string Line(int length) => $"{{\"id\":\"{length}\",\"text\":\"حوار {new string('x', length)}\"}}\n";
        var run = await MatchTrial.RunAsync(
            new MemoryStream(Bytes(Line(9) + Line(1 << 20) + Line(1_000_000) + Line(3_000_000) + "3\n" + Line(10) + Line(1 << 21).TrimEnd('\n'))), sizes);

        Assert.Equal(1, run.Code);
        Assert.Equal(["9", "1000000", "10"], run.Ids);
        Assert.Equal(
            ["standard input:2: longer than 1 MB, skipped", "standard input:4: longer than 1 MB, skipped",
                "standard input:5: expected an object with id, title and text, skipped", "standard input:7: longer than 1 MB, skipped"],
            run.ProblemLines);
    }

    [Fact]
    public async Task A_document_or_text_longer_than_any_may_be_is_told_and_what_comes_before_and_after_is_matched()
    {
        string huge = new('x', 2 << 20);
        string[] files =
        [
            _folder.Write("huge.txt", huge),
            _folder.Write("huge.json", $"{{\"text\":\"{huge}\"}}"),
            _folder.Write("array.json", $"[{Good},{{\"text\":\"{huge}\"}},{Good}]"),
            _folder.Write("good.json", Good),
        ];
        var run = await MatchTrial.RunAsync(Stream.Null, new BlockSizes(1000, 1 << 20), files: files);

        Assert.Equal(["good", "good"], run.Ids);
        Assert.Equal(
            [$"{files[0]}: longer than 1 MB, skipped", $"{files[1]}: longer than 1 MB, skipped", $"{files[2]}[1]: longer than 1 MB, skipped with all that follows"],
            run.ProblemLines);
    }

    [Fact]
    public async Task A_line_of_many_blocks_is_matched()
    {
        const int length = 20 << 20;
        byte[] line = Bytes($"{{\"id\":\"long\",\"text\":\"{new string('x', length)} حوار\"}}\n");
        var run = await MatchTrial.RunAsync([.. Bytes(Good + "\n"), .. line, .. Bytes(Good)]);
        Assert.Equal((0, ""), (run.Code, run.Problems));
        Assert.Equal(["good", "long", "good"], run.Ids);
        Assert.Equal(length + 1, run.Matches[1].GetProperty("mentions")[0].GetProperty("start").GetInt32());
    }

    [Fact]
    public async Task Input_that_breaks_off_is_told_after_what_came()
    {
        var run = await MatchTrial.RunAsync(new Broken(Bytes($"{Good}\n{Good}\n")), BlockSizes.Usual);
        Assert.Equal(1, run.Code);
        Assert.Equal(["good", "good"], run.Ids);
        Assert.Equal("standard input: cannot be read further: pulled out", Assert.Single(run.ProblemLines));
    }

    private sealed class Broken(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer) is > 0 and var read ? read : throw new IOException("pulled out");
    }
}
