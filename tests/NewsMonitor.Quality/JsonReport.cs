using System.Text.Json;
using NewsMonitor.Storage;

namespace NewsMonitor.Quality;

/// <summary>The result for machines: one JSON object.</summary>
public static class JsonReport
{
    public static string Of(Result result) => SafeText.Json(JsonSerializer.Serialize(
        new
        {
            topics = result.All.Select(Of),
            files = result.Files.Select(f => new { f.File, f.Unsure, topics = f.Topics.Select(Of) }),
            findings = result.Findings.Select(f => new
            {
                fault = JsonNamingPolicy.CamelCase.ConvertName(f.Fault.ToString()),
                f.Topic,
                f.Article.File,
                f.Article.Id,
                f.Article.Title,
                quotes = f.Quotes.Select(q => q.Text),
                f.Mentions,
            }),
        },
        Documents.Compact));

    private static object Of(TopicScore s) => new
    {
        s.Topic,
        s.Scored,
        s.Tally.Found,
        s.Tally.Missed,
        s.Tally.Alarms,
        s.Tally.Precision,
        s.Tally.Recall,
        s.Tally.F1,
        mentions = s.Mentions is { } m ? new { m.Quoted, m.Met, m.Marked, m.Right, m.Precision, m.Recall } : null,
        s.Unlabelled,
        s.UnlabelledAlarms,
        f1WithUnlabelledAlarms = s.Strict.F1,
    };
}
