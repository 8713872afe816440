using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using NewsMonitor.Storage;

namespace NewsMonitor.Benchmarks.Polling;

/// <summary>
/// <c>serve-feeds</c>: Arabic feeds on this machine, each at <c>/f/NUMBER.xml</c>, with validators and gzip, all made before the first request. A
/// process of its own, so that what it costs is not counted with those who read.
/// </summary>
public static class FeedServer
{
    private const int MostHosts = 1000, HostsOfANetwork = 250;

    public static Command Command()
    {
        var (sources, items, hosts) = PollOptions.Feeds();
        var port = new Option<int>("--port") { Description = "Where to listen (0: any free port).", HelpName = "NUMBER" };
        var command = new Command("serve-feeds", "Serve generated feeds on 127.0.0.0/8 until standard input ends; prints one line of JSON when it begins.")
        {
            sources, items, hosts, port,
        };
        command.SetAction(async (result, cancel) =>
        {
            var (many, spread) = (result.GetValue(sources), result.GetValue(hosts));
            await using var server = await StartAsync(many, result.GetValue(items), spread, result.GetValue(port), cancel);
            var serving = new Serving(Addresses(many, spread, PortOf(server)));
            Console.WriteLine(JsonSerializer.Serialize(serving, Documents.Compact));
            // Ends with whoever started it, however that one ends.
            await Console.In.ReadToEndAsync(cancel);
        });
        return command;
    }

    /// <summary>Feeds are spread over the hosts, as outlets are.</summary>
    public static IReadOnlyList<Uri> Addresses(int sources, int hosts, int port) =>
        [.. Enumerable.Range(0, sources).Select(number => new Uri($"http://{Host(number % hosts)}:{port}/f/{number}.xml"))];

    public static async Task<WebApplication> StartAsync(int sources, int items, int hosts, int port, CancellationToken cancel)
    {
        if (hosts is < 1 or > MostHosts)
            throw new MonitorException($"--hosts is a whole number from 1 to {MostHosts}.");
        var news = new GeneratedNews();
        var now = DateTimeOffset.UtcNow;
        var feeds = Enumerable.Range(0, sources).AsParallel().AsOrdered().Select(number => GeneratedFeed.Create(news, number, items, now)).ToArray();
        GC.Collect();

        port = port == 0 ? FreePort() : port;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            // Each by itself: one socket for all addresses would be open to the network too.
            for (int host = 0; host < hosts; host++)
                kestrel.Listen(Host(host), port);
        });
        var app = builder.Build();
        var counts = new Counts();
        app.Run(context => context.Request.Path == "/counts" ? counts.WriteAsync(context) : AnswerAsync(context, feeds, counts));
        await app.StartAsync(cancel);
        return app;
    }

    /// <summary>All of 127.0.0.0/8 is this machine, on Linux.</summary>
    private static IPAddress Host(int number) => new([127, 0, (byte)(1 + (number / HostsOfANetwork)), (byte)(1 + (number % HostsOfANetwork))]);

    private static int PortOf(WebApplication server) => new Uri(server.Urls.First()).Port;

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private static Task AnswerAsync(HttpContext context, GeneratedFeed[] feeds, Counts counts)
    {
        var answer = context.Response;
        if (!TryNumber(context.Request.Path.Value, out int number) || number >= feeds.Length)
        {
            answer.StatusCode = 404;
            return Task.CompletedTask;
        }

        var feed = feeds[number];
        var headers = context.Request.Headers;
        bool isZipped = headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase);
        // A strong tag is one of bytes, and the zipped ones are others.
        answer.Headers.ETag = isZipped ? $"\"{feed.Hash}-gz\"" : $"\"{feed.Hash}\"";
        answer.Headers.LastModified = feed.Changed.ToString("r", CultureInfo.InvariantCulture);
        answer.Headers.Vary = "Accept-Encoding";
        if (IsUnchanged(feed, headers.IfNoneMatch, headers.IfModifiedSince))
        {
            answer.StatusCode = 304;
            counts.Add(304, 0);
            return Task.CompletedTask;
        }

        byte[] body = isZipped ? feed.Zipped : feed.Bytes;
        if (isZipped)
            answer.Headers.ContentEncoding = "gzip";
        answer.ContentType = feed.ContentType;
        answer.ContentLength = body.Length;
        counts.Add(200, body.Length);
        return answer.Body.WriteAsync(body).AsTask();
    }

    private static bool TryNumber(string? path, out int number)
    {
        number = -1;
        return path is not null && path.StartsWith("/f/", StringComparison.Ordinal) && path.EndsWith(".xml", StringComparison.Ordinal)
            && int.TryParse(path.AsSpan()[3..^4], NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>RFC 9110, 13.2.2: where there is a tag, the date does not count.</summary>
    private static bool IsUnchanged(GeneratedFeed feed, StringValues tags, StringValues since) => tags.Count > 0
        ? tags.ToString().Contains($"\"{feed.Hash}", StringComparison.Ordinal)
        : DateTimeOffset.TryParseExact(since, "r", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date >= feed.Changed;

    /// <summary>What was answered since somebody asked last: that readers did what they are said to have done.</summary>
    private sealed class Counts
    {
        private long _full, _unchanged, _bytes;

        public void Add(int status, int bytes)
        {
            Interlocked.Increment(ref status == 304 ? ref _unchanged : ref _full);
            Interlocked.Add(ref _bytes, bytes);
        }

        public Task WriteAsync(HttpContext context)
        {
            var answered = new Answered(Interlocked.Exchange(ref _full, 0), Interlocked.Exchange(ref _unchanged, 0), Interlocked.Exchange(ref _bytes, 0));
            return context.Response.WriteAsync(JsonSerializer.Serialize(answered, Documents.Compact));
        }
    }
}

/// <summary>What the server says when it begins.</summary>
public sealed record Serving(IReadOnlyList<Uri> Addresses);

/// <param name="Full">200.</param>
/// <param name="Unchanged">304.</param>
/// <param name="Bytes">Of bodies, as sent.</param>
public sealed record Answered(long Full, long Unchanged, long Bytes);
