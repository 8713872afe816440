namespace NewsMonitor.Hits.Likeness;

/// <summary>Where each hash occurs: chains in one hash table, the newest place first, no more than <see cref="Longest"/> of one hash.</summary>
internal sealed class Postings
{
    /// <summary>A hash in more texts than this is everybody's words, or a story that is found by its newest copies.</summary>
    public const int Longest = 32;

    private const int None = -1;

    // Chunks: a million articles have twenty million postings, and no array of that size should be copied to grow.
    private const int ChunkBits = 16;

    private readonly List<Posting[]> _chunks = [];
    private int[] _heads = NewHeads(12);
    private int _used, _freed = None;

    private struct Posting
    {
        public uint Key;
        public int Place;
        public int Next;
    }

    public int Count { get; private set; }

    public void Add(uint key, int place)
    {
        if (Count >= _heads.Length)
            Grow();
        int added = Take();
        ref int head = ref _heads[key & (_heads.Length - 1)];
        At(added) = new() { Key = key, Place = place, Next = head };
        head = added;
        Count++;
        DropOldest(ref head, key);
    }

    public void Remove(uint key, int place)
    {
        ref int link = ref _heads[key & (_heads.Length - 1)];
        while (link != None)
        {
            ref var posting = ref At(link);
            if (posting.Key == key && posting.Place == place)
            {
                Unlink(ref link);
                return;
            }

            link = ref posting.Next;
        }
    }

    /// <summary>Adds the places of a hash to a list.</summary>
    public void Collect(uint key, List<int> places)
    {
        for (int at = _heads[key & (_heads.Length - 1)]; at != None;)
        {
            ref var posting = ref At(at);
            if (posting.Key == key)
                places.Add(posting.Place);
            at = posting.Next;
        }
    }

    private void DropOldest(ref int link, uint key)
    {
        int seen = 0;
        while (link != None)
        {
            ref var posting = ref At(link);
            if (posting.Key == key && ++seen > Longest)
            {
                Unlink(ref link);
                return;
            }

            link = ref posting.Next;
        }
    }

    private void Unlink(ref int link)
    {
        int unlinked = link;
        ref var posting = ref At(unlinked);
        link = posting.Next;
        posting.Next = _freed;
        _freed = unlinked;
        Count--;
    }

    private int Take()
    {
        if (_freed != None)
        {
            int freed = _freed;
            _freed = At(freed).Next;
            return freed;
        }

        if (_used >> ChunkBits == _chunks.Count)
            _chunks.Add(new Posting[1 << ChunkBits]);
        return _used++;
    }

    private ref Posting At(int at) => ref _chunks[at >> ChunkBits][at & ((1 << ChunkBits) - 1)];

    /// <summary>Twice the chains. Each is walked to its end and put back from there, so that the newest stay first.</summary>
    private void Grow()
    {
        var old = _heads;
        _heads = NewHeads(int.Log2(old.Length) + 1);
        var chain = new Stack<int>();
        foreach (int head in old)
        {
            for (int at = head; at != None; at = At(at).Next)
                chain.Push(at);
            while (chain.TryPop(out int at))
            {
                ref var posting = ref At(at);
                ref int to = ref _heads[posting.Key & (_heads.Length - 1)];
                posting.Next = to;
                to = at;
            }
        }
    }

    private static int[] NewHeads(int bits)
    {
        var heads = new int[1 << bits];
        Array.Fill(heads, None);
        return heads;
    }
}
