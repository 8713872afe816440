using System.ComponentModel.DataAnnotations;

namespace NewsMonitor.Http;

/// <summary>How feeds and the pages behind their items are fetched.</summary>
public sealed class FetchOptions
{
    public const string Section = "Feeds";

    /// <summary>Everything one fetch may take: redirects, the retry and the body, in seconds.</summary>
    [Range(1, 300, ErrorMessage = "Feeds:TotalSeconds is how long one fetch may take in all: whole seconds from 1 to 300.")]
    public int TotalSeconds { get; set; } = 15;

    /// <summary>How long one request may wait for its answer to begin, in seconds.</summary>
    [Range(1, 300, ErrorMessage = "Feeds:AttemptSeconds is how long one request may wait for an answer: whole seconds from 1 to 300.")]
    public int AttemptSeconds { get; set; } = 8;

    /// <summary>How long a connection may take to be made, in seconds; not tried again, so that a dead network costs little.</summary>
    [Range(1, 300, ErrorMessage = "Feeds:ConnectSeconds is how long a connection may take to be made: whole seconds from 1 to 300.")]
    public int ConnectSeconds { get; set; } = 6;

    /// <summary>The largest body that is read, in bytes, also after decompression.</summary>
    [Range(1_000, 100_000_000, ErrorMessage = "Feeds:MaximumBytes is the largest feed that is read: bytes from 1000 to 100000000.")]
    public int MaximumBytes { get; set; } = 10_000_000;

    /// <summary>Requests to one host at the same time, in one process.</summary>
    [Range(1, 20, ErrorMessage = "Feeds:PerHost is how many requests one host gets at a time: a whole number from 1 to 20.")]
    public int PerHost { get; set; } = 2;

    /// <summary>Between the beginnings of two requests to one host, in milliseconds; this machine's own servers are asked without a pause.</summary>
    [Range(0, 60_000, ErrorMessage = "Feeds:HostPauseMilliseconds is the pause between two requests to one host: milliseconds from 0 to 60000.")]
    public int HostPauseMilliseconds { get; set; } = 500;

    /// <summary>A page where a site's owner finds who we are; part of the User-Agent when it is set.</summary>
    [RegularExpression(
        @"(https?://|mailto:)[\x21-\x27\x2a-\x7e]{1,300}",
        ErrorMessage = "Feeds:ContactUrl is where a site's owner can reach you: an http(s) or mailto: address without spaces or brackets.")]
    public string? ContactUrl { get; set; }
}
