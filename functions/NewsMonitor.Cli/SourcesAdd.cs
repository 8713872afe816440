using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using NewsMonitor.Feeds;
using NewsMonitor.Sources;
using NewsMonitor.Storage;

namespace NewsMonitor.Cli;

/// <summary><c>sources add URL</c>: a feed, or the one feed of a site.</summary>
internal sealed class SourcesAdd
{
    private readonly Argument<string> _address = new("URL")
    {
        Description = $"The feed, or a page of a site that has one: {SourceAddress.Accepted}.",
    };

    private readonly Option<string?> _title = new("--title") { Description = "The outlet's name. Default: what the feed calls itself, else its host." };
    private readonly Option<string> _language = new("--language") { Description = "BCP 47.", DefaultValueFactory = _ => "ar" };
    private readonly Option<string> _country = new("--country")
    {
        Description = "ISO 3166-1, two letters: the time zone of dates that state none.",
        DefaultValueFactory = _ => "",
    };

    private readonly Option<string> _category = new("--category") { Description = "OPML category, such as /Iraq.", DefaultValueFactory = _ => "" };
    private readonly Option<string?> _site = new("--site") { Description = "The outlet's page for people. Default: the page that was given, if it was one." };
    private readonly Option<string> _article = new("--article")
    {
        Description = "Whether the page behind an item is fetched for its text; auto: where the feed gives too little.",
        DefaultValueFactory = _ => ArticleMode.Auto.Key(),
    };

    private readonly Option<int?> _minimum = Minutes("--minimum-minutes", "least");
    private readonly Option<int?> _maximum = Minutes("--maximum-minutes", "most");
    private readonly Option<bool> _unchecked = new("--no-check") { Description = "Adds the address as it is, without fetching it." };
    private readonly Option<bool> _json;

