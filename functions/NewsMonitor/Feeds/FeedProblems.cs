namespace NewsMonitor.Feeds;

/// <summary>Gathers what was wrong with one document: the same fault thirty times is one line.</summary>
internal sealed class FeedProblems
{
    private const int Maximum = 50;

    private readonly List<string> _order = [];
    private readonly Dictionary<string, (int Count, string? Example)> _kinds = new(StringComparer.Ordinal);

    /// <param name="example">The first is told, fit for a terminal.</param>
    public void Add(string kind, string? example = null) => Add(kind, 1, example);

    public void Add(string kind, int times, string? example = null)
    {
        if (_kinds.TryGetValue(kind, out var seen))
        {
            _kinds[kind] = (seen.Count + times, seen.Example);
        }
        else if (times > 0 && _order.Count < Maximum)
        {
            _order.Add(kind);
            _kinds[kind] = (times, example is null ? null : SafeText.Line(example, 80));
        }
    }

    public IReadOnlyList<string> Lines() => [.. _order.Select(kind => _kinds[kind] switch
    {
        (1, null) => kind,
        (1, { } example) => $"{kind}: '{example}'",
        (var count, null) => $"{kind} ({count} times)",
        (var count, { } example) => $"{kind} ({count} times), first: '{example}'",
    })];
}
