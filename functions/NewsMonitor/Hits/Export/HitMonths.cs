using System.Runtime.CompilerServices;
using NewsMonitor.Hits.Index;

namespace NewsMonitor.Hits.Export;

public static class HitMonths
{
    /// <summary>All hits of a query, newest first; no more of the index is in memory than what one month has.</summary>
    public static async IAsyncEnumerable<HitRow> ByMonthAsync(this HitIndex index, HitQuery query, [EnumeratorCancellation] CancellationToken cancel)
    {
        var last = query.After is { } after && DateOnly.FromDateTime(after.Found.UtcDateTime) is var day && day < query.Last ? day : query.Last;
        while (last >= query.First)
        {
            var month = new DateOnly(last.Year, last.Month, 1);
            var first = month > query.First ? month : query.First;
            await foreach (var row in index.AllAsync(query with { First = first, Last = last }, cancel))
                yield return row;
            if (first == query.First)
                break;
            last = first.AddDays(-1);
        }
    }
}
