using System.CommandLine;
using System.Text.Json;
using NewsMonitor.Sources;
using NewsMonitor.Storage;

namespace NewsMonitor.Cli;

/// <summary><c>sources …</c>: the operator's list of what is polled.</summary>
internal static class SourcesCommand
{
    /// <param name="store">Opens the store that holds the list, when no file is named.</param>
    public static Command Create(Func<ParseResult, CancellationToken, Task<IBlobStore>> store)
    {
        var file = new Option<string?>("--sources")
        {
            Description = "A list in a file instead of the one in the store.",
            Recursive = true,
            HelpName = "FILE",
        };
        var json = new Option<bool>("--json") { Description = "Machine-readable: one JSON object a line.", Recursive = true };
        var command = new Command("sources", "Lists and changes what is polled.") { file, json };
        command.Add(SourcesList.Create(Catalog, json));
        command.Add(SourcesAdd.Create(Catalog, json));
        command.Add(Change("remove", "Removes sources from the list.", Catalog, json, (list, id, _) => list.Remove(id)));
        command.Add(Change("enable", "Polls sources again that were disabled.", Catalog, json, (list, id, _) => list.SetEnabled(id, true)));
        command.Add(Disable(Catalog, json));
        command.Add(Import(Catalog, json));
        command.Add(Export(Catalog));
        command.Add(SourcesTest.Create(Catalog, json));
        return command;

        async Task<SourceCatalog> Catalog(ParseResult parsed, CancellationToken cancel) =>
            parsed.GetValue(file) is { } path ? SourceCatalog.InFile(path) : new SourceCatalog(await store(parsed, cancel));
    }

    /// <summary>By id or address. Unknown names are told all at once, before anything is done.</summary>
    internal static IReadOnlyList<Source> Find(SourceList list, IReadOnlyList<string> names)
    {
        var found = names.Select(name => (name, source: list.Sources.FirstOrDefault(s =>
            string.Equals(s.Id, name, StringComparison.OrdinalIgnoreCase)
            || SourceAddress.Canonical(s.Address) == SourceAddress.Canonical(SourceAddress.Normalize(name) ?? name)))).ToList();
        var unknown = found.Where(f => f.source is null).Select(f => SafeText.Line(f.name)).ToList();
        return unknown.Count == 0
            ? [.. found.Select(f => f.source!).Distinct()]
            : throw new MonitorException(
                $"No source has the id or address {string.Join(", ", unknown)}. `sources list` shows them; nothing was done.");
    }

    internal static string ToJson(Source source) => SafeText.Json(JsonSerializer.Serialize(source, Documents.Compact));

    private static Command Disable(Func<ParseResult, CancellationToken, Task<SourceCatalog>> catalog, Option<bool> json)
    {
        var note = new Option<string?>("--note") { Description = "Why, for people; `sources list` shows it until the source is enabled." };
        var command = Change(
            "disable", "Keeps sources in the list without polling them.", catalog, json, (list, id, parsed) => list.SetEnabled(id, false, parsed.GetValue(note)));
        command.Add(note);
        return command;
    }

    private static Command Change(
        string name,
        string description,
        Func<ParseResult, CancellationToken, Task<SourceCatalog>> catalog,
        Option<bool> json,
        Func<Opml, string, ParseResult, bool> change)
    {
        var names = Names();
        var command = new Command(name, description) { names };
        command.SetAction(async (parsed, cancel) =>
        {
            IReadOnlyList<Source> sources = [];
            await (await catalog(parsed, cancel)).ChangeAsync(
                list =>
                {
                    sources = Find(list.Read(), parsed.GetValue(names)!);
                    return sources.Aggregate(false, (changed, source) => change(list, source.Id, parsed) | changed);
                },
                cancel);
            return await DoneAsync(parsed, json, $"{name}d", sources);
        });
        return command;
    }

    private static Command Import(Func<ParseResult, CancellationToken, Task<SourceCatalog>> catalog, Option<bool> json)
    {
        var from = new Argument<string>("FILE")
        {
            Description = "An OPML list, as miniflux, FreshRSS, Feedly and other feed readers export it. A dash is standard input.",
        };
        var command = new Command("import", "Adds the sources of another list, in its groups; those that are here already stay as they are.") { from };
        command.SetAction(async (parsed, cancel) =>
        {
            var (content, fault) = await FeedInput.OpenAsync(parsed.GetRequiredValue(from), Opml.MaximumBytes, cancel);
            var other = Opml.ParseExport(BinaryData.FromBytes(content ?? throw new MonitorException(fault!)), SafeText.Line(parsed.GetRequiredValue(from)));
            var read = other.Read();
            await TellAsync(read.Problems, parsed);
            if (read.Sources.Count == 0)
                throw new MonitorException($"{SafeText.Line(parsed.GetRequiredValue(from))}: no outline of it is a source; nothing was added.");

            IReadOnlyList<Source> added = [];
            await (await catalog(parsed, cancel)).ChangeAsync(
                list =>
                {
                    added = list.Import(other, []);
                    return added.Count > 0;
                },
                cancel);
            await parsed.InvocationConfiguration.Error.WriteLineAsync(
                $"{added.Count} sources added, {read.Sources.Count - added.Count} here already{(read.Problems.Count > 0 ? $", {read.Problems.Count} problems told above" : "")}.");
            return await DoneAsync(parsed, json, "added", added);
        });
        return command;
    }

    private static Command Export(Func<ParseResult, CancellationToken, Task<SourceCatalog>> catalog)
    {
        var to = new Argument<string?>("FILE")
        {
            Description = "Where to write. Default: standard output.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("export", "Writes the list as OPML 2.0, to be read by any feed reader.") { to };
        command.SetAction(async (parsed, cancel) =>
        {
            var content = (await (await catalog(parsed, cancel)).ReadDocumentAsync(cancel)).Write();
            if (parsed.GetValue(to) is not { } path)
            {
                await parsed.InvocationConfiguration.Output.WriteAsync(content.ToString());
                return 0;
            }

            try
            {
                await File.WriteAllBytesAsync(path, content.ToMemory(), cancel);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
            {
                throw new MonitorException($"{path}: cannot be written ({e.Message}).", e);
            }

            return 0;
        });
        return command;
    }

    internal static Argument<string[]> Names(bool optional = false) => new("ID-or-URL")
    {
        Description = "As `sources list` shows them.",
        Arity = optional ? ArgumentArity.ZeroOrMore : ArgumentArity.OneOrMore,
    };

    internal static async Task PrintAsync(ParseResult parsed, IEnumerable<string> lines)
    {
        foreach (var line in lines)
            await parsed.InvocationConfiguration.Output.WriteLineAsync(line);
    }

    internal static async Task TellAsync(IEnumerable<string> problems, ParseResult parsed)
    {
        foreach (var problem in problems)
            await parsed.InvocationConfiguration.Error.WriteLineAsync(SafeText.Line(problem, 1_000));
    }

    internal static async Task<int> DoneAsync(ParseResult parsed, Option<bool> json, string what, IReadOnlyList<Source> sources)
    {
        foreach (var source in sources)
        {
            await parsed.InvocationConfiguration.Output.WriteLineAsync(
                parsed.GetValue(json) ? ToJson(source) : $"{what} {source.Id}  {SafeText.Line(source.Title)}");
        }

        return 0;
    }
}
