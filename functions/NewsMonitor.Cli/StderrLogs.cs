using Microsoft.Extensions.Logging;

namespace NewsMonitor.Cli;

/// <summary>A log for people: one line an event, on stderr, no time stamps (the terminal or journald has them) and no stack traces.</summary>
[ProviderAlias("Stderr")]
internal sealed class StderrLogs : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Line();

    public void Dispose()
    {
    }

    private sealed class Line : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var cause = exception is null ? "" : $" {exception.GetType().Name}: {exception.Message}";
            Console.Error.WriteLine($"{(logLevel >= LogLevel.Error ? "error" : "warning")}: {SafeText.Line(formatter(state, exception) + cause, 1000)}");
        }
    }
}
