using System.Collections.Concurrent;

namespace NewsMonitor.Tests.Contract.Pipeline;

/// <summary>The same run again and again, each time with another storage operation of it disturbed, until there is none left to disturb.</summary>
/// <param name="Last">The first number that no operation had.</param>
/// <param name="Differences">Where the end was not as it must be, and how.</param>
internal sealed record EveryOperation(int Last, IReadOnlyCollection<string> Differences)
{
    /// <param name="run">One run, and what is wrong at its end; empty when all is well.</param>
    /// <param name="step">1: every operation. 5: every fifth, which of them changes from day to day.</param>
    public static async Task<EveryOperation> DisturbAsync(Func<int, Fault> fault, Func<Fault, Task<IReadOnlyList<string>>> run, int step = 1)
    {
        var differences = new ConcurrentQueue<string>();
        var last = 0;
        var first = 1 + (DateTime.UtcNow.DayOfYear % step);
        var numbers = Enumerable.Range(0, 3000).Select(number => first + (number * step));
        await Parallel.ForEachAsync(numbers, TestContext.Current.CancellationToken, async (at, _) =>
        {
            if (last > 0 && at > last)
                return;
            var disturbed = fault(at);
            var wrong = await run(disturbed);
            if (disturbed.Struck is null)
                last = last == 0 ? at : Math.Min(last, at);
            else if (wrong.Count > 0)
                differences.Enqueue($"{at} {disturbed.Struck}: {string.Join("; ", wrong)}");
        });
        return new EveryOperation(last, differences);
    }

    /// <summary>That there were so many operations at least, and no differences.</summary>
    public void CheckBeyond(int fewest)
    {
        Assert.InRange(Last, fewest, 2999);
        Assert.True(Differences.Count == 0, $"{Differences.Count} of {Last}:\n{string.Join('\n', Differences.Take(30))}");
    }

    /// <summary>What is missing and what is too much.</summary>
    public static IReadOnlyList<string> Compare(IReadOnlyList<string> undisturbed, IReadOnlyList<string> found) =>
        [.. undisturbed.Except(found).Select(fact => "- " + fact), .. found.Except(undisturbed).Select(fact => "+ " + fact)];
}
