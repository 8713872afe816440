using System.IO.Hashing;
using System.Text;
using NewsMonitor.Topics.Arabic;

namespace NewsMonitor.Hits.Index;

/// <summary>
/// Which words a text has, three bytes each: the first of a hash, in ascending order, as base64. A word is folded, and stands there also without
/// what is written onto its front (و ب ك ل س ال), so that قوات finds والقوات. Of fifty thousand texts one is taken to have a word
/// that it lacks; whoever shows the text sees that.
/// </summary>
internal static class WordSet
{
    private const int Bytes = 3;

    /// <summary>Of longer texts the first so many different words.</summary>
    private const int Most = 4000;

    /// <summary>What is left of a word without its front.</summary>
    private const int ShortestStem = 3;

    private static readonly string[] Fronts = [.. Proclitics.All.Select(proclitic => proclitic.Text).Where(text => text.Length > 0)];

    public static string Of(params IEnumerable<string> texts)
    {
        var hashes = new SortedSet<int>();
        foreach (var word in texts.SelectMany(Words).Distinct(StringComparer.Ordinal).Take(Most))
        {
            hashes.Add(Hash(word));
            foreach (var front in Fronts)
            {
                if (word.Length >= front.Length + ShortestStem && word.StartsWith(front, StringComparison.Ordinal))
                    hashes.Add(Hash(word.AsSpan(front.Length)));
            }
        }

        var packed = new byte[hashes.Count * Bytes];
        var at = 0;
        foreach (var hash in hashes)
        {
            packed[at++] = (byte)(hash >> 16);
            packed[at++] = (byte)(hash >> 8);
            packed[at++] = (byte)hash;
        }

        return Convert.ToBase64String(packed);
    }

    /// <summary>The words that somebody looks for, as <see cref="Has(string, IReadOnlyList{int})"/> wants them.</summary>
    public static IReadOnlyList<int> Query(string words) => [.. Words(words).Select(word => Hash(word)).Distinct()];

    /// <summary>Whether a text has all of these words.</summary>
    public static bool Has(string packed, IReadOnlyList<int> query)
    {
        if (query.Count == 0)
            return true;
        var bytes = new byte[packed.Length];
        return Convert.TryFromBase64String(packed, bytes, out var length) && query.All(wanted => Contains(bytes.AsSpan(0, length), wanted));
    }

    /// <summary>Whether texts really have all of these words.</summary>
    public static bool Stand(string query, params IEnumerable<string> texts)
    {
        var missing = Words(query).ToHashSet(StringComparer.Ordinal);
        if (missing.Count == 0)
            return true;
        foreach (var word in texts.SelectMany(Words))
        {
            if (missing.RemoveWhere(wanted => Has(word, wanted)) > 0 && missing.Count == 0)
                return true;
        }

        return false;
    }

    private static bool Has(string word, string wanted) =>
        word == wanted
        || (wanted.Length >= ShortestStem && word.EndsWith(wanted, StringComparison.Ordinal) && Fronts.Contains(word[..^wanted.Length], StringComparer.Ordinal));

    private static bool Contains(ReadOnlySpan<byte> packed, int wanted)
    {
        int low = 0, high = (packed.Length / Bytes) - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var at = packed.Slice(middle * Bytes, Bytes);
            var hash = (at[0] << 16) | (at[1] << 8) | at[2];
            if (hash == wanted)
                return true;
            if (hash < wanted)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return false;
    }

    private static IEnumerable<string> Words(string text)
    {
        var folded = ArabicFolding.Fold(text).Text;
        var start = -1;
        for (var i = 0; i <= folded.Length; i++)
        {
            var isLetter = i < folded.Length && char.IsLetterOrDigit(folded[i]);
            if (isLetter && start < 0)
                start = i;
            if (isLetter || start < 0)
                continue;
            yield return folded[start..i];
            start = -1;
        }
    }

    private static int Hash(ReadOnlySpan<char> word)
    {
        Span<byte> bytes = stackalloc byte[256];
        var length = Encoding.UTF8.GetBytes(word.Length > 80 ? word[..80] : word, bytes);
        return (int)(XxHash3.HashToUInt64(bytes[..length]) & 0xFFFFFF);
    }
}
