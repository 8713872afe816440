using System.CommandLine;
using NewsMonitor.Topics;

namespace NewsMonitor.Cli;

/// <summary>Which topics file a command works with.</summary>
internal static class TopicsFile
{
    private static readonly string s_shipped = Path.Combine(AppContext.BaseDirectory, "Shipped", TopicCatalog.FileName);

    public static Option<string?> Option() => new("--topics")
    {
        Description = "The topics file (default: topics.yaml in the data folder if there is one, else the shipped topics).",
        HelpName = "FILE",
    };

    /// <exception cref="MonitorException">The file cannot be read, or its rules are wrong.</exception>
    public static TopicRules Load(string? chosen, ParseResult parsed) => Read(PathOf(chosen, parsed));

    public static string PathOf(string? chosen, ParseResult parsed)
    {
        var own = Path.Combine(parsed.GetValue(CommonOptions.Data) ?? "data", TopicCatalog.FileName);
        return chosen ?? (File.Exists(own) ? own : s_shipped);
    }

    public static TopicRules Shipped() => Read(s_shipped);

    public static TopicRules Read(string path) => TopicRules.Parse(ReadText(path), path);

    public static string ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MonitorException($"cannot read {path}: {e.Message}", e);
        }
    }
}
