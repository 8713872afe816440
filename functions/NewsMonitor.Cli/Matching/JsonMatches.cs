using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using NewsMonitor.Storage;
using NewsMonitor.Topics;

namespace NewsMonitor.Cli.Matching;

/// <summary>A match as a line of NDJSON: with its mentions, and with what else the article said of itself.</summary>
internal sealed class JsonMatches : IMatchFormat
{
    private static readonly string[] s_ownFields = ["id", "title", "text", "topic", "strength", "score", "mentions"];

    private static readonly JsonWriterOptions s_options = new() { Encoder = Encoder() };

    public void Write(in FoundArticle article, TopicMatch match, IBufferWriter<byte> output)
    {
        using (var json = new Utf8JsonWriter(output, s_options))
            Write(article, match, json);
        output.Write("\n"u8);
    }

    private static void Write(in FoundArticle article, TopicMatch match, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id", article.Id);
        json.WriteString("topic", match.Topic);
        json.WriteString("strength", match.Strength.Key());
        json.WriteNumber("score", match.Score);
        json.WritePropertyName("mentions");
        JsonSerializer.Serialize(json, match.Mentions, Documents.Compact);
        if (!article.Json.IsEmpty)
            WriteOtherFields(article.Json, json);
        json.WriteEndObject();
    }

    /// <summary>The fields that we know nothing of pass through as they are; of several with one name, the first.</summary>
    private static void WriteOtherFields(ReadOnlySpan<byte> article, Utf8JsonWriter json)
    {
        var taken = new HashSet<string>(s_ownFields, StringComparer.Ordinal);
        var reader = new Utf8JsonReader(article);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = JsonText.Read(reader.ValueSpan, reader.ValueIsEscaped);
            reader.Read();
            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (!taken.Add(name))
                continue;
            json.WritePropertyName(name);
            json.WriteRawValue(OnOneLine(article[start..(int)reader.BytesConsumed]), skipInputValidation: true);
        }
    }

    /// <summary>In valid JSON, line breaks are but layout.</summary>
    private static ReadOnlySpan<byte> OnOneLine(ReadOnlySpan<byte> json)
    {
        if (json.IndexOfAny((byte)'\r', (byte)'\n') < 0)
            return json;
        byte[] line = json.ToArray();
        line.AsSpan().Replace((byte)'\r', (byte)' ');
        line.AsSpan().Replace((byte)'\n', (byte)' ');
        return line;
    }

    /// <summary>Arabic stays readable; marks that reorder a terminal's text are escaped.</summary>
    private static JavaScriptEncoder Encoder()
    {
        var settings = new TextEncoderSettings(UnicodeRanges.All);
        settings.ForbidCharacters('\u061C', '\u200E', '\u200F', '\u202A', '\u202B', '\u202C', '\u202D', '\u202E', '\u2066', '\u2067', '\u2068', '\u2069');
        return JavaScriptEncoder.Create(settings);
    }
}
