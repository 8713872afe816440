using System.CommandLine;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NewsMonitor.Cli;
using NewsMonitor.Hits;
using NewsMonitor.Storage;
using NewsMonitor.Tests.Unit.Hits;

namespace NewsMonitor.Tests.Unit.Cli;

/// <summary>A store with hits, and the commands by which an operator looks at them.</summary>
internal sealed class OperatorDesk : IDisposable
{
    private readonly HitDesk _desk;

    public OperatorDesk() => _desk = new HitDesk(Blobs, Time);

    public FakeTimeProvider Time { get; } = new(SampleHits.At.AddHours(1));

    public MemoryBlobs Blobs { get; } = new();

    /// <summary>What commands get in place of <see cref="Blobs"/>.</summary>
    public IBlobStore? Store { get; set; }

    public HitStore Hits => _desk.Hits;

    public StoryStore Stories => _desk.Stories;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _desk.Dispose();

    /// <summary>As a poll does. Returns the path of its story.</summary>
    public async Task<string> KeepAsync(Hit hit)
    {
        var kept = await Hits.KeepAsync(hit, Cancel);
        return (await Stories.JoinAsync([kept], Cancel))[0];
    }

    /// <summary>Hits of a text each, the first the newest, a minute apart. Returns their ids.</summary>
    public async Task<IReadOnlyList<string>> KeepManyAsync(int count)
    {
        for (var i = 0; i < count; i++)
            await KeepAsync(Other(i) with { Found = SampleHits.At.AddMinutes(-i) });
        return [.. Enumerable.Range(0, count).Select(i => SampleHits.IdOf($"n{i}"))];
    }

    /// <summary>One that is no copy of others.</summary>
    public static Hit Other(int number, string? title = null) => SampleHits.Hit($"n{number}", title ?? $"خبر {number}", SampleHits.Words(number));

    public async Task<Run> RunAsync(params string[] arguments)
    {
        var root = new RootCommand { HitsCommand.Create(Open), StoriesCommand.Create(Open), ExportCommand.Create(Open) };
        using StringWriter output = new() { NewLine = "\n" }, error = new() { NewLine = "\n" };
        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
            return new Run(ExitCode.Usage, "", string.Join('\n', parsed.Errors.Select(problem => problem.Message)));
        int code;
        try
        {
            code = await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false }, Cancel);
        }
        catch (MonitorException e)
        {
            // As the program does.
            await error.WriteLineAsync(Failures.Explain(e));
            code = ExitCode.Failure;
        }

        return new Run(code, output.ToString(), error.ToString());
    }

    /// <summary>As each run of the program has them: nothing is in memory yet.</summary>
    private ServiceProvider Open(ParseResult parsed) => NewsMonitor.Cli.Services.Add(new ServiceCollection(), new ConfigurationBuilder().Build())
        .AddSingleton(Store ?? Blobs).AddSingleton<TimeProvider>(Time).BuildServiceProvider();

    internal sealed record Run(int Code, string Output, string Error)
    {
        public IReadOnlyList<string> Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        /// <summary>The ids of the hits that a list shows, in its order.</summary>
        public IReadOnlyList<string> Ids => [.. Lines.Select(line => line.Split("  ")[1])];
    }
}
