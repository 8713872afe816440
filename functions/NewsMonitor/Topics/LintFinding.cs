using System.Text.Json.Serialization;

namespace NewsMonitor.Topics;

/// <summary>How much a finding matters.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LintSeverity>))]
public enum LintSeverity
{
    /// <summary>Worth a look; it may be meant.</summary>
    [JsonStringEnumMemberName("note")]
    Note,

    /// <summary>A part of the file does nothing, or not what it says.</summary>
    [JsonStringEnumMemberName("warning")]
    Warning,
}

/// <summary>Something in a topics file that is valid but probably not meant.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Message">What it is, and what to do.</param>
public sealed record LintFinding(LintSeverity Severity, int Line, int Column, string Message);
