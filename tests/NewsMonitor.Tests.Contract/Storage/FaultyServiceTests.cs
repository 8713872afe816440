using System.Collections.Concurrent;
using Azure.Storage.Queues;
using NewsMonitor.Storage;
using NewsMonitor.Tests.Peers;

namespace NewsMonitor.Tests.Contract.Storage;

/// <summary>What the stores promise while the service refuses, loses answers and breaks connections.</summary>
// Alone, as it takes memory while others measure theirs.
[CollectionDefinition(nameof(FaultyServiceTests), DisableParallelization = true)]
[Collection(nameof(FaultyServiceTests))]
public sealed class FaultyServiceTests(AzuriteFixture fixture) : IClassFixture<AzuriteFixture>
{
    private const int Percent = 25;

    private readonly string _container = $"test-{Guid.NewGuid():n}";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_create_that_reports_true_is_there_and_false_is_settled_by_looking_again(int seed)
    {
        var service = new FaultyService(seed, Percent);
        var (faulty, sound) = (Blobs(service), Blobs(null));
        var outcomes = new ConcurrentDictionary<string, int>();
        for (var i = 0; i < 40; i++)
        {
            var path = $"hits/{i}.json";
            var content = BinaryData.FromString($"خبر {i}");
            for (var written = false; !written;)
            {
                var answer = await TryAsync(path, () => faulty.CreateAsync(path, content, Cancel));
                var there = await sound.ReadAsync(path, Cancel);
                outcomes.AddOrUpdate($"{answer} {there is not null}", 1, (_, before) => before + 1);
                // Whatever is there is whole.
                if (there is not null)
                    Assert.Equal(content.ToArray(), there.Content.ToArray());
                Assert.False(answer == true && there is null, $"{path} was said to be written and is absent.");
                written = there is not null;
            }
        }

        // The faults were felt: an answer that was lost, and a conflict that was none.
        Assert.True(service.Struck > 10);
        Assert.Contains("False True", outcomes.Keys);
        Assert.Contains("False False", outcomes.Keys);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_replacement_that_reports_true_is_there_and_is_never_done_over_a_change_in_between(int seed)
    {
        var (faulty, sound) = (Blobs(new FaultyService(seed, Percent)), Blobs(null));
        const string Path = "state/chain.json";
        Assert.True(await sound.CreateAsync(Path, BinaryData.FromString("start"), Cancel));
        for (var i = 0; i < 40; i++)
        {
            var before = (await sound.ReadAsync(Path, Cancel))!;
            var answer = await TryAsync(Path, () => faulty.ReplaceAsync(Path, BinaryData.FromString($"{i}"), before.ETag, Cancel));
            var after = (await sound.ReadAsync(Path, Cancel))!.Content.ToString();
            Assert.True(after == $"{i}" || (answer != true && after == before.Content.ToString()), $"{answer}: {after}");
            if (i % 4 > 0)
                continue;
            var late = await TryAsync(Path, () => faulty.ReplaceAsync(Path, BinaryData.FromString("late"), "\"0x0\"", Cancel));
            Assert.NotEqual(true, late);
            Assert.Equal(after, (await sound.ReadAsync(Path, Cancel))!.Content.ToString());
        }
    }

    [Fact]
    public async Task Concurrent_changes_are_each_made_once()
    {
        const string Path = "state/counter.json";
        var service = new FaultyService(5, percent: 15);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(() => CountAsync(Blobs(service), worker), Cancel)));

        var counter = (await Blobs(null).ReadDocumentAsync<Counter>(Path, Cancel))!.Value;
        Assert.Equal(400, counter.Done.Count);
        Assert.Equal(400, counter.Done.Distinct().Count());
        Assert.True(service.Struck > 100);

