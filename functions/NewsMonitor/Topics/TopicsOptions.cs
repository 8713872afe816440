namespace NewsMonitor.Topics;

/// <summary>Where the topics come from.</summary>
public sealed class TopicsOptions
{
    public const string Section = "Topics";

    /// <summary>A file instead of the store's topics.yaml (<c>--topics</c>).</summary>
    public string? File { get; set; }
}
