using NewsMonitor.Articles;
using NewsMonitor.Topics;

namespace NewsMonitor.Hits;

/// <summary>The evidence: one article that matched, written once as <c>hits/yyyy/MM/dd/&lt;id&gt;.json</c>.</summary>
/// <param name="Schema">Of this document; readers refuse what is newer than they know.</param>
/// <param name="Id">The article's id.</param>
/// <param name="TopicsVersion">SHA-256 of the topics file that matched, lower-case hexadecimal.</param>
public sealed record Hit(
    int Schema, string Id, DateTimeOffset Found, string TopicsVersion, IReadOnlyList<TopicMatch> Topics, Article Article)
{
    public const int CurrentSchema = 1;
}
