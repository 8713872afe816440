using System.Globalization;
using System.Text.Json;
using NewsMonitor.Articles;
using NewsMonitor.Hits;
using NewsMonitor.Pipeline;
using NewsMonitor.Storage;
using NewsMonitor.Topics;

namespace NewsMonitor.Cli;

/// <summary>Prints what a backfill finds while it finds it, and adds it up.</summary>
internal sealed class BackfillReport(TextWriter output, TextWriter error, bool json, bool showsProgress)
{
    private readonly Progress _progress = new(error, showsProgress, "read");
    private readonly SortedDictionary<string, int[]> _byTopic = new(StringComparer.Ordinal);
    private int _read, _newHits, _revised, _lost;

    public int Problems { get; private set; }

    public void Add(Rematch rematch)
    {
        _read += rematch.Article is null ? 0 : 1;
        if (rematch.Problem is { } problem)
        {
            Problems++;
            _progress.Hide();
            error.WriteLine($"{SafeText.Line(rematch.Where, 1000)}: {SafeText.Line(problem, 500)}");
        }

        if (rematch.Changes.Count > 0)
            Count(rematch);
        foreach (var change in rematch.Changes)
        {
            _progress.Hide();
            output.WriteLine(json ? Json(rematch, change) : Block(rematch, change));
        }

        _progress.Show(_read);
    }

    /// <param name="files">None when stored hits were read.</param>
    public void Summarize(TopicRules topics, int files, bool written, bool stopped)
    {
        _progress.Hide();
        var summary = json ? error : output;
        var what = files == 0 ? Amount.Of(_read, "stored hit") : $"{Amount.Of(_read, "article")} of {Amount.Of(files, "file")}";
        summary.WriteLine($"{(stopped ? "stopped: " : "")}{what} read, topics {topics.Version[..8]}");
        if (_byTopic.Count > 0)
        {
            var width = _byTopic.Keys.Max(topic => topic.Length);
            summary.WriteLine($"{new string(' ', width)}  {"added",7} {"lost",7} {"changed",7}");
            foreach (var (topic, counts) in _byTopic)
                summary.WriteLine($"{topic.PadRight(width)}  {counts[0],7} {counts[1],7} {counts[2],7}");
        }

        summary.WriteLine($"new hits: {_newHits}, stored hits that differ: {_revised}, of which no topic matches any more: {_lost}");
        if (Problems > 0)
            summary.WriteLine($"problems: {Problems}, told above");
        summary.WriteLine(
            written ? "written; nobody is told of it" + (stopped ? ". Run it again to go on" : "")
            : "nothing was written; run again with --write");
    }

    private void Count(Rematch rematch)
    {
        if (rematch.IsNew)
            _newHits++;
        else
            _revised++;
        _lost += rematch.IsCurrent ? 0 : 1;
        foreach (var change in rematch.Changes)
        {
            if (!_byTopic.TryGetValue(change.Topic, out var counts))
                _byTopic[change.Topic] = counts = new int[3];
            counts[(int)change.Kind]++;
        }
    }

    private static string Block(Rematch rematch, TopicChange change)
    {
        var article = rematch.Article!;
        var lines = new List<string>
        {
            $"{change.Kind.Key(),-8} {Date(article)}  {SafeText.Line(article.SourceTitle, 40)}: {SafeText.Line(article.Title, 200)}",
            $"  {change.Topic}  {ShownMatch.Sums(change)}  {(rematch.IsNew ? "new hit" : "hit")} {article.Id}  {SafeText.Line(rematch.Where, 300)}",
        };
        lines.AddRange(ShownMatch.Difference(change));
        return string.Join('\n', lines) + "\n";
    }

    private static string Json(Rematch rematch, TopicChange change)
    {
        var article = rematch.Article!;
        return SafeText.Json(JsonSerializer.Serialize(
            new
            {
                What = change.Kind.Key(),
                rematch.IsNew,
                rematch.Where,
                Hit = article.Id,
                Date = article.Published,
                Source = article.SourceTitle,
                article.Title,
                article.Url,
                change.Topic,
                change.Before,
                change.After,
            },
            Documents.Compact));
    }

    private static string Date(Article article) =>
        (article.Published ?? article.Fetched).UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
}
