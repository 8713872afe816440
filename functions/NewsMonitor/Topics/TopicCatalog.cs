using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NewsMonitor.Storage;

namespace NewsMonitor.Topics;

/// <summary>
/// The operator's topics, compiled. A changed file is noticed at the next use. One that does not compile is an error at first; later the
/// rules at hand stay in force, and the log says what is wrong with the new ones.
/// </summary>
public sealed class TopicCatalog(IBlobStore blobs, IOptions<TopicsOptions> options, ILogger<TopicCatalog> logger)
{
    public const string FileName = "topics.yaml";

    /// <summary>What the topics should find and leave alone; only <c>topics test</c> reads it.</summary>
    public const string ExamplesName = "topics.examples.yaml";

    private volatile Compiled? _latest;

    public async Task<TopicRules> ReadAsync(CancellationToken cancel)
    {
        var (content, etag, name) = await LoadAsync(cancel);
        if (_latest is { } latest && latest.ETag == etag)
            return latest.Rules;
        try
        {
            _latest = new Compiled(etag, TopicRules.Parse(content, name));
        }
        catch (MonitorException e) when (_latest is { } before)
        {
            // Said once for each version of the file.
            logger.LogWarning("The changed topics are not used: {Problem}", e.Message);
            _latest = before with { ETag = etag };
        }

        return _latest.Rules;
    }

    private async Task<(string Content, string ETag, string Name)> LoadAsync(CancellationToken cancel)
    {
        if (options.Value.File is not { Length: > 0 } path)
        {
            var name = blobs.Locate(FileName);
            var blob = await blobs.ReadAsync(FileName, cancel)
                ?? throw new MonitorException($"{name} is missing. Put your topics there; the shipped ones are in the program's folder Shipped.");
            return (Encoding.UTF8.GetString(blob.Content), blob.ETag, name);
        }

        try
        {
            var content = await File.ReadAllTextAsync(path, cancel);
            return (content, content, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MonitorException($"{path}: cannot be read: {e.Message} Give the topics file with --topics.", e);
        }
    }

    private sealed record Compiled(string ETag, TopicRules Rules);
}
