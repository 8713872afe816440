using System.Runtime.InteropServices;

namespace NewsMonitor.Hits.Likeness;

/// <summary>
/// All sketches of the last 30 days. Candidates are those that share a chosen hash of their word groups, or the title; each is then
/// compared by <see cref="TextSketch.Likeness"/>. What a look-up costs does not depend on how many are stored: no hash has more than
/// some dozens of places, the newest. Not thread-safe.
/// </summary>
public sealed class LikenessIndex
{
    private const int MostCopies = 64;

    /// <summary>Candidates that are compared in full, those that share most first.</summary>
    private const int MostCompared = 48;

    private readonly Postings _postings = new();
    private readonly List<Entry> _entries = [];
    private readonly Stack<int> _free = new();
    private readonly PriorityQueue<int, long> _oldest = new();
    private readonly List<uint> _keys = [];
    private readonly List<int> _met = [];
    private readonly Dictionary<int, int> _shared = [];

    private readonly record struct Entry(int Number, TextSketch Sketch, long Ticks);

    public int Count => _oldest.Count;

    /// <summary>How many candidates the last <see cref="Find"/> met in the index.</summary>
    internal int LastMet { get; private set; }

    /// <summary>How many of them it compared.</summary>
    internal int LastCompared { get; private set; }

    /// <param name="number">The caller's; greater than those before.</param>
    public void Add(int number, TextSketch sketch, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(sketch);
        if (!_free.TryPop(out int place))
        {
            place = _entries.Count;
            _entries.Add(default);
        }

        _entries[place] = new(number, sketch, at.UtcTicks);
        _oldest.Enqueue(place, at.UtcTicks);
        foreach (uint key in KeysOf(sketch))
            _postings.Add(key, place);
    }

    /// <summary>Its copies, the likest first, at most some dozens of them: newer ones rather than older ones.</summary>
    public IReadOnlyList<(int Number, double Likeness)> Find(TextSketch sketch, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(sketch);
        _shared.Clear();
        LastMet = 0;
        foreach (uint key in KeysOf(sketch))
        {
            _met.Clear();
            _postings.Collect(key, _met);
            LastMet += _met.Count;
            foreach (int place in _met)
                CollectionsMarshal.GetValueRefOrAddDefault(_shared, place, out _)++;
        }

        var candidates = _shared.Select(pair => (Place: pair.Key, Shared: pair.Value)).ToArray();
        // By number and not by place: which places are free depends on what was forgotten.
        Array.Sort(candidates, (one, other) => one.Shared != other.Shared
            ? other.Shared.CompareTo(one.Shared)
            : _entries[other.Place].Number.CompareTo(_entries[one.Place].Number));
        LastCompared = Math.Min(candidates.Length, MostCompared);
        var copies = new List<(int Number, double Likeness)>();
        foreach (var (place, _) in candidates.AsSpan(0, LastCompared))
        {
            var entry = _entries[place];
            double likeness = TextSketch.Likeness(sketch, entry.Sketch, TimeSpan.FromTicks(at.UtcTicks - entry.Ticks));
            if (likeness >= TextSketch.Copy)
                copies.Add((entry.Number, likeness));
        }

        copies.Sort((one, other) => one.Likeness != other.Likeness
            ? other.Likeness.CompareTo(one.Likeness)
            : one.Number.CompareTo(other.Number));
        return copies.Count > MostCopies ? copies[..MostCopies] : copies;
    }

    /// <summary>Drops what is older.</summary>
    public void Forget(DateTimeOffset before)
    {
        while (_oldest.TryPeek(out int place, out long ticks) && ticks < before.UtcTicks)
        {
            _oldest.Dequeue();
            foreach (uint key in KeysOf(_entries[place].Sketch))
                _postings.Remove(key, place);
            _entries[place] = default;
            _free.Push(place);
        }
    }

    private List<uint> KeysOf(TextSketch sketch)
    {
        SketchKeys.Of(sketch, _keys);
        return _keys;
    }
}
