using System.IO.Compression;
using System.Runtime.CompilerServices;
using NewsMonitor.Hits.Index;
using NewsMonitor.Storage;

namespace NewsMonitor.Hits.Export;

/// <summary>
/// Hits and stories of some days, to be kept elsewhere: a zip of NDJSON. <c>hits/yyyy/MM/dd.ndjson</c> has the hits found on a day, each followed by its
/// revisions; <c>stories/yyyy/MM/dd.ndjson</c> and <c>stories/backfilled/…</c> the stories first seen on a day: of the days asked for all, notes among them, and
/// earlier ones that a hit in the archive joined; <c>manifest.json</c> what is in it. A document's path in the store is its file's path, then its id.
/// The same content makes the same bytes.
/// </summary>
public sealed class HitArchive(IBlobStore blobs, HitStore hits, StoryStore stories, HitIndex index)
{
    public const string ManifestName = "manifest.json";

    /// <param name="first">UTC days, inclusive.</param>
    /// <param name="progress">Gets how many documents are written.</param>
    public async Task<ArchiveManifest> WriteAsync(DateOnly first, DateOnly last, Stream output, Action<int> progress, CancellationToken cancel)
    {
        await using var archive = await ZipArchive.CreateAsync(output, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancel);
        await using var run = new Run(archive, progress);
        int kept = 0, revisions = 0, told = 0;
        await foreach (var path in hits.ListAsync(first, last, cancel))
        {
            for (var (number, isThere) = (1, true); isThere; number++)
            {
                var problems = run.Problems.Count;
                var hit = await run.TryAsync(() => hits.ReadAsync(HitStore.PathOf(path, number), cancel));
                // After a torn one there may be others.
                isThere = hit is not null || run.Problems.Count > problems;
                if (hit is null)
                    continue;
                await run.AddAsync(path, hit, cancel);
                (kept, revisions) = number == 1 ? (kept + 1, revisions) : (kept, revisions + 1);
            }
        }

        await foreach (var path in StoriesAsync(first, last, run, cancel))
        {
            if (await run.TryAsync(() => stories.ReadAsync(path, cancel)) is not { } story)
                continue;
            await run.AddAsync(path, story, cancel);
            told++;
        }

        var manifest = new ArchiveManifest(
            ArchiveManifest.CurrentSchema, first, last, new(Hit.CurrentSchema, kept, revisions), new(Story.CurrentSchema, told), await run.EndAsync(), [.. run.Problems]);
        var entry = archive.CreateEntry(ManifestName, CompressionLevel.Optimal);
        entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await using var stream = await entry.OpenAsync(cancel);
        await stream.WriteAsync(Documents.ToBlob(manifest).ToMemory(), cancel);
        return manifest;
    }

    /// <summary>In the order of their paths, so that those of a day are together.</summary>
    private async IAsyncEnumerable<string> StoriesAsync(
        DateOnly first, DateOnly last, Run run, [EnumeratorCancellation] CancellationToken cancel)
    {
        var earlier = await EarlierAsync(first, last, run, cancel);
        foreach (var folder in (string[])[StoryStore.News, StoryStore.OldNews])
        {
            foreach (var path in earlier.Where(path => IsIn(folder, path) && DatedPath.DayOf(path) < first))
                yield return path;
            for (var month = new DateOnly(first.Year, first.Month, 1); month <= last; month = month.AddMonths(1))
            {
                await foreach (var path in blobs.ListAsync(DatedPath.Month(folder, month.ToDateTime(default, DateTimeKind.Utc)), cancel))
                {
                    if (DatedPath.DayOf(path) is { } day && day >= first && day <= last)
                        yield return path;
                }
            }

            foreach (var path in earlier.Where(path => IsIn(folder, path) && DatedPath.DayOf(path) > last))
                yield return path;
        }
    }

    private static bool IsIn(string folder, string path) =>
        path.StartsWith(StoryStore.OldNews, StringComparison.Ordinal) == (folder == StoryStore.OldNews);

    /// <summary>Stories of other days that hits of these days are in, and what their notes lead to.</summary>
    private async Task<SortedSet<string>> EarlierAsync(DateOnly first, DateOnly last, Run run, CancellationToken cancel)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var earlier = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var row in index.ByMonthAsync(new HitQuery(first, last) { All = true }, cancel))
        {
            if (!BlobPath.IsValid(row.Story) || !seen.Add(row.Story))
                continue;
            Keep(row.Story);
            if (await run.TryAsync(async () => (await stories.FollowAsync(row.Story, cancel))?.Path) is { } end)
                Keep(end);
        }

        return earlier;

        void Keep(string path)
        {
            if (DatedPath.DayOf(path) is { } day && (day < first || day > last))
                earlier.Add(path);
        }
    }

    private sealed class Run(ZipArchive archive, Action<int> progress) : IAsyncDisposable
    {
        private readonly List<ArchivedFile> _files = [];
        private ArchiveEntry? _open;
        private int _documents;

        public SortedSet<string> Problems { get; } = new(StringComparer.Ordinal);

        public ValueTask DisposeAsync() => _open?.DisposeAsync() ?? ValueTask.CompletedTask;

        public async Task AddAsync<T>(string path, T document, CancellationToken cancel)
        {
            var file = $"{path[..path.LastIndexOf('/')]}.ndjson";
            if (_open?.Path != file)
            {
                await CloseAsync();
                _open = new ArchiveEntry(archive, file, DatedPath.DayOf(path)!.Value);
            }

            await _open.AddAsync(document, cancel);
            progress(++_documents);
        }

        public async Task<IReadOnlyList<ArchivedFile>> EndAsync()
        {
            await CloseAsync();
            return _files;
        }

        /// <summary>A document that cannot be read is told in the manifest, and none of the others is lost for it.</summary>
        public async Task<T?> TryAsync<T>(Func<Task<T?>> read)
            where T : class
        {
            try
            {
                return await read();
            }
            catch (MonitorException e)
            {
                Problems.Add(SafeText.Line(e.Message, 1000));
                return null;
            }
        }

        private async Task CloseAsync()
        {
            if (_open is null)
                return;
            _files.Add(await _open.EndAsync());
            await _open.DisposeAsync();
            _open = null;
        }
    }
}

/// <summary>What an archive has.</summary>
/// <param name="Schema">Of this document.</param>
/// <param name="From">UTC days, inclusive.</param>
/// <param name="Problems">Documents of these days that could not be read, and are not in it.</param>
public sealed record ArchiveManifest(
    int Schema, DateOnly From, DateOnly To, ArchivedHits Hits, ArchivedStories Stories, IReadOnlyList<ArchivedFile> Files, IReadOnlyList<string> Problems)
{
    public const int CurrentSchema = 1;
}

/// <param name="Schema">The newest that may be among them.</param>
public sealed record ArchivedHits(int Schema, int Count, int Revisions);

/// <param name="Schema">The newest that may be among them.</param>
public sealed record ArchivedStories(int Schema, int Count);
