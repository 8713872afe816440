using System.CommandLine;
using System.Text;
using NewsMonitor;
using NewsMonitor.Cli;

// Arabic on any terminal or pipe, and no byte order mark before JSON.
Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

var root = new RootCommand("Watches Arabic news for topics: polls feeds, keeps each hit with its evidence, sends digests and webhooks. Without a command: run.")
{
    RunCommand.Create(),
    MatchCommand.Create(),
    FeedCommand.Create(),
    SourcesCommand.Create(Services.PreparedStoreAsync),
    TopicsCommand.Create(),
    HitsCommand.Create(parsed => Services.For(parsed)),
    StoriesCommand.Create(parsed => Services.For(parsed)),
    ExportCommand.Create(parsed => Services.For(parsed)),
    BackfillCommand.Create(),
    DigestCommand.Create(),
    SubscribersCommand.Create(),
    WebhooksCommand.Create(),
    StatusCommand.Create(),
    HousekeepingCommand.Create(),
};
CommonOptions.AddTo(root);

using var stop = new StopSignal();
try
{
    var parsed = root.Parse(args.Length == 0 ? ["run"] : args);
    if (parsed.Errors.Count > 0)
    {
        foreach (var error in parsed.Errors)
            await Console.Error.WriteLineAsync($"monitor: {SafeText.Line(error.Message, 500)}");
        await Console.Error.WriteLineAsync("monitor: --help tells how it is used.");
        return ExitCode.Usage;
    }

    return await parsed.InvokeAsync(
        new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, stop.Token);
}
catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
{
    return ExitCode.Success;
}
catch (Exception e)
{
    await Console.Error.WriteLineAsync($"monitor: {Failures.Explain(e)}");
    return ExitCode.Failure;
}
