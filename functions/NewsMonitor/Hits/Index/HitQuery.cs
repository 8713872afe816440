using System.Globalization;
using NewsMonitor.Sources;
using NewsMonitor.Topics;

namespace NewsMonitor.Hits.Index;

/// <summary>What hits somebody wants to see, newest first. What is null or empty does not narrow it.</summary>
/// <param name="First">UTC days, inclusive, of when hits were found.</param>
public sealed record HitQuery(DateOnly First, DateOnly Last)
{
    /// <summary>Ids; any of them.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <summary>Ids; any of them.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>Of the topic that is asked for, or of any.</summary>
    public Strength MinimumStrength { get; init; } = Strength.Possible;

    /// <summary>All of these words, however they are spelled, in title or text.</summary>
    public string Words { get; init; } = "";

    /// <summary>Ids of the hits to choose from.</summary>
    public IReadOnlyCollection<string>? Ids { get; init; }

    /// <summary>Also those that no topic matches any more.</summary>
    public bool All { get; init; }

    /// <summary>The cursor of the page before.</summary>
    public HitCursor? After { get; init; }

    public int Size { get; init; } = 20;

    /// <summary>False for a hit that was found by words which it lacks: the index has but hashes of them. Of what is left out of an excerpt, the index is believed.</summary>
    public bool HasWords(Hit hit) => hit.Article.Kept == TextKept.Excerpt || WordSet.Stand(Words, hit.Article.Title, hit.Article.Text);

    internal bool Wants(HitRow row, IReadOnlyList<int> words) =>
        row.Day >= First && row.Day <= Last
        && (Ids is null || Ids.Contains(row.Id))
        && (Sources.Count == 0 || Sources.Contains(row.Source, StringComparer.Ordinal))
        && (row.IsCurrent ? row.Topics.Any(Wants) : All && Topics.Count == 0)
        && (After is null || After.IsBefore(row))
        && WordSet.Has(row.Words, words);

    private bool Wants(RowTopic topic) =>
        topic.Strength >= MinimumStrength && (Topics.Count == 0 || Topics.Contains(topic.Topic, StringComparer.Ordinal));
}

/// <summary>
/// Where a page of hits ends: what comes next is older, or of the same instant with a greater id. So hits that come in meanwhile neither shift nor
/// repeat anything.
/// </summary>
public sealed record HitCursor(DateTimeOffset Found, string Id)
{
    private const string Format = "yyyyMMdd'T'HHmmss.fffffff'Z'";

    public static HitCursor Of(HitRow row) => new(row.Found, row.Id);

    /// <summary>Null for what is no cursor.</summary>
    public static HitCursor? Parse(string text) =>
        text.Split('-') is [var found, { Length: > 0 and <= 64 } id]
        && DateTimeOffset.TryParseExact(found, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? new HitCursor(at, id)
            : null;

    public override string ToString() => $"{Found.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture)}-{Id}";

    public bool IsBefore(HitRow row) => row.Found < Found || (row.Found == Found && string.CompareOrdinal(row.Id, Id) > 0);
}

/// <summary>Some hits, newest first.</summary>
/// <param name="Next">For the next page; null on the last.</param>
public sealed record HitPage(IReadOnlyList<HitRow> Rows, HitCursor? Next);
