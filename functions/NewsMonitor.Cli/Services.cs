using System.CommandLine;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NewsMonitor.Pipeline;
using NewsMonitor.Storage;

namespace NewsMonitor.Cli;

/// <summary>The system's services for one command.</summary>
internal static class Services
{
    /// <param name="settings">What the command's own options say.</param>
    public static ServiceProvider For(ParseResult parsed, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var configuration = Settings.Read(parsed, settings ?? new Dictionary<string, string?>());
        return Add(new ServiceCollection(), configuration).BuildServiceProvider().Validated();
    }

    /// <summary>The store with the shipped lists in it, also before the first run.</summary>
    public static async Task<IBlobStore> PreparedStoreAsync(ParseResult parsed, CancellationToken cancel)
    {
        var services = For(parsed);
        await services.GetRequiredService<FirstRun>().PrepareAsync(cancel);
        return services.GetRequiredService<IBlobStore>();
    }

    public static IServiceCollection Add(IServiceCollection services, IConfiguration configuration) =>
        services.AddLogging(LogToStderr).AddNewsMonitor(configuration);

    /// <summary>Throws what is wrong with the settings, by their names.</summary>
    public static T Validated<T>(this T services)
        where T : IServiceProvider
    {
        services.GetService<IStartupValidator>()?.Validate();
        return services;
    }

    /// <summary>Warnings and worse, one line each; what the journal says is printed by the command itself.</summary>
    private static void LogToStderr(ILoggingBuilder logging)
    {
        logging.AddProvider(new StderrLogs());
        logging.SetMinimumLevel(LogLevel.Warning);
        // A host that cannot start also throws, and that is what we tell.
        logging.AddFilter<StderrLogs>("Microsoft.Extensions.Hosting", LogLevel.None);
        logging.AddFilter<StderrLogs>(typeof(Journal).FullName, LogLevel.None);
    }
}
