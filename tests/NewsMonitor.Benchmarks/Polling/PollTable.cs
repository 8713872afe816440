using System.Globalization;

namespace NewsMonitor.Benchmarks.Polling;

/// <summary>Prints a comparison for people.</summary>
public static class PollTable
{
    public static string Name(Polled what) => what == Polled.First ? "first poll" : "all unchanged";

    public static void Write(PollComparison comparison, TextWriter output)
    {
        var (sources, items, hosts) = (comparison.Sources, comparison.Items, comparison.Hosts);
        output.WriteLine(
            $"{sources} feeds of {items} items, generated, on {hosts} {(hosts == 1 ? "host" : "hosts")} of this machine; {comparison.Cores} cores.");
        output.WriteLine("Of several rounds the one with the least CPU is shown, and the median of the CPU. Load is that of the minute before.");
        foreach (var what in new[] { Polled.First, Polled.Unchanged })
        {
            output.WriteLine();
            output.WriteLine(
                $"{Name(what),-22} {"sources",7} {"wall s",7} {"CPU s",7} {"median",7} {"peak MB",8} {"sources/s",9} {"CPU ms/source",13}"
                + $" {"CPU / ours",10} {"storage/source",14} {"KB alloc/source",15} {"200",6} {"304",6} {"load",6}");
            var lines = comparison.Contestants
                .Select(contestant => (contestant.Name, Turns: TurnsOf(comparison, contestant.Name, what)))
                .Where(line => line.Turns.Count > 0).ToList();
            var ours = lines.FirstOrDefault(line => line.Name == FeedReader.Ours).Turns?[0];
            foreach (var (name, turns) in lines)
                output.WriteLine(Line(name, turns[0], turns[turns.Count / 2].CpuSeconds, ours));

            if (ours?.Ours is { } own)
            {
                output.WriteLine(
                    $"monitor: {own.Polled} polled, {own.Unchanged} unchanged, {own.Failed} failed, {own.NewItems} new items, {own.Hits} hits,"
                    + $" {own.StorageOperations} storage operations");
            }
        }

        output.WriteLine();
        foreach (var (name, note, given) in comparison.Contestants)
            output.WriteLine($"{name}: {note}{(given < sources ? $"; only {given} sources, because it is slow" : "")}");
    }

    /// <summary>That with the least CPU first.</summary>
    private static List<PollTurn> TurnsOf(PollComparison comparison, string name, Polled what) =>
        [.. comparison.Turns.Where(turn => turn.Name == name && turn.What == what).OrderBy(turn => turn.CpuSeconds)];

    private static string Line(string name, PollTurn turn, double median, PollTurn? ours) =>
        Invariant($"{name,-22} {turn.Sources,7} {turn.WallSeconds,7:F2} {turn.CpuSeconds,7:F2} {median,7:F2} {Number(turn.PeakMegabytes, "F0"),8}")
        + Invariant($" {turn.Sources / turn.WallSeconds,9:F0} {PerSource(turn),13:F2}")
        + Invariant($" {Number(ours is null ? null : PerSource(turn) / PerSource(ours), "F2"),10}")
        + Invariant($" {Number((double?)turn.Ours?.StorageOperations / turn.Sources, "F3"),14}")
        + Invariant($" {Number(turn.Ours?.AllocatedBytes / 1e3 / turn.Sources, "F0"),15}")
        + Invariant($" {turn.Answered.Full,6} {turn.Answered.Unchanged,6} {turn.Load,6:F1}");

    private static double PerSource(PollTurn turn) => turn.CpuSeconds * 1e3 / turn.Sources;

    private static string Number(double? number, string format) => number?.ToString(format, CultureInfo.InvariantCulture) ?? "-";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
