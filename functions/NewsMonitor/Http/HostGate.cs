namespace NewsMonitor.Http;

/// <summary>
/// So many requests to one host at a time, and a pause between them, in this process. Who waits is let in in the order of coming.
/// </summary>
public sealed class HostGate(int atOnce, TimeSpan pause, TimeProvider time)
{
    private const int MostIdle = 1_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Line> _lines = new(StringComparer.Ordinal);

    /// <summary>Dispose what it returns when the answer is read.</summary>
    /// <param name="host">Host and port; one key is one host.</param>
    /// <param name="hurried">True for a host that needs no pauses: this machine.</param>
    public async Task<IDisposable> EnterAsync(string host, bool hurried, CancellationToken cancel)
    {
        var line = Queue(host);
        try
        {
            await line.Slots.WaitAsync(cancel);
        }
        catch
        {
            Leave(line);
            throw;
        }

        var place = new Place(this, line);
        try
        {
            if (!hurried && Turn(line) is { } wait && wait > TimeSpan.Zero)
                await Task.Delay(wait, time, cancel);
            return place;
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    private Line Queue(string host)
    {
        lock (_lock)
        {
            if (_lines.Count > MostIdle)
                Forget();
            if (!_lines.TryGetValue(host, out var line))
                _lines[host] = line = new Line(new SemaphoreSlim(atOnce));
            line.Users++;
            return line;
        }
    }

    /// <summary>Takes the next free moment of the host, and says how long it is until then.</summary>
    private TimeSpan Turn(Line line)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var turn = line.Next > now ? line.Next : now;
            line.Next = turn + pause;
            return turn - now;
        }
    }

    private void Leave(Line line)
    {
        lock (_lock)
            line.Users--;
    }

    private void Forget()
    {
        var now = time.GetUtcNow();
        foreach (var (host, line) in _lines.Where(entry => entry.Value.Users == 0 && entry.Value.Next <= now).ToList())
        {
            _lines.Remove(host);
            line.Slots.Dispose();
        }
    }

    private sealed class Line(SemaphoreSlim slots)
    {
        public SemaphoreSlim Slots { get; } = slots;

        public int Users { get; set; }

        public DateTimeOffset Next { get; set; }
    }

    private sealed class Place(HostGate gate, Line line) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) != 0)
                return;
            line.Slots.Release();
            gate.Leave(line);
        }
    }
}
