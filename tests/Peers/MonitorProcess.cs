using System.Diagnostics;
using System.Text;

namespace NewsMonitor.Tests.Peers;

/// <summary>The built <c>monitor</c> as its own process, with a data folder of its own, bounded in time.</summary>
internal sealed class MonitorProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly Task _reading;
    private TaskCompletionSource _grew = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private MonitorProcess(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput, _output), ReadAsync(process.StandardError, _error));
    }

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    /// <summary>What it has written to standard error so far.</summary>
    public string Complaints => Snapshot(_error);

    /// <summary>What <c>dotnet</c> is given to run.</summary>
    public static string Program { get; } = Path.Combine(
        Repository.Root, "functions", "NewsMonitor.Cli", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "monitor.dll");

    /// <summary>Starts it in a folder, with settings as environment variables.</summary>
    public static MonitorProcess Start(string folder, IReadOnlyDictionary<string, string>? settings, params string[] arguments) =>
        Start("dotnet", folder, settings, [Program, .. arguments]);

    /// <summary>Any command, for what a newcomer types.</summary>
    public static MonitorProcess Start(string command, string folder, IReadOnlyDictionary<string, string>? settings, params string[] arguments)
    {
        var start = new ProcessStartInfo(command)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        // Feeds and receivers of tests are on this machine, where nobody else's would be allowed.
        start.Environment["Http__AllowedNetworks"] = "127.0.0.1";
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        // The environment of a cloud host must not fool us.
        start.Environment["CONTAINER_NAME"] = "somebody-elses";
        start.Environment["ASPNETCORE_URLS"] = "http://0.0.0.0:1";
        return new MonitorProcess(Process.Start(start)!);
    }

    /// <summary>Runs to the end.</summary>
    public static async Task<Finished> RunAsync(string folder, params string[] arguments)
    {
        using var process = Start(folder, null, arguments);
        return await process.FinishAsync();
    }

    public async Task<Finished> FinishAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
            await _reading.WaitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"monitor did not end within {Patience}. It said:\n{Snapshot(_output)}\n{Snapshot(_error)}");
        }

        return new Finished(_process.ExitCode, _output.ToString(), _error.ToString());
    }

    /// <summary>Waits until it has printed a text, and returns all it has printed on standard output.</summary>
    public async Task<string> PrintedAsync(string text)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var grew = Volatile.Read(ref _grew).Task;
            var printed = Snapshot(_output);
            if (printed.Contains(text, StringComparison.Ordinal))
                return printed;
            if (_process.HasExited)
                throw new InvalidOperationException($"monitor ended with {_process.ExitCode} before it printed '{text}':\n{printed}\n{Snapshot(_error)}");
            await grew.WaitAsync(patience.Token);
        }
    }

    /// <summary>Ctrl-C, as a terminal sends it.</summary>
    public void Interrupt() => Process.Start("kill", ["-INT", $"{_process.Id}"]).WaitForExit();

    /// <summary>The end without a warning.</summary>
    public void Kill() => _process.Kill();

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private static string Snapshot(StringBuilder text)
    {
        lock (text)
            return text.ToString();
    }

    private async Task ReadAsync(StreamReader from, StringBuilder to)
    {
        while (await from.ReadLineAsync() is { } line)
        {
            lock (to)
                to.Append(line).Append('\n');
            Interlocked.Exchange(ref _grew, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        }

        Interlocked.Exchange(ref _grew, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }
}

/// <summary>How a process ended and what it said.</summary>
internal sealed record Finished(int ExitCode, string Output, string Error);
