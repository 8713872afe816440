using System.Runtime.CompilerServices;

namespace NewsMonitor.Cli;

internal static class ReadAhead
{
    /// <summary>Reads something for each item, some at the same time, and gives it in the items' order.</summary>
    public static async IAsyncEnumerable<TRead> InOrderAsync<T, TRead>(IAsyncEnumerable<T> items, int atOnce, Func<T, Task<TRead>> read, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var reading = new Queue<Task<TRead>>(atOnce);
        await foreach (var item in items.WithCancellation(cancel))
        {
            reading.Enqueue(read(item));
            if (reading.Count == atOnce)
                yield return await reading.Dequeue();
        }

        while (reading.TryDequeue(out var next))
            yield return await next;
    }
}
