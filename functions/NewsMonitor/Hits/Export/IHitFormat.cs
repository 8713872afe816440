namespace NewsMonitor.Hits.Export;

/// <summary>Writes hits one after the other, in some format; none is kept in memory.</summary>
public interface IHitFormat : IAsyncDisposable
{
    Task BeginAsync();

    /// <param name="story">Path of the story that the hit is in; empty when it is in none.</param>
    Task AddAsync(Hit hit, string story);

    Task EndAsync();
}
