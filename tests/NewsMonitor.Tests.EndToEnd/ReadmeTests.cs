using System.Text.RegularExpressions;
using NewsMonitor.Tests.Peers;

namespace NewsMonitor.Tests.EndToEnd;

/// <summary>The README's two commands do what it says.</summary>
public sealed partial class ReadmeTests
{
    [Fact]
    public async Task The_first_command_runs_the_main_job()
    {
        using var data = new TemporaryFolder();
        // The newcomer's data folder is not ours to touch; everything else is as written, the real outlets included.
        var settings = new Dictionary<string, string> { ["Storage__Data"] = data["data"] };
        using var process = MonitorProcess.Start("bash", Repository.Root, settings, "-c", Commands()[0]);
        var run = await process.FinishAsync();
        Assert.Equal(0, run.ExitCode);
        Assert.Matches(@"sources polled: 31, ", run.Output);
        Assert.Contains("strategic-dialogue", run.Output, StringComparison.Ordinal);
        Assert.Contains("troop-redeployment", run.Output, StringComparison.Ordinal);
        Assert.NotEmpty(Directory.GetFiles(data["data/hits"], "*.json", SearchOption.AllDirectories));
        Assert.NotEmpty(Directory.GetFiles(data["data/outbox"], "*.eml"));
    }

    [Fact]
    public void The_second_command_runs_the_tests() => Assert.Equal("bash tests/run.sh", Commands()[1]);

    [Fact]
    public void It_is_short() =>
        Assert.InRange(File.ReadAllLines(Path.Combine(Repository.Root, "README.md")).Length, 50, 199);

    /// <summary>The lines of the shell blocks, in order.</summary>
    private static List<string> Commands() =>
        [.. ShellBlock().Matches(File.ReadAllText(Path.Combine(Repository.Root, "README.md")))
            .SelectMany(block => block.Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries))];

    [GeneratedRegex("```(?:sh|bash)\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex ShellBlock();
}
