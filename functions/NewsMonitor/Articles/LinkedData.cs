using System.Text;
using System.Text.Json;

namespace NewsMonitor.Articles;

/// <summary>What a page's structured data (JSON-LD of schema.org) say of its article.</summary>
/// <param name="Headline">One line; empty when there is none.</param>
/// <param name="Body">Plain text; empty when there is none. Of a live blog, all its entries.</param>
/// <param name="Published">As written.</param>
internal sealed record LinkedData(string Headline, string Body, string? Published)
{
    private const int MaximumDepth = 32;
    private const int MaximumArticles = 50;
    private const int MaximumUpdates = 300;

    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = MaximumDepth };

    /// <summary>The page's article: the one that is headed as the page is, or the only one. Null when there is none, or one of several.</summary>
    /// <param name="titles">What the page calls itself.</param>
    public static LinkedData? Read(IReadOnlyList<string> scripts, IReadOnlyList<string> titles)
    {
        var found = new List<LinkedData>();
        foreach (var script in scripts)
        {
            if (Parse(script) is not { } document)
                continue;

            using (document)
                Collect(document.RootElement, found, 0);
        }

        var keys = titles.Select(PageWords.Key).Where(t => t.Length > 0).ToList();
        var named = found.Where(a => PageWords.Key(a.Headline) is { Length: > 0 } key
            && keys.Any(t => t.Contains(key, StringComparison.Ordinal) || key.Contains(t, StringComparison.Ordinal))).ToList();
        var candidates = named.Count > 0 ? named : found.Count == 1 ? found : [];
        return candidates.Count == 0 ? null
            : candidates.MaxBy(a => a.Body.Length)! with { Published = candidates.Select(a => a.Published).FirstOrDefault(p => p is not null) };
    }

    private static JsonDocument? Parse(string script)
    {
        // Within comments, or with raw line breaks in strings, as many sites write it.
        var start = script.AsSpan().IndexOfAny('{', '[');
        var end = script.AsSpan().LastIndexOfAny('}', ']');
        if (start < 0 || end <= start)
            return null;

        var json = script[start..(end + 1)];
        try
        {
            return JsonDocument.Parse(json, Lenient);
        }
        catch (JsonException)
        {
            try
            {
                return JsonDocument.Parse(Flat(json), Lenient);
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }

    private static string Flat(string json)
    {
        var flat = new StringBuilder(json);
        for (var i = 0; i < json.Length; i++)
        {
            if (char.IsControl(json[i]))
                flat[i] = ' ';
        }

        return flat.ToString();
    }

    private static void Collect(JsonElement element, List<LinkedData> found, int depth)
    {
        if (depth > 4 || found.Count >= MaximumArticles)
            return;

        if (element.ValueKind is JsonValueKind.Array)
        {
            foreach (var one in element.EnumerateArray())
                Collect(one, found, depth + 1);
        }
        else if (element.ValueKind is JsonValueKind.Object)
        {
            if (IsArticle(element))
                found.Add(Article(element));

            foreach (var part in (ReadOnlySpan<string>)["@graph", "mainEntity", "mainEntityOfPage"])
            {
                if (element.TryGetProperty(part, out var inner) && inner.ValueKind is JsonValueKind.Array or JsonValueKind.Object)
                    Collect(inner, found, depth + 1);
            }
        }
    }

    private static bool IsArticle(JsonElement element) =>
        element.TryGetProperty("@type", out var type)
        && (type.ValueKind is JsonValueKind.Array ? type.EnumerateArray().Any(IsArticleType) : IsArticleType(type));

    private static bool IsArticleType(JsonElement type) =>
        type.ValueKind is JsonValueKind.String && type.GetString() is { } name
        && (name.EndsWith("Article", StringComparison.Ordinal) || name.EndsWith("BlogPosting", StringComparison.Ordinal) || name is "Report");

    private static LinkedData Article(JsonElement article)
    {
        var body = Html(article, "articleBody");
        if (article.TryGetProperty("liveBlogUpdate", out var updates))
        {
            var entries = updates.ValueKind is JsonValueKind.Array ? updates.EnumerateArray().Take(MaximumUpdates) : [updates];
            var lines = entries.Where(e => e.ValueKind is JsonValueKind.Object)
                .SelectMany(e => (string[])[Html(e, "headline"), Html(e, "articleBody")])
                .Prepend(body)
                .Where(t => t.Length > 0);
            body = string.Join('\n', lines);
        }

        return new LinkedData(HtmlText.ToLine(Text(article, "headline")), body, Text(article, "datePublished"));
    }

    private static string Html(JsonElement element, string name) => HtmlText.ToText(Text(element, name));

    private static string? Text(JsonElement element, string name)
    {
        if (!element.TryGetProperty(name, out var value))
            return null;

        value = value.ValueKind is JsonValueKind.Array && value.GetArrayLength() > 0 ? value[0] : value;
        try
        {
            return value.ValueKind is JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, escaped.
            return null;
        }
    }
}
