using NewsMonitor.Storage;
using NewsMonitor.Tests.Peers;

namespace NewsMonitor.Tests.Contract.Storage;

public sealed class FileBlobsTests : BlobStoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public FileBlobsTests() => Blobs = new FileBlobs(_folder.Path);

    protected override IBlobStore Blobs { get; }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_data_folder_that_cannot_be_written_is_an_error_that_says_what_to_do()
    {
        File.WriteAllText(_folder["file"], "in the way");
        var error = Assert.Throws<MonitorException>(() => new FileBlobs(_folder["file"]));
        Assert.Contains(_folder["file"], error.Message, StringComparison.Ordinal);
        Assert.Contains("--data", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_half_written_is_left_where_documents_lie()
    {
        await Blobs.CreateAsync("a.json", BinaryData.FromString("1"), Cancel);
        await Blobs.CreateAsync("a.json", BinaryData.FromString("2"), Cancel);
        Assert.Equal([_folder["a.json"]], Directory.GetFiles(_folder.Path));
        Assert.Empty(Directory.GetFiles(_folder[".aside"]));
    }

    [Fact]
    public void The_data_folder_is_for_its_owner_only()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows keeps access lists instead of modes.");
            return;
        }

        _ = new FileBlobs(_folder["private"]);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder["private"]));
    }

    [Fact]
    public void What_a_dead_process_left_aside_goes_after_a_day_and_what_a_living_one_writes_stays()
    {
        var left = _folder.Write(".aside/left", "half");
        var written = _folder.Write(".aside/written", "ha");
        File.SetLastWriteTimeUtc(left, File.GetLastWriteTimeUtc(written) - TimeSpan.FromHours(25));
        File.SetLastWriteTimeUtc(written, File.GetLastWriteTimeUtc(written) - TimeSpan.FromHours(23));
        _ = new FileBlobs(_folder.Path);
        Assert.Equal([written], Directory.GetFiles(_folder[".aside"]));
    }

    [Fact]
    public async Task A_folder_in_a_documents_place_is_told_with_its_path()
    {
        Directory.CreateDirectory(_folder["state/a.json"]);
        var problems = new[]
        {
            await Assert.ThrowsAsync<StorageException>(() => Blobs.ReadAsync("state/a.json", Cancel)),
            await Assert.ThrowsAsync<StorageException>(() => Blobs.CreateAsync("state/a.json", BinaryData.FromString("1"), Cancel)),
            await Assert.ThrowsAsync<StorageException>(() => Blobs.ReplaceAsync("state/a.json", BinaryData.FromString("1"), "\"1\"", Cancel)),
        };
        Assert.All(problems, problem => Assert.Contains(_folder["state/a.json"], problem.Message, StringComparison.Ordinal));
        Assert.Empty(Directory.GetFiles(_folder[".aside"]));
        Assert.False(await Blobs.DeleteAsync("state/a.json", Cancel));
    }

    [Fact]
    public async Task A_file_in_a_folders_place_is_told_with_the_path()
    {
        _folder.Write("state", "in the way");
        var error = await Assert.ThrowsAsync<StorageException>(() => Blobs.CreateAsync("state/a.json", BinaryData.FromString("1"), Cancel));
        Assert.Contains(_folder["state/a.json"], error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder[".aside"]));
    }

    [Fact]
    public async Task A_list_passes_over_names_that_are_no_paths()
    {
        await Blobs.CreateAsync("hits/a.json", BinaryData.FromString("1"), Cancel);
        foreach (var name in (string[])["خبر.json", "a b.json", ".a.json.swp", "a.json~", "..."])
            _folder.Write($"hits/{name}", "x");
        Directory.CreateDirectory(_folder["hits/b.json"]);
        Assert.Equal(["hits/a.json"], await List("hits/"));
    }

    [Fact]
    public async Task An_unreadable_document_is_told_with_its_path()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            Assert.Skip("Whoever may read everything is refused nothing.");
            return;
        }

        await Blobs.CreateAsync("a.json", BinaryData.FromString("1"), Cancel);
        File.SetUnixFileMode(_folder["a.json"], UnixFileMode.None);
        var error = await Assert.ThrowsAsync<StorageException>(() => Blobs.ReadAsync("a.json", Cancel));
        Assert.Contains(_folder["a.json"], error.Message, StringComparison.Ordinal);
    }
}
