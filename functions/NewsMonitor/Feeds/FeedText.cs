using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using UtfUnknown;

namespace NewsMonitor.Feeds;

/// <param name="Encoding">What the bytes were read as.</param>
public sealed record DecodedText(string Text, string Encoding, IReadOnlyList<string> Problems);

/// <summary>
/// Bytes to text, by evidence before labels: a byte order mark, then valid UTF-8, then UTF-16 by its zero bytes, then the labels (HTTP before
/// the document, RFC 7303) unless Arabic reads clearly better otherwise, then UTF.Unknown.
/// </summary>
public static partial class FeedText
{
    private const int SampleBytes = 65_536;
    private const int HeadBytes = 1_024;

    static FeedText() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static DecodedText Decode(ReadOnlySpan<byte> bytes, string? charset)
    {
        var problems = new List<string>();
        var (text, encoding) = Read(bytes, charset, problems);
        return new DecodedText(Mojibake.Document(text, problems), encoding.WebName, problems);
    }

    private static (string Text, Encoding Encoding) Read(ReadOnlySpan<byte> bytes, string? charset, List<string> problems)
    {
        if (Marked(bytes) is var (marked, length))
            return (marked.GetString(bytes[length..]), marked);

        if (((Encoding?)Unmarked32(bytes) ?? Unmarked16(bytes)) is { } wide)
            return (wide.GetString(bytes), wide);

        // A body that was cut off may end inside a character.
        var whole = bytes[..^CutTail(bytes)];

        var labels = Labels(bytes, charset, problems);
        if (Utf8.IsValid(whole))
        {
            var wrong = labels.FirstOrDefault(l => l.Encoding.CodePage != Encoding.UTF8.CodePage);
            if (wrong.Encoding is not null && !Ascii.IsValid(whole))
                problems.Add($"labelled {wrong.Encoding.WebName} {wrong.Where}, but the bytes are UTF-8; read as UTF-8");

            return (Encoding.UTF8.GetString(whole), Encoding.UTF8);
        }

        if (MostlyUtf8(bytes, out var bad))
        {
            problems.Add(bad == 1 ? "1 byte is not UTF-8 and was replaced" : $"{bad} bytes are not UTF-8 and were replaced");
            return (Encoding.UTF8.GetString(bytes), Encoding.UTF8);
        }

        var chosen = Choose(bytes, labels, problems);
        return (chosen.GetString(bytes), chosen);
    }

    private static (Encoding, int)? Marked(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (Encoding.UTF8, 3),
        [0xFF, 0xFE, 0, 0, ..] => (Encoding.UTF32, 4),
        [0, 0, 0xFE, 0xFF, ..] => (new UTF32Encoding(bigEndian: true, byteOrderMark: true), 4),
        [0xFF, 0xFE, ..] => (Encoding.Unicode, 2),
        [0xFE, 0xFF, ..] => (Encoding.BigEndianUnicode, 2),
        _ => null,
    };

    /// <summary>UTF-32 without a mark: an angle bracket or a brace and three zeros.</summary>
    private static UTF32Encoding? Unmarked32(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [(byte)'<' or (byte)'{', 0, 0, 0, ..] => new UTF32Encoding(bigEndian: false, byteOrderMark: false),
        [0, 0, 0, (byte)'<' or (byte)'{', ..] => new UTF32Encoding(bigEndian: true, byteOrderMark: false),
        _ => null,
    };

    /// <summary>UTF-16 without a mark: markup is ASCII, so nearly every other byte of its beginning is zero.</summary>
    private static UnicodeEncoding? Unmarked16(ReadOnlySpan<byte> bytes)
    {
        var head = bytes[..(Math.Min(bytes.Length, HeadBytes) & ~1)];
        if (head.Length < 4)
            return null;

        int even = 0, odd = 0;
        for (var i = 0; i < head.Length; i += 2)
        {
            even += head[i] == 0 ? 1 : 0;
            odd += head[i + 1] == 0 ? 1 : 0;
        }

        // Arabic text in the head has no zero bytes, so a third is enough; the other side must have next to none.
        var few = head.Length / 100;
        var many = head.Length / 6;
        return odd > many && even <= few ? new UnicodeEncoding(bigEndian: false, byteOrderMark: false)
            : even > many && odd <= few ? new UnicodeEncoding(bigEndian: true, byteOrderMark: false)
            : null;
    }

    private static int CutTail(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= Math.Min(3, bytes.Length); back++)
        {
            var b = bytes[^back];
            if ((b & 0xC0) == 0x80)
                continue;

            var needs = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : b >= 0xC0 ? 2 : 1;
            return needs > back ? back : 0;
        }