    private SourcesAdd(Option<bool> json)
    {
        _json = json;
        _article.AcceptOnlyFromAmong([.. Enum.GetValues<ArticleMode>().Select(mode => mode.Key())]);
        _country.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is not ("" or [_, _]) || !result.GetValueOrDefault<string>().All(char.IsAsciiLetter))
                result.AddError("--country takes a two-letter code of ISO 3166-1, such as IQ.");
        });
    }

    public static Command Create(Func<ParseResult, CancellationToken, Task<SourceCatalog>> catalog, Option<bool> json)
    {
        var add = new SourcesAdd(json);
        var command = new Command(
            "add",
            "Adds a source. Its address is fetched once: of a web page the one feed is taken, or its feeds are listed to choose from; what "
            + "does not answer is added as it is, and told. `sources test` looks again.")
        {
            add._address, add._title, add._language, add._country, add._category, add._site, add._article, add._minimum, add._maximum, add._unchecked,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(add._minimum) > result.GetValue(add._maximum))
                result.AddError("--minimum-minutes may not be above --maximum-minutes.");
        });
        command.SetAction(async (parsed, cancel) =>
        {
            var written = parsed.GetRequiredValue(add._address);
            var address = SourceAddress.Normalize(written)
                ?? throw new MonitorException($"'{SafeText.Line(written)}' cannot be polled: give {SourceAddress.Accepted}.");
            var there = await catalog(parsed, cancel);
            await RefuseKnownAsync(there, address, cancel);
            var feed = parsed.GetValue(add._unchecked) || !address.Contains("://", StringComparison.Ordinal)
                ? new Choice(address, null, null) : await add.CheckAsync(parsed, address, cancel);
            if (feed is null)
                return ExitCode.Failure;

            var source = add.Read(parsed, feed);
            return await there.ChangeAsync(list => list.Add(source), cancel)
                ? await SourcesCommand.DoneAsync(parsed, json, "added", [source])
                : throw Known(there, source.Address);
        });
        return command;
    }

    /// <summary>Null when it is the operator's turn to choose, and what from was told.</summary>
    private async Task<Choice?> CheckAsync(ParseResult parsed, string address, CancellationToken cancel)
    {
        var error = parsed.InvocationConfiguration.Error;
        var shown = SourceAddress.Shown(address);
        await using var services = Services.For(parsed);
        var input = await FeedInput.ReadAsync(address, CountryZones.Of(parsed.GetValue(_country)), services, cancel);
        if (input.IsRead)
            return new Choice(address, input.Feed!.Title, null);

        if (input.Found is { Feeds: { Count: > 0 } feeds } found)
        {
            var own = feeds.Where(f => f.IsOfItsOwn).ToList();
            if (input.Fault is null && own is [var one])
            {
                await error.WriteLineAsync($"{shown} is a web page; its feed is {SourceAddress.Shown(one.Address)}.");
                return new Choice(one.Address, one.Title, address);
            }

            await error.WriteLineAsync(
                $"monitor: {(input.Fault is null ? $"{shown} is a web page" : $"There is no feed at {shown}")}; its site has {FeedCommand.Counted(feeds.Count)}. "
                + "Add one by its address; nothing was added.");
            if (parsed.GetValue(_json))
                await parsed.InvocationConfiguration.Output.WriteLineAsync(ToJson(input));
            else
                await SourcesCommand.PrintAsync(parsed, FeedCommand.CandidateLines(found));
            return null;
        }

        if (input.Feed is not null || input.Found is not null || input.Status is 404 or 410)
        {
            throw new MonitorException(
                $"{(input.Fault is null ? $"{shown}: " : "")}{SafeText.Line(string.Join("; ", input.Problems), 500).TrimEnd('.')}; "
                + $"{(input.Found is null ? "" : "its site has no feed at the usual addresses; ")}nothing was added. --no-check adds it as it is.");
        }

        await error.WriteLineAsync($"{SafeText.Line(string.Join("; ", input.Problems), 500)} It is added as it is.");
        return new Choice(address, null, null);
    }

    private Source Read(ParseResult parsed, Choice feed)
    {
        var id = SourceAddress.Id(feed.Address);
        var name = parsed.GetValue(_title) is { Length: > 0 } given ? given : SafeText.Line(feed.Title, 100);
        return new Source(
            id,
            XmlSafe(name is { Length: > 0 } ? name : id[..id.LastIndexOf('-')]),
            feed.Address,
            XmlSafe(parsed.GetValue(_language)!),
            parsed.GetValue(_country)!.ToUpperInvariant(),
            parsed.GetValue(_site) ?? feed.Page,
            XmlSafe(parsed.GetValue(_category)!),
            Enabled: true)
        {
            Article = Enum.Parse<ArticleMode>(parsed.GetValue(_article)!, ignoreCase: true),
            MinimumMinutes = parsed.GetValue(_minimum),
            MaximumMinutes = parsed.GetValue(_maximum),
        };
    }

    /// <summary>Before anybody is asked: an address that is here already.</summary>
    private static async Task RefuseKnownAsync(SourceCatalog catalog, string address, CancellationToken cancel)
    {
        var canonical = SourceAddress.Canonical(address);
        if ((await catalog.ReadAsync(cancel)).Sources.Any(s => SourceAddress.Canonical(s.Address) == canonical))
            throw Known(catalog, address);
    }

    private static MonitorException Known(SourceCatalog catalog, string address) =>
        new($"{SourceAddress.Shown(address)} is in {catalog.Location} already.");

    private static string ToJson(FeedInput input) => SafeText.Json(JsonSerializer.Serialize(
        new { input.Input, input.Problems, Candidates = FeedCommand.Candidates(input) }, Documents.Compact));

    private static Option<int?> Minutes(string name, string which)
    {
        var minutes = new Option<int?>(name)
        {
            Description = $"The {which} minutes between two polls, {Source.LeastMinutes} to {Source.MostMinutes}. Default: as the settings say.",
            HelpName = "MINUTES",
        };
        minutes.Validators.Add(result =>
        {
            // What is no number at all is told by the parser.
            if (result.Tokens is [var token] && int.TryParse(token.Value, CultureInfo.InvariantCulture, out var given)
                && given is < Source.LeastMinutes or > Source.MostMinutes)
                result.AddError($"{name} is a whole number from {Source.LeastMinutes} to {Source.MostMinutes}.");
        });
        return minutes;
    }

    private static string XmlSafe(string text) => SafeText.Line(text, 300);

    /// <param name="Page">Where it was found, if not at its own address.</param>
    private sealed record Choice(string Address, string? Title, string? Page);
}
