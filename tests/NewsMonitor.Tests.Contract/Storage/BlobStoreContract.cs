using NewsMonitor.Storage;

namespace NewsMonitor.Tests.Contract.Storage;

/// <summary>What every blob store promises; each implementation runs the same tests.</summary>
public abstract class BlobStoreContract
{
    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected abstract IBlobStore Blobs { get; }

    [Fact]
    public async Task What_was_created_is_read_byte_for_byte()
    {
        var content = BinaryData.FromString("الحوار الستراتيجي");
        Assert.True(await Blobs.CreateAsync("a/b.json", content, Cancel));
        var read = await Blobs.ReadAsync("a/b.json", Cancel);
        Assert.Equal(content.ToArray(), read!.Content.ToArray());
    }

    [Fact]
    public async Task An_absent_document_reads_as_null() => Assert.Null(await Blobs.ReadAsync("no/such.json", Cancel));

    [Fact]
    public async Task Creating_what_exists_changes_nothing()
    {
        Assert.True(await Blobs.CreateAsync("once.json", Text("first"), Cancel));
        Assert.False(await Blobs.CreateAsync("once.json", Text("second"), Cancel));
        Assert.Equal("first", (await Blobs.ReadAsync("once.json", Cancel))!.Content.ToString());
    }

    [Fact]
    public async Task Replacing_needs_the_latest_tag()
    {
        await Blobs.CreateAsync("x.json", Text("1"), Cancel);
        var first = (await Blobs.ReadAsync("x.json", Cancel))!.ETag;
        Assert.True(await Blobs.ReplaceAsync("x.json", Text("2"), first, Cancel));
        Assert.False(await Blobs.ReplaceAsync("x.json", Text("3"), first, Cancel));
        Assert.Equal("2", (await Blobs.ReadAsync("x.json", Cancel))!.Content.ToString());
    }

    [Fact]
    public async Task Replacing_what_is_gone_does_not_bring_it_back()
    {
        await Blobs.CreateAsync("gone.json", Text("1"), Cancel);
        var tag = (await Blobs.ReadAsync("gone.json", Cancel))!.ETag;
        Assert.True(await Blobs.DeleteAsync("gone.json", Cancel));
        Assert.False(await Blobs.ReplaceAsync("gone.json", Text("2"), tag, Cancel));
        Assert.Null(await Blobs.ReadAsync("gone.json", Cancel));
    }

    [Fact]
    public async Task Deleting_tells_whether_there_was_something()
    {
        await Blobs.CreateAsync("d.json", Text("1"), Cancel);
        Assert.True(await Blobs.DeleteAsync("d.json", Cancel));
        Assert.False(await Blobs.DeleteAsync("d.json", Cancel));
        Assert.True(await Blobs.CreateAsync("d.json", Text("again"), Cancel));
    }

    [Fact]
    public async Task Of_many_creators_one_wins()
    {
        var won = await Task.WhenAll(Enumerable.Range(0, 20)
            .Select(i => Task.Run(() => Blobs.CreateAsync("race/create.json", Text($"{i}"), Cancel), Cancel)));
        Assert.Single(won, true);
    }

    [Fact]
    public async Task Of_many_replacers_with_one_tag_one_wins()
    {
        await Blobs.CreateAsync("race/replace.json", Text("start"), Cancel);
        var tag = (await Blobs.ReadAsync("race/replace.json", Cancel))!.ETag;
        var won = await Task.WhenAll(Enumerable.Range(0, 20)
            .Select(i => Task.Run(() => Blobs.ReplaceAsync("race/replace.json", Text($"{i}"), tag, Cancel), Cancel)));
        Assert.Single(won, true);
    }

    [Fact]
    public async Task Concurrent_changes_are_all_kept()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(
            () => Blobs.ChangeDocumentAsync<Tally>("race/tally.json", old => new Tally([.. old?.Seen ?? [], i]), Cancel), Cancel)));
        var tally = await Blobs.ReadDocumentAsync<Tally>("race/tally.json", Cancel);
        Assert.Equal(Enumerable.Range(0, 20), tally!.Value.Seen.Order());
    }

    [Fact]
    public async Task Lists_by_prefix_in_ordinal_order()
    {
        foreach (var path in (string[])["list/2026/11/b.json", "list/2026/11/a.json", "list/2026/12/c.json", "list/20266.json", "other.json"])
            await Blobs.CreateAsync(path, Text("x"), Cancel);
        Assert.Equal(["list/2026/11/a.json", "list/2026/11/b.json", "list/2026/12/c.json"], await List("list/2026/"));
        Assert.Equal(["list/2026/11/a.json", "list/2026/11/b.json"], await List("list/2026/11"));
        Assert.Equal(["list/2026/11/b.json"], await List("list/2026/11/b"));
        Assert.Empty(await List("nothing/"));
    }

    [Theory]
    [InlineData("../escape.json")]
    [InlineData("/absolute.json")]
    [InlineData("a/../../b.json")]
    [InlineData("a//b.json")]
    [InlineData("a\\b.json")]
    [InlineData(".locks/00")]
    [InlineData("خبر.json")]
    [InlineData("")]
    public async Task A_path_that_could_leave_the_store_is_refused(string path)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Blobs.CreateAsync(path, Text("x"), Cancel));
        await Assert.ThrowsAsync<ArgumentException>(() => Blobs.ReadAsync(path, Cancel));
    }

    [Fact]
    public async Task A_document_that_is_not_json_is_an_error_that_names_it()
    {
        await Blobs.CreateAsync("state/torn.json", Text("{\"seen\": [1,"), Cancel);
        var error = await Assert.ThrowsAsync<MonitorException>(() => Blobs.ReadDocumentAsync<Tally>("state/torn.json", Cancel));
        Assert.Contains(Blobs.Locate("state/torn.json"), error.Message, StringComparison.Ordinal);
    }

    private static BinaryData Text(string text) => BinaryData.FromString(text);

    protected async Task<List<string>> List(string prefix)
    {
        var paths = new List<string>();
        await foreach (var path in Blobs.ListAsync(prefix, Cancel))
            paths.Add(path);
        return paths;
    }

    internal sealed record Tally(int[] Seen);
}
