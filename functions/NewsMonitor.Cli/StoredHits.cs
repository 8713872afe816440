using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using NewsMonitor.Hits;
using NewsMonitor.Hits.Index;
using NewsMonitor.Storage;

namespace NewsMonitor.Cli;

/// <summary>Reads the hits that the index knows. What cannot be read is told, and none of the others is lost for it.</summary>
internal sealed class StoredHits(IServiceProvider services, TextWriter error)
{
    /// <summary>Read at the same time: a hit takes a while where the store is far away.</summary>
    private const int AtOnce = 8;

    private readonly HitStore _hits = services.GetRequiredService<HitStore>();
    private readonly IBlobStore _blobs = services.GetRequiredService<IBlobStore>();

    public int Problems { get; private set; }

    /// <summary>Those that can be read and have the words that are asked for.</summary>
    public async IAsyncEnumerable<(HitRow Row, Hit Hit)> ReadAsync(
        IAsyncEnumerable<HitRow> rows, HitQuery query, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var (row, hit, problem) in ReadAhead.InOrderAsync(rows, AtOnce, row => TryReadAsync(row, cancel), cancel))
        {
            if (problem is not null)
            {
                Problems++;
                await error.WriteLineAsync($"monitor: {SafeText.Line(problem, 1000)}");
            }

            if (hit is not null && query.HasWords(hit))
                yield return (row, hit);
        }
    }

    private async Task<(HitRow Row, Hit? Hit, string? Problem)> TryReadAsync(HitRow row, CancellationToken cancel)
    {
        var path = HitStore.PathOf(row.Path, row.Number);
        try
        {
            return await _hits.ReadAsync(path, cancel) is { } hit
                ? (row, hit, null)
                : (row, null, $"{_blobs.Locate(path)} is gone, and still in the index; `monitor hits reindex` mends that.");
        }
        catch (MonitorException e)
        {
            return (row, null, e.Message);
        }
    }
}
