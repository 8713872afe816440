namespace NewsMonitor.Storage;

/// <summary>A file that appears whole or not at all.</summary>
internal static class WholeFile
{
    /// <summary>Written aside, flushed, and put in place by one rename; nothing is left aside when that fails, as on a full disk.</summary>
    public static async Task PutAsync(string file, string aside, ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        try
        {
            await using (var stream = new FileStream(aside, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous))
            {
                await stream.WriteAsync(content, cancel);
                stream.Flush(flushToDisk: true);
            }

            // Overwriting makes this one rename; without it, it is a link and a removal, between which two could both win.
            File.Move(aside, file, overwrite: true);
        }
        catch
        {
            File.Delete(aside);
            throw;
        }
    }
}
