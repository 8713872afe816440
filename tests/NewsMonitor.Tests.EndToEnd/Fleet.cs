using NewsMonitor.Tests.Peers;

namespace NewsMonitor.Tests.EndToEnd;

/// <summary>Several monitors on one storage account. All of them end with the test, by their process ids.</summary>
internal sealed class Fleet(int size, Func<MonitorProcess> start) : IDisposable
{
    private readonly List<Member> _members = [.. Enumerable.Range(0, size).Select(_ => new Member(start()))];
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(5) };

    /// <summary>What those that run have complained about.</summary>
    public string Complaints => string.Join('\n', _members.Select(member => $"-- {member.Process.Id}\n{member.Process.Complaints}"));

    public bool AllRun => _members.TrueForAll(member => !member.Process.HasEnded);

    public Task AllServeAsync() => Task.WhenAll(_members.Select(member => member.Page));

    /// <summary>Ends one without a warning; another comes in its place.</summary>
    public void Replace(int index)
    {
        _members[index].Process.Kill();
        _members[index].Process.Dispose();
        _members[index] = new Member(start());
    }

    /// <summary>Has all sources polled now, by whichever process answers first.</summary>
    public async Task PollAsync(CancellationToken cancel)
    {
        foreach (var member in _members.Where(member => member.Page.IsCompletedSuccessfully && !member.Process.HasEnded))
        {
            try
            {
                (await _http.PostAsync(new Uri(new Uri(await member.Page), "/api/poll"), null, cancel)).EnsureSuccessStatusCode();
                return;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancel.IsCancellationRequested)
            {
                // Another will.
            }
        }
    }

    public void Dispose()
    {
        _members.ForEach(member => member.Process.Dispose());
        _http.Dispose();
    }

    private sealed class Member
    {
        public Member(MonitorProcess process)
        {
            Process = process;
            Page = PageAsync(process);
        }

        public MonitorProcess Process { get; }

        /// <summary>Where it answers, once it does; fails when it is killed before.</summary>
        public Task<string> Page { get; }

        private static async Task<string> PageAsync(MonitorProcess process)
        {
            var printed = await process.PrintedAsync("page  ");
            return printed.Split('\n').First(line => line.StartsWith("page ", StringComparison.Ordinal)).Split(' ')[^1];
        }
    }
}
