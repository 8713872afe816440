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

    /// <param name="data">What structured data say, or null.</param>
    public static string Text(PageNode body, string title, LinkedData? data, Uri address)
    {
        var own = Largest(body).ToText();
        var read = IsSmall(body) ? Smart(body, title, address) : "";
        var text = Better(read, own);
        return data is null ? text : Confirmed(text, data.Body);
    }

    internal static string Smart(PageNode body, string title, Uri address)
    {
        try
        {
            // Its constructors that take the document fetch nothing; nor does what is called here.
            using var reader = new SmartReader.Reader(address.AbsoluteUri, PageTree.Write(body, title)) { CharThreshold = ShortArticle, DisableJSONLD = true };
            var article = reader.GetArticle();
            return article.Completed ? Clean(HtmlText.ToText(article.Content)) : "";
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Somebody else's code on a stranger's page: whatever it throws, the page is read without it.
            return "";
        }
    }

    /// <summary>The smallest block that holds nearly all of the prose.</summary>
    private static PageNode Largest(PageNode node)
    {
        while (node.Children.Where(c => !c.IsLine).MaxBy(c => c.Prose) is { } child && child.Prose > 0 && child.Prose >= node.Prose * 0.8)
            node = child;

        return node;
    }

    /// <summary>SmartReader's, unless it lost part of the article.</summary>
    private static string Better(string read, string own) => read.Length < own.Length * 0.8 ? own : read;

    /// <summary>
    /// The publisher's own statement of the text, where there is one, decides what belongs to it; the page's paragraphs are kept where they
    /// are the same, because the statement often has none.
    /// </summary>
    private static string Confirmed(string text, string said)
    {
        var key = PageWords.Key(said);
        if (key.Length < 150)
            return text;

        var lines = text.Split('\n');
        var confirmed = lines.Where(l => key.Contains(PageWords.Key(l), StringComparison.Ordinal)).ToList();
        var length = confirmed.Sum(l => PageWords.Key(l).Length);
        var all = PageWords.Key(text).Length;

        // A statement that is only the beginning says nothing of the rest.
        if (key.Length < all * 0.7)
            return text;

        return length >= key.Length * 0.9 ? string.Join('\n', confirmed) : Clean(said);
    }

    private static string Clean(string text) => string.Join('\n', text.Split('\n').Where(l => !PageWords.PointsElsewhere(l)));

    private static bool IsSmall(PageNode node)
    {
        var count = 0;
        return node.Letters <= MostLetters && Count(node);

        bool Count(PageNode at) => at.Children.Count <= MostChildren && at.Parts.Count <= MostChildren && (count += at.Children.Count + at.Parts.Count) <= MostForReader && at.Children.All(Count);
    }
}
