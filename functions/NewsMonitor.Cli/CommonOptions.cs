using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace NewsMonitor.Cli;

/// <summary>Options that every command takes, or several.</summary>
internal static class CommonOptions
{
    public static Option<string?> Data { get; } = new("--data")
    {
        Description = "Data folder (default: data).",
        HelpName = "DIR",
        Recursive = true,
    };

    public static Option<string?> Storage { get; } = new("--storage")
    {
        Description = "Azure Storage instead of the data folder: a connection string, an account name or a blob service URL.",
        HelpName = "CONN",
        Recursive = true,
    };

    public static Option<string?> Settings { get; } = new("--settings")
    {
        Description = "Settings file (default: local.settings.json, if there is one). The environment goes before it.",
        HelpName = "FILE",
        Recursive = true,
    };

    public static Option<bool> Json() => new("--json") { Description = "JSON for machines." };

    public static Option<int> Days(string description, int usual = 7)
    {
        var days = new Option<int>("--days") { Description = description, DefaultValueFactory = _ => usual };
        days.Validators.Add(result =>
        {
            // What is no number at all is told by the parser.
            if (result.Tokens is [var token] && int.TryParse(token.Value, CultureInfo.InvariantCulture, out var given) && given is < 1 or > 3660)
                result.AddError("--days is a whole number from 1 to 3660.");
        });
        return days;
    }

    /// <summary>A UTC day.</summary>
    public static Option<DateOnly?> Day(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "DATE",
        CustomParser = result =>
        {
            if (DayOf(result.Tokens) is { } day)
                return day;
            result.AddError($"{name} {SafeText.Line(result.Tokens[0].Value)}: give a day as in 2026-11-23.");
            return null;
        },
    };

    /// <summary>Either the last days, or from one day to another.</summary>
    public static void CheckPeriod(Command command, Option<int>? days, Option<DateOnly?> first, Option<DateOnly?> last) => command.Validators.Add(result =>
    {
        if (days is not null && result.GetResult(days) is { Implicit: false } && (result.GetResult(first) ?? result.GetResult(last)) is not null)
            result.AddError($"--days goes without {first.Name} and {last.Name}.");
        if (result.GetResult(last) is not null && result.GetResult(first) is null)
            result.AddError($"{last.Name} goes with {first.Name}.");
        if (DayOf(result.GetResult(first)?.Tokens) > DayOf(result.GetResult(last)?.Tokens))
            result.AddError($"{first.Name} is later than {last.Name}.");
    });

    public static void AddTo(Command root)
    {
        root.Options.Add(Data);
        root.Options.Add(Storage);
        root.Options.Add(Settings);
    }

    /// <summary>Null also for what is no day: the option's parser tells that.</summary>
    private static DateOnly? DayOf(IReadOnlyList<Token>? tokens) =>
        tokens is [var token] && DateOnly.TryParseExact(token.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : null;
}
