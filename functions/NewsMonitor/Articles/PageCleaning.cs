namespace NewsMonitor.Articles;

/// <summary>
/// Takes out of a page's tree what stands around an article and in its middle without being it. A headline of another article would be a
/// mention that this one does not make; so what is named, headed or linked like one goes, unless it holds much of what can be read.
/// </summary>
internal sealed class PageCleaning
{
    /// <summary>Of all prose: what a block that only looks suspicious may hold and still go.</summary>
    private const double FewProse = 0.35;

    private const double HalfProse = 0.5;

    /// <summary>Of a page's letters: when so many are linked, it is the links that are wrong (one that is never closed).</summary>
    private const double TooManyLinks = 0.8;

    /// <summary>Letters.</summary>
    private const int LongestHeading = 60;

    private const int LongestListItem = 160;

    /// <summary>Letters: what must be left of an article when more than half of a page's prose is taken out.</summary>
    private const int LeastProse = 80;

    /// <summary>So many blocks of one name are cards of articles, and none of them is the article.</summary>
    private const int Cards = 3;

    private static readonly HashSet<string> Never = new(StringComparer.Ordinal)
    {
        "nav", "menu", "dialog", "aside", "footer", "button", "select", "datalist", "marquee", "audio", "canvas", "map", "label",
        "amp-sidebar", "amp-ad", "amp-embed", "amp-consent", "amp-social-share", "amp-user-notification", "amp-sticky-ad", "amp-analytics", "amp-list",
    };

    private static readonly string[] NeverRoles =
        ["navigation", "search", "dialog", "alertdialog", "menu", "menubar", "toolbar", "tablist", "contentinfo", "complementary", "alert"];

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
        cleaning.MarkBody();
        cleaning.TakeOutOthers(body, false);
        body.Measure();
        cleaning.TakeOutHeaded(body);
        body.Measure();
        TakeOut(body, cleaning.IsCards);
        body.Measure();
        if (body.LinkShare < TooManyLinks)
            TakeOut(body, cleaning.IsLinks);

