using System.Diagnostics;
using NewsMonitor.Tests.Peers;

namespace NewsMonitor.Tests.EndToEnd;

/// <summary><c>match</c> among other programs.</summary>
public sealed class MatchTests : IDisposable
{
    private const string Article = """{"id":"a","text":"انسحاب القوات الأميركية من العراق"}""";

    private static readonly string s_match = $"dotnet '{MonitorProcess.Program}' match --json";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private async Task<Finished> ShellAsync(string command)
    {
        using var shell = MonitorProcess.Start("bash", _folder.Path, null, "-c", command);
        return await shell.FinishAsync();
    }

    [Fact]
    public async Task It_ends_quietly_when_nobody_reads_on_however_much_would_come()
    {
        var run = await ShellAsync($"yes '{Article}' 2>/dev/null | {s_match} | head -n 3; echo ${{PIPESTATUS[1]}}");
        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, lines.Length);
        Assert.All(lines[..3], line => Assert.StartsWith("{\"id\":\"a\",\"topic\":\"troop-redeployment\"", line, StringComparison.Ordinal));
        Assert.Equal(("0", ""), (lines[3], run.Error));
    }

    [Fact]
    public async Task Several_may_write_to_one_file()
    {
        _folder.Write("in.ndjson", $"{Article}\n3\n");
        var run = await ShellAsync($"(echo first; {s_match} in.ndjson; {s_match} < in.ndjson; echo last) > out 2>&1");
        Assert.Equal(0, run.ExitCode);
        var lines = await File.ReadAllLinesAsync(_folder["out"], TestContext.Current.CancellationToken);
        Assert.Collection(
            lines,
            line => Assert.Equal("first", line),
            line => Assert.StartsWith("{\"id\":\"a\"", line, StringComparison.Ordinal),
            line => Assert.StartsWith("in.ndjson:2: ", line, StringComparison.Ordinal),
            line => Assert.StartsWith("{\"id\":\"a\"", line, StringComparison.Ordinal),
            line => Assert.StartsWith("standard input:2: ", line, StringComparison.Ordinal),
            line => Assert.Equal("last", line));
    }

    [Fact]
    public async Task Ctrl_c_ends_it_while_it_waits_for_more()
    {
        Process.Start("mkfifo", [_folder["pipe.ndjson"]]).WaitForExit();
        using var match = MonitorProcess.Start(_folder.Path, null, "match", "--json", "pipe.ndjson");
        await using var pipe = await Task.Run(() => new FileStream(_folder["pipe.ndjson"], FileMode.Open, FileAccess.Write, FileShare.ReadWrite));
        await pipe.WriteAsync(System.Text.Encoding.UTF8.GetBytes(Article + "\n"), TestContext.Current.CancellationToken);
        await pipe.FlushAsync(TestContext.Current.CancellationToken);
        await match.PrintedAsync("troop-redeployment");

        match.Interrupt();
        var run = await match.FinishAsync();
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("monitor: stopped before the end", run.Error, StringComparison.Ordinal);
    }
}
