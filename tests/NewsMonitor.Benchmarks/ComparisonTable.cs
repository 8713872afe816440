using System.Globalization;

namespace NewsMonitor.Benchmarks;

/// <summary>A comparison for people.</summary>
public static class ComparisonTable
{
    private static readonly (string Name, string Short)[] s_against =
        [(SideBySide.Rg, "x ripgrep"), (SideBySide.Regex, "x Regex"), (SideBySide.Lucene, "x Lucene")];

    public static void Write(Comparison comparison, TextWriter output)
    {
        var speeds = comparison.Speeds.ToDictionary(s => s.Name, s => s);
        List<(string Name, string Short)> against = [.. s_against.Where(a => speeds.ContainsKey(a.Name))];
        output.WriteLine(Invariant(
            $"{comparison.Megabytes:F1} MB in UTF-8: {comparison.Articles} articles ({comparison.News}; {comparison.Read:F1} MB before repeating)."));
        output.WriteLine("Those in .NET are given the articles as strings (UTF-16) in memory; ripgrep is a process that reads one UTF-8 file from the page cache,");
        output.WriteLine("its start included. Bytes of UTF-8 are counted for all. Best and median of all passes; ratios: best / median.");
        output.WriteLine("Found are topics of articles, phrases, tokens, and lines.");
        output.WriteLine(comparison.Cores == 1 ? "One core for all." : $"NOT on one core: the process may use {comparison.Cores}.");
        output.WriteLine();
        output.WriteLine($"{"",-26} {"best MB/s",10} {"median",8}" + string.Concat(against.Select(a => $"{a.Short,16}")) + $"{"found",12}");
        foreach (var (name, rate, found) in comparison.Speeds)
        {
            output.WriteLine(
                Invariant($"{name,-26} {rate.Best,10:F1} {rate.Median,8:F1}") + string.Concat(against.Select(a => $"{Ratio(rate / speeds[a.Name].MegabytesPerSecond),16}"))
                + Invariant($"{found,12}"));
        }

        output.WriteLine();
        output.WriteLine($"2 -> 200 topics: {Ratio(speeds[SideBySide.Two].MegabytesPerSecond / speeds[SideBySide.TwoHundred].MegabytesPerSecond)} times the time");
        foreach (var (name, articles, bytes) in comparison.Allocated)
            output.WriteLine(Invariant($"{name}: {bytes} bytes allocated for {articles} articles that match nothing"));
        if (comparison.RipgrepStart is { } start)
        {
            double all = comparison.Megabytes / speeds[SideBySide.Rg].MegabytesPerSecond.Best;
            output.WriteLine(Invariant($"ripgrep on an empty file: {start * 1e3:F1} ms of the {all * 1e3:F0} ms above"));
        }
    }

    private static string Ratio(Rate rate) => Invariant($"{rate.Best:F2} / {rate.Median:F2}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
