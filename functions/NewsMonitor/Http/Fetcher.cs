using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Options;

namespace NewsMonitor.Http;

/// <summary>
/// Fetches one address, once, within its limits of time and size, and no faster than its host may be asked. Whatever a server or network
/// does is a result; only the caller's cancellation is thrown.
/// </summary>
public sealed class Fetcher(HttpClient client, HostGate gate, NetworkRules rules, IOptions<FetchOptions> options, TimeProvider time)
{
    private const int MaximumRedirects = 5;
    private const int MaximumValidator = 1_000;

    private const string FeedTypes =
        "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5";

    private const string PageTypes = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1";

    /// <param name="etag">What the last answer said, to be told when nothing has changed since.</param>
    public Task<FetchResult> FetchAsync(Uri address, string? etag, string? lastModified, CancellationToken cancel) =>
        FetchAsync(new Wish(address, FeedTypes, etag, lastModified), cancel);

    /// <summary>The page behind an item.</summary>
    public Task<FetchResult> FetchPageAsync(Uri address, CancellationToken cancel) => FetchAsync(new Wish(address, PageTypes, null, null), cancel);

    private async Task<FetchResult> FetchAsync(Wish wish, CancellationToken cancel)
    {
        // Waiting for other requests to the same host is not this server's fault: the deadline begins after it.
        using var deadline = new CancellationTokenSource();
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, deadline.Token);
        await using var timer = time.CreateTimer(_ => deadline.Cancel(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        var settings = options.Value;
        try
        {
            return await FollowAsync(wish, () => timer.Change(TimeSpan.FromSeconds(settings.TotalSeconds), Timeout.InfiniteTimeSpan), cancel, both.Token);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception) when (deadline.IsCancellationRequested)
        {
            return new FetchResult.Failed($"timed out after {settings.TotalSeconds} s; the next poll tries again");
        }
        catch (Exception e)
        {
            return FetchFaults.Describe(e, settings);
        }
    }

    /// <param name="begin">Starts the clock of the deadline.</param>
    /// <param name="cancel">Ends the wait for the host.</param>
    /// <param name="both">Ends everything else, at the deadline too.</param>
    private async Task<FetchResult> FollowAsync(Wish wish, Action begin, CancellationToken cancel, CancellationToken both)
    {
        if (!WebAddress.TryRead(wish.Address.OriginalString, null, out var here))
            return new FetchResult.Failed("not an http or https address; correct it in the list of sources");
        Uri? moved = null;
        var isForGood = true;
        for (var redirects = 0; redirects <= MaximumRedirects; redirects++)
        {
            rules.CheckLiteral(here);
            using var place = await gate.EnterAsync(here.Authority, here.IsLoopback, redirects == 0 ? cancel : both);
            if (redirects == 0)
                begin();
            using var answer = await client.SendAsync(Request(wish, here), HttpCompletionOption.ResponseHeadersRead, both);
            if (answer.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
                or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect)
            {
                if (Raw(answer.Headers.NonValidated, "Location") is not { } location || !WebAddress.TryRead(Utf8(location), here, out var next))
                {
                    return new FetchResult.Failed(
                        $"HTTP {(int)answer.StatusCode}: a redirect that leads to no http or https address; check the source's address", (int)answer.StatusCode);
                }

                // Once a step is only for now, so is all that follows it.
                isForGood &= answer.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.PermanentRedirect;
                moved = isForGood ? next : moved;
                here = next;
                continue;
            }

            var freshness = new Freshness(FreshFor(answer), moved);
            if (answer.StatusCode is HttpStatusCode.NotModified)
            {
                return wish.ETag is null && wish.LastModified is null
                    ? new FetchResult.Failed("HTTP 304: \"not modified\" to a request that named no version; the server or a cache before it is at fault", 304)
                    : new FetchResult.NotModified(freshness);
            }

            if (answer.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.NonAuthoritativeInformation))
                return FetchFaults.Describe(answer.StatusCode, RetryAfter.Of(answer.Headers, time.GetUtcNow()));

            return await ReadAsync(answer, here, freshness, options.Value.MaximumBytes, both);
        }

        return new FetchResult.Failed($"redirected more than {MaximumRedirects} times; check the source's address");
    }

