using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using NewsMonitor.Hits;
using NewsMonitor.Hits.Export;
using NewsMonitor.Storage;
using NewsMonitor.Tests.Peers;
using NewsMonitor.Tests.Unit.Hits;

namespace NewsMonitor.Tests.Unit.Cli;

public sealed class ExportCommandTests : IDisposable
{
    private readonly OperatorDesk _desk = new();
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _desk.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task An_archive_has_all_of_its_days_and_a_manifest_that_proves_it()
    {
        // A copy of a story that began before the days that are asked for, and one that an operator joined.
        var began = await _desk.KeepAsync(SampleHits.Hit("a", found: SampleHits.At.AddDays(-1)));
        Assert.Equal(began, await _desk.KeepAsync(SampleHits.Hit("b", source: "two")));
        var note = await _desk.KeepAsync(OperatorDesk.Other(1));
        await _desk.Stories.JoinAsync(began, note, Cancel);
        await _desk.KeepAsync(SampleHits.Hit("old", "أرشيف", SampleHits.Words(9), found: SampleHits.At) with { Backfilled = SampleHits.At });
        await _desk.KeepAsync(OperatorDesk.Other(3) with { Found = SampleHits.At.AddDays(1) });
        await _desk.Hits.ReviseAsync(
            $"hits/2026/03/04/{SampleHits.IdOf("b")}.json", RevisionReason.Correction, hit => hit with { Article = hit.Article with { Title = "عنوان آخر" } }, Cancel);

        var file = _folder["a.zip"];
        var run = await _desk.RunAsync("export", "--from", "2026-03-04", "--to", "2026-03-04", "--output", file);
        Assert.Equal(($"{file}: 3 hits with 1 revision, 3 stories, of 2026-03-04 to 2026-03-04\n", "", 0), (run.Output, run.Error, run.Code));

        using var zip = await ZipFile.OpenReadAsync(file, Cancel);
        Assert.Equal(
            ["hits/2026/03/04.ndjson", "stories/2026/03/03.ndjson", "stories/2026/03/04.ndjson", "stories/backfilled/2026/03/04.ndjson", "manifest.json"],
            zip.Entries.Select(entry => entry.FullName));
        var manifest = JsonSerializer.Deserialize<ArchiveManifest>(Read(zip, "manifest.json"), Documents.Compact)!;
        Assert.Equal(
            (1, 3, 1, 2, 3, 2), (manifest.Schema, manifest.Hits.Count, manifest.Hits.Revisions, manifest.Hits.Schema, manifest.Stories.Count, manifest.Stories.Schema));
        Assert.Equal((new DateOnly(2026, 3, 4), new DateOnly(2026, 3, 4)), (manifest.From, manifest.To));
        foreach (var entry in manifest.Files)
        {
            var content = Read(zip, entry.Path);
            Assert.Equal((entry.Bytes, entry.Sha256), (content.Length, Convert.ToHexStringLower(SHA256.HashData(content))));
            Assert.Equal(entry.Documents, content.Count(letter => letter == (byte)'\n'));
        }

        var hits = Lines<Hit>(zip, "hits/2026/03/04.ndjson");
        Assert.Equal(
            new[] { (SampleHits.IdOf("b"), 1), (SampleHits.IdOf("b"), 2), (SampleHits.IdOf("n1"), 1), (SampleHits.IdOf("old"), 1) }.Order(),
            hits.Select(hit => (hit.Id, hit.Number)));
        Assert.Equal(began, Assert.Single(Lines<Story>(zip, "stories/2026/03/04.ndjson")).Into);
    }

    [Fact]
    public async Task The_same_content_makes_the_same_archive()
    {
        await _desk.KeepManyAsync(5);
        await _desk.RunAsync("export", "--from", "2026-03-04", "--output", _folder["1.zip"]);
        _desk.Time.Advance(TimeSpan.FromHours(3));
        await _desk.RunAsync("export", "--from", "2026-03-04", "--output", _folder["2.zip"]);
        Assert.Equal(await File.ReadAllBytesAsync(_folder["1.zip"], Cancel), await File.ReadAllBytesAsync(_folder["2.zip"], Cancel));
    }

    [Fact]
    public async Task What_is_torn_is_told_and_its_revisions_and_all_others_are_in()
    {
        var ids = await _desk.KeepManyAsync(2);
        var torn = $"hits/2026/03/04/{ids[0]}.json";
        await _desk.Hits.ReviseAsync(torn, RevisionReason.Topics, hit => hit with { TopicsVersion = "1a" }, Cancel);
        _desk.Blobs.Put(torn, "{");
        var run = await _desk.RunAsync("export", "--from", "2026-03-04", "--output", _folder["a.zip"], "--json");
        Assert.Equal(1, run.Code);
        Assert.Contains($"memory/{torn}", run.Error, StringComparison.Ordinal);
        var manifest = JsonSerializer.Deserialize<ArchiveManifest>(run.Output, Documents.Compact)!;
        Assert.Equal((1, 1, 2), (manifest.Hits.Count, manifest.Hits.Revisions, manifest.Stories.Count));
        Assert.Contains(torn, Assert.Single(manifest.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_is_not_replaced_unasked_and_days_without_hits_make_an_empty_archive()
    {
        var file = _folder.Write("a.zip", "mine");
        var run = await _desk.RunAsync("export", "--from", "2026-03-04", "--output", file);
        Assert.Equal((1, $"{file} is there already; --force replaces it.\n"), (run.Code, run.Error));
        Assert.Equal("mine", await File.ReadAllTextAsync(file, Cancel));
        run = await _desk.RunAsync("export", "--from", "0001-01-01", "--to", "9999-12-31", "--output", file, "--force");
        Assert.Equal(0, run.Code);
        using var zip = await ZipFile.OpenReadAsync(file, Cancel);
        Assert.Equal(["manifest.json"], zip.Entries.Select(entry => entry.FullName));
        Assert.Equal(1, (await _desk.RunAsync("export", "--from", "2030-01-01", "--output", _folder["b.zip"])).Code);
        Assert.Empty(_desk.Blobs.Paths(""));
    }

    private static byte[] Read(ZipArchive zip, string name)
    {
        using var stream = zip.GetEntry(name)!.Open();
        var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }

    private static List<T> Lines<T>(ZipArchive zip, string name) =>
        [.. System.Text.Encoding.UTF8.GetString(Read(zip, name)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<T>(line, Documents.Compact)!)];
}
