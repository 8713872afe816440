using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using NewsMonitor.Articles;
using NewsMonitor.Digests;
using NewsMonitor.Hits;
using NewsMonitor.Pipeline;
using NewsMonitor.Storage;
using NewsMonitor.Topics;

namespace NewsMonitor.Cli;

/// <summary>Prints what a backfill finds while it finds it, and adds it up.</summary>
internal sealed class BackfillReport(TextWriter output, TextWriter error, bool json, bool showsProgress)
{
    /// <summary>Sentences shown for one side of a difference.</summary>
    private const int MostQuotes = 3;

    private const int QuoteLength = 400;
    private static readonly TimeSpan ProgressPause = TimeSpan.FromMilliseconds(250);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly SortedDictionary<string, int[]> _byTopic = new(StringComparer.Ordinal);
    private int _read, _newHits, _revised, _lost;
    private TimeSpan _nextProgress;
    private bool _isProgressShown;

    public int Problems { get; private set; }

    public void Add(Rematch rematch)
    {
        _read += rematch.Article is null ? 0 : 1;
        if (rematch.Problem is { } problem)
        {
            Problems++;
            HideProgress();
            error.WriteLine($"{SafeText.Line(rematch.Where, 1000)}: {SafeText.Line(problem, 500)}");
        }

        if (rematch.Changes.Count > 0)
            Count(rematch);
        foreach (var change in rematch.Changes)
        {
            HideProgress();
            output.WriteLine(json ? Json(rematch, change) : Block(rematch, change));
        }

        ShowProgress();
    }

    /// <param name="files">None when stored hits were read.</param>
    public void Summarize(TopicRules topics, int files, bool written, bool stopped)
    {
        HideProgress();
        var summary = json ? error : output;
        var what = files == 0 ? Some(_read, "stored hit") : $"{Some(_read, "article")} of {Some(files, "file")}";
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
        var sums = change.Kind == ChangeKind.Changed ? $"{Sum(change.Before!)} -> {Sum(change.After!)}" : Sum((change.After ?? change.Before)!);
        var lines = new List<string>
        {
            $"{change.Kind.Key(),-8} {Date(article)}  {SafeText.Line(article.SourceTitle, 40)}: {SafeText.Line(article.Title, 200)}",
            $"  {change.Topic}  {sums}  {(rematch.IsNew ? "new hit" : "hit")} {article.Id}  {SafeText.Line(rematch.Where, 300)}",
        };
        lines.AddRange(Quotes('-', [.. change.LostMentions]));
        lines.AddRange(Quotes('+', [.. change.AddedMentions]));
        // The same mentions, and another sum.
        if (lines.Count == 2)
            lines.AddRange(Quotes('=', change.After?.Mentions ?? []));
        return string.Join('\n', lines) + "\n";
    }

    private static IEnumerable<string> Quotes(char sign, IReadOnlyList<Mention> mentions)
    {
        var sentences = mentions.GroupBy(mention => (mention.Rule, mention.Field, mention.Sentence)).ToList();
        foreach (var sentence in sentences.Take(MostQuotes))
        {
            var marked = MarkedText.Mark(sentence.Key.Sentence, sentence, QuoteLength);
            yield return $"  {sign} {sentence.Key.Rule} ({sentence.Key.Field}): "
                + string.Concat(marked.Runs.Select(run => run.Marked ? $"[{run.Text}]" : run.Text));
        }

        if (sentences.Count > MostQuotes)
            yield return $"  {sign} and {sentences.Count - MostQuotes} more";
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

    private static string Sum(TopicMatch match) => string.Create(CultureInfo.InvariantCulture, $"{match.Strength.Key()} {match.Score:0.##}");

    private static string Date(Article article) =>
        (article.Published ?? article.Fetched).UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);

    private static string Some(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {noun}{(count == 1 ? "" : "s")}");

    private void ShowProgress()
    {
        if (!showsProgress || _clock.Elapsed < _nextProgress)
            return;
        _nextProgress = _clock.Elapsed + ProgressPause;
        _isProgressShown = true;
        var perSecond = _read / Math.Max(0.001, _clock.Elapsed.TotalSeconds);
        error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{_read:N0} read, {perSecond:N0} a second\u001b[K"));
    }

    private void HideProgress()
    {
        if (!_isProgressShown)
            return;
        _isProgressShown = false;
        error.Write("\r\u001b[K");
    }
}
