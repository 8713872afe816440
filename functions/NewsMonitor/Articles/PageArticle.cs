using System.Net;
using System.Text;

namespace NewsMonitor.Articles;

/// <summary>The article's text in a page that was cleaned: what SmartReader finds, held against what the page says of itself.</summary>
internal static class PageArticle
{
    /// <summary>Nodes, above which SmartReader is not asked: its time grows with their square.</summary>
    private const int MostForReader = 6_000;

    private const int MostChildren = 1_500;
    private const int MostLetters = 60_000;

    /// <summary>Below so many letters SmartReader tries again with less care; short news are articles too.</summary>
    private const int ShortArticle = 200;

    /// <summary>Letters of a statement of the text that is one.</summary>
    private const int ShortestStatement = 60;

    /// <param name="data">What structured data say, or null.</param>
    public static string Text(PageNode body, string title, LinkedData? data, Uri address)
    {
        var named = Named(body);
        var own = (named ?? Largest(body)).ToText();
        var read = IsSmall(body) ? Smart(body, title, address) : "";

        // What a site names its article's body is that, where SmartReader lost a part of it; where it finds far less, it knows better.
        var ratio = read.Length / Math.Max(1.0, own.Length);
        var text = ratio < 0.1 || (named is not null && ratio is > 0.3 and < 0.8) ? own : read;
        return data is null ? text : Confirmed(text, data.Body);
    }

    private static string Smart(PageNode body, string title, Uri address)
    {
        try
        {
            // Its constructors that take the document fetch nothing; nor does what is called here.
            using var reader = new SmartReader.Reader(address.AbsoluteUri, Write(body, title)) { CharThreshold = ShortArticle, DisableJSONLD = true };
            var article = reader.GetArticle();
            return article.Completed ? Clean(HtmlText.ToText(article.Content)) : "";
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Somebody else's code on a stranger's page: whatever it throws, the page is read without it.
            return "";
        }
    }

    /// <summary>The block that is named as the article's body, when there is one.</summary>
    private static PageNode? Named(PageNode node)
    {
        var inside = node.Children.Where(c => c.HoldsBody).ToList();
        return node.IsBody ? node : inside.Count > 1 ? node : inside.Count == 1 ? Named(inside[0]) : null;
    }

    /// <summary>The smallest block that holds nearly all of the prose.</summary>
    private static PageNode Largest(PageNode node)
    {
        while (node.Children.Where(c => !c.IsLine).MaxBy(c => c.Prose) is { } child && child.Prose > 0 && child.Prose >= node.Prose * 0.8)
            node = child;

        return node;
    }

    /// <summary>
    /// The publisher's own statement of the text, where there is one, decides what belongs to it; the page's paragraphs are kept where they
    /// are the same, because the statement often has none.
    /// </summary>
    private static string Confirmed(string text, string said)
    {
        var key = PageWords.Key(said);
        if (key.Length < ShortestStatement)
            return text;

        var lines = text.Split('\n').Select(l => (Text: l, Key: PageWords.Key(l))).Where(l => l.Key.Length > 0).ToList();
        var confirmed = lines.Where(l => key.Contains(l.Key, StringComparison.Ordinal)).ToList();

        // A statement may be only the beginning, and then it says nothing of the rest: it is whole when it is as long as what was found, or
        // ends where one of several paragraphs ends.
        var isWhole = key.Length >= lines.Sum(l => l.Key.Length) * 0.7
            || (confirmed.Count(l => l.Key.Length >= 25) >= 2 && confirmed.Exists(l => l.Key.Length >= 25 && key.EndsWith(l.Key, StringComparison.Ordinal)));
        return !isWhole ? text
            : confirmed.Sum(l => l.Key.Length) >= key.Length * 0.9 ? string.Join('\n', confirmed.Select(l => l.Text))
            : Clean(said);
    }

    private static string Clean(string text) => string.Join('\n', text.Split('\n').Where(l => !PageWords.PointsElsewhere(l)));

    private static bool IsSmall(PageNode node)
    {
        var count = 0;
        return node.Letters <= MostLetters && Count(node);

        bool Count(PageNode at) => at.Children.Count <= MostChildren && at.Parts.Count <= MostChildren && (count += at.Children.Count + at.Parts.Count) <= MostForReader && at.Children.All(Count);
    }

    /// <summary>As little HTML as says the same: what is handed on is no longer the page's.</summary>
    private static string Write(PageNode body, string title)
    {
        var html = new StringBuilder("<html><head><title>").Append(WebUtility.HtmlEncode(title)).Append("</title></head><body>");
        foreach (var child in body.Children)
            Write(child);

        return html.Append("</body></html>").ToString();

        void Write(PageNode node)
        {
            if (node.IsLine)
            {
                html.Append("<p>");
                foreach (var part in node.Parts)
                {
                    var encoded = WebUtility.HtmlEncode(part.Text.ToString());
                    html.Append(part.IsLinked ? $"<a href=\"/\">{encoded}</a>" : encoded);
                }

                html.Append("</p>\n");
                return;
            }

            // A paragraph is its lines; it may not hold paragraphs.
            var name = node.Name is "p" ? null : node.Name is "ul" or "ol" or "li" or "article" or "section" or "blockquote" || node.IsHeading ? node.Name : "div";
            if (name is not null)
            {
                html.Append('<').Append(name);
                if (node.Hints.Length > 0)
                    html.Append(" class=\"").Append(WebUtility.HtmlEncode(node.Hints)).Append('"');
                html.Append('>');
            }

            foreach (var child in node.Children)
                Write(child);

            if (name is not null)
                html.Append("</").Append(name).Append('>');
        }
    }
}
