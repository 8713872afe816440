using System.Globalization;
using NewsMonitor.Topics;

namespace NewsMonitor.Quality;

/// <summary>The result for people: what to read first, then the figures.</summary>
public static class TextReport
{
    private const int ContextLength = 80, LongestText = 600;

    public static void Write(Result result, bool showMentions, TextWriter output)
    {
        var shown = result.Findings.Where(f => showMentions || f.Fault is not (Fault.MentionMissed or Fault.MentionAlarm));
        foreach (var finding in shown.OrderBy(f => f.Fault))
            Write(finding, output);
        output.WriteLine($"{"",-30} {"scored",7} {"about",6} {"found",6} {"missed",6} {"alarms",6}  precision  recall      F1");
        foreach (var (file, unsure, topics) in result.Files)
        {
            output.WriteLine(SafeText.Line(file) + (unsure > 0 ? $"  ({unsure} unsure, not scored)" : ""));
            foreach (var topic in topics)
                Write(topic, output);
        }

        output.WriteLine("all");
        foreach (var topic in result.All)
            Write(topic, output);
    }

    private static void Write(TopicScore score, TextWriter output)
    {
        if (score.Scored > 0)
            Write(score.Topic, score.Scored, score.Tally, output);
        if (score.Mentions is { } m)
        {
            output.WriteLine(
                $"    its mentions: {m.Met} of {m.Quoted} quotes found (recall {Rate(m.Recall)}), "
                + $"{m.Right} of {m.Marked} mentions right (precision {Rate(m.Precision)})");
        }

        if (score.Unlabelled > 0)
        {
            output.WriteLine($"    {score.Topic}: {score.UnlabelledAlarms} found in {score.Unlabelled} articles without labels");
            if (score.UnlabelledAlarms > 0 && score.Scored > 0)
                Write("  with these as alarms", score.Scored + score.Unlabelled, score.Strict, output);
        }
    }

    private static void Write(string name, int scored, Tally t, TextWriter output) => output.WriteLine(
        $"  {name,-28} {scored,7} {t.Found + t.Missed,6} {t.Found,6} {t.Missed,6} {t.Alarms,6}  {Rate(t.Precision),9}  {Rate(t.Recall),6}  {Rate(t.F1),6}");

    public static string Rate(double? rate) => rate?.ToString("F3", CultureInfo.InvariantCulture) ?? "–";

    private static void Write(Finding finding, TextWriter output)
    {
        var article = finding.Article;
        output.WriteLine($"{Name(finding.Fault)}  {finding.Topic}  {article.File} {SafeText.Line(article.Id)}  {SafeText.Line(article.Title)}");
        foreach (var quote in finding.Quotes)
            output.WriteLine($"    should be found: {SafeText.Line(InContext(article, quote.Text), LongestText)}");
        if (finding.Fault == Fault.Missed && finding.Quotes.Count == 0)
            output.WriteLine($"    {SafeText.Line(article.Text, LongestText)}");
        foreach (var mention in finding.Mentions)
        {
            string strength = mention.Strength.ToString()!.ToLowerInvariant(), sentence = mention.Sentence;
            output.WriteLine($"    {mention.Rule} ({strength}, {mention.Field} {mention.Start}-{mention.End}): [{SafeText.Line(mention.Text)}]");
            output.WriteLine($"      {SafeText.Line(sentence.Replace(mention.Text, $"[{mention.Text}]", StringComparison.Ordinal), LongestText + 100)}");
            output.WriteLine($"      because {string.Join(", ", (mention.Because ?? []).Select(Because))}");
        }

        output.WriteLine();
    }

    private static string Because(Reason reason) => $"{reason.Place} {SafeText.Line(reason.Set, 60)}: {SafeText.Line(reason.Text, 60)}";

    private static string Name(Fault fault) => fault switch
    {
        Fault.Missed => "MISSED",
        Fault.Alarm => "FALSE ALARM",
        Fault.UnlabelledAlarm => "FOUND, NOT LABELLED",
        Fault.MentionMissed => "MISSED MENTION",
        _ => "FALSE MENTION",
    };

    /// <summary>The words in brackets, with what stands before and after them.</summary>
    public static string InContext(JudgedArticle article, string words)
    {
        string field = article.Title.Contains(words, StringComparison.Ordinal) ? article.Title : article.Text;
        int at = field.IndexOf(words, StringComparison.Ordinal);
        if (at < 0)
            return $"[{words}], which is not in the article";
        int start = Math.Max(0, at - ContextLength), end = at + words.Length, stop = Math.Min(field.Length, end + ContextLength);
        return $"{(start > 0 ? "…" : "")}{field[start..at]}[{words}]{field[end..stop]}{(stop < field.Length ? "…" : "")}";
    }
}
