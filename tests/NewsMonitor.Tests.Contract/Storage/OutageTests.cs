using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using NewsMonitor.Storage;

namespace NewsMonitor.Tests.Contract.Storage;

/// <summary>An account that refuses or is not there: what people are told.</summary>
public sealed class OutageTests
{
    private const string Account =
        "DefaultEndpointsProtocol=http;AccountName=acct;AccountKey=c2VjcmV0;BlobEndpoint=http://127.0.0.1:9/acct;QueueEndpoint=http://127.0.0.1:9/acct;";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(403, "AuthorizationPermissionMismatch", "Storage Blob Data Owner")]
    [InlineData(403, "AuthorizationFailure", "network rules")]
    [InlineData(401, "InvalidAuthenticationInfo", "check the key")]
    [InlineData(409, "ContainerBeingDeleted", "some minutes")]
    [InlineData(412, "LeaseIdMissing", "break the lease")]
    [InlineData(409, "BlobImmutableDueToPolicy", "Lift what protects it")]
    [InlineData(503, "ServerBusy", "tries again")]
    [InlineData(500, "InternalError", "tries again")]
    public async Task A_refusal_is_told_with_the_path_the_code_and_what_to_do(int status, string code, string advice)
    {
        var blobs = Blobs(request => ScriptedService.Refusal(request, status, code));
        foreach (var (doing, operation) in Operations(blobs))
        {
            var error = await Assert.ThrowsAsync<StorageException>(operation);
            Assert.StartsWith($"Cannot {doing} http://127.0.0.1:9/acct/monitor/", error.Message, StringComparison.Ordinal);
            foreach (var part in (string[])[$"HTTP {status}, {code}", advice])
                Assert.Contains(part, error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Message);
        }
    }

    [Fact]
    public async Task An_account_that_does_not_answer_is_told_with_the_path()
    {
        var broken = Blobs(_ => throw new HttpRequestException("Name or service not known (acct.blob.core.windows.net:443)"));
        var late = Blobs(_ => throw new TaskCanceledException("Too late."));
        foreach (var (blobs, says) in new[] { (broken, "cannot be reached"), (late, "did not answer in time") })
        {
            foreach (var (_, operation) in Operations(blobs))
                Assert.Contains(says, (await Assert.ThrowsAsync<StorageException>(operation)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_answers_like_no_storage_account_is_told_with_the_path()
    {
        var blobs = Blobs(request => new HttpResponseMessage(System.Net.HttpStatusCode.OK)
        {
            RequestMessage = request,
            Content = new StringContent("<html>Sign in to the hotel's network<br>", null, "text/html"),
        });
        var error = await Assert.ThrowsAsync<StorageException>(() => DrainAsync(blobs));
        Assert.Contains("not a storage account", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_shows_no_signature_and_no_key()
    {
        var options = ScriptedService.Quick(
            new BlobClientOptions(),
            new ScriptedService(request => request.RequestUri!.Query.Contains("restype=container", StringComparison.Ordinal) && request.Method == HttpMethod.Put
                ? new HttpResponseMessage(System.Net.HttpStatusCode.Created) { RequestMessage = request }
                : ScriptedService.Refusal(request, 403, "AuthenticationFailed", "Signature sig=c2VjcmV0&amp;x did not match; AccountKey=c2VjcmV0;")));
        var blobs = new AzureBlobs(new BlobContainerClient(new Uri("http://127.0.0.1:9/acct/monitor?sv=2023-11-03&sig=c2VjcmV0"), options));
        foreach (var (_, operation) in Operations(blobs))
        {
            var error = await Assert.ThrowsAsync<StorageException>(operation);
            Assert.Contains("AuthenticationFailed", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("c2VjcmV0", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal("http://127.0.0.1:9/acct/monitor/hits/a.json", blobs.Locate("hits/a.json"));
    }

    [Fact]
    public async Task A_refusal_of_a_queue_names_it()
    {
        var service = new QueueServiceClient(Account, ScriptedService.Quick(
            new QueueClientOptions(), new ScriptedService(request => ScriptedService.Refusal(request, 403, "AuthorizationPermissionMismatch"))));
        var error = await Assert.ThrowsAsync<StorageException>(() => new AzureQueues(service).SendAsync("polls", "x", TimeSpan.Zero, Cancel));
        foreach (var part in (string[])["http://127.0.0.1:9/acct/polls", "HTTP 403, AuthorizationPermissionMismatch", "Storage Queue Data Contributor"])
            Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_stops_while_the_account_fails_hears_of_the_stop()
    {
        using var stop = new CancellationTokenSource();
        var tries = 0;
        var blobs = Blobs(request =>
        {
            if (++tries == 2)
                stop.Cancel();
            stop.Token.ThrowIfCancellationRequested();
            return ScriptedService.Refusal(request, 503, "ServerBusy");
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => blobs.ReadAsync("state/a.json", stop.Token));
        Assert.Equal(2, tries);
    }

    /// <summary>The container is there; everything in it is as scripted.</summary>
    private static AzureBlobs Blobs(Func<HttpRequestMessage, HttpResponseMessage> script) => new(ScriptedService.Container(
        Account, "monitor", new ScriptedService(request => request.RequestUri!.Query == "?restype=container" && request.Method == HttpMethod.Put
            ? new HttpResponseMessage(System.Net.HttpStatusCode.Created) { RequestMessage = request }
            : script(request))));

    private static (string Doing, Func<Task> Operation)[] Operations(AzureBlobs blobs) =>
    [
        ("read", () => blobs.ReadAsync("state/a.json", Cancel)),
        ("write", () => blobs.CreateAsync("state/a.json", BinaryData.FromString("x"), Cancel)),
        ("write", () => blobs.ReplaceAsync("state/a.json", BinaryData.FromString("x"), "\"0x1\"", Cancel)),
        ("delete", () => blobs.DeleteAsync("state/a.json", Cancel)),
        ("list", () => DrainAsync(blobs)),
    ];

    private static async Task DrainAsync(AzureBlobs blobs)
    {
        await foreach (var _ in blobs.ListAsync("state/", Cancel))
        {
        }
    }
}
