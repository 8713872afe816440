using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using NewsMonitor.Feeds;
using NewsMonitor.Http;

namespace NewsMonitor.Tests.Contract.Http;

public sealed class FetcherTests
{
    private const string Rss = "<rss version=\"2.0\"><channel><title>وكالة</title><item><title>خبر</title><link>/news/1</link></item></channel></rss>";

    private static readonly FetchOptions Hasty = new() { TotalSeconds = 2, AttemptSeconds = 1 };

    [Theory]
    [InlineData("\"abc\"", "Mon, 23 Nov 2026 10:00:00 GMT")]
    [InlineData("W/\"5f-\u00e9\"", null)]
    [InlineData("unquoted", "23.11.2026, just a string")]
    public async Task Validators_go_back_exactly_as_they_came(string etag, string? modified)
    {
        await using var server = await FetchServer.StartAsync(async (http, _) =>
        {
            if (http.Request.Headers.IfNoneMatch == etag && http.Request.Headers.IfModifiedSince.FirstOrDefault() == modified)
            {
                http.Response.StatusCode = 304;
                return;
            }

            http.Response.Headers.ETag = etag;
            http.Response.Headers.LastModified = modified;
            http.Response.ContentType = "application/rss+xml; charset=\"utf-8\"";
            await http.Response.WriteAsync(Rss);
        });

        var first = Assert.IsType<FetchResult.Fetched>(await server.FetchAsync());
        Assert.Equal(("utf-8", etag, modified, Rss), (first.Charset, first.ETag, first.LastModified, Encoding.UTF8.GetString(first.Bytes.Span)));
        Assert.IsType<FetchResult.NotModified>(await server.FetchAsync("/", first.ETag, first.LastModified));
    }

    [Fact]
    public async Task Not_modified_without_a_question_is_a_fault() =>
        Assert.Equal(304, (await FaultAsync((http, _) => Status(http, 304))).Status);

    [Theory]
    [InlineData(204, "HTTP 204: no content", 1)]
    [InlineData(403, "HTTP 403: the site refuses automated readers", 1)]
    [InlineData(404, "HTTP 404: there is no feed at this address", 1)]
    [InlineData(410, "HTTP 410: gone (410)", 1)]
    [InlineData(429, "HTTP 429: the site asks for fewer requests", 1)]
    [InlineData(500, "HTTP 500: the server failed", 2)]
    [InlineData(503, "HTTP 503: the server failed", 2)]
    public async Task A_status_is_told_and_only_a_servers_failure_is_tried_again(int status, string begins, int requests)
    {
        await using var server = await FetchServer.StartAsync(async (http, _) =>
        {
            http.Response.StatusCode = status;
            if (status != 204)
                await http.Response.WriteAsync(Rss);
        });
        var fault = Assert.IsType<FetchResult.Failed>(await server.FetchAsync());
        Assert.StartsWith(begins, fault.Reason, StringComparison.Ordinal);
        Assert.Equal((status, requests), (fault.Status, server.Requests));
    }

    [Fact]
    public async Task A_failure_that_passes_is_not_seen()
    {
        await using var server = await FetchServer.StartAsync((http, n) => n == 1 ? Status(http, 502) : http.Response.WriteAsync(Rss));
        Assert.IsType<FetchResult.Fetched>(await server.FetchAsync());
    }

