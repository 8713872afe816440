using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace NewsMonitor.Tests.Peers;

/// <summary>
/// The storage emulator of tests/package.json on free ports of 127.0.0.1, in memory, stopped by its process id.
/// <c>npm ci</c> in tests/ installs it; tests/run.sh does that.
/// </summary>
public sealed partial class Azurite : IAsyncDisposable
{
    // Azurite's documented development account; not a secret.
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private readonly Process _process;

    private Azurite(Process process, string connectionString)
    {
        _process = process;
        ConnectionString = connectionString;
    }

    public string ConnectionString { get; }

    public static async Task<Azurite> StartAsync()
    {
        var script = Path.Combine(Repository.Root, "tests", "node_modules", "azurite", "dist", "src", "azurite.js");
        if (!File.Exists(script))
            throw new InvalidOperationException("Azurite is not installed: run `npm ci` in tests/, or bash tests/run.sh.");

        // Port 0 lets Azurite choose; it prints what it chose.
        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments =
        [
            script, "--inMemoryPersistence", "--disableTelemetry",
            "--blobHost", "127.0.0.1", "--queueHost", "127.0.0.1", "--tableHost", "127.0.0.1",
            "--blobPort", "0", "--queuePort", "0", "--tablePort", "0",
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        var process = Process.Start(start) ?? throw new InvalidOperationException("node did not start.");
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            var ports = new Dictionary<string, int>();
            while (ports.Count < 2)
            {
                var line = await process.StandardOutput.ReadLineAsync(patience.Token)
                    ?? throw new InvalidOperationException($"Azurite stopped: {await process.StandardError.ReadToEndAsync(patience.Token)}");
                if (Listening().Match(line) is { Success: true } found)
                    ports[found.Groups[1].Value] = int.Parse(found.Groups[2].ValueSpan, CultureInfo.InvariantCulture);
            }

            // Read on, or a full pipe stops it.
            _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            _ = process.StandardError.ReadToEndAsync(CancellationToken.None);
            return new Azurite(process,
                $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};"
                + $"BlobEndpoint=http://127.0.0.1:{ports["Blob"]}/{Account};QueueEndpoint=http://127.0.0.1:{ports["Queue"]}/{Account};");
        }
        catch
        {
            process.Kill();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    [GeneratedRegex(@"Azurite (Blob|Queue) service is successfully listening at http://127\.0\.0\.1:(\d+)")]
    private static partial Regex Listening();
}
