using System.Buffers;

namespace NewsMonitor.Storage;

/// <summary>
/// What a path may be made of: letters, digits and <c>- _ .</c> between single slashes, no segment that begins with a dot.
/// That is safe in every file system, URL and storage browser, and leaves a stranger's text no way out of the store.
/// </summary>
public static class BlobPath
{
    public const int MaximumLength = 400;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./");

    public static bool IsValid(string path) =>
        path.Length is > 0 and <= MaximumLength
        && !path.AsSpan().ContainsAnyExcept(Allowed)
        && path[0] is not ('/' or '.') && path[^1] is not '/'
        && !path.Contains("//", StringComparison.Ordinal)
        && !path.Contains("/.", StringComparison.Ordinal);

    /// <summary>Returns the path, or throws: a bad path is a bug of ours or an attack, never something to mend silently.</summary>
    public static string Check(string path) =>
        IsValid(path) ? path : throw new ArgumentException($"'{path}' is not a path the store accepts.", nameof(path));
}