        TakeOut(body, cleaning.IsStray);
        body.Measure();
    }

    /// <summary>
    /// What is named as the article's text, and what is around it, stays: the innermost, because frames of whole pages have such names, and
    /// none that is in a box of others, because the cards of related articles have them.
    /// </summary>
    private void MarkBody()
    {
        var found = new List<PageNode>();
        Find(body);
        var longest = found.Select(n => n.Prose).DefaultIfEmpty().Max();
        foreach (var node in found.Where(n => n.Prose * 3 >= longest))
        {
            node.IsBody = true;
            hasBody |= node.Prose >= prose * FewProse || node.Hints.Contains("articlebody", StringComparison.Ordinal) || found.Count == 1;
        }

        Hold(body);

        bool Find(PageNode node)
        {
            var holds = false;
            foreach (var child in node.Children.Where(c => !c.IsLine && !IsNamedOther(c)))
                holds |= Find(child);

            if (holds || node == body || node.Prose < 60 || !PageNames.NamesBody(node.Hints) || PageNames.NamesComments(node.Hints))
                return holds;

            var isCard = node.Prose < prose * FewProse && Count(body, n => n.Hints == node.Hints) >= Cards;
            if (!isCard)
                found.Add(node);

            return !isCard;
        }

        void Hold(PageNode node)
        {
            (node.HoldsBody, node.HoldsTitle) = (node.IsBody, IsTitle(node));
            foreach (var child in node.Children)
            {
                Hold(child);
                node.HoldsBody |= child.HoldsBody;
                node.HoldsTitle |= child.HoldsTitle;
            }
        }
    }

    private static void TakeOut(PageNode node, Func<PageNode, bool> isOut)
    {
        node.Children.RemoveAll(child => isOut(child));
        foreach (var child in node.Children)
            TakeOut(child, isOut);
    }

    private void TakeOutOthers(PageNode node, bool isInBody)
    {
        node.Children.RemoveAll(child => IsOther(child, node, isInBody));
        foreach (var child in node.Children)
            TakeOutOthers(child, isInBody || child.IsBody);
    }

    private bool IsOther(PageNode node, PageNode parent, bool isInBody)
    {
        if (node.IsLine || node.HoldsBody)
            return false;

        // Where the body is known, what is named otherwise beside it may be as long as it likes.
        var most = isInBody ? FewProse : hasBody ? 1 : HalfProse;
        var share = node.Prose / prose;
        if (PageNames.NamesComments(node.Hints) && !Holds(node, n => n.Name == "h1"))
            return share <= most || prose - node.Prose >= LeastProse;

        if (share > 0.1 && node.HoldsTitle)
            return false;

        return node.Name is "header" ? (share < 0.02 || node.LinkShare > 0.5) && share <= FewProse
            : share <= most && (IsNamedOther(node) || (node.IsHidden && !IsFolded(node, parent)));
    }

    private static bool IsNamedOther(PageNode node) =>
        Never.Contains(node.Name)
        || NeverRoles.Any(r => node.Hints.Contains(r, StringComparison.Ordinal) && node.Hints.Split(' ').Contains(r))
        || PageNames.NamesOther(node.Hints)
        || (node.Label.Length > 0 && PageWords.HeadsOthers(node.Label));

    /// <summary>The rest of an article that is shown on a click, beside its beginning.</summary>
    private bool IsFolded(PageNode node, PageNode parent) =>
        parent != body && node.Prose > 0 && parent.Children.Any(c => c != node && !c.IsHidden && c.Prose > 0);

    /// <summary>Boxes and lists that a heading names: اقرأ أيضاً, الأكثر قراءة, التعليقات.</summary>
    private void TakeOutHeaded(PageNode node)
    {
        for (var i = 0; i < node.Children.Count; i++)
        {
            var child = node.Children[i];
            if (i > 0 && node != body && !child.HoldsBody && Heads(child, PageWords.HeadsComments) && HasProseBefore(node, i))
            {
                node.Children.RemoveRange(i, node.Children.Count - i);
            }
            else if (Heads(child, PageWords.HeadsOthers) || Heads(child, PageWords.HeadsLinks))
            {
                // The heading by itself: what it heads follows it.
                node.Children.RemoveAt(i);
                while (i < node.Children.Count && IsHeadlines(node.Children[i]))
                    node.Children.RemoveAt(i);

                i--;
            }
            else if (IsHeadedBox(child))
            {
                node.Children.RemoveAt(i--);
            }
            else
            {
                TakeOutHeaded(child);
            }
        }
    }

    private bool IsHeadedBox(PageNode box)
    {
        if (box.IsLine || box.HoldsBody || First(box) is not { } first || box.HoldsTitle)
            return false;

        var share = box.Prose / prose;
        return PageWords.HeadsComments(first.ShortText) ? share <= HalfProse || hasBody || prose - box.Prose >= LeastProse
            : PageWords.HeadsOthers(first.ShortText) ? box.Children.Count > 1 && (share <= (hasBody ? 1 : HalfProse) || IsCards(box))
            : PageWords.HeadsLinks(first.ShortText) && share <= FewProse && box.Linked * 2 >= box.Letters - first.Letters;
    }

    /// <summary>Headlines that are links, each with a line or none of what it leads to.</summary>
    private bool IsCards(PageNode node)
    {
        var isAll = node.Prose > prose * HalfProse && body.Prose - node.Prose < LeastProse;
        var isMost = (node.Letters - node.Linked) * 2 > body.Letters - body.Linked && node.Prose == 0;
        if (node.IsLine || node.HoldsBody || isAll || isMost || node.LinkShare < 0.2)
            return false;

        var (headlines, isAfterHeadline) = (0, false);
        return Fits(node) && headlines >= 2;

        bool Fits(PageNode at)
        {
            if (at.LinkShare > 0.85 && at.IsLine && at.Letters >= 15)
            {
                (headlines, isAfterHeadline) = (headlines + 1, true);
            }
            else if (at.IsLine && at.Prose > 0)
            {
                if (!isAfterHeadline)
                    return false;

                isAfterHeadline = false;
            }

            foreach (var child in at.Children)
            {
                if (!Fits(child))
                    return false;
            }

            return true;
        }
    }

    /// <summary>Lists of links, and lines that are one link: tags, related articles within the text.</summary>
    private bool IsLinks(PageNode node) =>
        !node.HoldsBody
        && node.Letters >= 12
        && node.Linked >= node.Letters * (node.IsLine ? 0.85 : 0.65)
        && node.Prose <= prose * FewProse;

    private bool IsStray(PageNode node) =>
        node.IsLine
            ? PageWords.PointsElsewhere(node.ShortText) || IsDate(node) || (node.Letters == title.Length && title.Length >= 15 && PageWords.Key(node.Text) == title)
            : node.Children.Count == 0 || (node.IsHeading && node.HoldsTitle && !node.HoldsBody);

    /// <summary>Numbers and nothing else: 2026/11/23 - 11:30.</summary>
    private static bool IsDate(PageNode line) => line.Letters is > 0 and <= 20 && !line.ShortText.Any(char.IsLetter);

    /// <summary>The site may add its name to one of the two.</summary>
    private bool IsTitle(PageNode node) =>
        node.IsHeading && node.Letters is >= 15 and < 400 && title.Length >= 15
        && PageWords.Key(node.ToText()) is var key
        && (title.Contains(key, StringComparison.Ordinal) || key.Contains(title, StringComparison.Ordinal));

    private static bool IsHeadlines(PageNode node) =>
        !node.HoldsBody && node.Letters > 0
        && (node.LinkShare >= 0.5 || (node.Name is "ul" or "ol" && node.Prose * 3 < node.Letters && node.Children.All(c => c.Letters < LongestListItem)));

    private bool HasProseBefore(PageNode node, int index) =>
        node.Children.Take(index).Sum(c => c.Prose) is > 0 and var before && before >= node.Children.Skip(index).Sum(c => c.Prose) / 4 && before >= prose / 5;

    /// <summary>A line, or a block of only one line.</summary>
    private static bool Heads(PageNode node, Func<string, bool> isHeading) =>
        node.Letters is > 0 and <= LongestHeading && Only(node) is { } only && isHeading(only.ShortText);

    private static PageNode? Only(PageNode node) =>
        node.IsLine ? node : node.Children.FindAll(c => c.Letters > 0) is [var only] ? Only(only) : null;

    private static PageNode? First(PageNode node) =>
        node.IsLine ? node : node.Children.Find(c => c.Letters > 0) is { } child ? First(child) : null;

    private static int Count(PageNode node, Func<PageNode, bool> what) => (what(node) ? 1 : 0) + node.Children.Sum(c => Count(c, what));

    private static bool Holds(PageNode node, Func<PageNode, bool> what) => what(node) || node.Children.Any(c => Holds(c, what));
}
