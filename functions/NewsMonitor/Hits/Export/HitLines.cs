using System.Text.Json;
using NewsMonitor.Storage;

namespace NewsMonitor.Hits.Export;

/// <summary>NDJSON: a whole hit a line.</summary>
public sealed class HitLines(TextWriter output) : IHitFormat
{
    public static string Of(Hit hit) => SafeText.Json(JsonSerializer.Serialize(hit, Documents.Compact));

    public Task BeginAsync() => Task.CompletedTask;

    public Task AddAsync(Hit hit, string story) => output.WriteAsync($"{Of(hit)}\n");

    public Task EndAsync() => output.FlushAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
