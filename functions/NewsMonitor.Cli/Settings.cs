using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace NewsMonitor.Cli;

/// <summary>
/// Where settings come from, the later before the earlier: defaults, the <c>Values</c> of local.settings.json, the environment
/// (<c>Section__Name</c>), the command line.
/// </summary>
internal static class Settings
{
    private const string UsualFile = "local.settings.json";

    /// <summary>Schedules of the triggers: six-field NCRONTAB in UTC. In Azure they are app settings.</summary>
    public static readonly IReadOnlyDictionary<string, string?> Defaults = new Dictionary<string, string?>
    {
        ["PollSchedule"] = "0 */5 * * * *",
        ["DigestSchedule"] = "30 2-57/5 * * * *",
        ["HousekeepingSchedule"] = "0 17 3 * * *",
        ["SecondLookSchedule"] = "0 9 * * * *",
    };

    public static IConfiguration Read(ParseResult parsed, IReadOnlyDictionary<string, string?> fromCommand)
    {
        var given = new Dictionary<string, string?>(fromCommand)
        {
            ["Storage:Data"] = parsed.GetValue(CommonOptions.Data),
            ["Storage:Account"] = parsed.GetValue(CommonOptions.Storage),
        };
        return new ConfigurationBuilder()
            .AddInMemoryCollection(Defaults)
            .AddInMemoryCollection(FromFile(parsed.GetValue(CommonOptions.Settings)))
            .AddEnvironmentVariables()
            .AddInMemoryCollection(given.Where(setting => setting.Value is not null))
            .Build();
    }

    private static IEnumerable<KeyValuePair<string, string?>> FromFile(string? given)
    {
        var file = given ?? UsualFile;
        if (given is null && !File.Exists(file))
            return [];
        try
        {
            using var stream = File.OpenRead(file);
            using var document = JsonDocument.Parse(
                stream, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            if (!document.RootElement.TryGetProperty("Values", out var values))
                throw new MonitorException($"{file}: there is no \"Values\" object; local.settings.sample.json shows the form.");
            return [.. values.EnumerateObject().Select(value =>
                KeyValuePair.Create(value.Name.Replace("__", ":", StringComparison.Ordinal), (string?)value.Value.ToString()))];
        }
        catch (JsonException e)
        {
            throw new MonitorException($"{file}, line {e.LineNumber + 1}: not valid JSON: {SafeText.Line(e.Message)}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            throw new MonitorException($"{file}: cannot be read as settings: {SafeText.Line(e.Message)} local.settings.sample.json shows the form.", e);
        }
    }
}
