using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NewsMonitor.Feeds;
using NewsMonitor.Http;
using NewsMonitor.Sources;

namespace NewsMonitor.Cli;

/// <summary>One file or address, read: what the monitor sees in it, or why it sees nothing.</summary>
/// <param name="Feed">Null when there were no bytes to look at; the problem says why.</param>
internal sealed partial record FeedInput(string Input, Feed? Feed, string? Fault)
{
    public bool IsRead => Feed is { IsFeed: true };

    public IReadOnlyList<string> Problems =>
        [.. Fault is null ? Feed?.Problems ?? [] : [Fault], .. Found?.Problems ?? []];

    /// <summary>What HTTP said.</summary>
    public int? Status { get; init; }

    /// <summary>What the bytes were read as.</summary>
    public string? Encoding => Feed?.Encoding;

    /// <summary>What was found instead of a feed, where somebody looked; null where nobody did.</summary>
    public FoundFeeds? Found { get; init; }

    /// <summary>What a page in a file names; nobody has looked whether these are feeds.</summary>
    public IReadOnlyList<FeedCandidate> Named { get; init; } = [];

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

    /// <summary>One input; of a page in the web it finds the feeds.</summary>
    public static async Task<FeedInput> ReadAsync(string input, TimeZoneInfo zone, IServiceProvider services, CancellationToken cancel)
    {
        var time = services.GetRequiredService<TimeProvider>();
        if (!input.Contains("://", StringComparison.Ordinal))
        {
            var (bytes, fault) = await OpenAsync(input, services.GetRequiredService<IOptions<FetchOptions>>().Value.MaximumBytes, cancel);
            if (bytes is null)
                return new FeedInput(input, null, fault + Suggested(input));

            var read = FeedParser.Parse(bytes, null, null, zone, time);
            return new FeedInput(input, read, null)
            {
                Named = read.IsFeed ? [] : FeedPage.Candidates(bytes, null, null),
            };
        }

        if (SourceAddress.Normalize(input) is not { } address)
            return new FeedInput(input, null, $"{SafeText.Line(input)}: not an http or https address.");

        var fetcher = services.GetRequiredService<Fetcher>();
        var discovery = new FeedDiscovery(fetcher, zone, time);
        var shown = SourceAddress.Shown(address);
        switch (await fetcher.FetchAsync(new Uri(address), null, null, cancel))
        {
            case FetchResult.Fetched body:
                var feed = FeedParser.Parse(body.Bytes, body.Charset, body.Final, zone, time);
                return new FeedInput(input, feed, null)
                {
                    Status = 200,
                    Found = !feed.IsFeed && IsPage(body) ? await discovery.FindAsync(body, cancel) : null,
                };

            // The feed has gone elsewhere: perhaps the site's front page says where.
            case FetchResult.Failed { Status: 404 or 410 } gone:
                return new FeedInput(input, null, $"{shown}: {gone.Reason}.")
                {
                    Status = gone.Status,
                    Found = new Uri(address).PathAndQuery is not "/" && await fetcher.FetchPageAsync(new Uri(new Uri(address), "/"), cancel)
                        is FetchResult.Fetched front && IsPage(front) ? await discovery.FindAsync(front, cancel) : null,
                };
            case FetchResult.Failed failed:
                return new FeedInput(input, null, $"{shown}: {failed.Reason}.") { Status = failed.Status };
            default:
                return new FeedInput(input, null, $"{shown}: an answer that makes no sense.");
        }
    }

    private static bool IsPage(FetchResult.Fetched body) =>
        body.ContentType?.Contains("html", StringComparison.OrdinalIgnoreCase) == true
        || FeedPage.Candidates(body.Bytes, body.Charset, body.Final).Count > 0;

    /// <summary>What has the form of a host is more often meant as one.</summary>
    private static string Suggested(string input) =>
        !File.Exists(input) && !Directory.Exists(input) && input is not "-" && Host().IsMatch(input)
            ? $" If it is a site, write https://{SafeText.Line(input)}" : "";

    [GeneratedRegex(@"^[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.(?!(?:xml|rss|atom|rdf|json|html?|txt|opml|gz)$)\p{L}{2,}(?::[0-9]+)?(?:/|$)")]
    private static partial Regex Host();

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
