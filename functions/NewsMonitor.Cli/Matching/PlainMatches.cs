using System.Buffers;
using System.Globalization;
using System.Text;
using NewsMonitor.Topics;

namespace NewsMonitor.Cli.Matching;

/// <summary>A match for people at a terminal.</summary>
internal sealed class PlainMatches : IMatchFormat
{
    public void Write(in FoundArticle article, TopicMatch match, IBufferWriter<byte> output)
    {
        string title = article.Title.Length > 0 ? "  " + article.Title : "";
        WriteLine(output, SafeText.Line(article.Id + title, 500));
        WriteLine(output, $"  {match.Topic}  {match.Strength.Key()}  score {Number(match.Score)}");
        foreach (var mention in match.Mentions)
        {
            WriteLine(output, $"    {mention.Rule} ({mention.Field} {mention.Start}-{mention.End}): [{SafeText.Line(mention.Text, 1000)}]");
            WriteLine(output, $"      {SafeText.Line(mention.Sentence.Replace(mention.Text, $"[{mention.Text}]", StringComparison.Ordinal), 2000)}");
            WriteLine(output, $"      {Why(mention)}");
        }

        WriteLine(output, "");
    }

    /// <summary>"confirmed, weight 1, because leaving [انسحاب], troops [القوات]; iraq [العراق] in the article".</summary>
    private static string Why(Mention mention)
    {
        string sure = mention.Strength is { } strength ? strength.Key() : "";
        string weight = mention.Weight is { } given ? $", weight {Number(given)}" : "";
        var because = (mention.Because ?? []).ToLookup(reason => reason.Place == "match", Found);
        string conditions = string.Join(", ", because[false]);
        return $"{sure}{weight}, because {string.Join(", ", because[true])}{(conditions.Length > 0 ? "; " : "")}{conditions}";
    }

    private static string Found(Reason reason)
    {
        string where = reason.Place switch
        {
            "match" => "",
            "article" or "title" or "sentence" => $" in the {reason.Place}",
            _ => $" {reason.Place} it",
        };
        return $"{SafeText.Line(reason.Set)} [{SafeText.Line(reason.Text, 1000)}]{where}";
    }

    private static string Number(double number) => number.ToString(CultureInfo.InvariantCulture);

    private static void WriteLine(IBufferWriter<byte> output, string line)
    {
        Encoding.UTF8.GetBytes(line, output);
        output.Write("\n"u8);
    }
}
