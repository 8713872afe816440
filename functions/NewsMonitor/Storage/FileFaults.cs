namespace NewsMonitor.Storage;

/// <summary>What the failures of a file system mean to people, and what to do about them.</summary>
internal static class FileFaults
{
    private const string Full = "the disk is full, or a limit on its use is reached. Free some space, or choose another folder with --data.";

    /// <summary>Null when the failure is none of the file system's.</summary>
    public static string? Why(Exception failure) => failure switch
    {
        IOException e when IsFull(e) => Full,
        // What .NET makes of EFBIG: the process, or the file system, has a limit on the size of a file.
        ArgumentOutOfRangeException { ParamName: "value" } => Full,
        IOException e when IsInUse(e) => "another program has kept it in use for too long. Close what has it open.",
        IOException => $"{SafeText.Line(failure.Message, 300)} Look at what lies there and at the disk.",
        UnauthorizedAccessException =>
            $"{SafeText.Line(failure.Message, 300)} Give the user who runs the monitor the right to it; if a folder is in a document's place, move it away.",
        _ => null,
    };

    /// <summary>Unix tells its own numbers: ENOSPC, EDQUOT on Linux and on macOS; Windows: disk full, handle disk full.</summary>
    private static bool IsFull(IOException e) =>
        e.HResult is 28 or 122 or 69 or unchecked((int)0x80070070) or unchecked((int)0x80070027);

    /// <summary>EAGAIN on Linux and on macOS; Windows: sharing violation, lock violation.</summary>
    public static bool IsInUse(IOException e) =>
        e.HResult is 11 or 35 or unchecked((int)0x80070020) or unchecked((int)0x80070021);
}
