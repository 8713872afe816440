using Microsoft.Win32.SafeHandles;

namespace NewsMonitor.Cli.Matching;

/// <summary>Standard output for much data.</summary>
internal static class StandardOutput
{
    /// <summary>The console's own stream hides that nobody reads on, so a pipe is written to as what it is.</summary>
    public static Stream Open()
    {
        if (!OperatingSystem.IsWindows() && Console.IsOutputRedirected)
        {
            var pipe = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            if (!pipe.CanSeek)
                return pipe;
        }

        // A file is shared with whoever writes to it next, also how far it is written: that the console's stream leaves to the system.
        return Console.OpenStandardOutput();
    }

    /// <summary>Whether nobody reads on, as after <c>head</c>.</summary>
    public static bool IsClosed(IOException e) =>
        e.HResult is 32 /* EPIPE */ or unchecked((int)0x8007006D) or unchecked((int)0x800700E8) /* Windows: broken pipe, pipe being closed */;
}
