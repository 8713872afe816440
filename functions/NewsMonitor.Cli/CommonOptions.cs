using System.CommandLine;
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

    public static void AddTo(Command root)
    {
        root.Options.Add(Data);
        root.Options.Add(Storage);
        root.Options.Add(Settings);
    }
}
