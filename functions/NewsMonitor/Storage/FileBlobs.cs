using System.IO.Hashing;
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

    /// <summary>No process writes one document for so long: what lies aside longer was left by one that died.</summary>
    private static readonly TimeSpan LeftAside = TimeSpan.FromDays(1);

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
            var probe = Path.Combine(_aside, $"probe-{Guid.NewGuid():n}");
            File.WriteAllBytes(probe, []);
            // By the clock of the file system, which all who write here share.
            RemoveLeft(before: File.GetLastWriteTimeUtc(probe) - LeftAside);
            File.Delete(probe);
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
        var file = Locate(path);
        return await TellAsync("read", file, () => LoadAsync(file, cancel), cancel);
    }

    public async Task<bool> CreateAsync(string path, BinaryData content, CancellationToken cancel, BlobLabels? labels = null)
    {
        var file = Locate(path);
        Blob.Bounded(content.ToMemory().Length, file);
        if (File.Exists(file))
            return false;
        return await TellAsync("write", file, CreateAsync, cancel);

        async Task<bool> CreateAsync()
        {
            // Moving without overwriting looks before it renames, and two can look at once: hence the lock here too.
            await using var held = await LockAsync(path, cancel);
            if (File.Exists(file))
                return false;
            PrivateFolder.Create(Path.GetDirectoryName(file)!);
            await PutAsync(file, content, cancel);
            return true;
        }
    }

    public async Task<bool> ReplaceAsync(string path, BinaryData content, string etag, CancellationToken cancel, BlobLabels? labels = null)
    {
        var file = Locate(path);
        Blob.Bounded(content.ToMemory().Length, file);
        return await TellAsync("write", file, ReplaceAsync, cancel);

        async Task<bool> ReplaceAsync()
        {
            await using var held = await LockAsync(path, cancel);
            if (await LoadAsync(file, cancel) is not { } current || current.ETag != etag)
                return false;
            await PutAsync(file, content, cancel);
            return true;
        }
    }

    public async Task<bool> DeleteAsync(string path, CancellationToken cancel)
    {
        var file = Locate(path);
        return await TellAsync("delete", file, DeleteAsync, cancel);

        async Task<bool> DeleteAsync()
        {
            await using var held = await LockAsync(path, cancel);
            if (!File.Exists(file))
                return false;
            File.Delete(file);
            return true;
        }
    }

    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancel)
    {
        var folder = Path.Combine(_root, prefix[..(prefix.LastIndexOf('/') + 1)]);
        foreach (var path in await TellAsync("list", folder, () => Task.FromResult(Paths(folder, prefix)), cancel))
        {
            cancel.ThrowIfCancellationRequested();
            yield return path;
        }
    }

    private List<string> Paths(string folder, string prefix) =>
        Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(_root, file).Replace(Path.DirectorySeparatorChar, '/'))
                .Where(path => path.StartsWith(prefix, StringComparison.Ordinal) && BlobPath.IsValid(path))
                .Order(StringComparer.Ordinal)]
            : [];

    private static async Task<Blob?> LoadAsync(string file, CancellationToken cancel)
    {
        try
        {
            await using var stream = new FileStream(
                file, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
            var bytes = new byte[Blob.Bounded(stream.Length, file)];
            await stream.ReadExactlyAsync(bytes, cancel);
            return new Blob(BinaryData.FromBytes(bytes), ETagOf(bytes));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private Task PutAsync(string file, BinaryData content, CancellationToken cancel) =>
        WholeFile.PutAsync(file, Path.Combine(_aside, Guid.NewGuid().ToString("n")), content.ToMemory(), cancel);

    private void RemoveLeft(DateTime before)
    {
        foreach (var left in Directory.EnumerateFiles(_aside).Where(file => File.GetLastWriteTimeUtc(file) < before))
            File.Delete(left);
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
            catch (IOException e) when (FileFaults.IsInUse(e) && Environment.TickCount64 < deadline)
            {
                await Task.Delay(Random.Shared.Next(1, 15), cancel);
            }
        }
    }

    private static string ETagOf(byte[] bytes) => $"\"{XxHash128.HashToUInt128(bytes):x32}\"";

    private static Task<T> TellAsync<T>(string doing, string place, Func<Task<T>> operation, CancellationToken cancel) =>
        StorageException.TellAsync(doing, place, operation, FileFaults.Why, cancel);
}
