using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using NewsMonitor.Articles;
using NewsMonitor.Feeds;
using NewsMonitor.Sources;
using NewsMonitor.Storage;

namespace NewsMonitor.Pipeline;

/// <summary>One line of an archive.</summary>
/// <param name="Where">The file and the line.</param>
/// <param name="Article">Null when the line holds none.</param>
/// <param name="Problem">Why it holds none, or why its article cannot become a hit; null when all is well.</param>
public sealed record ArchiveLine(string Where, Article? Article, string? Problem);

/// <summary>
/// Articles from NDJSON, plain or gzip, a line at a time: <c>{"id","title","text","url","source","date"}</c>. They become what a poll would make
/// of them, so that the same article has the same id. Of a line that is no article its place is told, and the next is read.
/// </summary>
public sealed partial class ArchiveReader(IEnumerable<Source> sources, TimeProvider time)
{
    /// <summary>What outlets are called in archives: the title or the id that the list of sources has for them.</summary>
    private readonly Dictionary<string, Source> _known = Names(sources);

    /// <summary>All lines of the files; a dash is standard input.</summary>
    public async IAsyncEnumerable<ArchiveLine> ReadAsync(IEnumerable<string> files, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var file in files)
        {
            await foreach (var line in ReadFileAsync(file, cancel))
                yield return line;
        }
    }

    private async IAsyncEnumerable<ArchiveLine> ReadFileAsync(string file, [EnumeratorCancellation] CancellationToken cancel)
    {
        var number = 0;
        Stream? stream = null;
        try
        {
            ArchiveLines? lines = null;
            while (true)
            {
                ArchiveLines.Line? line = null;
                string? fault = null;
                try
                {
                    lines ??= new ArchiveLines(stream = Open(file));
                    line = await lines.NextAsync(cancel);
                }
                catch (Exception e) when (
                    e is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException or NotSupportedException)
                {
                    fault = e is FileNotFoundException or DirectoryNotFoundException ? "no such file" : $"cannot be read: {SafeText.Line(e.Message)}";
                }

                if (fault is not null)
                    yield return new ArchiveLine(number == 0 ? file : Place(file, number + 1), null, fault);
                if (line is null)
                    yield break;
                number++;
                if (Read(Place(file, number), line.Value) is { } read)
                    yield return read;
            }
        }
        finally
        {
            if (stream is not null)
                await stream.DisposeAsync();
        }
    }

    private static string Place(string file, int line) => string.Create(CultureInfo.InvariantCulture, $"{file}:{line}");

    private static Stream Open(string file)
    {
        if (file == "-")
            return Console.OpenStandardInput();
        if (Directory.Exists(file))
            throw new IOException("it is a folder; name the files in it.");
        var stream = File.OpenRead(file);
        if (!stream.CanSeek)
            return file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(stream, CompressionMode.Decompress) : stream;
        var isGzip = stream.ReadByte() == 0x1F && stream.ReadByte() == 0x8B;
        stream.Position = 0;
        return isGzip ? new GZipStream(stream, CompressionMode.Decompress) : stream;
    }

    /// <summary>Null for an empty line.</summary>
    private ArchiveLine? Read(string where, ArchiveLines.Line line)
    {
        if (line.IsTooLong)
            return new ArchiveLine(where, null, $"over {ArchiveLines.MaximumLine / 1_000_000} MB in one line, skipped");
        var bytes = line.Bytes.Span.StartsWith(Encoding.UTF8.Preamble) ? line.Bytes[Encoding.UTF8.Preamble.Length..] : line.Bytes;
        if (bytes.Span.IndexOfAnyExcept(" \t\r"u8) < 0)
            return null;
        try
        {
            try
            {
                return Read(where, bytes, line.Bytes.Span);
            }
            catch (InvalidOperationException)
            {
                // Bytes that are no UTF-8, or an escaped half of a surrogate pair: one letter is lost, not the article.
                var mended = Encoding.UTF8.GetBytes(HalfPair().Replace(Encoding.UTF8.GetString(bytes.Span), @"\ufffd"));
                return Read(where, mended, line.Bytes.Span);
            }
        }
        catch (JsonException e)
        {
            return new ArchiveLine(where, null, $"not valid JSON, skipped: {SafeText.Line(e.Why())}");
        }
    }

    private ArchiveLine Read(string where, ReadOnlyMemory<byte> json, ReadOnlySpan<byte> line)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
            return new ArchiveLine(where, null, "expected an object with title, text, url, source and date, skipped");
        string? title = Text(root, "title"), text = Text(root, "text");
        if (title is null && text is null)
            return new ArchiveLine(where, null, "has neither a title nor a text, skipped");

        var link = Text(root, "url");
        var url = CanonicalUrl.Of(link);
        var source = SourceOf(Text(root, "source"), url);
        var published = FeedDates.Parse(Text(root, "published") ?? Text(root, "date"), CountryZones.Of(source.Country));
        var item = new FeedItem(Text(root, "id"), title ?? "", link, published, null, null, "", text ?? "");
        var article = ArticleReader.Read(source, item, time.GetUtcNow(), Convert.ToHexStringLower(SHA256.HashData(line)));
        var problem =
            url is null ? "has no \"url\" that begins with http or https"
            : ArticleReader.IsPlaceOnly(source, url) ? "its \"url\" is that of a whole site"
            : published is null ? "has no \"date\" or \"published\" that can be read"
            : null;
        return new ArchiveLine(where, article, problem is null ? null : $"{problem}, so that it cannot become a hit");
    }

    private Source SourceOf(string? name, string? url)
    {
        if (name is not null && _known.TryGetValue(name.Trim(), out var known))
            return known;
        var host = url is null ? "" : new Uri(url).Host;
        var title = SafeText.Line(name, 200) is { Length: > 0 } given ? given : host;
        // Named after the site where there is one, as the ids of sources are.
        return new Source(SourceAddress.Id(host.Length > 0 ? $"https://{host}/" : title), title, "archive", "ar", "", null, "", Enabled: false);
    }

    private static Dictionary<string, Source> Names(IEnumerable<Source> sources)
    {
        var names = new Dictionary<string, Source>(StringComparer.OrdinalIgnoreCase);
        foreach (var source in sources)
        {
            names.TryAdd(source.Id, source);
            names.TryAdd(source.Title.Trim(), source);
        }

        return names;
    }

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    [GeneratedRegex(@"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}")]
    private static partial Regex HalfPair();
}
