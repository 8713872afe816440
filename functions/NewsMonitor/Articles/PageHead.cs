using System.Text;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;
using NewsMonitor.Feeds;

namespace NewsMonitor.Articles;

/// <summary>What a page says of itself: in its head, in structured data, and in the times it shows.</summary>
/// <param name="address">Where the page was found.</param>
internal sealed class PageHead(Uri address)
{
    private const int MaximumMetas = 200;
    private const int MaximumTimes = 20;
    private const int MaximumTitle = 1_000;
    private const int MaximumData = 1_500_000;

    /// <summary>In the order of trust.</summary>
    private static readonly string[] PublishedNames =
    [
        "article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date", "sailthru.date", "dc.date.issued",
        "dcterms.created", "dc.date", "pubdate", "publishdate", "publish-date", "publication_date", "date",
    ];

    private readonly Dictionary<string, string> metas = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> canonicals = [];
    private readonly List<string> times = [];
    private readonly StringBuilder data = new();
    private readonly StringBuilder title = new();
    private readonly List<string> scripts = [];
    private bool isInTitle;
    private bool isOver;

    /// <summary>One line; empty when the page has none.</summary>
    public string Title => HtmlText.ToLine(metas.GetValueOrDefault("og:title") is { Length: > 0 } shared ? shared : title.ToString());

    /// <summary>Of the window, with the site's name around it.</summary>
    public string WindowTitle => HtmlText.ToLine(title.ToString());

    /// <summary>JSON-LD, a document a script.</summary>
    public IReadOnlyList<string> Data => scripts;

    public string Kind => metas.GetValueOrDefault("og:type", "");

    public void Read(HtmlTagToken tag)
    {
        var name = tag.Name;
        var isStart = tag.Type is HtmlTokenType.StartTag;
        if (name == "title")
        {
            isInTitle = isStart && !isOver && title.Length == 0;
            return;
        }

        isInTitle = false;

        // What is said further down may be said by a reader's comment.
        isOver |= name == "body" || (name == "head" && !isStart) || (isStart && name is "div" or "p" or "header" or "main" or "article" or "h1" or "table");
        if (!isStart)
            return;

        if (name == "meta" && !isOver && metas.Count < MaximumMetas)
            ReadMeta(tag);
        else if (name == "meta" && isOver && times.Count < MaximumTimes && tag.GetAttribute("itemprop") == "datePublished")
            times.Add(tag.GetAttribute("content"));
        else if (name == "link" && !isOver && tag.GetAttribute("rel").Split(' ').Contains("canonical", StringComparer.OrdinalIgnoreCase))
            canonicals.Add(tag.GetAttribute("href").Trim());
        else if (name == "time" && times.Count < MaximumTimes && IsPublished(tag))
            times.Add(tag.GetAttribute("datetime"));
    }

    /// <summary>True when the text is the head's, and not the page's.</summary>
    public bool ReadText(string text)
    {
        if (isInTitle && title.Length < MaximumTitle)
            title.Append(text.AsSpan(0, Math.Min(text.Length, MaximumTitle)));

        return isInTitle;
    }

    public void ReadHidden(HtmlTagToken tag, string text)
    {
        if (tag.Name == "script" && tag.GetAttribute("type").Contains("ld+json", StringComparison.OrdinalIgnoreCase)
            && data.Length + text.Length <= MaximumData)
        {
            data.Append(text);
            scripts.Add(text);
        }
    }

    /// <summary>
    /// The page's address as the page gives it, when it is one of the same site: an article is known by its address, and a page that could
    /// name any would take the place of a stranger's article before that is read. Null as well when the page names several, or the site.
    /// </summary>
    public string? CanonicalAddress()
    {
        var named = canonicals.Count > 0 ? canonicals : metas.TryGetValue("og:url", out var shared) ? [shared.Trim()] : [];
        var own = CanonicalUrl.Of(address.AbsoluteUri);
        var found = named.Select(Absolute).Distinct().ToList();
        return found is [{ } one] && own is not null && Site(one) == Site(own) && !CanonicalUrl.IsSiteRoot(one) ? one : null;
    }

    /// <param name="structured">The date that structured data give, as written.</param>
    public DateTimeOffset? Published(string? structured, TimeZoneInfo zone)
    {
        var said = PublishedNames.Take(2).Select(n => metas.GetValueOrDefault(n)).Append(structured)
            .Concat(PublishedNames.Skip(2).Select(n => metas.GetValueOrDefault(n)))
            .Append(times.Distinct().ToList() is [var only] ? only : null);
        return said.Select(text => FeedDates.Parse(text, zone)).FirstOrDefault(date => date is not null);
    }

    private string? Absolute(string named) => WebAddress.TryRead(named, address, out var absolute) ? CanonicalUrl.Of(absolute.AbsoluteUri) : null;

    private void ReadMeta(HtmlTagToken tag)
    {
        var name = tag.GetAttribute("property") is { Length: > 0 } property ? property
            : tag.GetAttribute("name") is { Length: > 0 } plain ? plain
            : tag.GetAttribute("itemprop");
        if (name.Length is > 0 and < 100)
            metas.TryAdd(name, tag.GetAttribute("content"));
    }

    private static bool IsPublished(HtmlTagToken tag) =>
        tag.GetAttribute("datetime").Length > 0
        && (tag.GetAttribute("itemprop").Contains("datePublished", StringComparison.OrdinalIgnoreCase)
            || tag.Attributes.Any(a => a.Name == "pubdate")
            || tag.GetAttribute("class").Split(' ').Any(c => c is "published" or "entry-date" or "date-published" or "publish-date" or "post-date"));

    /// <summary>Host and port, without www, mobile and AMP: subdomains may be strangers to each other.</summary>
    private static string Site(string canonical)
    {
        var key = CanonicalUrl.Key(canonical);
        return key[..(key.IndexOfAny(['/', '?']) is >= 0 and var end ? end : key.Length)];
    }
}
