namespace NewsMonitor.Cli;

internal static class Amount
{
    /// <summary>How many of what: "1 story", "1,200 stories".</summary>
    /// <param name="many">Where that is not the one with an s.</param>
    public static string Of(int count, string one, string? many = null) => FormattableString.Invariant($"{count:N0} {(count == 1 ? one : many ?? $"{one}s")}");
}