        async Task CountAsync(AzureBlobs blobs, int worker)
        {
            for (var i = 0; i < 100; i++)
            {
                var id = (worker * 100) + i;
                // A function that failed is run again.
                while (await TryAsync(Path, () => AddAsync(id)) is null)
                {
                }
            }

            async Task<bool> AddAsync(int id)
            {
                var stands = await blobs.ChangeDocumentAsync<Counter>(
                    Path, old => old?.Done.Contains(id) == true ? null : new Counter([.. old?.Done ?? [], id]), Cancel);
                Assert.Contains(id, stands!.Done);
                return true;
            }
        }
    }

    [Fact]
    public async Task Reads_and_lists_are_whole_or_fail_with_the_path()
    {
        var (faulty, sound) = (Blobs(new FaultyService(6, Percent)), Blobs(null));
        var content = BinaryData.FromString(new string('x', 5000) + "الحوار");
        var paths = Enumerable.Range(0, 30).Select(i => $"index/2026/11/{i:d2}.ndjson").ToList();
        await Task.WhenAll(paths.Select(path => sound.CreateAsync(path, content, Cancel)));
        var (whole, failed) = (0, 0);
        for (var round = 0; round < 3; round++)
        {
            foreach (var path in paths)
            {
                var read = await TryAsync(path, async () => (await faulty.ReadAsync(path, Cancel))!.Content.ToArray().SequenceEqual(content.ToArray()));
                Assert.NotEqual(false, read);
                _ = read is null ? failed++ : whole++;
            }

            var listed = new List<string>();
            if (await TryAsync("index/2026/", () => ListAsync(faulty, "index/2026/", listed)) == true)
                Assert.Equal(paths, listed);
        }

        Assert.True(whole > failed);
    }

    [Fact]
    public async Task Messages_are_sent_at_least_once_and_failures_name_the_queue()
    {
        var service = new FaultyService(7, Percent);
        var queues = new AzureQueues(new QueueServiceClient(fixture.Azurite.ConnectionString, ScriptedService.Quick(new QueueClientOptions(QueueClientOptions.ServiceVersion.V2023_11_03) { MessageEncoding = QueueMessageEncoding.None }, service)));
        var queue = $"work-{Guid.NewGuid():n}";
        for (var i = 0; i < 40; i++)
        {
            while (await TryAsync(queue, () => SendAsync(i)) is null)
            {
            }
        }

        var received = new HashSet<string>();
        while (await TryAsync(queue, ReceiveAsync) != false)
        {
        }

        Assert.Equal(40, received.Count);

        async Task<bool> SendAsync(int number)
        {
            await queues.SendAsync(queue, $"{number}", TimeSpan.Zero, Cancel);
            return true;
        }

        async Task<bool> ReceiveAsync()
        {
            // Shown again soon, as a lost answer takes messages along.
            var messages = await queues.ReceiveAsync(queue, 32, TimeSpan.FromSeconds(1), Cancel);
            foreach (var message in messages)
            {
                received.Add(message.Text);
                await queues.DeleteAsync(queue, message, Cancel);
            }

            return await queues.CountAsync(queue, Cancel) > 0;
        }
    }

    [Fact]
    public async Task What_would_be_too_large_to_read_is_not_written()
    {
        var tooMuch = BinaryData.FromBytes(new byte[Blob.MostBytes + 1]);
        var blobs = Blobs(null);
        await Assert.ThrowsAsync<MonitorException>(() => blobs.CreateAsync("large.json", tooMuch, Cancel));
        Assert.Null(await blobs.ReadAsync("large.json", Cancel));
        using var folder = new TemporaryFolder();
        var files = new FileBlobs(folder.Path);
        await Assert.ThrowsAsync<MonitorException>(() => files.CreateAsync("large.json", tooMuch, Cancel));
        await Assert.ThrowsAsync<MonitorException>(() => files.ReplaceAsync("large.json", tooMuch, "\"1\"", Cancel));
        Assert.Null(await files.ReadAsync("large.json", Cancel));
    }

    [Fact]
    public async Task Stopping_is_no_outage()
    {
        var blobs = Blobs(new FaultyService(9, Percent));
        using var stop = new CancellationTokenSource();
        var reading = Task.Run(
            async () =>
            {
                while (true)
                    await TryAsync("state/none.json", async () => await blobs.ReadAsync("state/none.json", stop.Token) is null);
            },
            Cancel);
        for (var i = 0; i < 5; i++)
            await TryAsync("state/none.json", async () => await blobs.ReadAsync("state/none.json", Cancel) is null);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    /// <summary>Null when the store said that it failed; then it must have said where.</summary>
    private async Task<bool?> TryAsync(string place, Func<Task<bool>> operation)
    {
        try
        {
            return await operation();
        }
        catch (StorageException e)
        {
            // Or the container, which could not be made yet.
            Assert.True(
                e.Message.Contains(place, StringComparison.Ordinal) || e.Message.Contains($"{_container}:", StringComparison.Ordinal), e.Message);
            return null;
        }
    }

    private static async Task<bool> ListAsync(AzureBlobs blobs, string prefix, List<string> listed)
    {
        await foreach (var path in blobs.ListAsync(prefix, Cancel))
            listed.Add(path);
        return true;
    }

    private AzureBlobs Blobs(FaultyService? service) => new(ScriptedService.Container(fixture.Azurite.ConnectionString, _container, service));

    private sealed record Counter(IReadOnlyList<int> Done);
}
