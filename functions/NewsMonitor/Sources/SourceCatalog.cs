using System.Security.Cryptography;
using NewsMonitor.Storage;

namespace NewsMonitor.Sources;

/// <summary>
/// The operator's list of sources where it lives: the document <see cref="ListName"/> of the store, or a file given by hand. Changes are
/// written only over what was read, so that two people who edit at once lose nothing.
/// </summary>
public sealed class SourceCatalog
{
    public const string ListName = "sources.opml";

    private const int Attempts = 5;

    private readonly Func<CancellationToken, Task<Blob?>> _read;
    private readonly Func<BinaryData, string, CancellationToken, Task<bool>> _replace;
    private readonly Func<string, CancellationToken, Task<BinaryData?>> _beside;

    public SourceCatalog(IBlobStore store)
    {
        Location = store.Locate(ListName);
        _read = cancel => store.ReadAsync(ListName, cancel);
        _replace = (content, etag, cancel) => store.ReplaceAsync(ListName, content, etag, cancel);
        _beside = async (file, cancel) => (await store.ReadAsync(file, cancel))?.Content;
    }

    private SourceCatalog(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Location = path;
        _read = async cancel => await ReadFileAsync(path, cancel) is { } content ? new Blob(content, Tag(content)) : null;
        _replace = async (content, etag, cancel) =>
        {
            if (await ReadFileAsync(path, cancel) is not { } now || Tag(now) != etag)
                return false;

            await WriteFileAsync(path, content, cancel);
            return true;
        };
        _beside = (file, cancel) => ReadFileAsync(Path.Combine(folder, file), cancel);
    }

    /// <summary>Where a person finds the list.</summary>
    public string Location { get; }

    /// <summary>A list that is a file of the operator's choice. Between the check and the move lies an instant: a file has no conditional write.</summary>
    public static SourceCatalog InFile(string path) => new(path);

    public async Task<SourceList> ReadAsync(CancellationToken cancel) => (await LoadAsync(cancel)).List.Read();

    /// <summary>The document itself, for an export.</summary>
    public async Task<Opml> ReadDocumentAsync(CancellationToken cancel) => (await LoadAsync(cancel)).List;

    /// <summary>Applies a change and writes the list unless the change answers false; on a conflict reads again and repeats it.</summary>
    public async Task<bool> ChangeAsync(Func<Opml, bool> change, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var (list, etag) = await LoadAsync(cancel);
            if (!change(list))
                return false;

            if (await _replace(list.Write(), etag, cancel))
                return true;
        }

        throw new MonitorException($"{Location} keeps changing under our hands; nothing was written. Try again.");
    }

    /// <summary>The content of a source that is a file beside the list.</summary>
    public async Task<BinaryData> OpenFileAsync(Source source, CancellationToken cancel)
    {
        // The list may have been written by hand: the name is checked again where it is used.
        if (!source.IsFile || SourceAddress.Normalize(source.Address) is not { } file)
            throw new MonitorException($"{Location}: '{SafeText.Line(source.Address)}' is not a file beside the list.");

        return await _beside(file, cancel)
            ?? throw new MonitorException($"{file}: no such file beside {Location}. Put it there, or disable the source '{SafeText.Line(source.Title, 60)}'.");
    }

    private async Task<(Opml List, string ETag)> LoadAsync(CancellationToken cancel)
    {
        var blob = await _read(cancel)
            ?? throw new MonitorException($"{Location}: there is no list of sources. Put one there; the first run makes one by itself.");
        return (Opml.Parse(blob.Content, Location), blob.ETag);
    }

    private static string Tag(BinaryData content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static async Task<BinaryData?> ReadFileAsync(string path, CancellationToken cancel)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
                return null;

            return file.Length > Opml.MaximumBytes
                ? throw new MonitorException($"{path}: over {Opml.MaximumBytes / 1_000_000} MB is too big.")
                : BinaryData.FromBytes(await File.ReadAllBytesAsync(path, cancel));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new MonitorException($"{path}: cannot be read ({e.Message}). Check that it is a file and that you may read it.", e);
        }
    }

    private static async Task WriteFileAsync(string path, BinaryData content, CancellationToken cancel)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            await File.WriteAllBytesAsync(temporary, content.ToMemory(), cancel);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MonitorException($"{path}: cannot be written ({e.Message}). The list is as it was.", e);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
