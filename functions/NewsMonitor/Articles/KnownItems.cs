using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace NewsMonitor.Articles;

/// <summary>
/// The items that a source is known to have published, as fingerprints: what is in its latest document, and five hundred that have left it.
/// An item is known by the article's id (made of its address where it has one), or when its guid is known with the same title or the same
/// time: so a new guid or a new address makes nothing new, and a guid that is used again for another article does.
/// </summary>
public sealed class KnownItems
{
    /// <summary>Kept beyond the latest document, so that an item that comes back after a while is still known.</summary>
    public const int Beyond = 500;

    private const int EntryBytes = 20;

    /// <summary>Oldest first.</summary>
    private readonly List<Entry> _entries;

    private KnownItems(List<Entry> entries) => _entries = entries;

    public int Count => _entries.Count;

    /// <param name="packed">As <see cref="Pack"/> wrote it; what cannot be read counts as empty, and costs one reading of what is known.</param>
    public static KnownItems Unpack(string? packed)
    {
        var entries = new List<Entry>();
        var bytes = new byte[(packed?.Length ?? 0) * 3 / 4];
        if (packed is not null && Convert.TryFromBase64String(packed, bytes, out var length))
        {
            for (var at = 0; at + EntryBytes <= length; at += EntryBytes)
                entries.Add(Entry.Read(bytes.AsSpan(at, EntryBytes)));
        }

        return new KnownItems(entries);
    }

    /// <summary>Base64 of twenty bytes an item.</summary>
    public string Pack()
    {
        var bytes = new byte[_entries.Count * EntryBytes];
        for (var i = 0; i < _entries.Count; i++)
            _entries[i].Write(bytes.AsSpan(i * EntryBytes, EntryBytes));
        return Convert.ToBase64String(bytes);
    }

    /// <summary>What either knows; the later one's items are the last to be forgotten.</summary>
    public static string? Merge(string? earlier, string? later)
    {
        if (string.IsNullOrEmpty(earlier) || string.IsNullOrEmpty(later))
            return string.IsNullOrEmpty(later) ? earlier : later;
        return new KnownItems(Join(Unpack(earlier)._entries, Unpack(later)._entries)).Pack();
    }

    /// <summary>The articles of a document that are new, in its order. Afterwards all of them are known.</summary>
    public IReadOnlyList<Article> Take(IReadOnlyList<Article> document)
    {
        var ids = _entries.Select(entry => entry.Id).ToHashSet();
        var byGuid = new Dictionary<uint, List<Entry>>();
        foreach (var entry in _entries)
            Add(entry);

        // A time that several items have is that of the document, and tells none of them from the others.
        var shared = document.GroupBy(article => Seconds(article.Published)).Where(group => group.Count() > 1).Select(group => group.Key).ToHashSet();
        var fresh = new List<Article>();
        var now = new List<Entry>(document.Count);
        foreach (var article in document)
        {
            var entry = Entry.Of(article);
            var isKnown = ids.Contains(entry.Id)
                || (entry.Guid != 0 && byGuid.TryGetValue(entry.Guid, out var others) && others.Exists(other => other.IsSame(entry, shared)));
            if (!isKnown)
                fresh.Add(article);
            ids.Add(entry.Id);
            Add(entry);
            now.Add(entry);
        }

        var joined = Join(_entries, now);
        _entries.Clear();
        _entries.AddRange(joined);
        return fresh;

        void Add(Entry entry)
        {
            if (entry.Guid == 0)
                return;
            if (!byGuid.TryGetValue(entry.Guid, out var entries))
                byGuid[entry.Guid] = entries = [];
            entries.Add(entry);
        }
    }

    /// <summary>What was seen again moves to the end, so that trimming takes what has been gone longest. A document is never cut.</summary>
    private static List<Entry> Join(List<Entry> older, List<Entry> newer)
    {
        var again = newer.Select(entry => entry.Id).ToHashSet();
        var gone = older.Where(entry => !again.Contains(entry.Id)).ToList();
        var last = new Dictionary<ulong, Entry>();
        foreach (var entry in newer)
            last[entry.Id] = entry;
        return [.. gone.TakeLast(Beyond), .. newer.DistinctBy(entry => entry.Id).Select(entry => last[entry.Id])];
    }

    private static uint Seconds(DateTimeOffset? time) => time is { } at ? (uint)Math.Clamp(at.ToUnixTimeSeconds(), 0, uint.MaxValue) : 0;

    /// <param name="Id">64 bits of the article's id: among a thousand a chance meeting is a matter of one in 10^13.</param>
    /// <param name="Guid">0: none.</param>
    /// <param name="Published">Seconds since 1970; 0: not stated.</param>
    private readonly record struct Entry(ulong Id, uint Guid, uint Title, uint Published)
    {
        public static Entry Of(Article article) => new(
            Convert.ToUInt64(article.Id[..16], 16),
            string.IsNullOrWhiteSpace(article.ItemId) ? 0 : Math.Max(1, Hash(article.ItemId.Trim())),
            Hash(string.Concat(article.Title.Where(char.IsLetterOrDigit)).ToUpperInvariant()),
            Seconds(article.Published));

        public bool IsSame(Entry other, HashSet<uint> shared) =>
            Title == other.Title || (Published != 0 && Published == other.Published && !shared.Contains(Published));

        public static Entry Read(ReadOnlySpan<byte> bytes) => new(
            BinaryPrimitives.ReadUInt64BigEndian(bytes),
            BinaryPrimitives.ReadUInt32BigEndian(bytes[8..]),
            BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]),
            BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]));

        public void Write(Span<byte> bytes)
        {
            BinaryPrimitives.WriteUInt64BigEndian(bytes, Id);
            BinaryPrimitives.WriteUInt32BigEndian(bytes[8..], Guid);
            BinaryPrimitives.WriteUInt32BigEndian(bytes[12..], Title);
            BinaryPrimitives.WriteUInt32BigEndian(bytes[16..], Published);
        }

        private static uint Hash(string text) => BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
