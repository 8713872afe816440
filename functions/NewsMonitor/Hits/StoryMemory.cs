using NewsMonitor.Hits.Index;
using NewsMonitor.Hits.Likeness;

namespace NewsMonitor.Hits;

/// <summary>
/// Which story each hit of the last month is in, and what its copies are recognised by: what the log says, as far as it was read, in the order in
/// which it was written. Two hits belong together when they are copies of one text, and so do all that hang together by that: the result
/// does not depend on who was first. Reading a line again changes nothing. Not thread-safe.
/// </summary>
internal sealed class StoryMemory
{
    private readonly Dictionary<UInt128, Member> _hits = [];
    private readonly Dictionary<StoryRef, StoryRef> _into = [];
    private readonly Dictionary<StoryRef, DateTimeOffset> _begun = [];
    private readonly HashSet<(StoryRef, StoryRef)> _apart = [];

    /// <summary>Of the few hits that showed stories to be one.</summary>
    private readonly Dictionary<UInt128, IReadOnlyList<StoryRef>> _merged = [];

    /// <summary>No news is joined to old news, or the other way round.</summary>
    private readonly Group _news = new(), _old = new();

    public int Hits => _hits.Count;

    public void Add(LogEntry entry)
    {
        if (entry.Hit is { } hit)
            Add(hit);
        else if (entry.Joined is { } joined && StoryRef.Of(joined.Into) is { } into && StoryRef.Of(joined.From) is { } from)
            Join(from, into);
        else if (entry.Split is { } split)
            Split(split);
    }

    /// <summary>The story that a hit is in, and which of its revisions is known; null for a hit that is not known.</summary>
    public (StoryRef Story, int Number)? Of(string hitId) =>
        StoryRef.Number(hitId) is { } id && _hits.TryGetValue(id, out var member) ? (Root(member.Story), member.Number) : null;

    /// <summary>The stories that a hit showed to be the same as its own.</summary>
    public IReadOnlyList<StoryRef> MergedBy(string hitId) => StoryRef.Number(hitId) is { } id ? _merged.GetValueOrDefault(id, []) : [];

    /// <summary>What a story is called now.</summary>
    public StoryRef Root(StoryRef story)
    {
        while (_into.TryGetValue(story, out var into))
            story = into;
        return story;
    }

    public bool IsApart(StoryRef one, StoryRef other) =>
        _apart.Count > 0 && _apart.Any(pair => (Root(pair.Item1), Root(pair.Item2)) is var (a, b) && ((a == one && b == other) || (a == other && b == one)));

    /// <summary>The story for a new hit, and those that it shows to be the same one.</summary>
    /// <param name="beside">Hits that are decided and not yet added.</param>
    public Decided Decide(Hit hit, TextSketch sketch, IReadOnlyList<Decided> beside)
    {
        var own = StoryRef.New(hit);
        var like = GroupOf(own.IsOld).Find(sketch, hit.Found).Select(found => (Story: Root(_hits[found.Hit].Story), found.Likeness));
        var alike = beside.Where(other => other.Story.IsOld == own.IsOld)
            .Select(other => (other.Story, Likeness: TextSketch.Likeness(sketch, other.Sketch, (hit.Found - other.Hit.Found).Duration())))
            .Where(other => other.Likeness >= TextSketch.Copy);
        var joined = new List<StoryRef>();
        foreach (var (story, _) in like.Concat(alike).OrderByDescending(found => found.Likeness).ThenBy(found => found.Story.Id))
        {
            // What an operator has taken apart is not joined again by a hit that is like both.
            if (!joined.Contains(story) && !joined.Exists(other => IsApart(other, story)))
                joined.Add(story);
        }

        if (joined.Count == 0)
            return new Decided(hit, sketch, own, []);
        var eldest = joined.MinBy(story => (Begun(story, beside), story.Id));
        return new Decided(hit, sketch, eldest, [.. joined.Where(story => story != eldest)]);
    }

    private DateTimeOffset Begun(StoryRef story, IReadOnlyList<Decided> beside) =>
        _begun.TryGetValue(story, out var begun) ? begun : beside.Where(other => other.Story == story).Min(other => other.Hit.Found);

    private void Add(GroupedHit hit)
    {
        if (StoryRef.Number(hit.Id) is not { } id || StoryRef.Of(hit.Story) is not { } story || (_hits.TryGetValue(id, out var known) && known.Number >= hit.Number))
            return;
        _hits[id] = new Member(known?.Story ?? story, hit.Number);
        if (!_begun.TryGetValue(story, out var begun) || hit.Found < begun)
            _begun[story] = hit.Found;
        if (TextSketch.Unpack(hit.Sketch) is { } sketch)
            GroupOf(story.IsOld).Add(id, sketch, hit.Found);
        if (hit.Merged is null)
            return;
        _merged[id] = [.. hit.Merged.Select(StoryRef.Of).OfType<StoryRef>()];
        foreach (var from in _merged[id])
            Join(from, story);
    }

    private void Join(StoryRef from, StoryRef into)
    {
        (from, into) = (Root(from), Root(into));
        if (from == into)
            return;
        _apart.RemoveWhere(pair => (Root(pair.Item1) == from && Root(pair.Item2) == into) || (Root(pair.Item1) == into && Root(pair.Item2) == from));
        _into[from] = into;
        if (_begun.TryGetValue(from, out var begun) && (!_begun.TryGetValue(into, out var first) || begun < first))
            _begun[into] = begun;
    }

    private void Split(StorySplit split)
    {
        if (StoryRef.Of(split.From) is not { } from || StoryRef.Of(split.Into) is not { } into)
            return;
        foreach (var id in split.Hits.Select(StoryRef.Number).OfType<UInt128>())
        {
            if (_hits.TryGetValue(id, out var member))
                _hits[id] = member with { Story = into };
        }

        _begun.TryAdd(into, split.At);
        _apart.Add((from, into));
    }

    private Group GroupOf(bool isOld) => isOld ? _old : _news;

    private sealed record Member(StoryRef Story, int Number);

    /// <summary>The likeness of hits that may be joined to each other.</summary>
    private sealed class Group
    {
        private readonly LikenessIndex _index = new();
        private readonly List<UInt128> _ids = [];

        public void Add(UInt128 hit, TextSketch sketch, DateTimeOffset at)
        {
            _index.Add(_ids.Count, sketch, at);
            _ids.Add(hit);
        }

        public IEnumerable<(UInt128 Hit, double Likeness)> Find(TextSketch sketch, DateTimeOffset at) =>
            _index.Find(sketch, at).Select(found => (_ids[found.Number], found.Likeness));
    }
}

/// <summary>A hit whose story is decided.</summary>
/// <param name="Merged">Stories that it shows to be the same one.</param>
internal sealed record Decided(Hit Hit, TextSketch Sketch, StoryRef Story, IReadOnlyList<StoryRef> Merged);
