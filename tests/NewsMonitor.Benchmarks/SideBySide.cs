using System.Diagnostics;

namespace NewsMonitor.Benchmarks;

/// <param name="MegabytesPerSecond">Millions of bytes of UTF-8, in the best and in the median of all passes.</param>
/// <param name="Found">In one pass.</param>
public sealed record Speed(string Name, Rate MegabytesPerSecond, long Found);

public readonly record struct Rate(double Best, double Median)
{
    public static Rate operator /(Rate a, Rate b) => new(a.Best / b.Best, a.Median / b.Median);
}

/// <param name="Megabytes">Of text.</param>
/// <param name="Read">How many megabytes there were before the articles were repeated.</param>
/// <param name="RipgrepStart">Seconds for an empty file, the best; null without ripgrep.</param>
/// <param name="Allocated">Over the articles in which nothing was found, one pass, by the shipped topics and by two hundred.</param>
public sealed record Comparison(
    string News, int Articles, double Megabytes, double Read, int Cores, IReadOnlyList<Speed> Speeds, double? RipgrepStart,
    IReadOnlyList<Allocation> Allocated);

public sealed record Allocation(string Name, int ArticlesWithoutMatch, long Bytes);

/// <summary>All contestants in turns over the same text, in one process, so that what else the machine does meets all of them alike.</summary>
public static class SideBySide
{
    public const string Two = "matcher, 2 topics", TwoHundred = "matcher, 200 topics", Regex = ".NET Regex, key phrases",
        RegexLiterals = ".NET Regex, literals", Lucene = "Lucene.NET ArabicAnalyzer", Rg = "ripgrep, literals";

    private const int WarmUps = 3, EmptyRuns = 20;

    /// <param name="literals">A file of literals, one a line, for ripgrep and a regex to look for; null to go on without both.</param>
    /// <param name="ripgrep">The program; null to go on without it.</param>
    /// <param name="megabytes">At least so much text: articles are repeated until they are enough.</param>
    public static Comparison Run(NewsText read, string? literals, string? ripgrep, double megabytes, int rounds, Action<string> progress)
    {
        var news = read.Repeat((long)(megabytes * 1e6));
        var (two, twoHundred) = (Contestants.TwoTopics(), Contestants.TwoHundredTopics());
        var folder = Directory.CreateTempSubdirectory("newsmonitor-");
        var lanes = new List<Lane>
        {
            Reading(Two, Contestants.Matcher(two)),
            Reading(TwoHundred, Contestants.Matcher(twoHundred)),
            Reading(Regex, Contestants.Matches(KeyPhraseRegex.Create())),
            Reading(Lucene, Contestants.LuceneTokens()),
        };
        if (literals is not null)
            lanes.Add(Reading(RegexLiterals, Contestants.Matches(KeyPhraseRegex.Literals(File.ReadLines(literals).Where(l => l.Length > 0)))));
        try
        {
            double? start = null;
            if (ripgrep is not null && literals is not null)
            {
                string file = Path.Combine(folder.FullName, "text.txt"), empty = Path.Combine(folder.FullName, "empty.txt");
                news.Write(file);
                File.WriteAllText(empty, "");
                var rg = new Ripgrep(ripgrep, literals);
                start = Enumerable.Range(0, EmptyRuns).Min(_ => SecondsOf(() => rg.Count(empty)));
                lanes.Add(new Lane(Rg, new FileInfo(file).Length, () => rg.Count(file)));
            }

            for (int round = 0; round < WarmUps + rounds; round++)
            {
                progress(round < WarmUps ? $"warming up, {round + 1} of {WarmUps}" : $"round {round + 1 - WarmUps} of {rounds}");
                lanes.ForEach(lane => lane.Turn(counts: round >= WarmUps));
            }

            progress("allocations");
            return new(
                news.Name, news.Articles.Length, news.Bytes / 1e6, read.Bytes / 1e6, Environment.ProcessorCount,
                [.. lanes.Select(l => new Speed(l.Name, new(l.Best, l.Median), l.Found))], start,
                [Allocations(Two, two, read), Allocations(TwoHundred, twoHundred, read)]);
        }
        finally
        {
            lanes.ForEach(lane => lane.Dispose());
            folder.Delete(recursive: true);
        }

        Lane Reading(string name, ArticleReader reader) => new(name, news.Bytes, () => Contestants.ReadAll(news, reader));
    }

    private static double SecondsOf(Action action)
    {
        long before = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(before).TotalSeconds;
    }

    private static Allocation Allocations(string name, Topics.TopicRules rules, NewsText read)
    {
        var without = read.Without(rules);
        var matcher = Contestants.Matcher(rules);
        using var lane = new Lane(name, without.Bytes, () => Contestants.ReadAll(without, matcher));
        return new(name, without.Articles.Length, lane.Allocated());
    }
}
