using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Options;

namespace NewsMonitor.Feeds;

/// <summary>
/// Fetches one address, once, within its limits of time and size. Whatever a server or network does is a result; only the caller's
/// cancellation is thrown.
/// </summary>
/// <remarks>Connects wherever an address leads: that the operator's own network is out of bounds for strangers' links is issue 4's.</remarks>
public sealed class FeedFetcher(HttpClient client, IOptions<FeedOptions> options, TimeProvider time)
{
    private const int MaximumRedirects = 5;
    private const int MaximumValidator = 1_000;

    public async Task<FetchResult> FetchAsync(Uri address, string? etag, string? lastModified, CancellationToken cancel)
    {
        var settings = options.Value;
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(settings.TotalSeconds), time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, deadline.Token);
        try
        {
            return await FollowAsync(address, etag, lastModified, settings.MaximumBytes, both.Token);
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

    private async Task<FetchResult> FollowAsync(Uri address, string? etag, string? lastModified, int maximum, CancellationToken cancel)
    {
        var here = address;
        for (var redirects = 0; redirects <= MaximumRedirects; redirects++)
        {
            if (!here.IsAbsoluteUri || (here.Scheme != Uri.UriSchemeHttp && here.Scheme != Uri.UriSchemeHttps))
            {
                return new FetchResult.Failed(
                    redirects == 0 ? "not an http or https address; correct it in the list of sources"
                    : $"redirected to something that is not http or https ({SafeText.Line(here.ToString(), 100)}); check the source's address");
            }

            using var request = new HttpRequestMessage(HttpMethod.Get, here)
            {
                Version = client.DefaultRequestVersion,
                VersionPolicy = client.DefaultVersionPolicy,
            };
            AddValidator(request, "If-None-Match", etag);
            AddValidator(request, "If-Modified-Since", lastModified);
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            if (answer.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
                or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect)
            {
                if (Raw(answer.Headers.NonValidated, "Location") is not { } location || !Uri.TryCreate(here, Utf8(location), out var next))
                {
                    return new FetchResult.Failed(
                        $"HTTP {(int)answer.StatusCode}: a redirect that does not say where to; check the source's address", (int)answer.StatusCode);
                }

                here = next;
                continue;
            }

            if (answer.StatusCode is HttpStatusCode.NotModified)
            {
                return etag is null && lastModified is null
                    ? new FetchResult.Failed("HTTP 304: \"not modified\" to a request that named no version; the server or a cache before it is at fault", 304)
                    : new FetchResult.NotModified();
            }

            if (answer.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.NonAuthoritativeInformation))
                return FetchFaults.Describe(answer.StatusCode, RetryAfter.Of(answer.Headers, time.GetUtcNow()));

            return await ReadAsync(answer, here, maximum, cancel);
        }

        return new FetchResult.Failed($"redirected more than {MaximumRedirects} times; check the source's address");
    }

    private static async Task<FetchResult> ReadAsync(HttpResponseMessage answer, Uri final, int maximum, CancellationToken cancel)
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
            final);
    }

    private static void AddValidator(HttpRequestMessage request, string header, string? value)
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
}
