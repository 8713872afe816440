using System.Globalization;
using System.Text;

namespace NewsMonitor.Digests;

/// <summary>
/// The text part: the same stories, sentences and links as the HTML. Plain text cannot isolate directions, so what may read the
/// other way stands alone on a line or at its end. Wrapped at 76 columns; an address is never broken.
/// </summary>
internal static class DigestText
{
    private const int Columns = 76;

    public static string Write(DigestView view)
    {
        var (words, text) = (view.Words, new StringBuilder());
        Add(text, "", words.Title);
        Add(text, "", view.When);
        Add(text, "", view.Numbers);
        Add(text, "", view.Times);

        var number = 0;
        foreach (var topic in view.Topics)
        {
            text.Append('\n');
            Add(text, "", topic.Title);
            Add(text, "", topic.Count);
            text.Append('=', 40).Append('\n');
            foreach (var story in topic.Confirmed)
                Tell(text, story, words, null, ++number);

            if (topic.Possible.Count > 0)
            {
                text.Append('\n');
                Add(text, "", words.PossibleHeading);
                Add(text, "", words.PossibleNote);
                text.Append('-', 40).Append('\n');
                foreach (var story in topic.Possible)
                    Tell(text, story, words, words.Possible, ++number);
            }

            if (topic.Brief.Count > 0)
            {
                text.Append('\n');
                Add(text, "", words.BriefHeading);
                text.Append('-', 40).Append('\n');
            }

            foreach (var line in topic.Brief)
                List(text, line, words, ++number);
            foreach (var line in topic.Elsewhere)
                List(text, line, words, null);
        }

        // "-- " would start a signature, which some readers hide.
        text.Append('\n').Append('=', 40).Append('\n');
        Add(text, "", view.YouGetThis);
        if (view.Unsubscribe is not null)
        {
            Add(text, "", words.Unsubscribe + ":");
            Add(text, "", view.Unsubscribe);
        }

        Add(text, "", words.Edition(view.EditionId));
        return text.ToString();
    }

    private static void Tell(StringBuilder text, StoryView story, DigestWords words, string? label, int number)
    {
        text.Append('\n');
        Add(text, "", string.Create(CultureInfo.InvariantCulture, $"{number}. {(label is null ? "" : $"[{label}] ")}{story.Headline}"));
        Add(text, "   ", Name(story.Outlet, words));
        Add(text, "   ", story.Url);
        Add(text, "   ", story.Correction);
        foreach (var reason in story.Reasons)
        {
            if (reason.Heading is not null)
                Add(text, "   ", reason.Heading);
            foreach (var rule in reason.Rules)
                Add(text, "   ", $"{words.Why} {words.Quote(rule.Rule)} {rule.Where} {string.Join(words.Comma, rule.Words.Select(words.Quote))}");
            foreach (var quote in reason.Quotes)
                Add(text, "   > ", quote.ToString());
            Add(text, "   ", reason.More);
        }

        if (story.Also.Count == 0)
            return;

        Add(text, "   ", story.AlsoLabel);
        foreach (var outlet in story.Also)
        {
            Add(text, "   - ", Name(outlet, words));
            Add(text, "     ", outlet.Url);
        }

        Add(text, "   ", story.AlsoMore);
    }

    private static void List(StringBuilder text, LineView line, DigestWords words, int? number)
    {
        var mark = number is null ? "- " : string.Create(CultureInfo.InvariantCulture, $"{number}. ");
        text.Append('\n');
        Add(text, "", $"{mark}{(line.Possible ? $"[{words.Possible}] " : "")}{line.Headline}");
        Add(text, "   ", Name(line.Outlet, words));
        if (line.Note is not null)
            Add(text, "   ", $"({line.Note})");
        Add(text, "   ", line.Url);
    }

    private static string Name(OutletView outlet, DigestWords words) =>
        outlet.Name.Length == 0 ? outlet.Time : outlet.Name + words.Comma + outlet.Time;

    private static void Add(StringBuilder text, string indent, string? line)
    {
        if (string.IsNullOrEmpty(line))
            return;

        var column = 0;
        foreach (var word in line.Split(' '))
        {
            var width = Width(word);
            if (column == 0)
                column = Width(indent) + Append(text.Append(indent), word, width);
            else if (column + 1 + width <= Columns)
                column += 1 + Append(text.Append(' '), word, width);
            else
                column = Width(indent) + Append(text.Append('\n').Append(Continued(indent)), word, width);
        }

        text.Append('\n');
    }

    private static int Append(StringBuilder text, string word, int width)
    {
        text.Append(word);
        return width;
    }

    // A quotation keeps its mark on every line; other lines only their indent.
    private static string Continued(string indent) => indent.Contains('>', StringComparison.Ordinal) ? indent : new(' ', indent.Length);

    private static int Width(string word) => word.Count(letter => char.GetUnicodeCategory(letter) is not UnicodeCategory.NonSpacingMark);
}
