using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;
using NewsMonitor.Digests.Html;
using NewsMonitor.Digests.Mail;

namespace NewsMonitor.Digests;

/// <summary>One thing that an operator is told: of one source, what has happened to it.</summary>
/// <param name="Since">UTC: since when it fails or is silent; of a recovery, since when it did.</param>
/// <param name="Problem">What the source's latest poll said.</param>
public sealed record OperatorNote(string SourceId, string Title, NoteKind Kind, DateTimeOffset Since, string? Problem);

[System.Text.Json.Serialization.JsonConverter(typeof(System.Text.Json.Serialization.JsonStringEnumConverter<NoteKind>))]
public enum NoteKind
{
    [System.Text.Json.Serialization.JsonStringEnumMemberName("failing")]
    Failing,

    [System.Text.Json.Serialization.JsonStringEnumMemberName("silent")]
    Silent,

    [System.Text.Json.Serialization.JsonStringEnumMemberName("recovered")]
    Recovered,
}

/// <summary>The operators' mail: which sources need somebody to look at them, and which no longer do.</summary>
public sealed class OperatorDigest(RazorHtml razor, IOptions<MailOptions> options, TimeProvider time)
{
    /// <summary>In paths and ids in place of a subscriber's.</summary>
    public const string Name = "operators";

    public async Task<Mail.Mail> BuildAsync(Edition edition)
    {
        var words = OperatorWords.In(options.Value.OperatorLanguage);
        var lines = (edition.Notes ?? []).Select(note => new OperatorLine(
            SafeText.Line(note.Title, 100), note.Kind == NoteKind.Recovered, words.What(note), SafeText.Line(note.Problem, 300), note.SourceId)).ToList();
        var subject = words.Subject(lines.Count(line => !line.IsGood), lines.Count(line => line.IsGood));
        var html = await razor.RenderAsync<OperatorMail>(new Dictionary<string, object?>
        {
            [nameof(OperatorMail.Words)] = words,
            [nameof(OperatorMail.Subject)] = subject,
            [nameof(OperatorMail.Lines)] = lines,
        });
        return new Mail.Mail(
            edition.Id, $"{edition.Id}@{options.Value.Domain}", options.Value.Operator, new RenderedDigest(subject, html, Text(subject, lines, words)),
            words.Language, null, time.GetUtcNow());
    }

    private static string Text(string subject, IReadOnlyList<OperatorLine> lines, OperatorWords words)
    {
        var text = new StringBuilder(subject).Append("\n\n");
        foreach (var line in lines)
        {
            text.Append(CultureInfo.InvariantCulture, $"* {line.Title}: {line.What}\n");
            if (line.Problem.Length > 0)
                text.Append(CultureInfo.InvariantCulture, $"  {line.Problem}\n");
            if (!line.IsGood)
                text.Append(CultureInfo.InvariantCulture, $"  {words.Try} monitor sources test {line.SourceId}\n");
        }

        return text.Append('\n').Append(words.Why).Append('\n').ToString();
    }
}

/// <summary>One note, worded. All text is clean.</summary>
public sealed record OperatorLine(string Title, bool IsGood, string What, string Problem, string SourceId);

/// <summary>The words of the operators' mail.</summary>
public sealed record OperatorWords(
    string Language, string Title, string NeedALook, string WellAgain, string Failing, string Silent, string Recovered, string Try, string Why)
{
    private static OperatorWords English { get; } = new(
        "en", "NewsMonitor: sources", "sources that need a look: {0}", "well again: {0}",
        "has failed since {0}", "has published nothing since {0}, far longer than is usual for it", "works and publishes again (it had not since {0})",
        "To try it now:",
        "Times are UTC. You get this because Mail__Operator is your address: once when a source has failed for a day or has fallen silent, and once when it recovers.");

    private static OperatorWords Arabic { get; } = new(
        "ar", "رصد الأخبار: المصادر", "مصادر تحتاج إلى نظر: {0}", "عادت إلى العمل: {0}",
        "يتعذر الوصول إليه منذ {0}", "لم ينشر شيئاً منذ {0}، وهذا أطول بكثير من عادته", "عاد إلى العمل والنشر (بعد انقطاع منذ {0})",
        "لتجربته الآن:",
        "الأوقات بالتوقيت العالمي. تصلك هذه الرسالة لأن عنوانك هو Mail__Operator: مرة حين يتعطل مصدر يوماً كاملاً أو يصمت، ومرة حين يعود.");

    public bool IsRightToLeft => Language == "ar";

    public static OperatorWords In(string language) => language == "en" ? English : Arabic;

    public string Subject(int bad, int good) => string.Join(IsRightToLeft ? "، " : ", ", new[]
    {
        bad > 0 ? string.Format(CultureInfo.InvariantCulture, NeedALook, bad) : null,
        good > 0 ? string.Format(CultureInfo.InvariantCulture, WellAgain, good) : null,
    }.OfType<string>().Prepend(Title));

    public string What(OperatorNote note) => string.Format(
        CultureInfo.InvariantCulture,
        note.Kind switch { NoteKind.Failing => Failing, NoteKind.Silent => Silent, _ => Recovered },
        note.Since.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
}
