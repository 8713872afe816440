using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using NewsMonitor.Storage;
using NewsMonitor.Tests.Contract.Digests;

namespace NewsMonitor.Tests.Contract.Storage;

public sealed class AzureBlobsTests(AzuriteFixture fixture) : BlobStoreContract, IClassFixture<AzuriteFixture>
{
    private static readonly BinaryData Text = BinaryData.FromString("{\"title\":\"الحوار\"}");

    private readonly BlobContainerClient _container =
        ScriptedService.Container(fixture.Azurite.ConnectionString, $"test-{Guid.NewGuid():n}", between: null);

    private IBlobStore? _blobs;

    protected override IBlobStore Blobs => _blobs ??= Stores.Open(
        new StorageOptions { Account = fixture.Azurite.ConnectionString, Container = _container.Name }, TimeProvider.System).Blobs;

    [Fact]
    public void A_location_shows_no_key() =>
        Assert.DoesNotContain("sig=", Blobs.Locate("hits/a.json"), StringComparison.Ordinal);

    [Fact]
    public void A_bad_account_is_an_error_that_does_not_repeat_it()
    {
        var error = Assert.Throws<MonitorException>(
            () => Stores.Open(new StorageOptions { Account = "AccountKey=c2VjcmV0" }, TimeProvider.System));
        Assert.DoesNotContain("c2VjcmV0", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hits/2026/11/23/a.json", "application/json; charset=utf-8", "private, max-age=31536000, immutable", "ar", "hit")]
    [InlineData("revisions/2026/a.json", "application/json; charset=utf-8", "private, max-age=31536000, immutable", "ar", "revision")]
    [InlineData("stories/2026/11/23/a.json", "application/json; charset=utf-8", "no-cache", "ar", "story")]
    [InlineData("index/2026/11/23.ndjson", "text/plain; charset=utf-8", "no-cache", "ar", "index")]
    [InlineData("state/index/log.ndjson", "text/plain; charset=utf-8", "no-cache", "ar", "index")]
    [InlineData("state/alarms.json", "application/json; charset=utf-8", "no-cache", null, "state")]
    [InlineData("digests/x/000001.json", "application/json; charset=utf-8", "no-cache", null, "edition")]
    [InlineData("deliveries/x/a.json", "application/json; charset=utf-8", "no-cache", null, "delivery")]
    [InlineData("outbox/x-1.eml", "message/rfc822", "no-cache", null, "mail")]
    [InlineData("topics.yaml", "application/yaml; charset=utf-8", "no-cache", null, "settings")]
    [InlineData("sources.opml", "text/xml; charset=utf-8", "no-cache", null, "settings")]
    [InlineData("export/hits.csv", "text/csv; charset=utf-8", "no-cache", null, "settings")]
    [InlineData("export/hits.zip", "application/zip", "no-cache", null, "settings")]
    public async Task A_blob_says_what_it_is(string path, string type, string cache, string? language, string kind)
    {
        Assert.True(await Blobs.CreateAsync(path, Text, Cancel));
        await AssertSaysAsync();
        Assert.True(await Blobs.ReplaceAsync(path, Text, (await Blobs.ReadAsync(path, Cancel))!.ETag, Cancel));
        await AssertSaysAsync();

        async Task AssertSaysAsync()
        {
            var says = (await _container.GetBlobClient(path).GetPropertiesAsync(cancellationToken: Cancel)).Value;
            Assert.Equal((type, cache, language), (says.ContentType, says.CacheControl, says.ContentLanguage));
            Assert.Equal(kind, says.Metadata["kind"]);
            Assert.Matches(@"^NewsMonitor/\d+\.\d+\.\d+$", says.Metadata["writer"]);
        }
    }

    [Fact]
    public async Task A_blob_is_found_by_what_it_is_about()
    {
        var day = new DateOnly(2026, 11, 23);
        Assert.True(await Blobs.CreateAsync("hits/a.json", Text, Cancel, new BlobLabels(["dialogue", "troops"], "alsumaria.tv-5f0c", day)));
        Assert.True(await Blobs.CreateAsync("hits/b.json", Text, Cancel, new BlobLabels(["troops"], "قناة?&='x'", day.AddDays(1))));
        Assert.True(await Blobs.CreateAsync("hits/c.json", Text, Cancel, new BlobLabels([], "", day)));
        Assert.True(await Blobs.CreateAsync("hits/d.json", Text, Cancel, new BlobLabels(["1", "2", "3", "4"], new string('x', 500), day)));
        Assert.True(await Blobs.CreateAsync("hits/e.json", Text, Cancel));

        Assert.Equal(["hits/a.json"], await FindAsync("\"topic\" = 'dialogue'"));
        Assert.Equal(["hits/a.json"], await FindAsync("\"topic2\" = 'troops' AND \"day\" = '2026-11-23'"));
        Assert.Equal(["hits/a.json", "hits/c.json", "hits/d.json"], await FindAsync("\"day\" >= '2026-11-23' AND \"day\" < '2026-11-24'"));
        Assert.Equal(["hits/a.json"], await FindAsync("\"source\" = 'alsumaria.tv-5f0c'"));
        Assert.Equal(["hits/b.json"], await FindAsync("\"source\" = '______=_x_'"));
        Assert.Equal(["hits/d.json"], await FindAsync("\"topic3\" = '3'"));

        // A replacement says anew what it is about.
        var tag = (await Blobs.ReadAsync("hits/a.json", Cancel))!.ETag;
        Assert.True(await Blobs.ReplaceAsync("hits/a.json", Text, tag, Cancel, new BlobLabels(["troops"], "x", day)));
        Assert.Empty(await FindAsync("\"topic\" = 'dialogue'"));
        Assert.Equal(["hits/a.json", "hits/b.json"], await FindAsync("\"topic\" = 'troops'"));
    }

    [Theory]
    [InlineData(400, "BlobTagsNotSupportedForAccountType")]
    [InlineData(400, "FeatureNotEnabled")]
    [InlineData(409, "FeatureNotYetSupportedForHierarchicalNamespaceAccounts")]
    [InlineData(403, "AuthorizationPermissionMismatch")]
    public async Task An_account_that_takes_no_tags_gets_the_documents_without(int status, string code)
    {
        var tagged = 0;
        var log = new LogLines<AzureBlobs>();
        var service = new ScriptedService(request =>
        {
            if (!request.Headers.Contains("x-ms-tags"))
                return null;
            tagged++;
            return ScriptedService.Refusal(request, status, code);
        });
        var blobs = new AzureBlobs(ScriptedService.Container(fixture.Azurite.ConnectionString, _container.Name, service), log);
        var labels = new BlobLabels(["dialogue"], "x", new DateOnly(2026, 11, 23));
        Assert.True(await blobs.CreateAsync("hits/a.json", Text, Cancel, labels));
        Assert.False(await blobs.CreateAsync("hits/a.json", Text, Cancel, labels));
        Assert.True(await blobs.CreateAsync("hits/b.json", Text, Cancel, labels));
        Assert.Equal(Text.ToString(), (await blobs.ReadAsync("hits/b.json", Cancel))!.Content.ToString());
        Assert.Equal(1, tagged);
        Assert.Contains(code, Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_that_is_not_for_the_tags_is_an_outage_and_tags_are_tried_again()
    {
        var isRefusing = false;
        var log = new LogLines<AzureBlobs>();
        var service = new ScriptedService(request => isRefusing ? ScriptedService.Refusal(request, 403, "AuthorizationFailure") : null);
        var blobs = new AzureBlobs(ScriptedService.Container(fixture.Azurite.ConnectionString, _container.Name, service), log);
        var labels = new BlobLabels(["dialogue"], "x", new DateOnly(2026, 11, 23));
        Assert.True(await blobs.CreateAsync("hits/a.json", Text, Cancel, labels));
        isRefusing = true;
        await Assert.ThrowsAsync<StorageException>(() => blobs.CreateAsync("hits/b.json", Text, Cancel, labels));
        isRefusing = false;
        Assert.True(await blobs.CreateAsync("hits/b.json", Text, Cancel, labels));
        Assert.Equal(["hits/a.json", "hits/b.json"], await FindAsync("\"topic\" = 'dialogue'"));
        Assert.Empty(log.Lines);
    }

    [Fact]
    public async Task A_blob_that_is_too_large_for_memory_is_not_read()
    {
        var service = new ScriptedService(request => request.Method == HttpMethod.Get ? Announcing(request, 200 << 20) : null);
        var blobs = new AzureBlobs(ScriptedService.Container(fixture.Azurite.ConnectionString, _container.Name, service));
        var error = await Assert.ThrowsAsync<MonitorException>(() => blobs.ReadAsync("large.json", Cancel));
        Assert.Contains($"{blobs.Locate("large.json")} has 209,715,200 bytes", error.Message, StringComparison.Ordinal);

        static HttpResponseMessage Announcing(HttpRequestMessage request, long bytes) => new(System.Net.HttpStatusCode.OK)
        {
            RequestMessage = request,
            Headers = { { "ETag", "\"0x1\"" } },
            Content = new StreamContent(Stream.Null) { Headers = { ContentLength = bytes } },
        };
    }

    [Fact]
    public async Task A_container_that_somebody_deleted_is_made_again_after_one_failure()
    {
        Assert.True(await Blobs.CreateAsync("a.json", Text, Cancel));
        await _container.DeleteAsync(cancellationToken: Cancel);
        Assert.Null(await Blobs.ReadAsync("a.json", Cancel));
        var error = await Assert.ThrowsAsync<StorageException>(() => Blobs.CreateAsync("a.json", Text, Cancel));
        Assert.Contains("made again", error.Message, StringComparison.Ordinal);
        Assert.True(await Blobs.CreateAsync("a.json", Text, Cancel));
    }

    [Fact]
    public async Task A_lease_on_a_blob_is_told_and_not_taken_for_a_change()
    {
        Assert.True(await Blobs.CreateAsync("a.json", Text, Cancel));
        await _container.GetBlobClient("a.json").GetBlobLeaseClient().AcquireAsync(TimeSpan.FromSeconds(60), cancellationToken: Cancel);
        var error = await Assert.ThrowsAsync<StorageException>(
            () => Blobs.ChangeDocumentAsync<Dictionary<string, string>>("a.json", old => new() { ["title"] = "x" }, Cancel));
        Assert.Contains("break the lease", error.Message, StringComparison.Ordinal);
    }

    private async Task<List<string>> FindAsync(string what)
    {
        var found = new List<string>();
        await foreach (var blob in _container.FindBlobsByTagsAsync(what, Cancel))
            found.Add(blob.BlobName);
        found.Sort(StringComparer.Ordinal);
        return found;
    }
}
