using System.Net.Http.Headers;

namespace NewsMonitor.Http;

/// <summary>How long a server asks to be left alone: <c>Retry-After</c> (RFC 9110, 10.2.3), in seconds or as a date.</summary>
public static class RetryAfter
{
    /// <summary>However long it asks for, it is asked again after a day: nobody silences us for years.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>Null when it asks for nothing, or for a time that is over.</summary>
    public static TimeSpan? Of(HttpResponseHeaders headers, DateTimeOffset now) =>
        Bounded(headers.RetryAfter?.Delta ?? headers.RetryAfter?.Date - now);

    public static TimeSpan? Bounded(TimeSpan? asked) =>
        asked is not { } wait || wait <= TimeSpan.Zero ? null : wait < Longest ? wait : Longest;
}
