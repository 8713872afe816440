using System.Text;
using CsCheck;
using NewsMonitor.Cli.Matching;

namespace NewsMonitor.Tests.Unit.Cli;

/// <summary>Any number of articles, in their order, in the same memory.</summary>
// Alone, so that nobody else's memory is measured.
[CollectionDefinition(nameof(MatchStreamTests), DisableParallelization = true)]
[Collection(nameof(MatchStreamTests))]
public sealed class MatchStreamTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Output_and_problems_come_in_input_order_however_long_each_article_takes()
    {
        var input = new StringBuilder();
        var (ids, problems) = (new List<string>(), new List<string>());
        for (int i = 1; i <= 4000; i++)
        {
            if (i % 11 == 0)
            {
                input.Append("[]\n");
                problems.Add($"standard input:{i}: expected an object with id, title and text, skipped");
                continue;
            }

            int length = i % 97 == 0 ? 1_000 : i % 7;
            input.Append($"{{\"id\":\"{i}\",\"text\":\"{string.Concat(Enumerable.Repeat("حوار وطني. ", length))}\"}}\n");
            if (length > 0)
                ids.Add($"{i}");
        }

        var run = await MatchTrial.RunAsync(new MemoryStream(Encoding.UTF8.GetBytes(input.ToString())), new BlockSizes(2000, 1 << 20));
        Assert.Equal(ids, run.Ids);
        Assert.Equal(problems, run.ProblemLines);
    }

    [Fact]
    public void It_makes_no_difference_where_blocks_end()
    {
        const string good = "{\"id\":\"a\",\"text\":\"\\u062dوار وطني 😀 بغداد\",\"x\":[1,{\"y\":\"\\\\\\\"]\"}]}";
        var lines = Gen.OneOf(good, good, "", " ", "3", "{\"text\":\"\\uD83D حوار\"}", "{\"text\":\"حوار", "\uFEFF" + good, "[]");
        var elements = Gen.OneOf(good, good, "3", "{}", " \n {\"text\": \"حوار\"} ", "[[\"]\"]]", "-1.5e3", "\"\\\"\"", "x");
        var inputs = Gen.OneOf(
            lines.Array[0, 20].Select(Gen.OneOf("\n", "\r\n"), (l, end) => good + end + string.Join(end, l)),
            elements.Array[0, 20].Select(Gen.OneOf("]", "]\n", "", "] x"), (e, end) => "[" + string.Join(",", e) + end),
            lines.Array[0, 20].Select(l => "حوار\n" + string.Join("\n", l)));
        Gen.Select(inputs, Gen.Int[1, 300], Gen.Int[1, 40]).Sample(
            (input, block, read) =>
            {
                byte[] bytes = Encoding.UTF8.GetBytes(input);
                var whole = MatchTrial.RunAsync(new MemoryStream(bytes), BlockSizes.Usual).GetAwaiter().GetResult();
                var parts = MatchTrial.RunAsync(new Dripping(bytes, read), new BlockSizes(block, 1 << 20)).GetAwaiter().GetResult();
                Assert.Equal(whole, parts);
            },
            iter: 300, threads: 1);
    }

    [Fact]
    public async Task Memory_does_not_grow_with_the_input()
    {
        const long size = 96L << 20;
        using var endless = new Endless(Encoding.UTF8.GetBytes($"{{\"id\":\"a\",\"text\":\"حوار {string.Concat(Enumerable.Repeat("كلمة ", 400))}\",\"x\":\"y\"}}\n3\n"), size);
        using var output = new Counting();
        using var problems = new Told();
        int code = await new MatchRun(MatchTrial.Rules, json: true, BlockSizes.Usual, workers: 2).RunAsync([], endless, output, problems, Cancel);

        Assert.Equal(1, code);
        Assert.InRange(output.Lines, 20_000, 30_000);
        Assert.Equal(output.Lines, problems.Lines);
        Assert.InRange(endless.MostMemory - endless.FirstMemory, long.MinValue, 24L << 20);
    }

    [Fact]
    public async Task What_has_come_is_matched_before_more_comes()
    {
        using var input = new Waiting(Encoding.UTF8.GetBytes("{\"id\":\"a\",\"text\":\"حوار\"}\n"));
        using var output = new Counting();
        var run = new MatchRun(MatchTrial.Rules, json: true, BlockSizes.Usual, workers: 2).RunAsync([], input, output, TextWriter.Null, Cancel);
        await output.Written.WaitAsync(Cancel);
        Assert.Equal(1, output.Lines);

        input.End();
        Assert.Equal(0, await run);
    }

    [Fact]
    public async Task It_stops_at_once_while_it_waits_for_input()
    {
        using var input = new Waiting(Encoding.UTF8.GetBytes("{\"id\":\"a\",\"text\":\"حوار\"}\n"));
        using var output = new Counting();
        using var problems = new StringWriter();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var run = new MatchRun(MatchTrial.Rules, json: true, BlockSizes.Usual, workers: 2).RunAsync([], input, output, problems, stop.Token);
        await output.Written.WaitAsync(Cancel);
        await stop.CancelAsync();

        Assert.Equal(1, await run.WaitAsync(Cancel));
        Assert.StartsWith("monitor: stopped", problems.ToString(), StringComparison.Ordinal);
        input.End();
    }

    [Fact]
    public async Task It_ends_quietly_when_nobody_reads_on()
    {
        using var endless = new Endless("{\"id\":\"a\",\"text\":\"حوار\"}\n"u8.ToArray(), long.MaxValue);
        using var output = new Failing(new IOException("Broken pipe", 32));
        using var problems = new StringWriter();
        int code = await new MatchRun(MatchTrial.Rules, json: true, BlockSizes.Usual, workers: 2).RunAsync([], endless, output, problems, Cancel);
        Assert.Equal((0, ""), (code, problems.ToString()));
    }

    [Fact]
    public async Task A_full_disk_is_told()
    {
        using var endless = new Endless("{\"id\":\"a\",\"text\":\"حوار\"}\n"u8.ToArray(), long.MaxValue);
        using var output = new Failing(new IOException("No space left on device", 28));
        var failure = await Assert.ThrowsAsync<MonitorException>(() =>
            new MatchRun(MatchTrial.Rules, json: true, BlockSizes.Usual, workers: 2).RunAsync([], endless, output, TextWriter.Null, Cancel));
        Assert.Equal("cannot write the output: No space left on device", failure.Message);
    }

    /// <summary>Gives a few bytes at a time.</summary>
    private sealed class Dripping(byte[] bytes, int most) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, most)]);
    }

    /// <summary>The same lines again and again; looks at the memory now and then.</summary>
    private sealed class Endless(byte[] lines, long size) : MemoryStream
    {
        private long _read;
        private int _at;

        public long FirstMemory { get; private set; }

        public long MostMemory { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            const int eachTime = 8 << 20;
            if (_read >= size)
                return 0;
            int length = Math.Min(buffer.Length, lines.Length - _at);
            lines.AsSpan(_at, length).CopyTo(buffer);
            _at = (_at + length) % lines.Length;
            if (size < long.MaxValue && _read / eachTime != (_read + length) / eachTime)
            {
                MostMemory = Math.Max(MostMemory, GC.GetTotalMemory(forceFullCollection: true));
                FirstMemory = FirstMemory == 0 ? MostMemory : FirstMemory;
            }

            _read += length;
            return length;
        }
    }

    /// <summary>Gives what it has, then nothing until it is ended.</summary>
    private sealed class Waiting(byte[] bytes) : MemoryStream(bytes)
    {
        private readonly ManualResetEventSlim _end = new();

        public void End() => _end.Set();

        public override int Read(Span<byte> buffer)
        {
            int read = base.Read(buffer);
            if (read == 0)
                _end.Wait(Cancel);
            return read;
        }
    }

    private sealed class Counting : MemoryStream
    {
        private readonly TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Lines { get; private set; }

        /// <summary>Ends when something is written.</summary>
        public Task Written => _written.Task;

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Lines += buffer.Count((byte)'\n');
            if (Lines > 0)
                _written.TrySetResult();
        }
    }

    private sealed class Failing(IOException failure) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (buffer.Length > 0)
                throw failure;
        }
    }

    /// <summary>Counts what is told.</summary>
    private sealed class Told : StringWriter
    {
        public int Lines { get; private set; }

        public override void Write(StringBuilder? value) => Lines += value!.ToString().Count(c => c == '\n');
    }
}
