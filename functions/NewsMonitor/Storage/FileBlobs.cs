using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace NewsMonitor.Storage;

/// <summary>
/// Documents as files under one folder, safe for any number of processes on one machine. A document appears whole or not at
/// all: it is written aside, flushed, and put in place by one rename. The ETag is the content's hash, so "unchanged"
/// means the same bytes.
/// </summary>
public sealed class FileBlobs : IBlobStore
{
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(30);

    private readonly string _root;
    private readonly string _aside;
    private readonly string _locks;

    public FileBlobs(string root)
    {
        _root = Path.GetFullPath(root);
        _aside = Path.Combine(_root, ".aside");
        _locks = Path.Combine(_root, ".locks");
        try
        {
            // Subscribers' addresses and webhook secrets lie here: for the operator's eyes only.
            PrivateFolder.Create(_root);
            PrivateFolder.Create(_aside);
            PrivateFolder.Create(_locks);
            File.Delete(Touch(Path.Combine(_aside, $"probe-{Guid.NewGuid():n}")));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MonitorException(
                $"Cannot write to the data folder '{_root}': {e.Message} Make it writable, or choose another with --data.", e);
        }
    }

    public string Locate(string path) => Path.Combine(_root, BlobPath.Check(path).Replace('/', Path.DirectorySeparatorChar));

    public async Task<Blob?> ReadAsync(string path, CancellationToken cancel)
    {
        try
        {
            var bytes = await File.ReadAllBytesAsync(Locate(path), cancel);
            return new Blob(BinaryData.FromBytes(bytes), ETagOf(bytes));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public async Task<bool> CreateAsync(string path, BinaryData content, CancellationToken cancel, BlobLabels? labels = null)
    {
        var target = Locate(path);
        if (File.Exists(target))
            return false;
        // Moving without overwriting looks before it renames, and two can look at once: hence the lock here too.
        await using var held = await LockAsync(path, cancel);
        if (File.Exists(target))
            return false;
        PrivateFolder.Create(Path.GetDirectoryName(target)!);
        File.Move(await WriteAsideAsync(content, cancel), target, overwrite: true);
        return true;
    }

    public async Task<bool> ReplaceAsync(string path, BinaryData content, string etag, CancellationToken cancel, BlobLabels? labels = null)
    {
        var target = Locate(path);
        await using var held = await LockAsync(path, cancel);
        if (await ReadAsync(path, cancel) is not { } current || current.ETag != etag)
            return false;
        File.Move(await WriteAsideAsync(content, cancel), target, overwrite: true);
        return true;
    }

    public async Task<bool> DeleteAsync(string path, CancellationToken cancel)
    {
        var target = Locate(path);
        await using var held = await LockAsync(path, cancel);
        if (!File.Exists(target))
            return false;
        File.Delete(target);
        return true;
    }

    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.CompletedTask;
        var folder = Path.Combine(_root, prefix[..(prefix.LastIndexOf('/') + 1)]);
        if (!Directory.Exists(folder))
            yield break;
        var paths = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(_root, file).Replace(Path.DirectorySeparatorChar, '/'))
            .Where(path => path.StartsWith(prefix, StringComparison.Ordinal) && BlobPath.IsValid(path))
            .Order(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            cancel.ThrowIfCancellationRequested();
            yield return path;
        }
    }

    private async Task<string> WriteAsideAsync(BinaryData content, CancellationToken cancel)
    {
        var file = Path.Combine(_aside, Guid.NewGuid().ToString("n"));
        try
        {
            await using var stream = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous);
            await stream.WriteAsync(content.ToMemory(), cancel);
            stream.Flush(flushToDisk: true);
            return file;
        }
        catch
        {
            File.Delete(file);
            throw;
        }
    }

    /// <summary>Held from the look to the rename; the operating system lets go of it when a process dies.</summary>
    private async Task<FileStream> LockAsync(string path, CancellationToken cancel)
    {
        var stripe = Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(path)).AsSpan(0, 1));
        var file = Path.Combine(_locks, stripe);
        var deadline = Environment.TickCount64 + (long)LockPatience.TotalMilliseconds;
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
            }
            catch (IOException) when (Environment.TickCount64 < deadline)
            {
                await Task.Delay(Random.Shared.Next(1, 15), cancel);
            }
        }
    }

    private static string ETagOf(byte[] bytes) => $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 16))}\"";

    private static string Touch(string file)
    {
        File.WriteAllBytes(file, []);
        return file;
    }
}
