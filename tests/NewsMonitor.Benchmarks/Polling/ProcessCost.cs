using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace NewsMonitor.Benchmarks.Polling;

/// <summary>What one run of a program cost, with all processes that it started and waited for.</summary>
/// <param name="CpuSeconds">User and system.</param>
/// <param name="PeakMegabytes">Resident, of the program itself; null where it leaves the work to other processes.</param>
public sealed record ProcessCost(double WallSeconds, double CpuSeconds, double? PeakMegabytes, string Output)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10), s_look = TimeSpan.FromMilliseconds(20);

    /// <summary>Runs it to its end. Of this process' other children only those count that end meanwhile: let there be none.</summary>
    public static ProcessCost Measure(Run run)
    {
        if (!OperatingSystem.IsLinux())
            throw new MonitorException("What a process costs is read as Linux tells it; run this on Linux.");
        var start = new ProcessStartInfo(run.Program, run.Arguments)
        {
            WorkingDirectory = run.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in run.Environment)
            start.Environment[name] = value;
        // All that is asked is on this machine.
        foreach (string name in start.Environment.Keys.Where(name => name.EndsWith("_proxy", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);

        var (output, error) = (new StringBuilder(), new StringBuilder());
        double before = ChildrenCpuSeconds();
        var wall = Stopwatch.StartNew();
        using var process = Process.Start(start) ?? throw new MonitorException($"{run.Program} does not start.");
        process.OutputDataReceived += (_, line) => output.AppendLine(line.Data);
        process.ErrorDataReceived += (_, line) => error.AppendLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.StandardInput.Close();
        double? peak = null;
        while (!process.WaitForExit(s_look))
        {
            peak = PeakOf(process.Id) ?? peak;
            if (wall.Elapsed < s_patience)
                continue;
            process.Kill(entireProcessTree: true);
            throw new MonitorException($"{run.Program} did not end within {s_patience.TotalMinutes} minutes.");
        }

        wall.Stop();
        double cpu = ChildrenCpuSeconds() - before;
        process.WaitForExit();
        return process.ExitCode == 0
            ? new(wall.Elapsed.TotalSeconds, cpu, run.IsManyProcesses ? null : peak, output.ToString())
            : throw new MonitorException($"{run.Program} {string.Join(' ', run.Arguments)} failed with {process.ExitCode}: {SafeText.Line(error.ToString(), 1000)}");
    }

    /// <summary>The most it ever had, as the kernel keeps it for the program: not what was there before it replaced its parent's copy.</summary>
    private static double? PeakOf(int process)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? null : double.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
        }
        catch (IOException)
        {
            // It ended.
            return null;
        }
    }

    private static double ChildrenCpuSeconds()
    {
        const int OfChildren = -1;
        long[] usage = new long[18];
        if (NativeMethods.GetResourceUsage(OfChildren, usage) != 0)
            throw new MonitorException("The system does not say what its processes cost (getrusage).");
        return usage[0] + usage[2] + ((usage[1] + usage[3]) / 1e6);
    }

    private static class NativeMethods
    {
        /// <summary>struct rusage of 64-bit Linux: seconds and microseconds of user time and of system time, then 14 more.</summary>
        [DllImport("libc", EntryPoint = "getrusage")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int GetResourceUsage(int who, [Out] long[] usage);
    }
}

/// <param name="IsManyProcesses">Its work is done by others that it starts, so that its own memory says nothing.</param>
public sealed record Run(
    string Program, IReadOnlyList<string> Arguments, string Folder, IReadOnlyDictionary<string, string> Environment, bool IsManyProcesses = false);
