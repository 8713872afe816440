using System.Globalization;
using System.Text;
using NewsMonitor.Articles;
using NewsMonitor.Feeds;
using NewsMonitor.Tests.Unit.Articles.Pages;

namespace NewsMonitor.Tests.Unit.Articles;

/// <summary>
/// What is found of an article in pages like those of Arabic sites, by words. Precision counts more than the last paragraph: what stands
/// around an article names what we look for, and would be a false hit.
/// </summary>
public sealed class PageQualityTests
{
    private static readonly Uri Address = new("https://site.example/news/77");

    private static readonly Dictionary<string, Func<Story, string>> Sites = new()
    {
        ["wordpress"] = CommonSystems.WordPress,
        ["newspaper"] = CommonSystems.NewspaperTheme,
        ["jannah"] = CommonSystems.Jannah,
        ["drupal"] = CommonSystems.Drupal,
        ["blogger"] = CommonSystems.Blogger,
        ["amp"] = CommonSystems.Amp,
        ["channel"] = LargeOutlets.Channel,
        ["broadcaster"] = LargeOutlets.Broadcaster,
        ["agency"] = LargeOutlets.Agency,
        ["application"] = LargeOutlets.Application,
        ["live blog"] = LargeOutlets.LiveBlog,
        ["folded"] = LargeOutlets.Folded,
        ["tables"] = OldSites.Tables,
        ["line breaks"] = OldSites.LineBreaks,
        ["unclosed"] = OldSites.Unclosed,
        ["bootstrap"] = OldSites.Bootstrap,
        ["commented"] = OldSites.Commented,
        ["figures"] = OldSites.Figures,
        ["wrapped"] = OldSites.Wrapped,
    };

    public static TheoryData<string, string> Pages =>
    [
        .. from site in Sites.Keys
           from story in (string[])["floods", "market", "brief"]
           select new TheoryDataRow<string, string>(site, story),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_gives_its_article_and_nothing_of_what_stands_around(string site, string story)
    {
        var (text, body) = (Read(site, story).Text, Find(story).Body);
        var (precision, recall) = Compare(text, body);


        // A title or a telephone number is much beside two sentences, and does no harm.
        Assert.True(precision >= (story == "brief" ? 0.75 : 0.9) && recall >= 0.95, $"precision {precision:F2}, recall {recall:F2}:\n{text}");
        Assert.All(Around.Marks, mark => Assert.DoesNotContain(mark, text, StringComparison.Ordinal));
    }

    [Fact]
    public void Cleaning_pays()
    {
        var pages = Sites.SelectMany(site => new[] { Story.Floods, Story.Market, Story.Brief }.Select(story => (site.Key, story))).ToList();
        var table = new StringBuilder();
        var ours = Mean(p => Read(p.Key, p.story.Slug).Text);
        var theirs = Mean(p => Alone(Sites[p.Key](p.story)));
        Assert.True(ours.F >= 0.98, $"ours {ours}, SmartReader alone {theirs}\n{table}");
        Assert.True(ours.Clean == 1 && theirs.Clean < 0.7, $"ours {ours}, SmartReader alone {theirs}\n{table}");
        TestContext.Current.TestOutputHelper?.WriteLine($"ours {ours}, SmartReader alone {theirs}\n{table}");

        (double Precision, double Recall, double F, double Clean) Mean(Func<(string Key, Story story), string> read)
        {
            var scores = pages.Select(page =>
            {
                var text = read(page);
                var (p, r) = Compare(text, page.story.Body);
                var isClean = !Around.Marks.Any(m => text.Contains(m, StringComparison.Ordinal));
                table.AppendLine(CultureInfo.InvariantCulture, $"{page.Key,-12} {page.story.Slug,-7} {p:F2} {r:F2} {isClean}");
                return (p, r, f: p + r == 0 ? 0 : 2 * p * r / (p + r), clean: isClean ? 1.0 : 0);
            }).ToList();
            return (scores.Average(s => s.p), scores.Average(s => s.r), scores.Average(s => s.f), scores.Average(s => s.clean));
        }
    }

    private static Story Find(string slug) => new[] { Story.Floods, Story.Market, Story.Brief }.Single(s => s.Slug == slug);

    private static PageText Read(string site, string story)
    {
        var html = Sites[site](Find(story));
        _ = FeedText.Decode([], null);
        var encoding = html.Contains("windows-1256", StringComparison.Ordinal) ? Encoding.GetEncoding("windows-1256") : Encoding.UTF8;
        return ArticlePage.Read(encoding.GetBytes(html), null, Address);
    }

    private static string Alone(string html)
    {
        using var reader = new SmartReader.Reader(Address.AbsoluteUri, html);
        return HtmlText.ToText(reader.GetArticle().Content);
    }

    /// <summary>By words, each as often as it stands in both.</summary>
    private static (double Precision, double Recall) Compare(string text, string wanted)
    {
        var (found, sought) = (Words(text), Words(wanted));
        double common = found.Sum(w => Math.Min(w.Value, sought.GetValueOrDefault(w.Key)));
        return (common / Math.Max(1, found.Values.Sum()), common / sought.Values.Sum());
    }

    private static Dictionary<string, int> Words(string text) =>
        new string([.. text.Select(c => char.IsLetterOrDigit(c) ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .GroupBy(w => w).ToDictionary(g => g.Key, g => g.Count());
}
