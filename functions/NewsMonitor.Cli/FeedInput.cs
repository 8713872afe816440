using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NewsMonitor.Feeds;
using NewsMonitor.Http;
using NewsMonitor.Sources;

namespace NewsMonitor.Cli;

/// <summary>One file or address, read: what the monitor sees in it, or why it sees nothing.</summary>
/// <param name="Feed">Null when there were no bytes to look at; the problem says why.</param>
internal sealed record FeedInput(string Input, Feed? Feed, string? Fault)
{
    public bool IsRead => Feed is { IsFeed: true };

    public IReadOnlyList<string> Problems => Fault is null ? Feed?.Problems ?? [] : [Fault];

    /// <summary>Fetches or opens each, a few at a time; the answers come in the order of the inputs, as soon as that allows.</summary>
    public static async IAsyncEnumerable<FeedInput> ReadAllAsync(
        IReadOnlyList<(string Input, TimeZoneInfo Zone)> inputs,
        IServiceProvider services,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        const int atOnce = 8;
        var running = new Queue<Task<FeedInput>>();
        var next = 0;
        while (next < inputs.Count || running.Count > 0)
        {
            while (next < inputs.Count && running.Count < atOnce)
            {
                var (input, zone) = inputs[next++];
                running.Enqueue(Task.Run(() => ReadAsync(input, zone, services, cancel), cancel));
            }

            yield return await running.Dequeue();
        }
    }

    private static async Task<FeedInput> ReadAsync(string input, TimeZoneInfo zone, IServiceProvider services, CancellationToken cancel)
    {
        var time = services.GetRequiredService<TimeProvider>();
        if (!input.Contains("://", StringComparison.Ordinal))
        {
            var (bytes, fault) = await OpenAsync(input, services.GetRequiredService<IOptions<FetchOptions>>().Value.MaximumBytes, cancel);
            return new FeedInput(input, bytes is null ? null : FeedParser.Parse(bytes, null, null, zone, time), fault);
        }

        if (SourceAddress.Normalize(input) is not { } address)
            return new FeedInput(input, null, $"{SafeText.Line(input)}: not an http or https address.");

        var shown = SourceAddress.Shown(address);
        return await services.GetRequiredService<Fetcher>().FetchAsync(new Uri(address), null, null, cancel) switch
        {
            FetchResult.Fetched body => new FeedInput(input, FeedParser.Parse(body.Bytes, body.Charset, body.Final, zone, time), null),
            FetchResult.Failed failed => new FeedInput(input, null, $"{shown}: {failed.Reason}."),
            _ => new FeedInput(input, null, $"{shown}: an answer that makes no sense."),
        };
    }

    /// <summary>The bytes of a file, or of standard input for a dash; else why there are none.</summary>
    public static async Task<(byte[]? Bytes, string? Fault)> OpenAsync(string path, int maximum, CancellationToken cancel)
    {
        var shown = SafeText.Line(path);
        try
        {
            if (path == "-")
            {
                await using var input = Console.OpenStandardInput();
                return await BoundedAsync(input, shown, maximum, cancel);
            }

            if (Directory.Exists(path))
                return (null, $"{shown}: this is a folder; name the files in it.");

            await using var file = File.OpenRead(path);
            return await BoundedAsync(file, shown, maximum, cancel);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, $"{shown}: no such file.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return (null, $"{shown}: cannot be read ({SafeText.Line(e.Message)}).");
        }
    }

    private static async Task<(byte[]? Bytes, string? Fault)> BoundedAsync(Stream stream, string shown, int maximum, CancellationToken cancel)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[65_536];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancel)) > 0)
        {
            if (bytes.Length + read > maximum)
                return (null, $"{shown}: over {maximum / 1_000_000.0:0.###} MB is not read.");

            bytes.Write(buffer, 0, read);
        }

        return (bytes.ToArray(), null);
    }
}
