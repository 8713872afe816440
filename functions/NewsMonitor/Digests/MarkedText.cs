using System.Globalization;
using NewsMonitor.Topics;

namespace NewsMonitor.Digests;

/// <summary>A clean line with the matched words marked.</summary>
public sealed record MarkedText(IReadOnlyList<MarkedRun> Runs)
{
    public override string ToString() => string.Concat(Runs.Select(run => run.Text));

    /// <summary>Finds each mention's words in a line and cuts the line around them to at most <paramref name="most"/> UTF-16 units.</summary>
    /// <remarks>
    /// Offsets of mentions point into the whole text, not into the sentence, and cleaning moves them; so the words themselves
    /// are looked for, whole words first, in the order of the mentions: the second mention of a word is its second occurrence.
    /// </remarks>
    public static MarkedText Mark(string? text, IEnumerable<Mention> mentions, int most)
    {
        var line = SafeText.Line(text, 100_000);
        var marks = new List<(int Start, int End)>();
        var searched = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var mention in mentions.OrderBy(mention => mention.Start))
        {
            var words = SafeText.Line(mention.Text, 1000);
            var from = searched.GetValueOrDefault(words);
            var at = words.Length == 0 ? -1 : Find(line, words, from);
            if (at < 0)
                continue;

            marks.Add((at, at + words.Length));
            searched[words] = at + words.Length;
        }

        return Cut(line, Merge(marks), most);
    }

    private static int Find(string line, string words, int from)
    {
        for (var at = line.IndexOf(words, from, StringComparison.Ordinal); at >= 0; at = line.IndexOf(words, at + 1, StringComparison.Ordinal))
        {
            if ((at == 0 || !IsWord(line[at - 1])) && (at + words.Length == line.Length || !IsWord(line[at + words.Length])))
                return at;
        }

        return line.IndexOf(words, from, StringComparison.Ordinal);
    }

    private static bool IsWord(char letter) =>
        char.IsLetterOrDigit(letter) || char.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark || letter is 'ـ';

    private static List<(int Start, int End)> Merge(List<(int Start, int End)> marks)
    {
        var merged = new List<(int Start, int End)>();
        foreach (var mark in marks.OrderBy(mark => mark.Start))
        {
            if (merged.Count > 0 && mark.Start <= merged[^1].End)
                merged[^1] = (merged[^1].Start, Math.Max(merged[^1].End, mark.End));
            else
                merged.Add(mark);
        }

        return merged;
    }

    private static MarkedText Cut(string line, List<(int Start, int End)> marks, int most)
    {
        var start = 0;
        if (line.Length > most && marks.Count > 0 && marks[0].End > most * 2 / 3)
        {
            // The first match lies far in: begin a little before it, at a word.
            var near = Math.Max(0, marks[0].Start - (most / 3));
            var space = line.IndexOf(' ', near, marks[0].Start - near);
            start = space >= 0 ? space + 1 : marks[0].Start;
        }

        var shown = (start > 0 ? "…" : "") + SafeText.Shorten(line[start..], most);
        var shift = (start > 0 ? 1 : 0) - start;
        var end = shown.EndsWith('…') && shown.Length - shift < line.Length ? shown.Length - 1 : shown.Length;
        var runs = new List<MarkedRun>();
        var done = 0;
        foreach (var mark in marks)
        {
            var (from, to) = (Math.Min(mark.Start + shift, end), Math.Min(mark.End + shift, end));
            if (from < done || to <= from)
                continue;
            if (from > done)
                runs.Add(new(shown[done..from], false));
            runs.Add(new(shown[from..to], true));
            done = to;
        }

        if (done < shown.Length)
            runs.Add(new(shown[done..], false));
        return new(runs);
    }
}

public sealed record MarkedRun(string Text, bool Marked);
