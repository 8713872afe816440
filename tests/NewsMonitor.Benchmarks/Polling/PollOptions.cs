using System.CommandLine;

namespace NewsMonitor.Benchmarks.Polling;

/// <summary>Options that say which feeds there are.</summary>
internal static class PollOptions
{
    public static (Option<int> Sources, Option<int> Items, Option<int> Hosts) Feeds() => (
        Number("--sources", "How many feeds.", 1000, 1, 100_000),
        Number("--items", "Items of each feed.", 30, 0, 1000),
        Number("--hosts", "Over how many addresses of 127.0.0.0/8 the feeds are spread; 1: all on one host.", 250, 1, 1000));

    public static Option<int> Number(string name, string description, int usual, int least, int most)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "NUMBER", DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, out int given) && (given < least || given > most))
                result.AddError($"{name} is a whole number from {least} to {most}.");
        });
        return option;
    }
}
