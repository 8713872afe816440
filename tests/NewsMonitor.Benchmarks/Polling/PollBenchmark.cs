using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using NewsMonitor.Storage;

namespace NewsMonitor.Benchmarks.Polling;

/// <summary>All feed readers in turns on the same feeds: in each round each of them begins with nothing, and then polls once more what has not changed.</summary>
public static class PollBenchmark
{
    /// <param name="wanted">Begins of names; none: all that are here.</param>
    public static PollComparison Measure(
        int sources, int items, int hosts, int rounds, IReadOnlyList<FeedReader> readers, IReadOnlyList<string> wanted, Action<string> progress)
    {
        var taking = readers.Where(reader => wanted.Count == 0 || wanted.Any(begin => reader.Name.StartsWith(begin, StringComparison.OrdinalIgnoreCase))).ToList();
        var missing = taking.Where(reader => FeedReader.Find(reader.Program) is null).ToList();
        foreach (var reader in missing)
            progress($"{reader.Name} is not here: going on without it. To compare with it: apt-get install {reader.Name.Split(',')[0]}");
        taking = [.. taking.Except(missing)];

        progress($"making {sources} feeds of {items} items");
        var folder = Directory.CreateTempSubdirectory("newsmonitor-");
        using var server = StartServer(sources, items, hosts);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        try
        {
            var begun = server.StandardOutput.ReadLine() is { } line
                ? JsonSerializer.Deserialize<Serving>(line, Documents.Compact)!
                : throw new MonitorException("The server of feeds ended before it began; what it said is above.");
            var turns = new List<PollTurn>();
            for (int round = 1; round <= rounds; round++)
            {
                foreach (var reader in taking)
                {
                    try
                    {
                        Turn(reader, round, turns);
                    }
                    catch (MonitorException e) when (reader.Name != FeedReader.Ours)
                    {
                        progress($"{reader.Name} is left out of round {round}: {e.Message}");
                    }
                }
            }

            return new(
                sources, items, hosts, Environment.ProcessorCount, turns,
                [.. taking.Select(reader => new PollContestant(reader.Name, reader.Note, Math.Min(reader.MostSources, sources)))]);

            void Turn(FeedReader reader, int round, List<PollTurn> turns)
            {
                var addresses = begun.Addresses.Take(reader.MostSources).ToList();
                var place = folder.CreateSubdirectory($"{round}-{reader.Name.Replace(" ", "", StringComparison.Ordinal).Replace(',', '-')}");
                var run = reader.Prepare(place.FullName, addresses);
                turns.Add(Poll(Polled.First, PollTable.Name(Polled.First)));
                for (int more = 1; more < reader.Learns; more++)
                    Poll(Polled.First, "one more that does not count");
                turns.Add(Poll(Polled.Unchanged, PollTable.Name(Polled.Unchanged)));
                place.Delete(recursive: true);

                PollTurn Poll(Polled what, string name)
                {
                    double load = Load();
                    var cost = ProcessCost.Measure(run);
                    string counts = client.GetStringAsync(new UriBuilder(begun.Addresses[0]) { Path = "/counts" }.Uri).GetAwaiter().GetResult();
                    var answered = JsonSerializer.Deserialize<Answered>(counts, Documents.Compact)!;
                    progress($"round {round} of {rounds}: {reader.Name}, {name}: {cost.WallSeconds:F2} s wall, {cost.CpuSeconds:F2} s CPU");
                    return new(reader.Name, what, round, addresses.Count, cost.WallSeconds, cost.CpuSeconds, cost.PeakMegabytes, answered, load)
                    {
                        Ours = reader.Name == FeedReader.Ours ? OwnFigures.Read(cost.Output) : null,
                    };
                }
            }
        }
        finally
        {
            if (!server.HasExited)
                server.Kill();
            folder.Delete(recursive: true);
        }
    }

    /// <summary>This same program again.</summary>
    private static Process StartServer(int sources, int items, int hosts)
    {
        string[] arguments = [typeof(PollBenchmark).Assembly.Location, "serve-feeds", "--sources", $"{sources}", "--items", $"{items}", "--hosts", $"{hosts}"];
        return Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })
            ?? throw new MonitorException("The server of feeds does not start.");
    }

    /// <summary>How many processes wanted a core in the last minute, before this one's turn.</summary>
    private static double Load() => double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);
}

public enum Polled
{
    /// <summary>Everything is new.</summary>
    First,

    /// <summary>Nothing has changed since.</summary>
    Unchanged,
}

public sealed record PollComparison(int Sources, int Items, int Hosts, int Cores, IReadOnlyList<PollTurn> Turns, IReadOnlyList<PollContestant> Contestants);

public sealed record PollContestant(string Name, string Note, int Sources);

/// <param name="Load">What else the machine did when the turn began: the load of the last minute.</param>
public sealed record PollTurn(
    string Name, Polled What, int Round, int Sources, double WallSeconds, double CpuSeconds, double? PeakMegabytes, Answered Answered, double Load)
{
    /// <summary>What only the monitor tells of itself.</summary>
    public OwnFigures? Ours { get; init; }
}

public sealed record OwnFigures(long StorageOperations, long AllocatedBytes, int Polled, int Unchanged, int Failed, int NewItems, int Hits)
{
    /// <param name="summary">As <c>run --once --json</c> prints it.</param>
    public static OwnFigures Read(string summary)
    {
        using var document = JsonDocument.Parse(summary);
        var (root, sources, storage) = (document.RootElement, document.RootElement.GetProperty("sources"), document.RootElement.GetProperty("storage"));
        return new(
            storage.EnumerateObject().Sum(count => count.Value.GetInt64()), root.GetProperty("allocatedBytes").GetInt64(),
            sources.GetProperty("polled").GetInt32(), sources.GetProperty("unchanged").GetInt32(), sources.GetProperty("failed").GetInt32(),
            root.GetProperty("newItems").GetInt32(), root.GetProperty("hits").GetInt32());
    }
}
