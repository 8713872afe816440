using Microsoft.Extensions.Options;
using NewsMonitor.Hits;
using NewsMonitor.Sources;
using NewsMonitor.Storage;

namespace NewsMonitor.Pipeline;

/// <summary>
/// The daily tidying of what is of no more use: poll state of sources that left the list, and story keys that have lapsed. Hits,
/// stories, editions and deliveries are kept.
/// </summary>
public sealed class Housekeeping(IBlobStore blobs, SourceCatalog sources, StoryStore stories, IOptions<PipelineOptions> options)
{
    public async Task RunAsync(CancellationToken cancel)
    {
        var listed = (await sources.ReadAsync(cancel)).Sources.Select(source => source.Id).ToHashSet(StringComparer.Ordinal);
        for (var shard = 0; shard < options.Value.Shards; shard++)
        {
            await blobs.ChangeDocumentAsync<ShardState>(
                ShardState.PathOf(shard, options.Value.Shards), old => old is null ? null : Without(old, listed), cancel);
        }

        await stories.PruneKeysAsync(cancel);
    }

    private static ShardState? Without(ShardState state, HashSet<string> listed)
    {
        var gone = state.Sources.Keys.Where(id => !listed.Contains(id)).ToList();
        if (gone.Count == 0)
            return null;
        var kept = new SortedDictionary<string, SourceState>(state.Sources, StringComparer.Ordinal);
        gone.ForEach(id => kept.Remove(id));
        return state with { Sources = kept };
    }
}
