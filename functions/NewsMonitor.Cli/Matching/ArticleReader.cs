using System.Text;
using System.Text.Json;

namespace NewsMonitor.Cli.Matching;

/// <summary>Reads one article after the other, into the same memory.</summary>
internal sealed class ArticleReader
{
    private const int UsualLength = 1 << 16;

    private char[] _chars = new char[UsualLength];
    private Value _id, _title, _text;

    /// <summary>Valid until the next article is read.</summary>
    public ReadOnlyMemory<char> Title { get; private set; }

    public ReadOnlyMemory<char> Text { get; private set; }

    /// <summary>Whether all of it was UTF-8; what was not is replaced.</summary>
    public bool IsValid { get; private set; }

    /// <param name="Start">Of a string: behind the quote.</param>
    private readonly record struct Value(JsonTokenType Type, int Start, int Length, bool IsEscaped)
    {
        public bool IsString => Type == JsonTokenType.String;

        public ReadOnlySpan<byte> In(ReadOnlySpan<byte> json) => json.Slice(Start, Length);
    }

    /// <returns>Why it is no article; null when it is one.</returns>
    /// <exception cref="JsonException">It is not valid JSON.</exception>
    public string? Read(ReadOnlySpan<byte> json)
    {
        (_id, _title, _text) = (default, default, default);
        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            reader.Read();
            return "expected an object with id, title and text";
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            // Of several with one name the last counts.
            if (IsNamed(reader, "text"))
                _text = ReadValue(ref reader);
            else if (IsNamed(reader, "title"))
                _title = ReadValue(ref reader);
            else if (IsNamed(reader, "id"))
                _id = ReadValue(ref reader);
            else
                reader.Skip();
        }

        reader.Read();
        if (!_title.IsString && !_text.IsString)
            return "has neither a title nor a text";

        Reserve(_title.Length + _text.Length);
        IsValid = true;
        Title = ReadText(_title, json, _chars);
        Text = ReadText(_text, json, _chars.AsMemory(Title.Length));
        return null;
    }

    /// <summary>Reads a text that is no JSON.</summary>
    public void ReadPlain(ReadOnlySpan<byte> text)
    {
        Reserve(text.Length);
        (int length, IsValid) = Utf8Text.Read(text, _chars);
        (Title, Text) = (default, _chars.AsMemory(0, length));
    }

    /// <summary>The id that the article gives itself; null when it does not.</summary>
    /// <param name="json">As it was read.</param>
    public string? Id(ReadOnlySpan<byte> json) =>
        _id.Type is JsonTokenType.String or JsonTokenType.Number ? JsonText.Read(_id.In(json), _id.IsEscaped) : null;

    /// <summary>As the reader itself would tell, were it not for half a surrogate pair in a name.</summary>
    private static bool IsNamed(in Utf8JsonReader reader, string name) =>
        reader.ValueIsEscaped ? JsonText.Read(reader.ValueSpan, isEscaped: true) == name : Ascii.Equals(reader.ValueSpan, name);

    private static Value ReadValue(ref Utf8JsonReader reader)
    {
        reader.Read();
        int start = (int)reader.TokenStartIndex;
        var (type, length, isEscaped) = (reader.TokenType, reader.ValueSpan.Length, reader.ValueIsEscaped);
        reader.Skip();
        return new Value(type, type == JsonTokenType.String ? start + 1 : start, length, isEscaped);
    }

    private ReadOnlyMemory<char> ReadText(Value value, ReadOnlySpan<byte> json, Memory<char> into)
    {
        if (!value.IsString)
            return default;
        var (length, isValid) = JsonText.Read(value.In(json), value.IsEscaped, into.Span);
        IsValid &= isValid;
        return into[..length];
    }

    private void Reserve(int length)
    {
        length = Math.Max(length, UsualLength);
        if (_chars.Length < length || _chars.Length > 16L * length)
            _chars = new char[length];
    }
}
