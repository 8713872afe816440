namespace NewsMonitor.Sources;

/// <summary>What a list of sources says.</summary>
/// <param name="Problems">One line each, with file and line; the outlines they name are left out, the others are not.</param>
public sealed record SourceList(IReadOnlyList<Source> Sources, IReadOnlyList<string> Problems);
