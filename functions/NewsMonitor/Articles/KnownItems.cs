using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;
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

    private const int EntryBytes = 24;

    /// <summary>Before the items that are kept with what they say; without it, they are of a version that kept twenty bytes an item.</summary>
    private const string Mark = "2.";

    private const int OldEntryBytes = 20;

    /// <summary>Oldest first.</summary>
    private readonly List<Entry> _entries;

    private KnownItems(List<Entry> entries) => _entries = entries;

    public int Count => _entries.Count;

    /// <param name="packed">As <see cref="Pack"/> wrote it; what cannot be read counts as empty, and costs one reading of what is known.</param>
    public static KnownItems Unpack(string? packed)
    {
        var entries = new List<Entry>();
        var isOld = packed?.StartsWith(Mark, StringComparison.Ordinal) != true;
        var size = isOld ? OldEntryBytes : EntryBytes;
        var bytes = new byte[(packed?.Length ?? 0) * 3 / 4];
        if (packed is not null && Convert.TryFromBase64String(isOld ? packed : packed[Mark.Length..], bytes, out var length))
        {
            for (var at = 0; at + size <= length; at += size)
                entries.Add(Entry.Read(bytes.AsSpan(at, size)));
        }

        return new KnownItems(entries);
    }

    /// <summary>Base64 of 24 bytes an item.</summary>
    public string Pack()
    {
        var bytes = new byte[_entries.Count * EntryBytes];
        for (var i = 0; i < _entries.Count; i++)
            _entries[i].Write(bytes.AsSpan(i * EntryBytes, EntryBytes));
        return Mark + Convert.ToBase64String(bytes);
    }

    /// <summary>What either knows; the later one's items are the last to be forgotten.</summary>
    public static string? Merge(string? earlier, string? later)
    {
        if (string.IsNullOrEmpty(earlier) || string.IsNullOrEmpty(later))
            return string.IsNullOrEmpty(later) ? earlier : later;
        return new KnownItems(Join(Unpack(earlier)._entries, Unpack(later)._entries)).Pack();
    }

    /// <summary>
    /// The articles of a document that are new, and those that say something else than when they were last seen, in its order. Afterwards all of
    /// them are known as they are.
    /// </summary>
    public (IReadOnlyList<Article> New, IReadOnlyList<Article> Edited) Take(IReadOnlyList<Article> document)
    {
        var ids = new Dictionary<ulong, Entry>();
        foreach (var entry in _entries)
            ids[entry.Id] = entry;
        var byGuid = new Dictionary<uint, List<Entry>>();
        foreach (var entry in _entries)
            Add(entry);

        // A time that several items have is that of the document, and tells none of them from the others.
        var shared = document.GroupBy(article => Seconds(article.Published)).Where(group => group.Count() > 1).Select(group => group.Key).ToHashSet();
        // What stands in a document twice, and differs, was not edited.
        var twice = document.GroupBy(article => article.Id, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key).ToHashSet(StringComparer.Ordinal);
        var (fresh, edited) = (new List<Article>(), new List<Article>());
        var now = new List<Entry>(document.Count);
        foreach (var article in document)
        {
            var entry = Entry.Of(article);
            var isSame = ids.TryGetValue(entry.Id, out var before);
            var isKnown = isSame
                || (entry.Guid != 0 && byGuid.TryGetValue(entry.Guid, out var others) && others.Exists(other => other.IsSame(entry, shared)));
            if (!isKnown)
                fresh.Add(article);
            // Only under the same id: under another the hit would be another. Of what was kept without its text nothing is known.
            else if (isSame && before.Text != 0 && before.Text != entry.Text && !twice.Contains(article.Id))
                edited.Add(article);
            ids[entry.Id] = entry;
            Add(entry);
            now.Add(entry);
        }

        var joined = Join(_entries, now);
        _entries.Clear();
        _entries.AddRange(joined);
        return (fresh, edited);

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
    /// <param name="Text">Of the title and what the feed says of the text; 0: not known.</param>
    private readonly record struct Entry(ulong Id, uint Guid, uint Title, uint Published, uint Text)
    {
        public static Entry Of(Article article) => new(
            Convert.ToUInt64(article.Id[..16], 16),
            string.IsNullOrWhiteSpace(article.ItemId) ? 0 : Math.Max(1, Hash(article.ItemId.Trim())),
            Hash(string.Concat(article.Title.Where(char.IsLetterOrDigit)).ToUpperInvariant()),
            Seconds(article.Published),
            Math.Max(1, (uint)XxHash3.HashToUInt64(MemoryMarshal.AsBytes(article.Text.AsSpan()), Hash(article.Title))));

        public bool IsSame(Entry other, HashSet<uint> shared) =>
            Title == other.Title || (Published != 0 && Published == other.Published && !shared.Contains(Published));

        public static Entry Read(ReadOnlySpan<byte> bytes) => new(
            BinaryPrimitives.ReadUInt64BigEndian(bytes),
            BinaryPrimitives.ReadUInt32BigEndian(bytes[8..]),
            BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]),
            BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]),
            bytes.Length > OldEntryBytes ? BinaryPrimitives.ReadUInt32BigEndian(bytes[20..]) : 0);

        public void Write(Span<byte> bytes)
        {
            BinaryPrimitives.WriteUInt64BigEndian(bytes, Id);
            BinaryPrimitives.WriteUInt32BigEndian(bytes[8..], Guid);
            BinaryPrimitives.WriteUInt32BigEndian(bytes[12..], Title);
            BinaryPrimitives.WriteUInt32BigEndian(bytes[16..], Published);
            BinaryPrimitives.WriteUInt32BigEndian(bytes[20..], Text);
        }

        private static uint Hash(string text) => BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
