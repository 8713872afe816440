namespace NewsMonitor.Http;

/// <summary>What came of fetching one address.</summary>
public abstract record FetchResult
{
    private FetchResult()
    {
    }

    /// <summary>304: the same as last time.</summary>
    public sealed record NotModified(Freshness Freshness) : FetchResult;

    /// <param name="ETag">Exactly as sent, quotes and W/ included, to be sent back unchanged.</param>
    /// <param name="LastModified">Exactly as sent, never parsed.</param>
    /// <param name="Final">Where the body came from, after redirects.</param>
    public sealed record Fetched(
        ReadOnlyMemory<byte> Bytes, string? ContentType, string? Charset, string? ETag, string? LastModified, Uri Final, Freshness Freshness)
        : FetchResult;

    /// <param name="Reason">One line for people: what happened and what to do.</param>
    /// <param name="Status">The HTTP status where there was one.</param>
    /// <param name="RetryAfter">What the server asked for, where it did.</param>
    public sealed record Failed(string Reason, int? Status = null, TimeSpan? RetryAfter = null) : FetchResult
    {
        /// <summary>The site says that there will never be anything here again.</summary>
        public bool IsGone => Status == 410;
    }
}

/// <summary>What an answer says of where and when to ask again.</summary>
/// <param name="For">For how long it is fresh (Cache-Control: max-age, or Expires); null when the server does not say.</param>
/// <param name="Moved">Where the address has moved for good (301, 308); null when it has not.</param>
public sealed record Freshness(TimeSpan? For, Uri? Moved)
{
    public static Freshness None { get; } = new(null, null);
}
