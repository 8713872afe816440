using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using NewsMonitor.Benchmarks.Polling;
using NewsMonitor.Storage;
using NewsMonitor.Tests.Peers;

namespace NewsMonitor.Benchmarks.Hits;

/// <summary><c>hits</c> and <c>lists</c>: what it costs to add a hit, and to look at some.</summary>
public static class HitsCommand
{
    public static Command Add()
    {
        var hits = PollOptions.Number("--hits", "Hits in the index.", 1_000_000, 1000, 10_000_000);
        var added = PollOptions.Number("--added", "Hits that are added to it, one by one.", 1000, 100, 100_000);
        var json = new Option<bool>("--json") { Description = "JSON for machines." };
        var command = new Command("hits", "What a new hit costs with so many in the index, and with a hundredth of them.") { hits, added, json };
        command.SetAction(async (result, _) =>
        {
            foreach (var number in (int[])[result.GetValue(hits) / 100, result.GetValue(hits)])
            {
                using var folder = new TemporaryFolder();
                var cost = await IndexBenchmark.MeasureAsync(folder.Path, number, result.GetValue(added), Tell);
                Console.WriteLine(result.GetValue(json) ? JsonSerializer.Serialize(cost, Documents.Compact) : string.Create(CultureInfo.InvariantCulture,
                    $"""
                    {cost.Hits} hits in the index: first use {cost.ColdSeconds:0.0} s, {cost.ColdReads} reads, {cost.ColdMegabytes:0} MB kept
                      a new hit   {cost.NewCpuMs:0.00} ms CPU, of it for index and story {cost.NewIndexCpuMs:0.00} and {cost.NewKernelCpuMs:0.00} of the kernel for its files; {cost.NewIndexOperations:0.00} operations for the index, {cost.NewOperations:0.00} in all
                      a copy      {cost.CopyCpuMs:0.00} ms CPU, of it for index and story {cost.CopyIndexCpuMs:0.00} and {cost.CopyKernelCpuMs:0.00} of the kernel for its files; {cost.CopyIndexOperations:0.00} operations for the index, {cost.CopyOperations:0.00} in all; {cost.CopiesFound} of {result.GetValue(added) / 4} recognised
                    """));
            }
        });
        return command;
    }

    public static Command List()
    {
        var hits = PollOptions.Number("--hits", "Hits over a year.", 100_000, 1000, 1_000_000);
        var azurite = new Option<bool>("--azurite") { Description = "In the storage emulator of tests/package.json instead of files." };
        var json = new Option<bool>("--json") { Description = "JSON for machines." };
        var command = new Command("lists", "The first page of several listings of a year's hits: milliseconds and reads.") { hits, azurite, json };
        command.SetAction(async (result, _) =>
        {
            using var folder = new TemporaryFolder();
            await using var emulator = result.GetValue(azurite) ? await Azurite.StartAsync() : null;
            foreach (var cost in await ListBenchmark.MeasureAsync(folder.Path, emulator?.ConnectionString ?? "", result.GetValue(hits), Tell))
            {
                Console.WriteLine(result.GetValue(json) ? JsonSerializer.Serialize(cost, Documents.Compact) : string.Create(CultureInfo.InvariantCulture,
                    $"{cost.Milliseconds,8:0.0} ms {cost.Reads,4} reads {cost.Rows,4} hits  {cost.Listing}"));
            }
        });
        return command;
    }

    private static void Tell(string step) => Console.Error.WriteLine($"benchmarks: {step}");
}
