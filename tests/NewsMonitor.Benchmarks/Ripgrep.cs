using System.Diagnostics;
using System.Globalization;

namespace NewsMonitor.Benchmarks;

/// <summary>ripgrep as a process: what it takes to start is counted as well.</summary>
/// <param name="program">Where it is.</param>
/// <param name="literals">A file of literals, one a line.</param>
internal sealed class Ripgrep(string program, string literals)
{
    /// <summary>How many lines have one of the literals.</summary>
    public long Count(string file)
    {
        using var process = Process.Start(new ProcessStartInfo(program, ["-F", "-j1", "--no-config", "-c", "-f", literals, file])
        {
            RedirectStandardOutput = true,
        }) ?? throw new MonitorException($"{program} does not start.");
        string count = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        // 1 is that there was none, and then it prints nothing.
        return process.ExitCode switch
        {
            0 => long.Parse(count, CultureInfo.InvariantCulture),
            1 => 0,
            _ => throw new MonitorException($"{program} failed with {process.ExitCode}; what it said is above."),
        };
    }
}
