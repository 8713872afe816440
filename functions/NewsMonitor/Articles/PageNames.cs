using System.Collections.Frozen;

namespace NewsMonitor.Articles;

/// <summary>What the makers of sites call the parts of a page, in classes, ids and roles: related-posts, relatedPosts and related_posts are one name.</summary>
internal static class PageNames
{
    private const int MostWords = 3;
    private const int LongestName = 60;

    /// <summary>A name of so many words is a title made into an id, and its words name nothing.</summary>
    private const int Slug = 5;

    private const string OffScreen = "screenreader screenreadertext visuallyhidden sronly";

    private static readonly FrozenSet<string> ForReadersAloud = Set(OffScreen);

    /// <summary>Never the article, whatever else the name says: one to three words that follow each other in a name.</summary>
    private static readonly FrozenSet<string> Other = Set(
        "related relatedpost relatedposts relatednews relatedarticles relatedtopics relatedstories relatedlinks relatedcontent yarpp readalso alsoread",
        "checkalso checkalsobox seealso seealsos readmore morenews morearticles morestories moreposts morefrom moreon morein morelinks mostread mostviewed mostpopular mostwatched",
        "mostshared mostvisited mostcommented topread topnews topstories popular popularposts popularnews trending trend trends latestnews latestposts",
        "latestarticles lastnews lastposts recentnews recentposts othernews upnext nextarticle nextpost",
        "ticker newsticker tickernews marquee breaking breakingnews urgent urgentnews newsbar",
        "share shares sharing sharebar sharebuttons sharetools sharedaddy shareicons social socials socialmedia socialshare socialicons addtoany addthis a2a follow followus",
        "breadcrumb breadcrumbs tags taglist taglinks tagcloud tagbox posttags articletags newstags keywords taxonomy",
        "newsletter subscribe subscription subscriptions cookie cookies cookiebar gdpr consent ccpa privacy popup modal lightbox overlay toast snackbar",
        "nav navbar navigation menu submenu megamenu offcanvas drawer sidebar sidemenu sidecolumn rightcolumn leftcolumn widget widgets footer copyright copyrights masthead topbar",
        "pagination pager pagenumbers prevnext postnavigation ad ads adv advert adverts advertisement advertisements advertising banner banners sponsor sponsored sponsors promo promos promoted promotion",
        "outbrain taboola mgid dianomi revcontent recommend recommended recommendation recommendations suggest suggested suggestion suggestions youmay youmayalso youmayalsolike",
        "authorbox authorbio authorinfo aboutauthor print toolbar poll polls vote voting survey rating ratings weather prayertime prayertimes currency currencies stocks",
        "login signin signup register registration search searchform skiplink skiptocontent " + OffScreen,
        "apppromo appdownload appbanner telegram whatsapp googlenews");

    /// <summary>The article's own text, as the common systems call it.</summary>
    private static readonly FrozenSet<string> Body = Set(
        "articlebody articlecontent articletext articlewysiwyg articledetails articledetail entrycontent postcontent postbody posttext storybody storycontent storytext",
        "newsbody newscontent newstext newsdetails newsdetail singlecontent singletext fieldbody fieldnamebody tdpostcontent bodytext bodycontent contentbody maintext wysiwyg",
        "fulltext blogcontent detailstext detailscontent detailsbody textbody paragraphwrapper contentdetails newsarticle itemfulltext");

    /// <summary>Readers' comments, as whole names: comments-open tells of an article that may be commented.</summary>
    private static readonly FrozenSet<string> Comments = Set(
        "comment comments commentlist commentslist commentarea commentsarea commentsection commentssection commentbox commentsbox commentcontainer commentscontainer",
        "commentwrapper commentswrapper commentform commentsform disqus disqusthread fbcomments facebookcomments respond replies usercomments readerscomments");

    /// <param name="hints">Names in small letters, with spaces between.</param>
    public static bool NamesOther(string hints) => Any(hints, Other, MostWords);

    public static bool NamesOffScreen(string hints) => Any(hints, ForReadersAloud, MostWords);

    public static bool NamesBody(string hints) => Any(hints, Body, MostWords);

    public static bool NamesComments(string hints) => Any(hints, Comments, 0);

    private static FrozenSet<string> Set(params string[] lines) => lines.SelectMany(l => l.Split(' ')).ToFrozenSet(StringComparer.Ordinal);

    /// <param name="words">So many words are joined at most; 0 for a whole name.</param>
    private static bool Any(string hints, FrozenSet<string> set, int words)
    {
        var names = set.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<char> joined = stackalloc char[LongestName];
        Span<int> starts = stackalloc int[LongestName + 1];
        foreach (var range in hints.AsSpan().Split(' '))
        {
            var (length, count, isInWord) = (0, 0, false);
            foreach (var c in hints.AsSpan()[range])
            {
                if (char.IsAsciiLetterOrDigit(c) && length < LongestName)
                {
                    if (!isInWord)
                        starts[count++] = length;

                    joined[length++] = c;
                    isInWord = true;
                }
                else
                {
                    isInWord = false;
                }
            }

            if (words == 0 && names.Contains(joined[..length]))
                return true;

            starts[count] = length;
            if (count >= Slug && !hints.AsSpan()[range].Contains("block", StringComparison.Ordinal))
                continue;

            for (var first = 0; first < count; first++)
            {
                for (var last = first; last < Math.Min(count, first + words); last++)
                {
                    if (names.Contains(joined[starts[first]..starts[last + 1]]))
                        return true;
                }
            }
        }

        return false;
    }
}
