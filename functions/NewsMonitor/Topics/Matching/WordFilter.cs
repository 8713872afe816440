using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NewsMonitor.Topics.Arabic;

namespace NewsMonitor.Topics.Matching;

/// <summary>
/// A Bloom filter of word forms by their first letters: a word that is none of them is almost always told by one look into a table that fits
/// the processor's cache. The two bits of a word are in one cell.
/// </summary>
internal sealed class WordFilter
{
    /// <summary>Letters that are told apart: fewer let more words through, more make the table larger than the cache.</summary>
    private const int MostLetters = 7;
    public const ulong LettersMask = (1UL << (8 * MostLetters)) - 1;
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    private readonly ulong[] _cells;
    private readonly int _shift;

    private WordFilter(int cellBits) => (_cells, _shift) = (new ulong[1 << cellBits], 64 - cellBits);

    /// <param name="word">Its first seven letters, the first lowest; zero behind a shorter word.</param>
    /// <returns>1 if it may be one of the words, else 0.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong MayHave(ulong word)
    {
        ulong hash = word * Multiplier;
        ulong cell = Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_cells), (nint)(hash >> _shift));
        return cell >> (int)(hash >> 32) & cell >> (int)(hash >> 38) & 1;
    }

    public static WordFilter Build(IEnumerable<Body> bodies)
    {
        var words = new HashSet<ulong>();
        foreach (var (start, attachment) in bodies.Where(b => b.Text.Length is > 0 and <= Lexicon.MaxWord)
            .Select(b => (Start(Letters.Encode(b.Text)!), b.Attachment)).Distinct())
        {
            foreach (var proclitic in Proclitics.All)
            {
                if ((proclitic.Takers & attachment) != 0)
                    words.Add((Start(proclitic.Codes) | (start << (8 * proclitic.Codes.Length))) & LettersMask);
            }
        }

        // At most one bit in ten is set, so that about one other word in a hundred passes.
        int cellBits = 4;
        while ((1L << cellBits) * 64 < words.Count * 20L)
            cellBits++;
        var filter = new WordFilter(cellBits);
        foreach (ulong word in words)
        {
            ulong hash = word * Multiplier;
            filter._cells[hash >> filter._shift] |= (1UL << (int)(hash >> 32)) | (1UL << (int)(hash >> 38));
        }

        return filter;
    }

    private static ulong Start(ReadOnlySpan<byte> letters)
    {
        ulong start = 0;
        for (int i = Math.Min(MostLetters, letters.Length) - 1; i >= 0; i--)
            start = (start << 8) | letters[i];
        return start;
    }
}