    [Fact]
    public async Task A_server_that_names_its_time_is_not_asked_again_before_it()
    {
        await using var server = await FetchServer.StartAsync((http, _) =>
        {
            http.Response.Headers.RetryAfter = "120";
            return Status(http, 503);
        });
        var fault = Assert.IsType<FetchResult.Failed>(await server.FetchAsync());
        Assert.Equal((TimeSpan.FromSeconds(120), 1), (fault.RetryAfter, server.Requests));
        Assert.Contains("asks to wait 120 s", fault.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirects_are_followed_to_where_the_body_is()
    {
        await using var server = await FetchServer.StartAsync((http, _) => http.Request.Path.Value switch
        {
            "/" => Redirect(http, 301, "/two?x=1"),
            "/two" => Redirect(http, 307, "three"),
            _ => http.Response.WriteAsync(Rss),
        });
        Assert.Equal("/three", Assert.IsType<FetchResult.Fetched>(await server.FetchAsync()).Final.AbsolutePath);
    }

    [Theory]
    [InlineData("/", "redirected more than 5 times")]
    [InlineData("file:///etc/passwd", "HTTP 302: a redirect that leads to no http or https address")]
    [InlineData("gopher://a.example/", "HTTP 302: a redirect that leads to no http or https address")]
    [InlineData("", "HTTP 302: a redirect that leads to no http or https address")]
    public async Task A_redirect_to_nowhere_is_told(string location, string begins)
    {
        await using var server = await FetchServer.StartAsync((http, _) => Redirect(http, 302, location));
        Assert.StartsWith(begins, Assert.IsType<FetchResult.Failed>(await server.FetchAsync()).Reason, StringComparison.Ordinal);
        Assert.True(server.Requests <= 6);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task Compressed_feeds_are_read(string encoding)
    {
        await using var server = await FetchServer.StartAsync(async (http, _) =>
        {
            Assert.Contains(encoding, http.Request.Headers.AcceptEncoding.ToString(), StringComparison.Ordinal);
            http.Response.Headers.ContentEncoding = encoding;
            await using var body = Compress(http.Response.Body, encoding);
            await body.WriteAsync(Encoding.UTF8.GetBytes(Rss));
        });
        Assert.Equal(Rss, Encoding.UTF8.GetString(Assert.IsType<FetchResult.Fetched>(await server.FetchAsync()).Bytes.Span));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task A_bomb_costs_no_more_than_the_limit(string encoding)
    {
        await using var server = await FetchServer.StartAsync(
            async (http, _) =>
            {
                http.Response.Headers.ContentEncoding = encoding;
                await using var body = Compress(http.Response.Body, encoding);
                await SpillAsync(body, 500_000_000);
            },
            new FetchOptions { MaximumBytes = 1_000_000 });
        await AssertTooBigAsync(server, 1_000_000);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_of_200_MB_costs_no_more_than_the_limit(bool announced)
    {
        await using var server = await FetchServer.StartAsync(async (http, _) =>
        {
            http.Response.ContentLength = announced ? 200_000_000 : null;
            await SpillAsync(http.Response.Body, 200_000_000);
        });
        await AssertTooBigAsync(server, 10_000_000);
    }

    [Fact]
    public async Task A_body_of_exactly_the_limit_is_read()
    {
        await using var server = await FetchServer.StartAsync(
            (http, n) => http.Response.WriteAsync(new string('x', n == 1 ? 1_000 : 1_001)), new FetchOptions { MaximumBytes = 1_000 });
        Assert.IsType<FetchResult.Fetched>(await server.FetchAsync());
        Assert.IsType<FetchResult.Failed>(await server.FetchAsync());
    }

    [Theory]
    [InlineData("silence")]
    [InlineData("headers")]
    [InlineData("drip")]
    public async Task A_server_that_hangs_is_left_in_time(string how)
    {
        await using var server = await FetchServer.StartAsync(
            async (http, _) =>
            {
                if (how != "silence")
                {
                    await http.Response.WriteAsync("<rss>");
                    await http.Response.Body.FlushAsync();
                }

                while (how == "drip")
                {
                    await http.Response.WriteAsync(" ");
                    await http.Response.Body.FlushAsync();
                    await Task.Delay(20, http.RequestAborted);
                }

                await Task.Delay(Timeout.Infinite, http.RequestAborted);
            },
            Hasty);
        var clock = Stopwatch.StartNew();
        var fault = Assert.IsType<FetchResult.Failed>(await server.FetchAsync());
        Assert.StartsWith("timed out after 2 s", fault.Reason, StringComparison.Ordinal);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(8), $"{clock.Elapsed}");
    }

    [Fact]
    public async Task A_connection_that_breaks_is_one_line()
    {
        await using var server = await FetchServer.StartAsync(async (http, _) =>
        {
            http.Response.ContentLength = 10_000;
            await http.Response.WriteAsync("<rss>");
            await http.Response.Body.FlushAsync();
            http.Abort();
        });
        var fault = Assert.IsType<FetchResult.Failed>(await server.FetchAsync());
        Assert.Contains("the next poll tries again", fault.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Reason);
    }

    [Fact]
    public async Task A_body_that_does_not_decompress_is_told()
    {
        var fault = await FaultAsync((http, _) =>
        {
            http.Response.Headers.ContentEncoding = "gzip";
            return http.Response.WriteAsync(Rss);
        });
        Assert.StartsWith("the body is damaged", fault.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_connection_and_an_unknown_host_are_told_at_once()
    {
        await using var server = await FetchServer.StartAsync((http, _) => Status(http, 200));
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        var refused = Assert.IsType<FetchResult.Failed>(await server.FetchAsync($"http://127.0.0.1:{port}/"));
        Assert.StartsWith("connection refused", refused.Reason, StringComparison.Ordinal);
        var unknown = Assert.IsType<FetchResult.Failed>(await server.FetchAsync("http://no-such-host.invalid/"));
        Assert.StartsWith("no such host", unknown.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_callers_cancellation_is_thrown()
    {
        using var stop = new CancellationTokenSource();
        await using var server = await FetchServer.StartAsync(async (http, _) =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        });
        await using var services = new ServiceCollection().Configure<HttpOptions>(o => o.AllowedNetworks = "127.0.0.1").AddFetching().BuildServiceProvider();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => services.GetRequiredService<Fetcher>().FetchAsync(server.Root, null, null, stop.Token));
    }

    [Fact]
    public async Task A_source_that_fails_writes_nothing_to_the_log()
    {
        await using var server = await FetchServer.StartAsync((http, _) => Status(http, 500));
        var log = new CapturedLog();
        await using var services = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Information).AddProvider(log))
            .Configure<HttpOptions>(o => o.AllowedNetworks = "127.0.0.1").AddFetching().BuildServiceProvider();
        Assert.IsType<FetchResult.Failed>(
            await services.GetRequiredService<Fetcher>().FetchAsync(server.Root, null, null, TestContext.Current.CancellationToken));
        Assert.Equal(2, server.Requests);
        Assert.Empty(log.Lines);
    }

    [Fact]
    public async Task The_user_agent_says_who_we_are_and_where_to_reach_us()
    {
        var agent = "";
        await using var server = await FetchServer.StartAsync(
            (http, _) =>
            {
                agent = http.Request.Headers.UserAgent.ToString();
                return http.Response.WriteAsync(Rss);
            },
            new FetchOptions { ContactUrl = "https://monitor.example/about" });
        await server.FetchAsync();
        Assert.Matches(@"^NewsMonitor/\d+\.\d+ \(feed reader; \+https://monitor\.example/about\)$", agent);
    }

    [Theory]
    [InlineData("utf-8", "windows-1256")]
    [InlineData("windows-1256", "utf-8")]
    [InlineData("windows-1256", null)]
    [InlineData("utf-16", "utf-8")]
    public async Task A_wrong_charset_label_does_not_spoil_the_text(string written, string? label)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var text = Rss.Replace("خبر", "قال المتحدث إن الاجتماع المقبل في العاصمة سيبحث العلاقات والتعاون", StringComparison.Ordinal);
        await using var server = await FetchServer.StartAsync(async (http, _) =>
        {
            http.Response.ContentType = label is null ? "text/xml" : $"text/xml; charset={label}";
            await http.Response.Body.WriteAsync(Encoding.GetEncoding(written).GetBytes(text));
        });
        var fetched = Assert.IsType<FetchResult.Fetched>(await server.FetchAsync());
        var feed = FeedParser.Parse(fetched.Bytes, fetched.Charset, fetched.Final, TimeZoneInfo.Utc, new FakeTimeProvider());
        var item = Assert.Single(feed.Items);
        Assert.Equal(("قال المتحدث إن الاجتماع المقبل في العاصمة سيبحث العلاقات والتعاون", new Uri(server.Root, "/news/1").AbsoluteUri), (item.Title, item.Link));
    }

    private static async Task<FetchResult.Failed> FaultAsync(Func<HttpContext, int, Task> answer)
    {
        await using var server = await FetchServer.StartAsync(answer);
        return Assert.IsType<FetchResult.Failed>(await server.FetchAsync());
    }

    private static async Task AssertTooBigAsync(FetchServer server, int limit)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var fault = Assert.IsType<FetchResult.Failed>(await server.FetchAsync());
        Assert.StartsWith($"body over {limit / 1_000_000} MB", fault.Reason, StringComparison.Ordinal);

        // The server is in this process too, but it writes one buffer again and again.
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, (5L * limit) + 30_000_000);
    }

    private static async Task SpillAsync(Stream body, long bytes)
    {
        var buffer = new byte[1_000_000];
        buffer.AsSpan().Fill((byte)'x');
        try
        {
            for (var sent = 0L; sent < bytes; sent += buffer.Length)
                await body.WriteAsync(buffer);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or InvalidOperationException)
        {
            // The client hung up, as it should.
        }
    }

    private static Stream Compress(Stream body, string encoding) => encoding switch
    {
        "gzip" => new GZipStream(body, CompressionLevel.Fastest, leaveOpen: true),
        "br" => new BrotliStream(body, CompressionLevel.Fastest, leaveOpen: true),
        _ => new ZLibStream(body, CompressionLevel.Fastest, leaveOpen: true),
    };

    private static Task Status(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private static Task Redirect(HttpContext http, int status, string location)
    {
        http.Response.StatusCode = status;
        if (location.Length > 0)
            http.Response.Headers.Location = location;

        return Task.CompletedTask;
    }

    private sealed class CapturedLog : ILoggerProvider, ILogger
    {
        public List<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel level, EventId id, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
