using System.Xml.Linq;

namespace NewsMonitor.Benchmarks.Polling;

/// <summary>A program that polls feeds.</summary>
/// <param name="MostSources">It is given no more, because it is slow; what it costs is then told for each source.</param>
/// <param name="Learns">How many polls it makes before it asks for what has changed only; all but the first are not counted.</param>
/// <param name="Prepare">Writes what it needs to a new folder for these addresses, and says how to run it there, first and again.</param>
public sealed record FeedReader(string Name, string Note, string Program, int MostSources, int Learns, Func<string, IReadOnlyList<Uri>, Run> Prepare)
{
    public const string Ours = "monitor";

    /// <param name="monitor">The built command line.</param>
    /// <param name="slow">How many sources the slow ones are given.</param>
    public static IReadOnlyList<FeedReader> All(string monitor, int slow) =>
    [
        new(Ours, "polls, matches and stores hits", monitor, int.MaxValue, 1, (folder, addresses) => Monitor(monitor, folder, addresses)),
        new("newsboat", "one thread, as it comes; matches nothing", "newsboat", int.MaxValue, 2, (folder, addresses) => Newsboat(folder, addresses, 1)),
        new("newsboat, 20 threads", "matches nothing", "newsboat", int.MaxValue, 2, (folder, addresses) => Newsboat(folder, addresses, 20)),
        new("sfeed", "8 at a time, as it comes; asks for all again, without gzip; matches nothing", "sfeed_update", slow, 1, Sfeed),
        new("rss2email", "--no-send; matches nothing", "r2e", slow, 1, Rss2Email),
    ];

    /// <summary>The program's file; null when it is not installed.</summary>
    public static string? Find(string program) => Path.IsPathRooted(program)
        ? File.Exists(program) ? program : null
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static Run Monitor(string program, string folder, IReadOnlyList<Uri> addresses)
    {
        new XDocument(new XElement(
            "opml",
            new XAttribute("version", "2.0"),
            new XElement("head", new XElement("title", "sources")),
            new XElement("body", addresses.Select((address, number) =>
                new XElement("outline", new XAttribute("type", "rss"), new XAttribute("text", $"صحيفة {number}"), new XAttribute("xmlUrl", address))))))
            .Save(Path.Combine(folder, "list.opml"));
        return new(program, ["run", "--once", "--json", "--data", Path.Combine(folder, "data"), "--sources", Path.Combine(folder, "list.opml")], folder, Home(folder, new()
        {
            ["Http__AllowedNetworks"] = "127.0.0.0/8",
            // The environment of a cloud host must not fool it.
            ["CONTAINER_NAME"] = "somebody-elses",
        }));
    }

    private static Run Newsboat(string folder, IReadOnlyList<Uri> addresses, int threads)
    {
        string config = Path.Combine(folder, "config"), urls = Path.Combine(folder, "urls"), cache = Path.Combine(folder, "cache.db");
        File.WriteAllLines(urls, addresses.Select(address => address.AbsoluteUri));
        File.WriteAllLines(config, [$"reload-threads {threads}", $"error-log \"{Path.Combine(folder, "errors.log")}\""]);
        return new("newsboat", ["-C", config, "-u", urls, "-c", cache, "-x", "reload"], folder, Home(folder));
    }

    private static Run Sfeed(string folder, IReadOnlyList<Uri> addresses)
    {
        string config = Path.Combine(folder, "sfeedrc"), store = Path.Combine(folder, "feeds");
        File.WriteAllText(
            config,
            $"sfeedpath='{store}'\nfeeds() {{\n" + string.Concat(addresses.Select((address, number) => $"feed 'feed{number}' '{address}'\n")) + "}\n");
        return new("sfeed_update", [config], folder, Home(folder), IsManyProcesses: true);
    }

    private static Run Rss2Email(string folder, IReadOnlyList<Uri> addresses)
    {
        string config = Path.Combine(folder, "rss2email.cfg");
        File.WriteAllText(
            config,
            "[DEFAULT]\nfrom = monitor@example.org\nto = reader@example.org\nverbose = error\n\n"
            + string.Concat(addresses.Select((address, number) => $"[feed.feed{number}]\nurl = {address}\n\n")));
        return new("r2e", ["-c", config, "-d", Path.Combine(folder, "rss2email.json"), "run", "--no-send"], folder, Home(folder));
    }

    private static Dictionary<string, string> Home(string folder, Dictionary<string, string>? more = null) => new(more ?? [])
    {
        ["HOME"] = folder,
        ["XDG_CONFIG_HOME"] = Path.Combine(folder, ".config"),
        ["XDG_DATA_HOME"] = Path.Combine(folder, ".local"),
        ["TMPDIR"] = folder,
        ["LANG"] = "C.UTF-8",
        ["LC_ALL"] = "C.UTF-8",
        ["TERM"] = "xterm",
    };
}
