using System.Text;
using NewsMonitor.Storage;
using NewsMonitor.Tests.Contract.Digests;
using NewsMonitor.Tests.Peers;

namespace NewsMonitor.Tests.Contract.Storage;

/// <summary>Documents that somebody edited, cut off, or put there by mistake.</summary>
public sealed class DocumentsTests : IDisposable
{
    private const string Path = "state/note.json";

    private readonly TemporaryFolder _folder = new();
    private readonly FileBlobs _blobs;

    public DocumentsTests() => _blobs = new FileBlobs(_folder.Path);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"خبر\"")]
    [InlineData("""{"title":"خبر","lines":[{"text":"x"}]""")]
    [InlineData("""{"title":"\ud800","lines":[]}""")]
    [InlineData("""{"lines":[]}""")]
    [InlineData("""{"title":"خبر"}""")]
    [InlineData("""{"title":null,"lines":[]}""")]
    [InlineData("""{"title":"خبر","lines":[{"at":3}]}""")]
    [InlineData("""{"title":"خبر","lines":[{"text":null}]}""")]
    [InlineData("""{"title":{"ar":"خبر"},"lines":[]}""")]
    [InlineData("""{"title":"خبر","lines":[],"count":"many"}""")]
    [InlineData("""{"Hits":{"schema":1}}""")]
    public async Task What_is_not_the_document_it_should_be_is_told_with_its_path(string content) =>
        await AssertToldAsync(Encoding.UTF8.GetBytes(content));

    [Fact]
    public async Task Bytes_that_are_not_utf8_are_told_with_the_path()
    {
        byte[] windows1256 = [.. "{\"title\":\""u8, 0xCE, 0xC8, 0xD1, .. "\",\"lines\":[]}"u8];
        await AssertToldAsync(windows1256);
        await AssertToldAsync(Encoding.Unicode.GetBytes("""{"title":"خبر","lines":[]}"""));
        await AssertToldAsync(new byte[200]);
    }

    [Fact]
    public async Task Json_nested_beyond_reason_is_told_with_the_path() =>
        await AssertToldAsync(Encoding.UTF8.GetBytes("""{"title":"x","lines":""" + new string('[', 100_000)));

    [Fact]
    public async Task A_byte_order_mark_and_members_of_another_version_are_read_over()
    {
        await PutAsync([.. Encoding.UTF8.Preamble, .. """{"title":"خبر","lines":[{"text":"سطر","later":{"a":[1]}}],"schema":9}"""u8]);
        var note = (await _blobs.ReadDocumentAsync<Note>(Path, Cancel))!.Value;
        Assert.Equal("خبر", note.Title);
        Assert.Equal("سطر", Assert.Single(note.Lines).Text);
    }

    [Fact]
    public async Task A_document_from_before_a_member_was_added_is_read()
    {
        await PutAsync("""{"title":"خبر","lines":[]}"""u8.ToArray());
        var note = (await _blobs.ReadDocumentAsync<Note>(Path, Cancel))!.Value;
        Assert.Equal((0, default, null, "none", "added"), (note.Count, note.At, note.Remark, note.State, note.Added));
    }

    [Fact]
    public async Task A_list_passes_over_a_torn_document_and_not_over_an_outage()
    {
        var log = new LogLines<Blob>();
        await PutAsync("{"u8.ToArray());
        Assert.Null(await _blobs.ReadDocumentAsync<Note>(Path, Cancel).OrSkippedAsync(log));
        Assert.Contains(_blobs.Locate(Path), Assert.Single(log.Lines), StringComparison.Ordinal);

        Directory.CreateDirectory(_blobs.Locate("state/other.json"));
        await Assert.ThrowsAsync<StorageException>(() => _blobs.ReadDocumentAsync<Note>("state/other.json", Cancel).OrSkippedAsync(log));
    }

    [Fact]
    public async Task What_is_too_large_for_memory_is_not_read()
    {
        await PutAsync("{}"u8.ToArray());
        using (var file = File.OpenWrite(_blobs.Locate(Path)))
            file.SetLength(200 << 20);
        var error = await AssertToldAsync(null);
        Assert.Contains("209,715,200", error.Message, StringComparison.Ordinal);
        Assert.True(error.Message.Length < 500);
    }

    private async Task<MonitorException> AssertToldAsync(byte[]? content)
    {
        if (content is not null)
            await PutAsync(content);
        var error = await Assert.ThrowsAsync<MonitorException>(() => _blobs.ReadDocumentAsync<Note>(Path, Cancel));
        Assert.Contains(_blobs.Locate(Path), error.Message, StringComparison.Ordinal);
        return error;
    }

    private async Task PutAsync(byte[] content)
    {
        await _blobs.DeleteAsync(Path, Cancel);
        Assert.True(await _blobs.CreateAsync(Path, BinaryData.FromBytes(content), Cancel));
    }

    private sealed record Note(string Title, IReadOnlyList<Line> Lines, int Count, DateTimeOffset At, string? Remark, string State = "none")
    {
        public string Added { get; init; } = "added";
    }

    private sealed record Line(string Text, string? At);
}
