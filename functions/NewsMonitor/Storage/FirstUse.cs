namespace NewsMonitor.Storage;

/// <summary>Does something once, when it is first needed (start-up does no I/O); a failure is tried again at the next use.</summary>
internal sealed class FirstUse(Func<CancellationToken, Task> action)
{
    private volatile bool _done;

    public async ValueTask EnsureAsync(CancellationToken cancel)
    {
        if (_done)
            return;
        await action(cancel);
        _done = true;
    }

    /// <summary>What was done is undone: the next use does it again.</summary>
    public void Forget() => _done = false;
}
