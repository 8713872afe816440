namespace NewsMonitor.Feeds;

/// <summary>What came of fetching one address.</summary>
public abstract record FetchResult
{
    private FetchResult()
    {
    }

    /// <summary>304: the same as last time.</summary>
    public sealed record NotModified : FetchResult;

    /// <param name="ETag">Exactly as sent, quotes and W/ included, to be sent back unchanged.</param>
    /// <param name="LastModified">Exactly as sent, never parsed.</param>
    /// <param name="Final">Where the body came from, after redirects.</param>
    public sealed record Fetched(
        ReadOnlyMemory<byte> Bytes, string? ContentType, string? Charset, string? ETag, string? LastModified, Uri Final) : FetchResult;

    /// <param name="Reason">One line for people: what happened and what to do.</param>
    /// <param name="Status">The HTTP status where there was one.</param>
    /// <param name="RetryAfter">What the server asked for, where it did.</param>
    public sealed record Failed(string Reason, int? Status = null, TimeSpan? RetryAfter = null) : FetchResult;
}