        return 0;
    }

    /// <summary>Sites that cut text by bytes break a character here and there in what is otherwise UTF-8.</summary>
    private static bool MostlyUtf8(ReadOnlySpan<byte> bytes, out int bad)
    {
        bad = 0;
        var good = 0;
        while (!bytes.IsEmpty)
        {
            if (bytes[0] < 0x80)
            {
                var next = bytes.IndexOfAnyExceptInRange((byte)0, (byte)0x7F);
                bytes = next < 0 ? [] : bytes[next..];
                continue;
            }

            var valid = Rune.DecodeFromUtf8(bytes, out _, out var used) is System.Buffers.OperationStatus.Done;
            good += valid ? 1 : 0;
            bad += valid ? 0 : used;
            bytes = bytes[used..];
        }

        return good > 0 && good >= 10 * bad;
    }

    private static List<(Encoding Encoding, string Where)> Labels(ReadOnlySpan<byte> bytes, string? charset, List<string> problems)
    {
        var labels = new List<(Encoding, string)>();
        Add(charset, "by the server");
        var head = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, HeadBytes)]);
        Add(Declaration().Match(head) is { Success: true } xml ? xml.Groups[1].Value : null, "in its XML declaration");
        Add(Meta().Match(head) is { Success: true } meta ? meta.Groups[1].Value : null, "in its <meta>");
        return labels;

        void Add(string? label, string where)
        {
            if (string.IsNullOrWhiteSpace(label))
                return;

            if (EncodingLabels.Find(label) is not { } encoding)
                problems.Add($"labelled '{SafeText.Line(label, 40)}' {where}, which is not an encoding we know; the label is ignored");

            // A label of two or four bytes a character on bytes that could be read one by one is wrong.
            else if (encoding.CodePage is not (1200 or 1201 or 12000 or 12001))
                labels.Add((encoding, where));
            else
                problems.Add($"labelled {encoding.WebName} {where}, but the bytes are not; the label is ignored");
        }
    }

    private static Encoding Choose(ReadOnlySpan<byte> bytes, List<(Encoding Encoding, string Where)> labels, List<string> problems)
    {
        var sample = bytes[..Math.Min(bytes.Length, SampleBytes)];
        Encoding windows = Encoding.GetEncoding("windows-1256"), iso = Encoding.GetEncoding("iso-8859-6");
        int inWindows = Articles(windows.GetString(sample)), inIso = Articles(iso.GetString(sample));
        var (best, bestScore) = inIso > inWindows ? (iso, inIso) : (windows, inWindows);

        // Bytes are not UTF-8 here, so a label that says so is worth nothing.
        foreach (var (encoding, where) in labels.Where(l => l.Encoding.CodePage != Encoding.UTF8.CodePage))
        {
            if (encoding.CodePage != best.CodePage && bestScore >= 3 && bestScore > 4 * Articles(encoding.GetString(sample)))
            {
                problems.Add($"labelled {encoding.WebName} {where}, but reads as Arabic in {best.WebName}; read so");
                return best;
            }

            return encoding;
        }

        var wrong = labels.Count > 0 ? $"labelled {labels[0].Encoding.WebName} {labels[0].Where}, but is not" : "says nothing of its encoding";
        if (bestScore >= 3)
        {
            problems.Add($"{wrong}; reads as Arabic in {best.WebName}");
            return best;
        }

        var guess = CharsetDetector.DetectFromBytes(sample).Detected;
        var found = guess?.Encoding is { } e && guess.Confidence >= 0.5 && e.CodePage != Encoding.ASCII.CodePage ? e : best;
        problems.Add($"{wrong}; guessed {found.WebName}");
        return found;
    }

    /// <summary>
    /// How often a word begins with the Arabic article. ا and ل have different bytes in each Arabic code page, so the wrong one finds nearly
    /// none, while letters and bigrams look plausible in both.
    /// </summary>
    private static int Articles(string text)
    {
        var count = 0;
        for (var at = 0; (at = text.IndexOf("ال", at, StringComparison.Ordinal)) >= 0; at += 2)
        {
            if (at == 0 || !char.IsLetter(text[at - 1]) || (text[at - 1] is 'و' or 'ب' && (at == 1 || !char.IsLetter(text[at - 2]))))
                count++;
        }

        return count;
    }

    [GeneratedRegex("""^\s*<\?xml[^>]{0,200}?\bencoding\s*=\s*["']([^"']{1,40})["']""", RegexOptions.IgnoreCase)]
    private static partial Regex Declaration();

    [GeneratedRegex("""<meta\b[^>]{0,200}?\bcharset\s*=\s*["']?([A-Za-z0-9_:.-]{1,40})""", RegexOptions.IgnoreCase)]
    private static partial Regex Meta();
}
