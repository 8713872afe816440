using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace NewsMonitor.Hits.Export;

/// <summary>
/// CSV as in RFC 4180, for spreadsheets: a line a hit, with a byte order mark, without which Excel shows Arabic as Latin letters. What a spreadsheet
/// would take for a formula gets an apostrophe before it.
/// </summary>
public sealed class HitTable(TextWriter output) : IHitFormat
{
    /// <summary>A cell of Excel holds 32,767.</summary>
    private const int LongestCell = 30_000;

    private const string Between = "; ";
    private const string BetweenSentences = " | ";

    /// <summary>The wide ones begin a formula where Chinese or Japanese is written.</summary>
    private static readonly char[] BeginFormulas = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

    private static readonly CsvConfiguration Configuration = new(CultureInfo.InvariantCulture)
    {
        NewLine = "\r\n",
        InjectionOptions = InjectionOptions.Escape,
        InjectionCharacters = BeginFormulas,
    };

    private readonly CsvWriter _csv = new(output, Configuration, leaveOpen: true);

    public static IReadOnlyList<string> Columns { get; } =
        ["id", "found", "published", "source", "sourceId", "title", "url", "language", "topics", "strength", "score", "rules", "sentence", "story"];

    public async Task BeginAsync()
    {
        await output.WriteAsync('\uFEFF');
        await WriteAsync(Columns);
    }

    public Task AddAsync(Hit hit, string story)
    {
        var article = hit.Article;
        return WriteAsync(
        [
            hit.Id,
            Time(hit.Found),
            Time(article.Published),
            article.SourceTitle,
            article.SourceId,
            article.Title,
            SafeText.Link(article.Url),
            article.Language,
            string.Join(Between, hit.Topics.Select(topic => topic.Topic)),
            hit.IsCurrent ? hit.Topics.Max(topic => topic.Strength).Key() : "",
            hit.IsCurrent ? hit.Topics.Max(topic => topic.Score).ToString("0.##", CultureInfo.InvariantCulture) : "",
            string.Join(Between, hit.Topics.SelectMany(topic => topic.Mentions.Select(mention => $"{topic.Topic}/{mention.Rule}")).Distinct()),
            string.Join(BetweenSentences, HitSentences.Of(hit)),
            story,
        ]);
    }

    public async Task EndAsync()
    {
        await _csv.FlushAsync();
        await output.FlushAsync();
    }

    public ValueTask DisposeAsync() => _csv.DisposeAsync();

    private async Task WriteAsync(IEnumerable<string?> cells)
    {
        foreach (var cell in cells)
            _csv.WriteField(SafeText.Line(cell, LongestCell));
        await _csv.NextRecordAsync();
    }

    private static string? Time(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