    private HttpRequestMessage Request(Wish wish, Uri here)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, here)
        {
            Version = client.DefaultRequestVersion,
            VersionPolicy = client.DefaultVersionPolicy,
        };
        request.Headers.TryAddWithoutValidation("Accept", wish.Types);
        AddIfGiven(request, "If-None-Match", wish.ETag);
        AddIfGiven(request, "If-Modified-Since", wish.LastModified);
        // A password in the operator's address is for the host of that address only.
        if (wish.Address.UserInfo.Length > 0 && here.Scheme == wish.Address.Scheme && here.Authority == wish.Address.Authority)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(wish.Address.UserInfo))));
        }

        return request;
    }

    /// <summary>RFC 9111, 4.2.1: max-age before Expires, less the age that the answer has already.</summary>
    private static TimeSpan? FreshFor(HttpResponseMessage answer)
    {
        var cache = answer.Headers.CacheControl;
        var stated = cache is { NoCache: true } or { NoStore: true } ? null
            : cache?.MaxAge is { } maximum ? maximum - (answer.Headers.Age ?? TimeSpan.Zero)
            : answer.Content.Headers.Expires - answer.Headers.Date;
        return stated > TimeSpan.Zero ? stated : null;
    }

    private static async Task<FetchResult> ReadAsync(
        HttpResponseMessage answer, Uri final, Freshness freshness, int maximum, CancellationToken cancel)
    {
        var tooBig = new FetchResult.Failed(
            $"body over {maximum / 1_000_000.0:0.###} MB; not a feed, or raise Feeds:MaximumBytes", (int)answer.StatusCode);
        var announced = answer.Content.Headers.ContentLength ?? 0;
        if (announced > maximum)
            return tooBig;

        // The stream is already decompressed, so the limit holds for what a small body unfolds to.
        await using var body = await answer.Content.ReadAsStreamAsync(cancel);
        var bytes = new MemoryStream((int)Math.Max(announced, 16_384));
        var buffer = new byte[32_768];
        int read;
        while ((read = await body.ReadAsync(buffer, cancel)) > 0)
        {
            if (bytes.Length + read > maximum)
                return tooBig;

            bytes.Write(buffer, 0, read);
        }

        var type = Raw(answer.Content.Headers.NonValidated, "Content-Type");
        return new FetchResult.Fetched(
            bytes.GetBuffer().AsMemory(0, (int)bytes.Length),
            type,
            Charset(type),
            Bounded(Raw(answer.Headers.NonValidated, "ETag")),
            Bounded(Raw(answer.Content.Headers.NonValidated, "Last-Modified")),
            final,
            freshness);
    }

    private static void AddIfGiven(HttpRequestMessage request, string header, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            request.Headers.TryAddWithoutValidation(header, value);
    }

    /// <summary>Servers write charset=utf-8, charset="utf-8", charset=utf-8; and worse; what cannot be read states nothing.</summary>
    private static string? Charset(string? contentType)
    {
        var at = contentType?.IndexOf("charset", StringComparison.OrdinalIgnoreCase) ?? -1;
        if (at < 0)
            return null;

        var value = contentType![(at + "charset".Length)..].TrimStart(' ', '\t');
        if (!value.StartsWith('='))
            return null;

        var end = value.IndexOfAny([';', ',']);
        value = (end < 0 ? value[1..] : value[1..end]).Trim(' ', '\t', '"', '\'');
        return value.Length is > 0 and <= 40 ? value : null;
    }

    private static string? Raw(HttpHeadersNonValidated headers, string name) =>
        headers.TryGetValues(name, out var values) && values.ToString() is { Length: > 0 } value ? value : null;

    /// <summary>Headers are read as Latin-1; servers write raw UTF-8 in Location.</summary>
    private static string Utf8(string header) => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(header));

    private static string? Bounded(string? validator) => validator?.Length <= MaximumValidator ? validator : null;

    private sealed record Wish(Uri Address, string Types, string? ETag, string? LastModified);
}
