using System.ComponentModel.DataAnnotations;

namespace NewsMonitor.Articles;

/// <summary>When the pages behind items are read.</summary>
public sealed class ArticleOptions
{
    public const string Section = "Articles";

    /// <summary>A feed's text of fewer characters than this is taken for a summary, and the page is read (where a source's mode is auto).</summary>
    [Range(0, 100_000, ErrorMessage = "Articles:ShortText is under how many characters of text the page is read: a whole number from 0 to 100000.")]
    public int ShortText { get; set; } = 600;

    /// <summary>Pages that one poll of a shard reads; the others are left for the next.</summary>
    [Range(0, 1_000, ErrorMessage = "Articles:PagesPerPoll is how many pages a poll of one shard reads: a whole number from 0 to 1000.")]
    public int PagesPerPoll { get; set; } = 40;

    /// <summary>Of these, pages of one host.</summary>
    [Range(0, 1_000, ErrorMessage = "Articles:PagesPerHost is how many pages of one host a poll of one shard reads: a whole number from 0 to 1000.")]
    public int PagesPerHost { get; set; } = 10;

    /// <summary>Items older than this when they are first seen are matched by what the feed says.</summary>
    [Range(1, 365, ErrorMessage = "Articles:OldestDays is up to what age the pages of new items are read: days from 1 to 365.")]
    public int OldestDays { get; set; } = 3;
}
