namespace NewsMonitor;

/// <summary>An error whose message is meant for people; the CLI prints just the message.</summary>
public sealed class MonitorException(string message, Exception? inner = null) : Exception(message, inner);
