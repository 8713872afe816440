namespace NewsMonitor.Sources;

/// <summary>Where the list of sources comes from.</summary>
public sealed class SourcesOptions
{
    public const string Section = "Sources";

    /// <summary>A file instead of the store's sources.opml (<c>--sources</c>).</summary>
    public string? File { get; set; }
}
