using System.Text;

namespace NewsMonitor.Articles;

/// <summary>A block of a page, or a line of text in one: markup inside lines is left out, but for what is linked.</summary>
/// <param name="name">Of the element; <see cref="Line"/> for a line.</param>
/// <param name="hints">Class, id and role, in small letters: what the site's own makers call the block.</param>
internal sealed class PageNode(string name, string hints)
{
    public const string Line = "#line";

    private readonly List<Part> parts = [];

    public string Name { get; } = name;

    public string Hints { get; } = hints;

    /// <summary>What the block is called for people who do not see it.</summary>
    public string Label { get; init; } = "";

    /// <summary>Not shown, by its own attributes.</summary>
    public bool IsHidden { get; init; }

    /// <summary>Says of itself that it is the article's body.</summary>
    public bool IsBody { get; set; }

    /// <summary>Is the article's body, or around it.</summary>
    public bool HoldsBody { get; set; }

    /// <summary>Is or holds the heading that says the article's title.</summary>
    public bool HoldsTitle { get; set; }

    public List<PageNode> Children { get; } = [];

    public IReadOnlyList<Part> Parts => parts;

    /// <summary>Letters and digits in all.</summary>
    public int Letters { get; private set; }

    /// <summary>Those of them that are links.</summary>
    public int Linked { get; private set; }

    /// <summary>Those of lines long enough to be sentences, and not mostly linked.</summary>
    public int Prose { get; private set; }

    public bool IsLine => Name == Line;

    public bool IsHeading => Name is ['h', >= '1' and <= '6'];

    public double LinkShare => Letters == 0 ? 0 : (double)Linked / Letters;

    public string Text => string.Concat(parts.Select(p => p.Text)).Trim();

    /// <summary>A line's text when it may be a heading or a pointer, else nothing.</summary>
    public string ShortText => Letters <= 300 ? Text : "";

    /// <returns>True when the text is a part of its own.</returns>
    public bool Append(string text, bool isLinked, bool mayBegin)
    {
        if (parts.Count > 0 && (parts[^1].IsLinked == isLinked || !mayBegin))
        {
            parts[^1].Text.Append(text);
            return false;
        }

        parts.Add(new Part(new StringBuilder(text), isLinked));
        return true;
    }

    /// <summary>Counts anew after something was taken out.</summary>
    public void Measure()
    {
        Letters = Linked = Prose = 0;
        foreach (var part in parts)
        {
            var letters = 0;
            foreach (var chunk in part.Text.GetChunks())
            {
                foreach (var c in chunk.Span)
                    letters += char.IsLetterOrDigit(c) ? 1 : 0;
            }

            Letters += letters;
            Linked += part.IsLinked ? letters : 0;
        }

        if (IsLine)
            Prose = Letters >= 45 && Linked * 2 < Letters ? Letters : 0;

        foreach (var child in Children)
        {
            child.Measure();
            Letters += child.Letters;
            Linked += child.Linked;
            Prose += child.Prose;
        }
    }

    /// <summary>All lines in order, one a line.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        Write(this);
        return text.ToString();

        void Write(PageNode node)
        {
            if (node.IsLine && node.Letters > 0)
                text.Append(text.Length > 0 ? "\n" : "").Append(node.Text);

            foreach (var child in node.Children)
                Write(child);
        }
    }

    internal sealed record Part(StringBuilder Text, bool IsLinked);
}
