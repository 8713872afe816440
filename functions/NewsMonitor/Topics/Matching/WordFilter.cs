using System.Runtime.CompilerServices;
using NewsMonitor.Topics.Arabic;
using NewsMonitor.Topics.Rules;

namespace NewsMonitor.Topics.Matching;

/// <summary>
/// A Bloom filter of word forms by their first eight letters: a word that is none of them is almost always told by one look-up in a table
/// that fits the processor's cache.
/// </summary>
internal sealed class WordFilter
{
    private const ulong Multiplier = 0x9E3779B97F4A7C15;
    private readonly int _shift;

    private WordFilter(int bits)
    {
        Bits = new ulong[1 << (bits - 6)];
        _shift = 64 - bits;
    }

    public ulong[] Bits { get; }

    /// <param name="word">Its first eight letters, the first lowest; zero behind a shorter word.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MayHave(ulong word)
    {
        ulong hash = word * Multiplier;
        ulong first = hash >> _shift, second = (hash << 20) >> _shift;
        return (Bits[first >> 6] >> (int)first & Bits[second >> 6] >> (int)second & 1) != 0;
    }

    public static WordFilter Build(IEnumerable<WordEntry> entries)
    {
        var words = new HashSet<ulong>();
        foreach (var entry in entries)
        {
            var bodies = entry.Misspelt ? entry.Bodies().Concat(Misspellings.Bodies(entry.Text, entry.Pos)) : entry.Bodies();
            foreach (var (start, attachment) in bodies.Select(b => (Start(Letters.Encode(b.Text)!), b.Attachment)).Distinct())
            {
                foreach (var proclitic in Proclitics.All)
                {
                    if ((proclitic.Takers & attachment) != 0)
                        words.Add(Start(proclitic.Codes) | (start << (8 * proclitic.Codes.Length)));
                }
            }
        }

        // At most one bit in twelve is set, so that about one other word in a hundred passes.
        int bits = 10;
        while ((1 << bits) < words.Count * 24)
            bits++;
        var filter = new WordFilter(bits);
        foreach (ulong word in words)
        {
            ulong hash = word * Multiplier;
            ulong first = hash >> filter._shift, second = (hash << 20) >> filter._shift;
            filter.Bits[first >> 6] |= 1UL << (int)first;
            filter.Bits[second >> 6] |= 1UL << (int)second;
        }

        return filter;
    }

    private static ulong Start(ReadOnlySpan<byte> letters)
    {
        ulong start = 0;
        for (int i = Math.Min(8, letters.Length) - 1; i >= 0; i--)
            start = (start << 8) | letters[i];
        return start;
    }
}
