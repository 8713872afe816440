using NewsMonitor.Sources;

namespace NewsMonitor.Tests.Unit.Sources;

public sealed class SourceCatalogTests
{
    private static readonly Source New = new(SourceAddress.Id("https://n.example/"), "n", "https://n.example/", "ar", "", null, "", true);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_that_meets_another_is_repeated_on_what_the_other_wrote()
    {
        var store = new MemoryBlobs();
        store.Put("sources.opml", List("https://a.example/"));
        var once = true;
        store.BeforeReplace = () =>
        {
            if (once)
            {
                once = false;
                store.Put("sources.opml", List("https://other.example/"));
            }
        };

        Assert.True(await new SourceCatalog(store).ChangeAsync(list => list.Add(New), Cancel));
        Assert.Equal(["https://other.example/", "https://n.example/"], (await new SourceCatalog(store).ReadAsync(Cancel)).Sources.Select(s => s.Address));
    }

    [Fact]
    public async Task A_list_that_never_rests_is_left_alone_and_told()
    {
        var store = new MemoryBlobs();
        store.Put("sources.opml", List("https://a.example/"));
        store.BeforeReplace = () => store.Put("sources.opml", List("https://a.example/"));
        var e = await Assert.ThrowsAsync<MonitorException>(() => new SourceCatalog(store).ChangeAsync(list => list.Add(New), Cancel));
        Assert.StartsWith("memory/sources.opml ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_list_and_a_missing_file_are_told_with_their_names()
    {
        var store = new MemoryBlobs();
        var catalog = new SourceCatalog(store);
        Assert.StartsWith("memory/sources.opml:", (await Assert.ThrowsAsync<MonitorException>(() => catalog.ReadAsync(Cancel))).Message, StringComparison.Ordinal);

        var file = New with { Address = "sample.xml" };
        Assert.StartsWith("sample.xml:", (await Assert.ThrowsAsync<MonitorException>(() => catalog.OpenFileAsync(file, Cancel))).Message, StringComparison.Ordinal);
        store.Put("sample.xml", "<rss/>");
        Assert.Equal("<rss/>", (await catalog.OpenFileAsync(file, Cancel)).ToString());
        await Assert.ThrowsAsync<MonitorException>(() => catalog.OpenFileAsync(file with { Address = "../sample.xml" }, Cancel));
    }

    [Fact]
    public async Task A_list_in_a_file_is_changed_in_place_with_its_neighbours_at_hand()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var path = Path.Combine(folder.FullName, "قائمة.opml");
            await File.WriteAllTextAsync(path, List("near.xml"), Cancel);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "near.xml"), "<rss/>", Cancel);
            var catalog = SourceCatalog.InFile(path);

            Assert.True(await catalog.ChangeAsync(list => list.Add(New), Cancel));
            var list = await catalog.ReadAsync(Cancel);
            Assert.Equal(2, list.Sources.Count);
            Assert.Equal("<rss/>", (await catalog.OpenFileAsync(list.Sources[0], Cancel)).ToString());
            Assert.Equal(2, folder.GetFiles().Length);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string List(string address) =>
        $"<opml version=\"2.0\"><head/><body><outline text=\"a\" xmlUrl=\"{address}\"/></body></opml>";
}
