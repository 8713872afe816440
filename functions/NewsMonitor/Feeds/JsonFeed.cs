using System.Text;
using System.Text.Json;

namespace NewsMonitor.Feeds;

/// <summary>JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1). Read item by item, so that one that breaks off loses none before it.</summary>
internal static class JsonFeed
{
    private static readonly JsonReaderOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 64 };

    public static Feed Read(string text, FeedReading reading)
    {
        string version = "", title = "";
        string? language = null, home = null;
        var raw = new List<JsonElement>();
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(JsonText.Mend(text, reading.Problems)), Lenient);
        try
        {
            if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject)
            {
                reading.Problems.Add("this is JSON, but not a feed");
                return reading.NoFeed();
            }

            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                var name = reader.GetString();
                reader.Read();
                if (name == "items" && reader.TokenType is JsonTokenType.StartArray)
                {
                    while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
                    {
                        if (raw.Count < FeedReading.MaximumItems)
                            raw.Add(JsonElement.ParseValue(ref reader));
                        else
                            reader.Skip();
                    }

                    continue;
                }

                var value = JsonElement.ParseValue(ref reader);
                switch (name)
                {
                    case "version": version = Scalar(value) ?? ""; break;
                    case "title": title = Scalar(value) ?? ""; break;
                    case "language": language = Scalar(value); break;
                    case "home_page_url": home = Scalar(value); break;
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            reading.Problems.Add($"the JSON breaks off or is damaged after {raw.Count} complete items, which were kept", e.Message);
        }

        if (!version.Contains("jsonfeed.org", StringComparison.OrdinalIgnoreCase) && raw.Count == 0)
        {
            reading.Problems.Add("this is JSON, but not a feed");
            return reading.NoFeed();
        }

        var origin = reading.Address ?? FeedElements.Web(home);
        var items = new List<FeedItem>(raw.Count);
        foreach (var element in raw)
        {
            if (element.ValueKind is JsonValueKind.Object)
                items.Add(Item(element, origin, reading));
            else
                reading.Problems.Add("something among the items is no item and was left out");
        }

        if (raw.Count == 0)
            reading.Problems.Add("the feed has no items");
        else if (raw.Count == FeedReading.MaximumItems)
            reading.Problems.Add($"only the first {FeedReading.MaximumItems} items are read");

        var format = version.TrimEnd('/') is [.., '1', '.', '1'] ? "JSON Feed 1.1" : version.Length > 0 ? "JSON Feed 1.0" : "JSON Feed";
        return new Feed(format, FeedReading.Title(title), language, items, reading.Problems.Lines());
    }

    private static FeedItem Item(JsonElement item, Uri? origin, FeedReading reading)
    {
        return new FeedItem(
            Text(item, "id"),
            FeedReading.Title(Text(item, "title")),
            FeedElements.Resolve(Text(item, "url") ?? Text(item, "external_url"), origin),
            reading.Date(Text(item, "date_published"), Text(item, "date_modified")),
            reading.Date(Text(item, "date_modified")),
            Author(item),
            Plain(item, "summary"),
            Text(item, "content_html") is { } html ? Mojibake.Field(html) : Plain(item, "content_text"));
    }

    private static string? Author(JsonElement item)
    {
        if (item.TryGetProperty("authors", out var authors) && authors.ValueKind is JsonValueKind.Array)
        {
            foreach (var author in authors.EnumerateArray())
            {
                if (author.ValueKind is JsonValueKind.Object && Text(author, "name") is { } name)
                    return FeedReading.OneLine(name);
            }
        }

        return item.TryGetProperty("author", out var single) && single.ValueKind is JsonValueKind.Object && Text(single, "name") is { } old
            ? FeedReading.OneLine(old) : null;
    }

    /// <summary>What JSON Feed says is plain text, as HTML that says the same.</summary>
    private static string Plain(JsonElement item, string name) => FeedElements.Html(Mojibake.Field(Text(item, name) ?? ""));

    private static string? Text(JsonElement item, string name) => item.TryGetProperty(name, out var value) ? Scalar(value) : null;

    private static string? Scalar(JsonElement value)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!.Trim(),
            JsonValueKind.Number => value.GetRawText(),
            _ => "",
        };
        return text.Length > 0 ? text : null;
    }
}
