namespace NewsMonitor.Articles;

/// <summary>
/// Takes out of a page's tree what stands around an article and in its middle without being it. A headline of another article would be a
/// mention that this one does not make; so what is named, headed or linked like one goes, unless it holds much of what can be read.
/// </summary>
internal sealed class PageCleaning
{
    /// <summary>Of all prose: what a block that is only named suspiciously may hold and still go.</summary>
    private const double FewProse = 0.35;

    private const double HalfProse = 0.5;

    /// <summary>Of a page's letters: when so many are linked, it is the links that are wrong (one that is never closed).</summary>
    private const double TooManyLinks = 0.8;

    private const int LongestListItem = 160;

    private static readonly HashSet<string> Never = new(StringComparer.Ordinal)
    {
        "nav", "menu", "dialog", "button", "select", "datalist", "marquee", "audio", "canvas", "map", "label",
        "amp-sidebar", "amp-ad", "amp-embed", "amp-consent", "amp-social-share", "amp-user-notification", "amp-sticky-ad", "amp-analytics", "amp-list",
    };

    private static readonly string[] NeverRoles = ["navigation", "search", "dialog", "alertdialog", "menu", "menubar", "toolbar", "tablist", "contentinfo", "alert"];

    private readonly PageNode body;
    private readonly string title;
    private readonly double prose;
    private bool hasBody;

    private PageCleaning(PageNode body, string title)
    {
        (this.body, this.title) = (body, title);
        prose = Math.Max(1, body.Prose);
    }

    /// <param name="title">The article's, which is no part of its text.</param>
    public static void Clean(PageNode body, string title)
    {
        var cleaning = new PageCleaning(body, PageWords.Key(title));
        cleaning.hasBody = cleaning.MarkBody(body);
        cleaning.TakeOut(body, cleaning.IsOther);
        body.Measure();
        cleaning.TakeOutHeaded(body);
        body.Measure();
        if (body.LinkShare < TooManyLinks)
            cleaning.TakeOut(body, cleaning.IsLinks);

        cleaning.TakeOut(body, cleaning.IsStrayLine);
        body.Measure();
    }

    /// <summary>Blocks that are named as the article's text, and those around them, stay. Cards of related articles use the same names: much must be in it.</summary>
    private bool MarkBody(PageNode node)
    {
        var holds = false;
        foreach (var child in node.Children)
            holds |= MarkBody(child);

        var isNamed = node != body && (node.IsBody || PageNames.NamesBody(node.Hints)) && !PageNames.NamesComments(node.Hints);
        return node.IsBody = holds || (isNamed && node.Prose >= prose * (node.IsBody ? 0.2 : FewProse));
    }

    private void TakeOut(PageNode node, Func<PageNode, bool> isOut)
    {
        node.Children.RemoveAll(child => isOut(child));
        foreach (var child in node.Children)
            TakeOut(child, isOut);
    }

    private bool IsOther(PageNode node)
    {
        if (node.IsLine || node.IsBody)
            return false;

        var share = node.Prose / prose;
        if (PageNames.NamesComments(node.Hints) && !Holds(node, n => n.Name == "h1"))
            return hasBody || prose - node.Prose >= 100;

        var isNever = Never.Contains(node.Name)
            || NeverRoles.Any(r => node.Hints.Contains(r, StringComparison.Ordinal) && node.Hints.Split(' ').Contains(r))
            || PageNames.NamesOther(node.Hints)
            || (node.Label.Length > 0 && PageWords.IsOtherHeading(node.Label));
        if (isNever || node.IsHidden)
            return share <= FewProse || (hasBody && share <= HalfProse);

        return node.Name is "aside" or "footer" ? share <= FewProse
            : node.Name is "header" && (share < 0.02 || node.LinkShare > 0.5) && share <= FewProse;
    }

    /// <summary>Boxes and lists that a heading names: اقرأ أيضاً, الأكثر قراءة, التعليقات.</summary>
    private void TakeOutHeaded(PageNode node)
    {
        for (var i = 0; i < node.Children.Count; i++)
        {
            var child = node.Children[i];
            if (node != body && i > 0 && !child.IsBody && Heads(child, PageWords.IsCommentHeading) && HasProseBefore(node, i))
            {
                node.Children.RemoveRange(i, node.Children.Count - i);
            }
            else if (Heads(child, PageWords.IsOtherHeading))
            {
                // The heading by itself: what it heads follows it.
                node.Children.RemoveAt(i);
                while (i < node.Children.Count && IsHeadlines(node.Children[i]))
                    node.Children.RemoveAt(i);

                i--;
            }
            else if (!child.IsLine && !child.IsBody && First(child) is { } first && PageWords.IsOtherHeading(first.ShortText)
                && child.Prose <= prose * FewProse && (IsHeadlines(child) || (child.Linked * 2) >= child.Letters - first.Letters))
            {
                node.Children.RemoveAt(i--);
            }
            else
            {
                TakeOutHeaded(child);
            }
        }
    }

    /// <summary>Lists of links, and lines that are one link: tags, related articles within the text.</summary>
    private bool IsLinks(PageNode node) =>
        !node.IsBody
        && node.Letters >= 12
        && node.Linked >= node.Letters * (node.IsLine ? 0.85 : 0.65)
        && node.Prose <= prose * FewProse;

    private bool IsStrayLine(PageNode node) =>
        node.IsLine
            ? PageWords.PointsElsewhere(node.ShortText)
            : node.Children.Count == 0 || (node.IsHeading && !node.IsBody && title.Length > 0 && PageWords.Key(node.ToText()) == title);

    private static bool IsHeadlines(PageNode node) =>
        !node.IsBody && node.Letters > 0
        && (node.LinkShare >= 0.5 || (node.Name is "ul" or "ol" && node.Prose * 3 < node.Letters && node.Children.All(c => c.Letters < LongestListItem)));

    private bool HasProseBefore(PageNode node, int index) =>
        node.Children.Take(index).Sum(c => c.Prose) is > 0 and var before && before >= node.Children.Skip(index).Sum(c => c.Prose) / 4 && before >= prose / 5;

    /// <summary>A line, or a block of only one line.</summary>
    private static bool Heads(PageNode node, Func<string, bool> isHeading) =>
        node.Letters > 0 && Only(node) is { } only && isHeading(only.ShortText);

    private static PageNode? Only(PageNode node) =>
        node.IsLine ? node : node.Children.Count(c => c.Letters > 0) == 1 ? Only(node.Children.First(c => c.Letters > 0)) : null;

    private static PageNode? First(PageNode node) =>
        node.IsLine ? node : node.Children.FirstOrDefault(c => c.Letters > 0) is { } child ? First(child) : null;

    private static bool Holds(PageNode node, Func<PageNode, bool> what) => what(node) || node.Children.Any(c => Holds(c, what));
}
