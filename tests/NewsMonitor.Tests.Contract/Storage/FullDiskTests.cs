using NewsMonitor.Tests.Peers;

namespace NewsMonitor.Tests.Contract.Storage;

/// <summary>What a full disk does to the file store, told by the whole program in a process of its own.</summary>
public sealed class FullDiskTests : IDisposable
{
    private const int NotHere = 77;

    /// <summary>
    /// In a namespace of its own, which needs no administrator and goes with the process: 64 KB of disk that something else fills.
    /// Then the same command when there is room again.
    /// </summary>
    private const string OnASmallDisk = """
        mount -t tmpfs -o size=64k none "$1" 2>/dev/null || exit 77
        cat /dev/zero > "$1/filler" 2>/dev/null
        dotnet "$2" subscribers add a@example.org --data "$1/data"; echo "ended with $?"
        echo "left: $(find "$1/data" -type f -size +0)"
        dotnet "$2" subscribers add b@example.org --data "$1/data"; echo "ended with $?"
        rm "$1/filler"
        dotnet "$2" subscribers add a@example.org --data "$1/data"; echo "ended with $?"
        cat "$1"/data/subscribers/*.json; echo
        echo "left: $(find "$1/data/.aside" -type f)"
        """;

    /// <summary>No file of more than 1 KB, as a quota or a small file system has it.</summary>
    private const string WithSmallFiles = """
        trap '' XFSZ
        ulimit -f 1 || exit 77
        dotnet "$2" run --once --data "$1/data"; echo "ended with $?"
        echo "left: $(find "$1/data" -type f -size +0)"
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_full_disk_is_told_with_the_path_leaves_nothing_half_written_and_is_recovered_from()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux gives everybody a disk of their own.");
        var ended = await RunAsync("unshare", "--map-root-user", "--mount", "sh", "-c", OnASmallDisk, "sh", _folder.Path, MonitorProcess.Program);
        Assert.SkipWhen(ended.ExitCode is NotHere || ended.Error.Contains("unshare:", StringComparison.Ordinal), "This machine lets nobody mount a disk.");

        var lines = ended.Output.Split('\n');
        Assert.Equal(["ended with 1", "left: ", "ended with 1"], lines[..3]);
        Assert.Contains("ended with 0", lines[3..]);
        Assert.Contains("a@example.org", ended.Output, StringComparison.Ordinal);
        Assert.Contains("left: ", lines[4..]);
        AssertTold(ended.Error, problems: 2, "subscribers/");
    }

    [Fact]
    public async Task A_limit_on_files_is_told_with_the_path_and_leaves_nothing_half_written()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows limits no process so.");
        var ended = await RunAsync("sh", "-c", WithSmallFiles, "sh", _folder.Path, MonitorProcess.Program);
        Assert.SkipWhen(ended.ExitCode is NotHere, "This shell limits no process so.");

        Assert.Equal("ended with 1\nleft: \n", ended.Output);
        AssertTold(ended.Error, problems: 1, "sources.opml");
    }

    private void AssertTold(string error, int problems, string document)
    {
        var told = error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(problems, told.Length);
        Assert.All(told, line =>
        {
            Assert.StartsWith($"monitor: Cannot write {_folder["data"]}/{document}", line, StringComparison.Ordinal);
            Assert.Contains("the disk is full, or a limit on its use is reached. Free some space", line, StringComparison.Ordinal);
        });
    }

    private async Task<Finished> RunAsync(string command, params string[] arguments)
    {
        // The runtime maps its code through a file, which the limit would be on as well.
        using var process = MonitorProcess.Start(
            command, _folder.Path, new Dictionary<string, string> { ["DOTNET_EnableWriteXorExecute"] = "0" }, arguments);
        return await process.FinishAsync();
    }
}
