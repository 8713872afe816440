using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NewsMonitor.Storage;

namespace NewsMonitor.Benchmarks.Hits;

/// <summary>The system's services as one process has them, over a folder or an account, with a clock that stands still.</summary>
public static class HitProcess
{
    public static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    public static ServiceProvider Start(string data, string account = "")
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Storage:Data"] = data, ["Storage:Account"] = account, ["Storage:Container"] = "benchmark" }).Build();
        return new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(new FakeTimeProvider(Now)).AddNewsMonitor(configuration).BuildServiceProvider();
    }

    public static StorageCounts Counts(this IServiceProvider services) => services.GetRequiredService<StorageCounts>();

    public static long All(this StorageCounts counts) => counts.Reads + counts.Writes + counts.Lists;
}
