using Microsoft.Extensions.DependencyInjection;
using NewsMonitor.Pipeline;
using NewsMonitor.Topics;

namespace NewsMonitor.Cli;

/// <summary>Topics that somebody asks for must exist: a misspelt one would wait in silence for ever.</summary>
internal static class TopicChoice
{
    public static async Task CheckAsync(IReadOnlyList<string> wanted, IServiceProvider services, CancellationToken cancel)
    {
        if (wanted.Count == 0)
            return;
        await services.GetRequiredService<FirstRun>().PrepareAsync(cancel);
        var known = (await services.GetRequiredService<TopicCatalog>().ReadAsync(cancel)).Topics.Select(topic => topic.Id).ToList();
        if (wanted.FirstOrDefault(topic => !known.Contains(topic)) is { } unknown)
            throw new MonitorException($"There is no topic '{SafeText.Line(unknown)}'; there are {string.Join(", ", known)}.");
    }
}
