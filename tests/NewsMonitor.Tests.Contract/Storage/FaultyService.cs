namespace NewsMonitor.Tests.Contract.Storage;

/// <summary>
/// Between a storage client and the service: of each hundred requests, some are refused without being carried out, and some are
/// carried out and their answer is lost. What comes when is seeded; how many threads share it is not.
/// </summary>
internal sealed class FaultyService(int seed, int percent) : DelegatingHandler(new SocketsHttpHandler())
{
    private readonly Random _random = new(seed);
    private int _struck;

    private enum Trouble
    {
        None,
        InternalError,
        Busy,
        BusyForAWhile,
        Conflict,
        DoneAndError,
        DoneAndBroken,
        CutOff,
    }

    public int Struck => _struck;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var trouble = Next();
        if (trouble != Trouble.None)
            Interlocked.Increment(ref _struck);
        switch (trouble)
        {
            case Trouble.InternalError:
                return ScriptedService.Refusal(request, 500, "InternalError");
            case Trouble.Busy:
                return ScriptedService.Refusal(request, 503, "ServerBusy");
            case Trouble.BusyForAWhile:
                var busy = ScriptedService.Refusal(request, 503, "ServerBusy");
                busy.Headers.TryAddWithoutValidation("Retry-After", "0");
                return busy;
            case Trouble.Conflict when request.Headers.IfNoneMatch.Count > 0:
                return ScriptedService.Refusal(request, 409, "BlobAlreadyExists");
            case Trouble.Conflict when request.Headers.IfMatch.Count > 0 && request.Method == HttpMethod.Put:
                return ScriptedService.Refusal(request, 412, "ConditionNotMet");
        }

        var answer = await base.SendAsync(request, cancellationToken);
        switch (trouble)
        {
            case Trouble.DoneAndError:
                answer.Dispose();
                return ScriptedService.Refusal(request, 500, "OperationTimedOut");
            case Trouble.DoneAndBroken:
                answer.Dispose();
                throw new HttpRequestException("The connection was reset.", new IOException("Reset."));
            case Trouble.CutOff when answer.Content.Headers.ContentLength > 1:
                answer.Content = await HalfAsync(answer.Content, cancellationToken);
                return answer;
            default:
                return answer;
        }
    }

    private Trouble Next()
    {
        lock (_random)
            return _random.Next(100) < percent ? (Trouble)_random.Next(1, 8) : Trouble.None;
    }

    /// <summary>As long as was said, but the connection breaks in the middle.</summary>
    private static async Task<HttpContent> HalfAsync(HttpContent whole, CancellationToken cancel)
    {
        var bytes = await whole.ReadAsByteArrayAsync(cancel);
        var half = new StreamContent(new BreakingStream(bytes[..(bytes.Length / 2)]));
        foreach (var (name, values) in whole.Headers)
            half.Headers.TryAddWithoutValidation(name, values);
        return half;
    }

    private sealed class BreakingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => Broken(base.Read(buffer, offset, count));

        public override int Read(Span<byte> buffer) => Broken(base.Read(buffer));

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Broken(await base.ReadAsync(buffer, cancellationToken));

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        private static int Broken(int read) => read > 0 ? read : throw new IOException("The connection was reset.");
    }
}
