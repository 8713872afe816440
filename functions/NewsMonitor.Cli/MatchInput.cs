using System.Globalization;
using System.Text;
using System.Text.Json;

namespace NewsMonitor.Cli;

/// <summary>An article to match.</summary>
/// <param name="Fields">The JSON object it came as; undefined when it was plain text.</param>
internal sealed record MatchArticle(string Id, string Title, string Text, JsonElement Fields);

/// <summary>Articles from files and standard input, one after the other: NDJSON a line at a time, JSON and text a file at a time.</summary>
/// <param name="problem">Told what could not be read, and where; the rest goes on.</param>
internal sealed class MatchInput(Action<string> problem)
{
    public IEnumerable<MatchArticle> ReadFile(string path)
    {
        StreamReader? reader = null;
        try
        {
            reader = new StreamReader(path, Encoding.UTF8);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem($"{path}: cannot be read: {e.Message}");
        }

        if (reader is null)
            yield break;

        using (reader)
        {
            foreach (var article in Path.GetExtension(path).ToLowerInvariant() switch
            {
                ".ndjson" or ".jsonl" => Lines(path, reader, null),
                ".json" => Json(path, Rest(path, reader, null)),
                _ => Plain(path, Rest(path, reader, null)),
            })
            {
                yield return article;
            }
        }
    }

    /// <summary>Standard input says by its first line what it is: a whole JSON object is NDJSON, other JSON is a document, the rest is text.</summary>
    public IEnumerable<MatchArticle> ReadStandardInput(TextReader reader)
    {
        const string Name = "standard input";
        string? first = reader.ReadLine();
        if (first is null)
            return [];

        string start = first.TrimStart();
        return !start.StartsWith('{') && !start.StartsWith('[') ? Plain("-", Rest(Name, reader, first))
            : start.StartsWith('{') && start.TrimEnd() != "{" ? Lines(Name, reader, first)
            : Json(Name, Rest(Name, reader, first));
    }

    private IEnumerable<MatchArticle> Lines(string name, TextReader reader, string? first)
    {
        int number = 0;
        while ((first ?? Line(name, reader)) is { } line)
        {
            first = null;
            number++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                foreach (var article in Json($"{name}:{number}", line))
                    yield return article;
            }
        }
    }

    private IEnumerable<MatchArticle> Json(string where, string? json)
    {
        if (json is null)
            yield break;

        JsonElement root;
        try
        {
            using var document = JsonDocument.Parse(json);
            root = document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            string line = e.LineNumber > 0 ? ":" + (e.LineNumber + 1).Value.ToString(CultureInfo.InvariantCulture) : "";
            problem($"{where}{line}: not valid JSON, skipped: {e.Message.Split(" LineNumber:")[0]}");
            yield break;
        }

        int index = 0;
        foreach (var item in root.ValueKind == JsonValueKind.Array ? root.EnumerateArray().ToArray() : [root])
        {
            string place = root.ValueKind == JsonValueKind.Array ? $"{where}[{index}]" : where;
            index++;
            if (Article(place, item) is { } article)
                yield return article;
        }
    }

    private MatchArticle? Article(string where, JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            problem($"{where}: expected an object with id, title and text, skipped");
            return null;
        }

        string? title = Text(item, "title"), text = Text(item, "text");
        if (title is null && text is null)
        {
            problem($"{where}: has neither a title nor a text, skipped");
            return null;
        }

        string id = item.TryGetProperty("id", out var given) && given.ValueKind is JsonValueKind.Number ? given.GetRawText()
            : Text(item, "id") ?? where;
        return new MatchArticle(id, title ?? "", text ?? "", item);
    }

    private static IEnumerable<MatchArticle> Plain(string name, string? text)
    {
        if (text is not null)
            yield return new MatchArticle(name, "", text, default);
    }

    private string? Rest(string name, TextReader reader, string? first)
    {
        try
        {
            string rest = reader.ReadToEnd();
            return first is null ? rest : first + "\n" + rest;
        }
        catch (Exception e) when (e is IOException or OutOfMemoryException)
        {
            problem($"{name}: cannot be read: {e.Message}");
            return null;
        }
    }

    private string? Line(string name, TextReader reader)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (IOException e)
        {
            problem($"{name}: cannot be read further: {e.Message}");
            return null;
        }
    }

    private static string? Text(JsonElement item, string name)
    {
        if (!item.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.String)
            return null;

        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // An escaped half of a surrogate pair: no text in UTF-8, but offsets still count it.
            return Unescape(value.GetRawText().AsSpan()[1..^1]);
        }
    }

    private static string Unescape(ReadOnlySpan<char> escaped)
    {
        var text = new StringBuilder(escaped.Length);
        for (int i = 0; i < escaped.Length; i++)
        {
            if (escaped[i] != '\\')
            {
                text.Append(escaped[i]);
                continue;
            }

            i++;
            if (escaped[i] == 'u')
            {
                text.Append((char)int.Parse(escaped.Slice(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                i += 4;
            }
            else
            {
                text.Append(escaped[i] switch { 'n' => '\n', 'r' => '\r', 't' => '\t', 'b' => '\b', 'f' => '\f', var c => c });
            }
        }

        return text.ToString();
    }
}
