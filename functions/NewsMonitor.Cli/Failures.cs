using Microsoft.Extensions.Options;
using NewsMonitor.Storage;

namespace NewsMonitor.Cli;

/// <summary>What every command exits with.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>Something failed, and one line on stderr says what.</summary>
    public const int Failure = 1;

    /// <summary>The command was used wrongly.</summary>
    public const int Usage = 2;
}

internal static class Failures
{
    /// <summary>One line that says what happened and, where we know it, what to do.</summary>
    public static string Explain(Exception failure) => failure switch
    {
        MonitorException or StorageException => failure.Message,
        OptionsValidationException e => string.Join(' ', e.Failures),
        // The binder's words for a setting of the wrong type; they name the setting.
        InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" } e => $"{FirstLine(e)}",
        _ => $"Unexpected {failure.GetType().Name}: {FirstLine(failure)} This is a fault of the program; please report it.",
    };

    private static string FirstLine(Exception e) => SafeText.Line(e.Message.Split('\n')[0], 300);
}
