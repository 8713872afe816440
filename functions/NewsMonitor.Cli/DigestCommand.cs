using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using NewsMonitor.Digests;
using NewsMonitor.Hits;

namespace NewsMonitor.Cli;

/// <summary><c>digest --preview</c>: what a digest of the last days looks like; nothing is sent or remembered.</summary>
internal static class DigestCommand
{
    public static Command Create()
    {
        var preview = new Option<bool>("--preview") { Description = "Render a digest of the stories of the last days without sending it." };
        var language = new Option<string>("--language") { Description = "ar or en (default: ar).", DefaultValueFactory = _ => "ar" };
        language.AcceptOnlyFromAmong("ar", "en");
        var zone = new Option<string>("--zone") { Description = "IANA time zone of the reader (default: Asia/Baghdad).", DefaultValueFactory = _ => "Asia/Baghdad" };
        var days = CommonOptions.Days("How many days of stories (default: 7).");
        var html = new Option<string?>("--html") { Description = "Write the HTML part to this file.", HelpName = "FILE" };
        var command = new Command("digest", "Preview a digest.") { preview, language, zone, days, html };
        command.Validators.Add(result =>
        {
            if (!result.GetValue(preview))
                result.AddError("digest shows previews only: give --preview. Digests are sent by run.");
        });
        command.SetAction(async (parsed, cancel) =>
        {
            await using var services = Services.For(parsed);
            if (!TimeZoneInfo.TryFindSystemTimeZoneById(parsed.GetValue(zone)!, out var readers))
                throw new MonitorException($"'{SafeText.Line(parsed.GetValue(zone))}' is not a time zone; give an IANA name, as in Asia/Baghdad.");
            var told = await StoriesAsync(services, parsed.GetValue(days), cancel);
            var digest = await services.GetRequiredService<DigestBuilder>()
                .DigestAsync("preview", parsed.GetValue(language)!, readers, told, null, cancel);
            var rendered = await services.GetRequiredService<DigestRenderer>().RenderAsync(digest);
            if (parsed.GetValue(html) is { } file)
                await WriteAsync(file, rendered.Html, cancel);
            await Console.Out.WriteLineAsync($"{rendered.Subject}\n\n{rendered.Text}");
            return ExitCode.Success;
        });
        return command;
    }

    private static async Task<IReadOnlyList<Story>> StoriesAsync(ServiceProvider services, int days, CancellationToken cancel)
    {
        var stories = services.GetRequiredService<StoryStore>();
        var first = DateOnly.FromDateTime(services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime).AddDays(1 - days);
        var told = new List<Story>();
        foreach (var path in await stories.ListSinceAsync(first, cancel))
        {
            if (await stories.ReadAsync(path, cancel) is { } story)
                told.Add(story);
        }

        return told.Count > 0 ? told : throw new MonitorException("There are no stories to preview; `run --once` polls the sources first.");
    }

    private static async Task WriteAsync(string file, string html, CancellationToken cancel)
    {
        try
        {
            await File.WriteAllTextAsync(file, html, cancel);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MonitorException($"--html {file}: cannot be written: {e.Message}", e);
        }
    }
}
