using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using NewsMonitor.Storage;

namespace NewsMonitor.Hits.Export;

/// <summary>A file of an archive while it is written: a document a line.</summary>
internal sealed class ArchiveEntry(ZipArchive archive, string path, DateOnly day) : IAsyncDisposable
{
    /// <summary>What a zip's dates begin with.</summary>
    private const int EarliestYear = 1980;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private Stream? _stream;
    private int _documents;
    private long _bytes;

    public string Path => path;

    public async Task AddAsync<T>(T document, CancellationToken cancel) => await AddAsync(Line(document), cancel);

    /// <summary>What is in it, when all is.</summary>
    public async Task<ArchivedFile> EndAsync()
    {
        if (_stream is not null)
            await _stream.DisposeAsync();
        return new ArchivedFile(path, _documents, _bytes, Convert.ToHexStringLower(_hash.GetHashAndReset()));
    }

    public ValueTask DisposeAsync()
    {
        _hash.Dispose();
        return _stream?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    private static byte[] Line<T>(T document) => [.. JsonSerializer.SerializeToUtf8Bytes(document, Documents.Compact), (byte)'\n'];

    private async Task AddAsync(byte[] line, CancellationToken cancel)
    {
        _stream ??= await OpenAsync(cancel);
        await _stream.WriteAsync(line, cancel);
        _hash.AppendData(line);
        _documents++;
        _bytes += line.Length;
    }

    private Task<Stream> OpenAsync(CancellationToken cancel)
    {
        var entry = archive.CreateEntry(path, CompressionLevel.Optimal);
        // The same content shall make the same archive, whenever it is exported.
        entry.LastWriteTime = new DateTimeOffset(day.Year < EarliestYear ? new DateTime(EarliestYear, 1, 1) : day.ToDateTime(default), TimeSpan.Zero);
        return entry.OpenAsync(cancel);
    }
}

/// <param name="Documents">Lines.</param>
/// <param name="Bytes">Before they are compressed.</param>
/// <param name="Sha256">Of those bytes, lower-case hexadecimal.</param>
public sealed record ArchivedFile(string Path, int Documents, long Bytes, string Sha256);
