using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace NewsMonitor.Quality;

/// <summary>Reads articles and labels. docs/measuring.md says which lines are understood.</summary>
/// <param name="problem">Told what could not be read, and where; the rest goes on.</param>
public sealed class ArticleFiles(Action<string> problem)
{
    private readonly List<JudgedArticle> _articles = [];
    private readonly Dictionary<string, (Labels Labels, string Where)> _labels = new(StringComparer.Ordinal);

    /// <summary>All articles of these files, and of the files in these folders, with their labels.</summary>
    public IReadOnlyList<JudgedArticle> ReadAll(IEnumerable<string> paths)
    {
        _articles.Clear();
        _labels.Clear();
        foreach (string path in paths.SelectMany(FilesOf))
            Read(path);
        return Labelled();
    }

    /// <summary>The file itself, or those of a folder that hold articles or labels, by name.</summary>
    public static IEnumerable<string> FilesOf(string path) => !Directory.Exists(path) ? [path] : Directory.GetFiles(path)
        .Where(file => Plain(file).EndsWith(".ndjson", StringComparison.OrdinalIgnoreCase) || Plain(file).EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase))
        .Order(StringComparer.Ordinal);

    private static string Plain(string file) => IsCompressed(file) ? file[..^3] : file;

    private static bool IsCompressed(string file) => file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    private void Read(string path)
    {
        int number = 0;
        try
        {
            using var file = File.OpenRead(path);
            using var content = IsCompressed(path) ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
            using var lines = new StreamReader(content, Encoding.UTF8);
            while (lines.ReadLine() is { } line)
            {
                number++;
                if (!string.IsNullOrWhiteSpace(line))
                    ReadLine(line, Path.GetFileName(path), number);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            problem($"{path}: cannot be read{(number > 0 ? $" beyond line {number}" : "")}: {e.Message}");
        }
    }

    private void ReadLine(string line, string file, int number)
    {
        string where = $"{file}:{number}";
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                throw new FormatException("expected an object");
            string id = root.TryGetProperty("id", out var given) && given.ValueKind is JsonValueKind.String or JsonValueKind.Number
                ? given.ToString()
                : throw new FormatException("has no id");
            string? title = StringOf(root, "title"), text = StringOf(root, "text");
            if (title is not null || text is not null)
            {
                var labels = root.TryGetProperty("labels", out var inside) ? LabelsOf(root, inside) : null;
                _articles.Add(new(file, id, title ?? "", text ?? "", labels, QuotesOf(root)));
            }
            else
            {
                var labels = LabelsOf(root, root.TryGetProperty("labels", out var list) ? list : root);
                if (!_labels.TryAdd(id, (labels, where)))
                    problem($"{where}: {id} has labels already, at {_labels[id].Where}; these are left out");
            }
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            problem($"{where}: left out: {e.Message.Split(" LineNumber:")[0]}");
        }
    }

    /// <param name="labels">A list of topics, or an object with true or false for each; what is neither true nor false there is no label.</param>
    private static Labels LabelsOf(JsonElement line, JsonElement labels)
    {
        bool unsure = IsTrue(line, "unsure") || IsTrue(labels, "unsure");
        return labels.ValueKind switch
        {
            JsonValueKind.Array => new(
                labels.EnumerateArray().Select(topic => topic.GetString()!).Distinct().ToDictionary(topic => topic, _ => true, StringComparer.Ordinal),
                SaysAll: true, unsure),
            JsonValueKind.Object => new(
                labels.EnumerateObject()
                    .Where(p => p.Name != "unsure" && p.Value.ValueKind is JsonValueKind.True or JsonValueKind.False)
                    .DistinctBy(p => p.Name).ToDictionary(p => p.Name, p => p.Value.GetBoolean(), StringComparer.Ordinal),
                SaysAll: false, unsure),
            _ => throw new FormatException("labels is neither a list of topics nor an object with true or false for each"),
        };
    }

    private static List<Quote>? QuotesOf(JsonElement line)
    {
        if (!line.TryGetProperty("mentions", out var mentions))
            return null;
        if (mentions.ValueKind != JsonValueKind.Array)
            throw new FormatException("mentions is not a list");
        return
        [
            .. mentions.EnumerateArray().Select(mention => StringOf(mention, "topic") is { } topic && StringOf(mention, "quote") is { Length: > 0 } quote
                ? new Quote(topic, quote)
                : throw new FormatException("a mention has no topic or no quote")),
        ];
    }

    private static string? StringOf(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool IsTrue(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    /// <summary>Labels of other files go by the id, to articles that have none of their own.</summary>
    private List<JudgedArticle> Labelled()
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        var articles = new List<JudgedArticle>(_articles.Count);
        foreach (var article in _articles)
        {
            var labels = article.Labels;
            if (labels is null && _labels.TryGetValue(article.Id, out var known))
            {
                labels = known.Labels;
                if (!used.Add(article.Id))
                    problem($"{known.Where}: several articles have the id {article.Id}; each gets these labels");
            }

            foreach (var quote in article.Quotes ?? [])
            {
                if (!article.Title.Contains(quote.Text, StringComparison.Ordinal) && !article.Text.Contains(quote.Text, StringComparison.Ordinal))
                    problem($"{article.File}: {article.Id} does not have the words that it is said to mention {quote.Topic} with: {quote.Text}");
            }

            articles.Add(article with { Labels = labels });
        }

        foreach (var (id, (_, where)) in _labels.Where(l => !used.Contains(l.Key)))
            problem($"{where}: there is no article {id} without labels of its own");
        return articles;
    }
}
